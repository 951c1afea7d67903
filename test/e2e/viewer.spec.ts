/** The large viewer: every spike, image, curve, row and weight of a result, from the store in windows, and saved. */
import { expect, type Page, test } from '@playwright/test';
import { unzipSync } from 'fflate';
import { readEmbedded } from '../../src/data/embed/embedded';
import { firstVisit, nodeCard } from './editor-support';
import { downloadOf } from './keeping-support';
import { expectNoViolation } from './keyboard-support';
import { openPipeline, run, small, watchLongTasks } from './run-support';

const view = (page: Page) => page.getByRole('status', { name: 'What is in view' });
const dialog = (page: Page) => page.getByRole('dialog');

async function openLarge(page: Page, node: string, output?: string): Promise<void> {
  await nodeCard(page, node).focus();
  await page.keyboard.press('Alt+Enter');
  await expect(dialog(page)).toBeVisible();
  if (output) await dialog(page).getByRole('button', { name: output, exact: true }).click();
}
async function close(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
}
const saved = async (page: Page, button: string): Promise<string> =>
  (await downloadOf(page, () => dialog(page).getByRole('button', { name: button }).click())).name;

/** What is in view, saved as SVG and as PNG: the files' names begin so, and both hold the pipeline with its run. */
async function expectPictures(page: Page, name: string): Promise<void> {
  for (const format of ['SVG', 'PNG'] as const) {
    const button = dialog(page).getByRole('button', { name: format, exact: true });
    const file = await downloadOf(page, () => button.click());
    expect(file.name).toBe(`${name}.${format.toLowerCase()}`);
    const embedded = readEmbedded(file.bytes);
    expect(JSON.parse(embedded?.pipeline ?? '{}')).toMatchObject({ title: 'Small run' });
    expect(JSON.parse(embedded?.run ?? '{}')).toMatchObject({ outcome: 'succeeded' });
    if (format === 'SVG') expect(file.bytes.toString()).toMatch(/^<svg[\s\S]*<title>/);
    // Wider than a screen, so that it can be printed.
    else expect(file.bytes.readUInt32BE(16)).toBeGreaterThan(1300);
  }
}

test('spikes, images, curves, tables and weights are looked through by keys, read and saved', async ({ page }) => {
  test.setTimeout(240_000);
  await firstVisit(page);
  await openPipeline(page, small);
  await run(page, 150_000);

  // Spikes: one item, all items, close up.
  await openLarge(page, 'encoder', 'Spikes');
  await expect(view(page)).toHaveText(/^Item \d+ of 192, 100 ms, neurons 0 to 1,279: [\d,]+ spikes/);
  const longTasks = await watchLongTasks(page);
  await dialog(page).getByRole('button', { name: 'All items' }).click();
  await expect(view(page)).toHaveText(/^Items 1 to 192 of 192, 19,200 ms, .*: [\d,]{6,} spikes$/, { timeout: 60_000 });
  const raster = dialog(page).getByRole('group', { name: /^Spike raster/ });
  await raster.focus();
  for (let n = 0; n < 4; n++) await page.keyboard.press('+');
  await expect(view(page)).toHaveText(/^Items 91 to 102 of 192, 1,200 ms/);
  const before = await view(page).innerText();
  await page.keyboard.press('ArrowRight');
  await expect(view(page)).not.toHaveText(before);
  await page.keyboard.press('Home');
  await expect(view(page)).toHaveText(/^Item 94 of 192, 100 ms/);
  await dialog(page).getByRole('button', { name: 'Next item' }).click();
  await expect(view(page)).toHaveText(/^Item 95 of 192, .*spikes$/);
  const box = await raster.boundingBox();
  if (!box) throw new Error('The raster is not on the screen.');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 3);
  await page.mouse.wheel(0, -400);
  await expect(view(page)).not.toHaveText(/ 100 ms/);
  await expect(dialog(page).getByText(/^item 95, [\d.]+ ms, neuron [\d,]+ \w+/)).toBeVisible();
  expect((await longTasks()).filter((ms) => ms > 100)).toEqual([]);
  expect(await saved(page, 'Save all values')).toBe('encoder.spikes.npz');
  await expectPictures(page, 'encoder.spikes');
  await close(page);

  // Images: pages, one large, its pixels.
  await openLarge(page, 'images', 'Images');
  await expect(view(page)).toHaveText(/^Images 1 to 120 of 192, 28 × 28/);
  await dialog(page).getByRole('button', { name: 'Next page' }).click();
  await expect(view(page)).toHaveText(/^Images 121 to 192 of 192/);
  await dialog(page)
    .getByRole('button', { name: /^Image 125, id/ })
    .click();
  const large = dialog(page).getByRole('group', { name: /^Image 125 large/ });
  await large.focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('status', { name: 'Pixel' })).toHaveText(/^row 15, column 14: [\d.]+$/);
  await dialog(page).getByRole('button', { name: 'Zoom in' }).click();
  await expect(dialog(page).getByText('200 %')).toBeVisible();
  const files = await downloadOf(page, () => dialog(page).getByRole('button', { name: 'Save all values' }).click());
  expect(files.name).toBe('images.images.zip');
  const sheet = unzipSync(files.bytes)['images.images.png'];
  expect(JSON.parse((sheet && readEmbedded(sheet)?.pipeline) ?? '{}')).toMatchObject({ title: 'Small run' });
  await close(page);

  // Curves: a range of x.
  await openLarge(page, 'train', 'Loss');
  const whole = await view(page).innerText();
  await dialog(page).getByRole('button', { name: 'Zoom in' }).click();
  await expect(view(page)).not.toHaveText(whole);
  await dialog(page).getByRole('button', { name: 'Whole' }).click();
  await expect(view(page)).toHaveText(whole);
  await expect(dialog(page).getByRole('slider', { name: /^First / })).toBeVisible();
  await expectPictures(page, 'train.loss');

  // Weights of the trained model.
  await dialog(page).getByRole('button', { name: 'Model', exact: true }).click();
  const weights = dialog(page).getByRole('region', { name: 'Weights' });
  await expect(weights.getByRole('img', { name: /^Histogram: [\d,]+ weights from/ })).toBeVisible();
  const first = await view(page).innerText();
  await weights.getByRole('combobox', { name: 'Weights of' }).click();
  await page.getByRole('option').nth(2).click();
  await expect(view(page)).not.toHaveText(first);
  await close(page);

  // A table: sorted, filtered, saved.
  await openLarge(page, 'quality', 'Per image');
  const rows = page.getByRole('status', { name: 'Rows in view' });
  await expect(rows).toHaveText('32 of 32 rows');
  const header = dialog(page).getByRole('columnheader', { name: /psnr/i });
  await header.getByRole('button').click();
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
  const at = (await dialog(page).getByRole('columnheader').allInnerTexts()).findIndex((text) => /psnr/i.test(text));
  const column = dialog(page).locator(`tbody tr td:nth-child(${at + 1})`);
  const numbers = (await column.allInnerTexts()).map(Number);
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  await dialog(page).getByRole('textbox', { name: 'Filter rows' }).fill('zzz');
  await expect(rows).toHaveText('0 of 32 rows');
  await dialog(page).getByRole('textbox', { name: 'Filter rows' }).fill('');
  expect(await saved(page, 'Save these rows as CSV')).toBe('quality.items.csv');
  await expectNoViolation(page);
});
