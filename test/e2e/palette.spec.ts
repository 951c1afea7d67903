/** The command palette and the keys: everything found by a few letters, every key one's own. */
import { expect, type Page, test } from '@playwright/test';
import { firstVisit, nodeCard, title, wires } from './editor-support';
import { command, expectFocused, expectNoViolation, expectSaid, palette } from './keyboard-support';

test('the palette inserts nodes, goes to nodes, opens pipelines and does every action', async ({ page }) => {
  await firstVisit(page);
  await command(page, 'poiss', 'Poisson encoder');
  await expectFocused(page, 'poisson');
  await expectSaid(page, 'Added Poisson encoder.');
  await command(page, 'quality', 'Image quality');
  await expectFocused(page, 'quality');
  await command(page, 'undo', 'Undo');
  await expect(nodeCard(page, 'poisson')).toHaveCount(0);
  await page.keyboard.press('Control+Shift+p');
  await expect(palette(page)).toBeVisible();
  await page.keyboard.type('ridge regression');
  await palette(page).getByRole('group', { name: 'Open a pipeline' }).getByRole('option').first().click();
  await expect(title(page)).toHaveValue(/ridge regression/);
});

test('it shows the keys, is walked by arrows, and Escape gives the focus back', async ({ page }) => {
  await firstVisit(page);
  await nodeCard(page, 'encoder').focus();
  await page.keyboard.press('Control+k');
  const option = palette(page).getByRole('option', { selected: true });
  await expect(option).toHaveText(/Run\s*Ctrl\s*Enter/);
  // The gallery is loaded by then: the last option stays the last.
  await expect(palette(page).getByRole('group', { name: 'Open a pipeline' })).toBeAttached();
  await page.keyboard.press('ArrowDown');
  await expect(option).toContainText('Run to the selected nodes');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  // From the first up is the last.
  await expect(palette(page).getByRole('option').last()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.type('no such thing');
  await expect(palette(page)).toContainText('Nothing is called');
  await page.keyboard.press('Escape');
  await expectFocused(page, 'encoder');
});

test('copy, cut and paste work from the palette', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await firstVisit(page);
  await nodeCard(page, 'readout').getByRole('heading').click();
  await command(page, 'copy', 'Copy as JSON');
  await expectSaid(page, 'Copied 1 node.');
  await command(page, 'paste', 'Paste');
  await expect(nodeCard(page, 'readout-2')).toBeVisible();
  await expect(wires(page)).toHaveCount(10);
  await command(page, 'cut', 'Cut');
  await expect(nodeCard(page, 'readout-2')).toHaveCount(0);
});

test('a clipboard that the browser keeps closed is told, with the keys that work', async ({ page }) => {
  await page.addInitScript(() => {
    const refuse = () => Promise.reject(new DOMException('Denied.', 'NotAllowedError'));
    Object.defineProperty(navigator.clipboard, 'readText', { value: refuse });
    Object.defineProperty(navigator.clipboard, 'writeText', { value: refuse });
    localStorage.setItem('spikeloom.keys', JSON.stringify({ copy: [{ key: 'j' }] }));
  });
  await firstVisit(page);
  await nodeCard(page, 'readout').getByRole('heading').click();
  const notices = page.getByRole('region', { name: 'Notices' });
  await command(page, 'paste', 'Paste');
  await expect(notices).toContainText('Press Ctrl+V instead');
  await command(page, 'cut', 'Cut');
  await expect(notices).toContainText('Press Ctrl+X instead');
  // No key that is left for copying comes with the clipboard.
  await page.keyboard.press('j');
  await expect(notices).toContainText('reset the keys under Help, Change keys');
  await expect(nodeCard(page, 'readout')).toBeVisible();
});

test('keys are changed, conflicts told, kept over a reload, shown everywhere, and reset', async ({ page }) => {
  await firstVisit(page);
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('button', { name: 'Change keys' }).click();
  await keys.getByRole('button', { name: 'Change the keys of Duplicate', exact: true }).click();
  await page.keyboard.press('Control+z');
  await expect(keys.getByRole('alert')).toContainText('Ctrl+Z is the key of “Undo”');
  await keys.getByRole('button', { name: 'Leave it' }).click();
  await keys.getByRole('button', { name: 'Change the keys of Duplicate', exact: true }).click();
  await page.keyboard.press('Control+j');
  await expectSaid(page, 'Duplicate: Ctrl+J.');
  await keys.getByRole('button', { name: 'Change the keys of Mute or switch on', exact: true }).click();
  await page.keyboard.press('u');
  await page.keyboard.press('Escape');
  await page.reload();
  await nodeCard(page, 'readout')
    .getByRole('button', { name: /^Actions for/ })
    .click();
  await expect(page.getByRole('menuitem', { name: /^Mute/ })).toHaveText(/Mute\s*U$/);
  await page.keyboard.press('Escape');
  await nodeCard(page, 'readout').getByRole('heading').click();
  await page.keyboard.press('Control+d');
  await page.keyboard.press('Control+j');
  await expect(nodeCard(page, 'readout-2')).toBeVisible();
  await expect(nodeCard(page, 'readout-3')).toHaveCount(0);
  await page.keyboard.press('?');
  const row = page
    .getByRole('dialog', { name: 'Help' })
    .locator('div', { has: page.getByText('Duplicate', { exact: true }) })
    .last();
  await expect(row).toHaveText(/Ctrl\s*J/);
  await page.getByRole('button', { name: 'Change keys' }).click();
  await keys.getByRole('button', { name: 'Reset all' }).click();
  await page.keyboard.press('Escape');
  await expect(keys).toHaveCount(0);
  await page.keyboard.press('Control+d');
  await expect(nodeCard(page, 'readout-2-2').or(nodeCard(page, 'readout-3'))).toBeVisible();
});

test.describe('the clipboard by keys of one’s own', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });
  const withKeys = async (page: Page, own: Readonly<Record<string, readonly unknown[]>>) => {
    await page.addInitScript((keys) => localStorage.setItem('spikeloom.keys', keys), JSON.stringify(own));
    await firstVisit(page);
    await nodeCard(page, 'readout').getByRole('heading').click();
  };
  const back = async (page: Page, id: string) => {
    await page.keyboard.press('Control+z');
    await expect(nodeCard(page, id)).toHaveCount(0);
    await nodeCard(page, 'readout').getByRole('heading').click();
  };

  test('they copy, cut and paste, with wires too, and the keys that they replace do nothing', async ({ page }) => {
    await withKeys(page, {
      copy: [{ key: 'j' }],
      cut: [{ key: 'k', alt: true }],
      paste: [{ key: 'l' }],
      'paste-wired': [{ key: 'l', shift: true }],
    });
    await page.keyboard.press('j');
    await expectSaid(page, 'Copied 1 node.');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('"readout"');
    await page.keyboard.press('Control+v');
    await page.keyboard.press('l');
    await expect(nodeCard(page, 'readout-2')).toBeVisible();
    await expect(wires(page)).toHaveCount(10);
    await expect(nodeCard(page, 'readout-3')).toHaveCount(0);
    await back(page, 'readout-2');
    await page.keyboard.press('Shift+L');
    await expect(page.getByLabel('Wire from encoder, spikes, to readout-2, spikes')).toHaveCount(1);
    await back(page, 'readout-2');

    await nodeCard(page, 'encoder').getByRole('heading').click();
    await page.keyboard.press('Control+c');
    await page.keyboard.press('Control+x');
    await expect(nodeCard(page, 'encoder')).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).not.toContain('"encoder.balanced-snn"');
    await page.keyboard.press('Alt+k');
    await expect(nodeCard(page, 'encoder')).toHaveCount(0);
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('"encoder.balanced-snn"');
  });

  test('keys that the browser knows mean what they were given', async ({ page }) => {
    await withKeys(page, {
      copy: [{ key: 'x', mod: true }],
      cut: [],
      paste: [{ key: 'v', mod: true, shift: true }],
      'paste-wired': [{ key: 'v', mod: true }],
    });
    await page.keyboard.press('Control+x');
    await expectSaid(page, 'Copied 1 node.');
    await expect(nodeCard(page, 'readout')).toBeVisible();
    await page.keyboard.press('Control+v');
    await expect(page.getByLabel('Wire from encoder, spikes, to readout-2, spikes')).toHaveCount(1);
    await back(page, 'readout-2');
    await page.keyboard.press('Control+Shift+V');
    await expect(nodeCard(page, 'readout-2')).toBeVisible();
    await expect(wires(page)).toHaveCount(10);
  });
});

test('settings and keys leave and come back as a file; another file changes nothing', async ({ page }) => {
  await firstVisit(page);
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save settings' }).click();
  expect((await saved).suggestedFilename()).toBe('spikeloom-settings.json');
  const read = async (name: string, text: string) => {
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Read settings' }).click();
    await (await choosing).setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  };
  const notices = page.getByRole('region', { name: 'Notices' });
  await read('other.json', '{"nodes":[]}');
  await expect(notices).toContainText('other.json could not be read');
  await read('mine.json', '{"spikeloom-settings":1,"keys":{"undo":[{"key":"u","mod":true}]}}');
  await expect(page.getByText('1 action has keys of your own.')).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });
    test('axe finds nothing in the palette, the keys and the list of wires', async ({ page }) => {
      await firstVisit(page);
      await page.keyboard.press('Control+k');
      await expect(palette(page)).toBeVisible();
      await expectNoViolation(page);
      await page.keyboard.type('train');
      await expectNoViolation(page);
      await page.keyboard.press('Escape');
      await expect(palette(page)).toHaveCount(0);
      await nodeCard(page, 'encoder').focus();
      await page.keyboard.press('c');
      await expectNoViolation(page);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('group', { name: 'Does not fit' })).toBeVisible();
      await expectNoViolation(page);
      await page.keyboard.press('Escape');
      await expectFocused(page, 'encoder');
      await page.keyboard.press('?');
      await page.getByRole('button', { name: 'Change keys' }).click();
      await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
      await expectNoViolation(page);
    });
  });
}
