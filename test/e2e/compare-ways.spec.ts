/** Ways into a comparison: from one output, the Add menu, ticked runs, inside a subgraph, and a Compare node that stays. */
import { expect, test } from '@playwright/test';
import { change, compared, panel, picture, select, start, verdict } from './compare-support';
import { dragWire, input, nodeCard, output } from './editor-support';
import { openMenu } from './keeping-support';
import { boxOf } from './pointer-support';
import { run, runStatus } from './run-support';

test.describe.configure({ timeout: 240_000 });

test('one output begins a comparison; the Add menu finds others and earlier results, and ticked runs are compared by any output', async ({
  page,
}) => {
  await start(page);
  await select(page, 'encoder-b');
  await change(page, 'Inhibition / excitation', '6');
  await select(page, 'predict-b');
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await inspector.getByRole('tab', { name: 'Results' }).click();
  await inspector.getByRole('button', { name: 'Compare Images' }).click();
  await expect(panel(page).getByText(/^Add a second result to compare Predict.* with\.$/)).toBeVisible();
  await expect(picture(page, /^Predict \(predict-b\)$/)).toBeVisible();

  const add = panel(page).getByRole('button', { name: 'Add', exact: true });
  await add.click();
  await page.getByRole('textbox', { name: 'Search outputs' }).fill('predict');
  await expect(page.getByRole('menuitem')).toHaveText(['Predict (predict)']);
  await page.getByRole('menuitem', { name: 'Predict (predict)' }).click();
  await expect(compared(page)).toHaveText([/predict-b/, /predict\)/]);
  await expect(verdict(page)).toHaveText(/PSNR .* n = 16 images/);
  await add.click();
  await expect(page.getByText('Earlier results of Predict (predict-b)')).toBeVisible();
  await page.getByRole('menuitem', { name: /^Run of / }).click();
  await expect(compared(page)).toHaveCount(3);
  await expect(panel(page).getByRole('row', { name: /Inhibition \/ excitation/ })).toHaveText(/6\s*5\s*3$/);

  // What is of another kind is refused, with what to do.
  await select(page, 'quality');
  await inspector.getByRole('tab', { name: 'Results' }).click();
  await inspector.getByRole('button', { name: 'Compare Per image' }).click();
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText(
    'images and table cannot be compared with each other',
  );
  await panel(page).getByRole('button', { name: 'Close the comparison' }).click();

  await openMenu(page, 'Run history');
  const dialog = page.getByRole('dialog', { name: 'Run history' });
  const ticks = dialog.getByRole('checkbox', { name: /^Compare the run of Two branches/ });
  await expect(ticks).toHaveCount(2);
  const what = dialog.getByRole('combobox', { name: 'Output to compare' });
  await expect(what).toHaveCount(0);
  for (const tick of await ticks.all()) await tick.check();
  // The last score is proposed; the spikes of the changed network are chosen.
  await expect(what.getByRole('option', { name: /Predict \(predict-b\): Images/ })).toBeAttached();
  await what.selectOption({ label: 'Unbalanced: Spikes' });
  await dialog.getByRole('button', { name: 'Compare 2' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(compared(page)).toHaveText([/Run of \d\d:\d\d:\d\d/, /Run of \d\d:\d\d:\d\d/]);
  await expect(verdict(page)).toHaveText(/rate is higher in Run of .* n = 64 items/);
  // On a narrow screen rasters, curves and their difference lie below each other.
  await page.setViewportSize({ width: 390, height: 844 });
  const sheet = page.getByRole('dialog', { name: 'Compare' });
  const stack = [
    sheet.getByRole('img', { name: /^Spikes of Run of/ }).first(),
    sheet.getByRole('img', { name: /^Spikes of Run of/ }).last(),
    sheet.getByRole('slider', { name: /^rate excitatory of/ }),
    sheet.getByRole('slider', { name: /^Difference of rate excitatory/ }),
    sheet.getByRole('button', { name: 'Next item' }),
    sheet.getByRole('heading', { name: 'What differs' }),
  ];
  let bottom = 0;
  for (const each of stack) {
    const { y, height } = await boxOf(each);
    expect(y).toBeGreaterThanOrEqual(bottom);
    expect(height).toBeGreaterThan(16);
    bottom = y + height;
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  // In the panel they are looked at by another node's output; nothing is executed for it.
  const before = await runStatus(page).innerText();
  const shown = panel(page).getByRole('combobox', { name: 'Output' });
  await shown.selectOption({ label: 'Predict (predict-b): Images' });
  await expect(verdict(page)).toHaveText(/n = 16 images/);
  await expect(runStatus(page)).toHaveText(before);
});

test('inside a subgraph results are compared with the run before and with those outside, and their paths are shown', async ({
  page,
}) => {
  await start(page);
  await select(page, 'encoder-b', 'readout-b', 'train-b', 'predict-b', 'quality-b');
  await page.keyboard.press('Control+Shift+E');
  await expect(nodeCard(page, 'subgraph')).toContainText('Stored');
  await nodeCard(page, 'subgraph').getByRole('heading').dblclick();
  await expect(nodeCard(page, 'subgraph/quality-b')).toBeVisible();
  // A run of the graph as it is now, then one of other settings inside.
  expect(await run(page)).toBe(0);
  await select(page, 'subgraph/encoder-b');
  await change(page, 'Inhibition / excitation', '6');
  await select(page, 'subgraph/quality-b');
  await page.keyboard.press('p');
  await expect(compared(page)).toHaveText([/Run of \d\d:\d\d:\d\d/, /Now/]);
  await expect(verdict(page)).toHaveText(/PSNR .* n = 16 items/);
  const differs = panel(page).getByRole('region', { name: 'What differs' });
  await expect(differs).toContainText(/Inhibition \/ excitation\s*3\s*6/);
  await panel(page).getByRole('button', { name: 'Show on canvas' }).click();
  await expect(nodeCard(page, 'subgraph/encoder-b').getByText('A', { exact: true })).toBeVisible();
  await expect(nodeCard(page, 'subgraph/@inputs').getByText('B', { exact: true })).toBeVisible();

  // One from outside beside it, by the menu; the level is left and the comparison stays.
  await panel(page).getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('textbox', { name: 'Search outputs' }).fill('quality');
  await page.getByRole('menuitem', { name: /^Image quality \(quality\): Per image$/ }).click();
  await expect(compared(page)).toHaveCount(3);
  await page.keyboard.press('Control+ArrowUp');
  await expect(nodeCard(page, 'subgraph')).toBeVisible();
  await expect(compared(page)).toHaveCount(3);
  await expect(nodeCard(page, 'subgraph').getByText(/^[AB]$/)).toHaveText(['A', 'B']);
  await expect(nodeCard(page, 'quality').getByText('C', { exact: true })).toBeVisible();

  // The earlier parameters come back inside, from outside, in one step that undo takes back.
  await panel(page).getByRole('button', { name: 'Remove Image quality' }).click();
  await panel(page).getByRole('button', { name: 'Branches' }).click();
  await page.getByRole('menuitem', { name: /^Bring back the parameters of A/ }).click();
  // Its result is in the store: it is shown at once.
  await expect(verdict(page)).toHaveText(/are equal in PSNR in all 16 items/);
  await nodeCard(page, 'subgraph').getByRole('heading').dblclick();
  await expect(nodeCard(page, 'subgraph/encoder-b')).toContainText('g = 3');
});

test('a subgraph is compared by what it gives: with a node outside, and with its run before', async ({ page }) => {
  await start(page);
  await select(page, 'encoder-b', 'readout-b', 'train-b', 'predict-b');
  await page.keyboard.press('Control+Shift+E');
  await expect(nodeCard(page, 'subgraph')).toContainText('Stored');
  await select(page, 'predict', 'subgraph');
  await page.keyboard.press('v');
  await expect(verdict(page)).toHaveText(/Balanced wins on PSNR over .* n = 16 images/);
  await expect(picture(page, /^Original$/)).toBeVisible();
  const differs = panel(page).getByRole('region', { name: 'What differs' });
  await expect(differs).toContainText(/Inhibition \/ excitation\s*5\s*3/);

  // Put in since, it is found in the run of before by what is inside.
  await nodeCard(page, 'subgraph').getByRole('heading').dblclick();
  await select(page, 'subgraph/encoder-b');
  await change(page, 'Inhibition / excitation', '6');
  await select(page, 'subgraph/predict-b');
  await page.keyboard.press('p');
  await expect(compared(page)).toHaveText([/Run of/, /Now/]);
  await expect(differs).toContainText(/Inhibition \/ excitation\s*3\s*6/);
  await expect(verdict(page)).toHaveText(/PSNR .* n = 16 images/);
  await panel(page).getByRole('button', { name: 'Close the comparison' }).click();
  // A second run of it: now the subgraph itself has a run before.
  await select(page, 'subgraph/encoder-b');
  await change(page, 'Inhibition / excitation', '7');
  await page.keyboard.press('Control+ArrowUp');
  await select(page, 'subgraph');
  await page.keyboard.press('p');
  await expect(differs).toContainText(/Inhibition \/ excitation\s*6\s*7/);
  await expect(verdict(page)).toHaveText(/PSNR .* n = 16 images/);
});

test('a Compare node keeps a comparison in the pipeline: it is back after a reload, with nothing executed', async ({
  page,
}) => {
  await start(page);
  await page.getByRole('button', { name: 'Fit view' }).click();
  await page.getByRole('textbox', { name: 'Search nodes' }).fill('compare');
  await page.getByRole('textbox', { name: 'Search nodes' }).press('Enter');
  await expect(nodeCard(page, 'compare')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Fit view' }).click();
  for (const id of ['quality', 'quality-b'])
    await dragWire(page, output(page, id, 'items'), input(page, 'compare', 'values'));
  await select(page, 'compare');
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  const names = inspector.getByRole('textbox', { name: 'Names' });
  await names.fill('Balanced, Unbalanced');
  await names.press('Enter');
  expect(await run(page)).toBe(1);
  await inspector.getByRole('tab', { name: 'Results' }).click();
  const figure = inspector.getByRole('region', { name: 'Output Figure' });
  const table = inspector.getByRole('region', { name: 'Output Comparison' });
  await expect(figure.getByRole('img').first()).toBeVisible();
  await expect(table.getByRole('row', { name: /PSNR.*Unbalanced/ }).first()).toBeVisible();
  const rows = await table.getByRole('row').allInnerTexts();

  await page.reload();
  await expect(nodeCard(page, 'compare')).toContainText('Stored');
  await expect(page.getByText('Nothing to run: all stored')).toBeVisible();
  await select(page, 'compare');
  await expect(names).toHaveValue('Balanced, Unbalanced');
  await inspector.getByRole('tab', { name: 'Results' }).click();
  await expect(figure.getByRole('img').first()).toBeVisible();
  await expect(table.getByRole('row')).toHaveText(rows.map((row) => row.replaceAll('\t', '')));
  expect(await run(page)).toBe(0);
});
