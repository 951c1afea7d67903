/** Runs that are begun and ended by keys, of a part of the pipeline, and what undo brings back. */
import { expect, type Page, test } from '@playwright/test';
import { firstVisit, nodeCard } from './editor-support';
import { command } from './keyboard-support';
import { openPipeline, pipelineWith, run, runButton, runStatus } from './run-support';

const frame = { id: 'coding', title: 'Coding', nodes: ['encoder'], x: 400, y: -60, width: 320, height: 420 };
const pipeline = (frames: readonly unknown[] = []) =>
  JSON.stringify({
    schema: 1,
    app: 'spikeloom',
    title: 'Parts',
    nodes: [
      { id: 'images', type: 'source.images', v: 1, params: { trainCount: 4, testCount: 2 } },
      { id: 'encoder', type: 'encoder.poisson', v: 1, params: {} },
      { id: 'readout', type: 'spikes.readout', v: 1, params: {} },
    ],
    wires: [
      { id: 'a', from: { node: 'images', port: 'images' }, to: { node: 'encoder', port: 'drive' } },
      { id: 'b', from: { node: 'encoder', port: 'spikes' }, to: { node: 'readout', port: 'spikes' } },
    ],
    frames,
    ui: { positions: { images: { x: 0, y: 0 }, encoder: { x: 420, y: 0 }, readout: { x: 840, y: 0 } } },
  });

const finished = (page: Page, what: RegExp) => expect(runStatus(page)).toHaveText(what, { timeout: 60_000 });

test('Shift+Enter runs what leads to the selected node, and nothing behind it', async ({ page }) => {
  await firstVisit(page);
  await openPipeline(page, pipeline());
  await nodeCard(page, 'encoder').getByRole('heading').click();
  await page.keyboard.press('Shift+Enter');
  await finished(page, /^Finished in .*: 2 executed/);
  for (const id of ['images', 'encoder']) await expect(nodeCard(page, id)).toContainText('Done in');
  await expect(nodeCard(page, 'readout')).not.toContainText(/Done in|Stored/);
  await nodeCard(page, 'readout').getByRole('heading').click();
  await page.keyboard.press('Shift+Enter');
  await finished(page, /^Finished in .*: 1 executed/);
  await expect(nodeCard(page, 'readout')).toContainText('Done in');
});

test('a frame runs alone: its nodes and what they need, by its menu and by a command', async ({ page }) => {
  await firstVisit(page);
  await openPipeline(page, pipeline([frame]));
  await page.getByRole('button', { name: 'Actions for frame Coding' }).click();
  await page.getByRole('menuitem', { name: 'Run these nodes' }).click();
  await finished(page, /^Finished in .*: 2 executed/);
  await expect(nodeCard(page, 'encoder')).toContainText('Done in');
  await expect(nodeCard(page, 'readout')).not.toContainText(/Done in|Stored/);
  // Collapsed, it is run by its card.
  await nodeCard(page, 'encoder').getByRole('heading').click();
  const duration = page.getByRole('spinbutton', { name: /^Duration/ });
  await duration.fill('70');
  await duration.press('Enter');
  await page.getByRole('button', { name: 'Collapse frame Coding' }).click();
  const card = page.getByRole('group', { name: 'Frame Coding, collapsed' });
  await expect(card).toBeFocused();
  await command(page, 'run the nodes of the frame', 'Run the nodes of the frame');
  await finished(page, /^Finished in .*: 1 executed/);
  await expect(card).toContainText('Done');
});

const long = pipelineWith('Long encoding', { images: { trainCount: 4000 }, encoder: { seedInput: 78 } });

test('Ctrl+Alt+Enter cancels the run, also from within a text field', async ({ page }) => {
  await firstVisit(page);
  await openPipeline(page, long);
  await page.keyboard.press('Control+Enter');
  await expect(nodeCard(page, 'encoder')).toContainText('%', { timeout: 60_000 });
  await page.getByRole('textbox', { name: 'Title of the pipeline' }).focus();
  await page.keyboard.press('Control+Alt+Enter');
  await finished(page, /^Cancelled in/);
  await expect(nodeCard(page, 'encoder')).toContainText('Cancelled');
});

test('Escape in the run log cancels the run; elsewhere, and without a run, it does not', async ({ page }) => {
  await firstVisit(page);
  await openPipeline(page, long);
  await page.getByRole('button', { name: 'Log', exact: true }).click();
  await runButton(page).click();
  await expect(nodeCard(page, 'encoder')).toContainText('%', { timeout: 60_000 });
  await nodeCard(page, 'encoder').focus();
  await page.keyboard.press('Escape');
  await expect(runStatus(page)).toHaveText(/^Running/);
  await page.getByRole('log', { name: 'Run log' }).focus();
  await page.keyboard.press('Escape');
  await finished(page, /^Cancelled in/);
  const before = await runStatus(page).innerText();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('log', { name: 'Run log' })).toBeVisible();
  await expect(runStatus(page)).toHaveText(before);
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Help' }).getByRole('region', { name: 'Run keys' });
  await expect(keys.locator('div', { hasText: 'from within the run log' })).toContainText('Esc');
});

test('undo brings previews back with the state they belong to, and Run then executes nothing', async ({ page }) => {
  await firstVisit(page);
  await openPipeline(page, pipeline());
  expect(await run(page)).toBe(3);
  const picture = (id: string) => nodeCard(page, id).getByRole('img').first();
  for (const id of ['images', 'encoder', 'readout']) await expect(picture(id)).toBeVisible();
  const shown = await picture('encoder').getAttribute('aria-label');

  await nodeCard(page, 'encoder').getByRole('heading').click();
  await page.keyboard.press('Delete');
  await expect(nodeCard(page, 'encoder')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(picture('encoder')).toHaveAttribute('aria-label', shown ?? '');
  for (const id of ['encoder', 'readout']) await expect(nodeCard(page, id)).toContainText(/Stored|Done/);

  await nodeCard(page, 'encoder').getByRole('heading').click();
  const duration = page.getByRole('spinbutton', { name: /^Duration/ });
  await duration.fill('70');
  await duration.press('Enter');
  await expect(nodeCard(page, 'readout')).toContainText('Out of date');
  expect(await run(page)).toBe(2);
  await expect(picture('encoder')).not.toHaveAttribute('aria-label', shown ?? '');
  await nodeCard(page, 'encoder').focus();
  await page.keyboard.press('Control+z');
  await expect(picture('encoder')).toHaveAttribute('aria-label', shown ?? '');
  await expect(nodeCard(page, 'readout')).toContainText('Stored');
  expect(await run(page)).toBe(0);
});
