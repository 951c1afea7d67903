/** Images compared in step: zoom, pan, the item in the middle, and three results at once. */
import { expect, type Page, test } from '@playwright/test';
import { branches, compared, panel, picture, select, start, verdict } from './compare-support';
import { boxOf, drag } from './pointer-support';

test.describe.configure({ timeout: 240_000 });

const readout = (page: Page) => panel(page).getByLabel('Readout');

/** The pixel that lies at a share of the width of a pane, in the middle of its height, as the readout tells it. */
async function pixelAt(page: Page, name: RegExp, share: number): Promise<number> {
  const { width, height } = await boxOf(picture(page, name));
  await picture(page, name).hover({ position: { x: width * share, y: height / 2 } });
  await expect(readout(page)).toHaveText(/^x \d+, y \d+/);
  return Number(/^x (\d+)/.exec(await readout(page).innerText())?.[1]);
}

test('images zoom and pan in step, by buttons, wheel and drag, and a double click fits all of them', async ({
  page,
}) => {
  await start(page);
  await select(page, 'predict', 'predict-b');
  await page.keyboard.press('v');
  await expect(verdict(page)).toHaveText(/wins on PSNR/);
  // Whole: 28 pixels across.
  expect(await pixelAt(page, /^Unbalanced$/, 0.02)).toBe(0);
  const fit = panel(page).getByRole('button', { name: 'Fit the images' });
  await expect(fit).toBeDisabled();
  for (let turn = 0; turn < 2; turn++) await panel(page).getByRole('button', { name: 'Zoom in' }).click();
  // 2.25 times as large about the middle, in each of them.
  for (const name of [/^Original$/, /^Balanced$/, /^Unbalanced$/]) {
    expect(await pixelAt(page, name, 0.02)).toBe(8);
    expect(await pixelAt(page, name, 0.98)).toBe(19);
  }
  await panel(page).getByRole('button', { name: 'Zoom out' }).click();
  expect(await pixelAt(page, /^Original$/, 0.02)).toBe(5);
  await panel(page).getByRole('button', { name: 'Zoom in' }).click();

  // One is dragged by a quarter of its width; the others go with it.
  const { x, y, width, height } = await boxOf(picture(page, /^Balanced$/));
  const from = { x: x + width / 2, y: y + height / 2 };
  await drag(page, from, { x: from.x + width / 4, y: from.y });
  expect(await pixelAt(page, /^Unbalanced$/, 0.02)).toBe(4);
  expect(await pixelAt(page, /^Original$/, 0.98)).toBe(16);

  await picture(page, /^Unbalanced$/).dblclick();
  await expect(fit).toBeDisabled();
  expect(await pixelAt(page, /^Balanced$/, 0.02)).toBe(0);

  // The wheel zooms about the pointer: what is under it stays.
  const corner = await pixelAt(page, /^Balanced$/, 0.98);
  expect(corner).toBe(27);
  await page.mouse.wheel(0, -600);
  await expect(fit).toBeEnabled();
  expect(await pixelAt(page, /^Unbalanced$/, 0.98)).toBe(27);
  expect(await pixelAt(page, /^Unbalanced$/, 0.02)).toBeGreaterThan(14);
  await fit.click();
  expect(await pixelAt(page, /^Unbalanced$/, 0.02)).toBe(0);
});

test('the item in the middle by a score is shown between the best and the worst', async ({ page }) => {
  await start(page);
  await select(page, 'predict', 'predict-b');
  await page.keyboard.press('v');
  await expect(verdict(page)).toHaveText(/wins on PSNR/);
  await panel(page).getByRole('combobox', { name: 'Rank items by' }).selectOption({ label: 'PSNR of B' });
  const score = async () => Number(/B ([\d.]+) dB/.exec(await readout(page).innerText())?.[1]);
  const scores: number[] = [];
  for (let item = 1; item <= 16; item++) {
    await expect(panel(page).getByText(`Item ${item} of 16`)).toBeVisible();
    scores.push(await score());
    if (item < 16) await panel(page).getByRole('button', { name: 'Next item' }).click();
  }
  const sorted = scores.toSorted((a, b) => b - a);
  for (const [name, place] of [
    ['Best', 0],
    ['Median', 7],
    ['Worst', 15],
  ] as const) {
    // The table of statistics has a median as well.
    await panel(page).getByRole('button', { name, exact: true }).first().click();
    await expect.poll(score).toBe(sorted[place]);
  }
});

test('three results stand beside each other, any two of them are set against each other, and one is taken out', async ({
  page,
}) => {
  await start(page, branches(3));
  await select(page, 'predict', 'predict-b', 'predict-c');
  await page.keyboard.press('v');
  await expect(compared(page)).toHaveText([/Balanced/, /Unbalanced/, /Between/]);
  await expect(verdict(page)).toHaveText(/ wins on PSNR over \w+ \(the next best of 3\) by |\(the next best of 3\): /);
  for (const name of [/^Original$/, /^Balanced$/, /^Unbalanced$/, /^Between$/])
    await expect(picture(page, name)).toBeVisible();
  await picture(page, /^Between$/).hover();
  await expect(readout(page)).toHaveText(/original .* A .* B .* C /);
  const differs = panel(page).getByRole('region', { name: 'What differs' });
  await expect(differs.getByRole('row', { name: /Inhibition \/ excitation/ })).toHaveText(/5\s*3\s*4$/);
  const statistics = panel(page).getByRole('region', { name: 'Statistics' });
  const psnr = statistics.getByRole('rowgroup').filter({ hasText: 'PSNR (dB)' });
  await expect(psnr.getByRole('row')).toHaveText([
    /PSNR \(dB\)/,
    /^A.*from A$/,
    /^B.*[+−][\d.]+\s*\[[+−][\d.]+, [+−][\d.]+\]$/,
    /^C.*[+−][\d.]+\s*\[[+−][\d.]+, [+−][\d.]+\]$/,
  ]);

  await panel(page).getByText('Residuals', { exact: true }).click();
  await expect(picture(page, / − original$/)).toHaveCount(3);
  await panel(page).getByText('Difference', { exact: true }).first().click();
  await panel(page).getByRole('combobox', { name: 'First image' }).selectOption({ label: 'B: Unbalanced' });
  await panel(page).getByRole('combobox', { name: 'Second image' }).selectOption({ label: 'C: Between' });
  await expect(picture(page, /^C − B$/)).toBeVisible();
  await panel(page).getByText('Slider', { exact: true }).click();
  await expect(picture(page, /^Unbalanced left, Between right$/)).toBeVisible();

  await panel(page).getByRole('button', { name: 'Remove Unbalanced from the comparison' }).click();
  await expect(compared(page)).toHaveText([/Balanced/, /Between/]);
  await expect(picture(page, /^Balanced left, Between right$/)).toBeVisible();
});
