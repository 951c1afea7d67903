/** What the editor's browser tests share: the first visit, nodes and ports by name, drags, files. */
import { expect, type Locator, type Page } from '@playwright/test';
import { centreOf, drag } from './pointer-support';

/** A first visit: the default pipeline is drawn and the planner has answered. */
export async function firstVisit(page: Page): Promise<void> {
  await page.goto('/');
  await expect(nodeCard(page, 'images')).toBeVisible();
}

/** The card of a node, by its id. */
export const nodeCard = (page: Page, id: string): Locator =>
  page.getByRole('group', { name: new RegExp(`\\(${id}\\)$`) });

export const output = (page: Page, id: string, port: string): Locator =>
  nodeCard(page, id).locator(`.source[data-handleid="${port}"]`);
export const input = (page: Page, id: string, port: string): Locator =>
  nodeCard(page, id).locator(`.target[data-handleid="${port}"]`);

/** Presses at one place, moves in steps, and lets go; `hold` runs before letting go. */
export async function dragWire(page: Page, from: Locator, to: Locator, hold?: () => Promise<void>): Promise<void> {
  await drag(page, await centreOf(from), await centreOf(to), hold);
}

export const wires = (page: Page): Locator => page.locator('.react-flow__edge');

/** Drops a text file on the canvas as a person would from a file manager. */
export async function dropFile(page: Page, name: string, content: string, type = 'application/json'): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([fileName, text, mime]) => {
      const data = new DataTransfer();
      data.items.add(new File([text], fileName, { type: mime }));
      return data;
    },
    [name, content, type] as const,
  );
  await page.getByRole('main').dispatchEvent('drop', { dataTransfer: transfer });
}

export const title = (page: Page): Locator => page.getByRole('textbox', { name: 'Title of the pipeline' });
