/** Keeping work: autosave and recovery, files in and out, bad files, two tabs. */
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { dropFile, firstVisit, nodeCard, title, wires } from './editor-support';
import { logged } from './keeping-support';

test('after the tab is killed the document and its undo history are back', async ({ context }) => {
  const page = await context.newPage();
  await firstVisit(page);
  await nodeCard(page, 'readout').getByRole('heading').click();
  await page.keyboard.press('Delete');
  await expect(wires(page)).toHaveCount(7);
  await title(page).fill('After the fall');
  await title(page).press('Enter');
  await expect(page).toHaveTitle(/After the fall/);
  // Committed, short of any snapshot: the log alone must do.
  await logged(page, 'After the fall');
  await page.close({ runBeforeUnload: false });

  const again = await context.newPage();
  await again.goto('/');
  await expect(title(again)).toHaveValue('After the fall');
  await expect(nodeCard(again, 'readout')).toHaveCount(0);
  await again.getByRole('button', { name: 'Undo' }).click();
  await again.getByRole('button', { name: 'Undo' }).click();
  await expect(nodeCard(again, 'readout')).toBeVisible();
  await expect(wires(again)).toHaveCount(10);
});

test('a second tab is read-only and can go on with a copy', async ({ context }) => {
  const first = await context.newPage();
  await firstVisit(first);
  const second = await context.newPage();
  await second.goto('/');
  await expect(second.getByText('open in another tab')).toBeVisible();
  await nodeCard(second, 'readout').getByRole('heading').click();
  await second.keyboard.press('Delete');
  await expect(nodeCard(second, 'readout')).toBeVisible();
  await second.getByRole('button', { name: 'Work on a copy' }).click();
  await expect(title(second)).toHaveValue(/\(copy\)$/);
  await nodeCard(second, 'readout').getByRole('heading').click();
  await second.keyboard.press('Delete');
  await expect(nodeCard(second, 'readout')).toHaveCount(0);
  await expect(nodeCard(first, 'readout')).toBeVisible();
});

test('Save gives the file that Open takes, unknown nodes and fields included', async ({ page }) => {
  // A download is the way that every browser has; the file pickers are native windows.
  await page.addInitScript(() => {
    Object.assign(window, { showSaveFilePicker: undefined });
  });
  await firstVisit(page);
  const text = `${JSON.stringify(
    {
      schema: 1,
      app: 'spikeloom',
      title: 'With a stranger',
      nodes: [
        { id: 'images', type: 'source.images', v: 1, params: {} },
        { id: 'odd', type: 'future.thing', v: 3, params: { depth: 7 }, colour: 'green' },
      ],
      wires: [{ id: 'w', from: { node: 'images', port: 'images' }, to: { node: 'odd', port: 'pictures' } }],
      ui: { positions: { images: { x: 0, y: 0 }, odd: { x: 400, y: 0 } } },
    },
    null,
    2,
  )}\n`;
  await dropFile(page, 'stranger.json', text);
  await page.getByRole('dialog', { name: 'Open stranger.json?' }).getByRole('button', { name: 'Open it' }).click();
  await expect(title(page)).toHaveValue('With a stranger');
  await expect(nodeCard(page, 'odd')).toContainText('not known to this version');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('with-a-stranger.json');
  const saved = await readFile(await download.path(), 'utf8');
  expect(JSON.parse(saved)).toEqual(JSON.parse(text));
});

test('a bad file says what, where and the cure, and leaves the open pipeline', async ({ page }) => {
  await firstVisit(page);
  const notices = page.getByRole('region', { name: 'Notices' });
  await dropFile(page, 'cut.json', '{ "schema": 1, "title": "Cut", "nodes": [ { "id": "a"');
  await expect(notices.getByText('cut.json could not be opened')).toBeVisible();
  await expect(notices.getByText(/line 1/)).toBeVisible();
  await dropFile(page, 'other.json', '{ "hello": "world" }');
  await expect(notices.getByText('other.json could not be opened')).toBeVisible();
  await expect(wires(page)).toHaveCount(10);
});

test('the gallery opens a pipeline and an empty one', async ({ page }) => {
  await firstVisit(page);
  await page.getByRole('button', { name: 'Gallery' }).click();
  const dialog = page.getByRole('dialog', { name: 'Open a pipeline' });
  await dialog.getByRole('button', { name: /Empty pipeline/ }).click();
  await expect(page.getByText('An empty pipeline')).toBeVisible();
  await expect(title(page)).toHaveValue('Untitled pipeline');
  await page.getByRole('button', { name: 'start from the gallery' }).click();
  await dialog.getByRole('button', { name: /MNIST/ }).first().click();
  await expect(nodeCard(page, 'encoder')).toBeVisible();
});
