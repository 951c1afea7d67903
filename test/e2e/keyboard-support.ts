/** What the keyboard tests share: what has the focus, what was said, the palette and the connect list by keys alone. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { nodeCard } from './editor-support';

/** Everything that the live region said since the page was opened, oldest first. */
export async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const region = document.querySelector('[aria-label="Announcements"]');
    if (!region) throw new Error('There is no live region.');
    const heard: string[] = [...region.querySelectorAll('p')].map((line) => line.textContent ?? '');
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) for (const node of addedNodes) heard.push(node.textContent ?? '');
    }).observe(region, { childList: true });
    Object.assign(globalThis, { heard });
  });
  return () => page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
}

/** The live region says this, now or among its last sentences. */
export const expectSaid = (page: Page, text: string | RegExp): Promise<void> =>
  expect(page.getByRole('status', { name: 'Announcements' }).getByText(text).last()).toBeAttached();

/** Tab, until a control of this name has the focus. */
export async function tabTo(page: Page, name: RegExp, atMost = 60): Promise<void> {
  for (let turn = 0; turn < atMost; turn++) {
    const named = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement)) return '';
      const labels =
        element instanceof HTMLInputElement ? [...(element.labels ?? [])].map((label) => label.textContent) : [];
      return [element.getAttribute('aria-label'), ...labels, element.textContent].filter(Boolean).join(' ');
    });
    if (name.test(named)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not come to ${name}.`);
}

export const palette = (page: Page) => page.getByRole('dialog', { name: 'Find a command, node or pipeline' });

/** Takes the best match of the palette, whose text is checked first. */
export async function command(page: Page, query: string, expected: RegExp | string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Command, node or pipeline' })).toBeFocused();
  await page.keyboard.type(query);
  await expect(palette(page).getByRole('option', { selected: true })).toContainText(expected);
  await page.keyboard.press('Enter');
  await expect(palette(page)).toHaveCount(0);
}

export const connectList = (page: Page) => page.getByRole('dialog', { name: /^Connect / });

/** From the focused node: C, its port, and what it goes to; each as typed, with what Enter will take. */
export async function connect(page: Page, port: string, query: string, expected: RegExp | string): Promise<void> {
  await page.keyboard.press('c');
  await expect(page.getByRole('combobox', { name: /^Port of/ })).toBeFocused();
  await page.keyboard.type(port);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: /^(Connect|Feed) / })).toBeFocused();
  await page.keyboard.type(query);
  await expect(connectList(page).getByRole('option', { selected: true })).toContainText(expected);
  await page.keyboard.press('Enter');
  await expect(connectList(page)).toHaveCount(0);
}

/** Presses a key until this node has the focus: a walk along wires, whose length the layout does not tell. */
export async function walkTo(page: Page, id: string, key: string, atMost = 8): Promise<void> {
  const focused = () =>
    page.evaluate(() => document.activeElement?.closest('.react-flow__node')?.getAttribute('data-id') ?? null);
  for (let turn = 0; turn < atMost && (await focused()) !== id; turn++) {
    const before = await focused();
    await page.keyboard.press(key);
    await expect.poll(focused).not.toBe(before);
  }
  await expectFocused(page, id);
}

export const expectFocused = (page: Page, id: string): Promise<void> => expect(nodeCard(page, id)).toBeFocused();

/** In dark only what a theme can change: the other rules read the same page in light. `without`: rules that are not asked. */
export async function expectNoViolation(page: Page, without: readonly string[] = []): Promise<void> {
  await expect(page.getByRole('tooltip')).toHaveCount(0);
  const axe = new AxeBuilder({ page });
  const scheme = await page.locator('html').getAttribute('data-mantine-color-scheme');
  const { violations } = await (scheme === 'dark'
    ? axe.withRules('color-contrast')
    : axe.disableRules([...without])
  ).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual(
    [],
  );
}
