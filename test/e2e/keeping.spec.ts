/** The library, restore points, two tabs, a killed tab: what is kept of a pipeline. */
import { expect, test } from '@playwright/test';
import { dropFile, firstVisit, nodeCard, title, wires } from './editor-support';
import {
  downloadOf,
  dropBytes,
  library,
  notices,
  openMenu,
  points,
  removeNode,
  rename,
  settled,
} from './keeping-support';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('the library keeps documents in folders: found, copied, renamed, moved, deleted and brought back', async ({
  page,
}) => {
  await firstVisit(page);
  await rename(page, 'Balanced digits');
  await page.getByRole('button', { name: 'Library' }).click();
  const dialog = library(page);
  const card = (name: string) => dialog.getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) });
  await expect(card('Balanced digits')).toContainText('Open now');
  const menu = async (name: string, item: string) => {
    await dialog.getByRole('button', { name: `More about ${name}`, exact: true }).click();
    await page
      .getByRole('menu', { name: `More about ${name}`, exact: true })
      .getByRole('menuitem', { name: item })
      .click();
  };
  await menu('Balanced digits', 'Duplicate');
  await expect(card('Balanced digits (copy)')).toContainText('8 nodes');
  await menu('Balanced digits (copy)', 'Rename');
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Second study');
  await dialog.getByRole('textbox', { name: 'Title' }).press('Enter');
  await expect(card('Second study')).toBeVisible();
  await menu('Second study', 'Move to a folder');
  await dialog.getByRole('combobox', { name: 'Folder' }).fill('Study/Balanced');
  await dialog.getByRole('button', { name: 'Move', exact: true }).click();
  await dialog
    .getByRole('navigation', { name: 'Folders' })
    .getByRole('button', { name: /^Balanced/ })
    .click();
  await expect(card('Balanced digits')).toHaveCount(0);
  await expect(card('Second study')).toContainText('Study/Balanced');
  await dialog.getByRole('button', { name: /^Everything/ }).click();
  await dialog.getByRole('textbox', { name: 'Search the library' }).fill('second');
  await expect(dialog.getByRole('listitem')).toHaveCount(1);
  await menu('Second study', 'Delete');
  await expect(dialog.getByText('Nothing here matches "second".')).toBeVisible();
  await notices(page).getByRole('button', { name: 'Undo' }).click();
  await expect(card('Second study')).toBeVisible();
  await menu('Second study', 'Delete');
  await dialog.getByRole('button', { name: /^Deleted/ }).click();
  await dialog.getByRole('button', { name: 'Bring back Second study' }).click();
  await dialog.getByRole('button', { name: /^Everything/ }).click();
  await dialog.getByRole('button', { name: 'Open Second study' }).click();
  await expect(title(page)).toHaveValue('Second study');
  await expect(nodeCard(page, 'encoder')).toBeVisible();
});

test('a search of the library looks into descriptions and nodes, also of what was edited since', async ({ page }) => {
  await firstVisit(page);
  await rename(page, 'First of two');
  await page.keyboard.press('Shift+A');
  await page.keyboard.type('poisson');
  await page.keyboard.press('Enter');
  await expect(nodeCard(page, 'poisson')).toBeVisible();
  const description = 'Drawn for the seminar on hippocampal replay.';
  await dropFile(
    page,
    'two.json',
    JSON.stringify({ schema: 1, title: 'Second of two', description, nodes: [], wires: [] }),
  );
  await expect(title(page)).toHaveValue('Second of two');
  await page.getByRole('button', { name: 'Library' }).click();
  const field = library(page).getByRole('textbox', { name: 'Search the library' });
  const found = library(page).getByRole('list', { name: 'Pipelines' }).getByRole('listitem');
  for (const [query, only] of [
    ['seminar replay', 'Second of two'],
    ['encoder.poisson', 'First of two'],
    ['poisson encoder', 'First of two'],
  ] as const) {
    await field.fill(query);
    await expect(found).toHaveText([new RegExp(`^${only}`)]);
  }
  await field.fill('of two');
  await expect(found).toHaveCount(2);
  await field.fill('seminar poisson');
  await expect(library(page).getByText('Nothing here matches "seminar poisson".')).toBeVisible();
});

test('the whole library goes out as one file and comes back into an empty browser', async ({ page, browser }) => {
  await firstVisit(page);
  await rename(page, 'To take along');
  await page.getByRole('button', { name: 'Library' }).click();
  const file = await downloadOf(page, () => library(page).getByRole('button', { name: 'Export all' }).click());
  expect(file.name).toMatch(/^spikeloom-library-.*\.zip$/);
  const other = await browser.newContext();
  const second = await other.newPage();
  await firstVisit(second);
  await dropBytes(second, file.name, file.bytes, 'application/zip');
  await expect(notices(second)).toContainText('1 pipeline, 0 runs and 0 imported files were added');
  await second.getByRole('button', { name: 'Library' }).click();
  await library(second).getByRole('button', { name: 'Open To take along' }).click();
  await expect(title(second)).toHaveValue('To take along');
  await other.close();
});

test('a restore point shows what differs, brings it back, and that can be undone', async ({ page }) => {
  await firstVisit(page);
  await openMenu(page, 'Restore points');
  await points(page).getByRole('textbox', { name: 'Name of the restore point' }).fill('Whole');
  await points(page).getByRole('button', { name: 'Keep a point now' }).click();
  await expect(points(page).getByRole('button', { name: /^Kept by hand Whole/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await removeNode(page, 'readout');
  await nodeCard(page, 'encoder').getByRole('heading').click();
  const field = page
    .getByRole('complementary', { name: 'Inspector' })
    .getByRole('spinbutton', { name: /^Duration per item/ });
  await field.fill('125');
  await field.press('Enter');
  await openMenu(page, 'Restore points');
  const dialog = points(page);
  await dialog.getByRole('button', { name: /^Kept by hand Whole/ }).click();
  const detail = dialog.getByRole('region', { name: 'Preview of the point' });
  await expect(detail.getByRole('status')).toHaveText(/\+ 0 added\s*− 4 removed\s*~ 1 changed/);
  await expect(detail.getByRole('img', { name: /^Whole.*8 nodes, 10 wires/ })).toBeVisible();
  await expect(detail.getByRole('img', { name: /^As it is now: 7 nodes, 7 wires/ })).toBeVisible();
  const differences = detail.getByRole('list', { name: 'Differences' });
  await expect(differences.getByText('Removed node')).toBeVisible();
  await expect(differences.getByRole('row', { name: /^Duration per item 250 ms \(default\) 125 ms/ })).toBeVisible();
  await detail.getByRole('button', { name: 'Go back to this' }).click();
  await expect(wires(page)).toHaveCount(10);
  await expect(nodeCard(page, 'readout')).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await expect(nodeCard(page, 'readout')).toHaveCount(0);
  await openMenu(page, 'Restore points');
  await expect(
    points(page).getByRole('button', { name: /^Made by itself Before going back to "Whole"/ }),
  ).toBeVisible();
});

test('a second tab is read-only, says so, and goes on where the first left off once that one closes', async ({
  context,
}) => {
  const first = await context.newPage();
  await firstVisit(first);
  const second = await context.newPage();
  await second.goto('/');
  await expect(second.getByRole('alert')).toContainText('open in another tab');
  await nodeCard(second, 'readout').getByRole('heading').click();
  await second.keyboard.press('Delete');
  await expect(nodeCard(second, 'readout')).toBeVisible();
  await removeNode(first, 'quality');
  await settled(first);
  await first.close();
  await expect(notices(second)).toContainText('You can edit this pipeline here now');
  await expect(second.getByRole('alert')).toHaveCount(0);
  await expect(nodeCard(second, 'quality')).toHaveCount(0);
  await removeNode(second, 'readout');
  await second.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await second.getByRole('button', { name: 'Undo', exact: true }).first().click();
  // Also what the first tab did can be undone.
  await expect(nodeCard(second, 'quality')).toBeVisible();
});

test('each tab comes back to its own document after a reload', async ({ context }) => {
  const first = await context.newPage();
  await firstVisit(first);
  await rename(first, 'Of the first tab');
  const second = await context.newPage();
  await second.goto('/');
  await second.getByRole('button', { name: 'Work on a copy' }).click();
  await expect(title(second)).toHaveValue('Of the first tab (copy)');
  await first.reload();
  await expect(title(first)).toHaveValue('Of the first tab');
  await expect(first.getByRole('alert')).toHaveCount(0);
  await second.reload();
  await expect(title(second)).toHaveValue('Of the first tab (copy)');
});

test('after a kill at most the last gesture is lost, at any moment of a burst of edits', async ({ context }) => {
  for (const pause of [0, 5, 40]) {
    const page = await context.newPage();
    await page.goto('/');
    await expect(nodeCard(page, 'images')).toBeVisible();
    for (let n = 1; n <= 6; n++) await rename(page, `Edit ${pause} ${n}`);
    if (pause > 0) await page.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), pause);
    // No chance to write anything more: the renderer is gone at once.
    const session = await context.newCDPSession(page);
    const gone = page.waitForEvent('crash');
    session.send('Page.crash').catch(() => undefined);
    await gone;
    await page.close();
    const again = await context.newPage();
    await again.goto('/');
    await expect(title(again)).toHaveValue(new RegExp(`^Edit ${pause} [56]$`));
    await again.close();
  }
});
