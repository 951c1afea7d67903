/** Comparing: branches, earlier runs, pictures in step, statistics, what differs, branches made and promoted, export. */
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { readEmbedded } from '../../src/data/embed/embedded';
import { type Pipeline, panel, save, select, start, textOf, verdict } from './compare-support';
import { firstVisit, nodeCard, title } from './editor-support';
import { dropBytes } from './keeping-support';
import { run } from './run-support';

test.describe.configure({ timeout: 240_000 });

test('two branches are compared by one key: who wins, why, and the numbers', async ({ page }) => {
  await start(page);
  await select(page, 'quality', 'quality-b');
  await page.keyboard.press('v');
  await expect(panel(page).getByRole('list', { name: 'Compared results' }).getByRole('listitem')).toHaveText([
    /Balanced/,
    /Unbalanced/,
  ]);
  await expect(verdict(page)).toHaveText(
    /Balanced wins on PSNR over Unbalanced by [\d.]+ dB: .*95 % interval of the difference .* dB, n = 16 items/,
  );
  const differs = panel(page).getByRole('region', { name: 'What differs' });
  await expect(differs.getByRole('row')).toHaveText([/Setting/, /Inhibition \/ excitation\s*5\s*3/, /efficacy.*0\.6/]);
  const statistics = panel(page).getByRole('region', { name: 'Statistics' });
  await expect(statistics.getByRole('rowheader', { name: /PSNR \(dB\)/ })).toBeVisible();
  // Sorted by the mean: the smaller one first.
  const means = statistics.getByRole('columnheader', { name: 'Mean', exact: true });
  await means.getByRole('button').click();
  await expect(means).toHaveAttribute('aria-sort', 'descending');
  await means.getByRole('button').click();
  await expect(means).toHaveAttribute('aria-sort', 'ascending');
  await expect(statistics.getByRole('row').nth(2)).toContainText('B');

  await panel(page).getByRole('combobox', { name: 'Output' }).selectOption({ label: 'Summary' });
  await expect(verdict(page)).toHaveText(/Balanced wins on PSNR .*95 % intervals/);
  const csv = await textOf(await save(page, /CSV/));
  expect(csv.split('\n')[0]).toMatch(/^measure,unit,result,n,mean,/);
  expect(csv).toContain('A: Balanced');
  // Nothing was executed for looking.
  await expect(page.getByRole('contentinfo').getByRole('status')).toHaveText(/executed/);
  const { violations } = await new AxeBuilder({ page }).include('section[aria-label="Comparison"]').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});

test('images are stepped through, read, set against each other and saved as a figure', async ({ page }) => {
  await start(page);
  await select(page, 'predict', 'predict-b');
  await page.keyboard.press('v');
  await expect(verdict(page)).toHaveText(/Balanced wins on PSNR .* n = 16 images/);
  const picture = (name: RegExp) => panel(page).getByRole('img', { name });
  for (const name of [/^Original$/, /^Balanced$/, /^Unbalanced$/]) await expect(picture(name)).toBeVisible();
  await expect(panel(page).getByText('Item 1 of 16')).toBeVisible();
  await panel(page).getByRole('button', { name: 'Next item' }).click();
  await expect(panel(page).getByText('Item 2 of 16')).toBeVisible();

  // One pixel is marked and read in all of them.
  await picture(/^Balanced$/).hover();
  await expect(panel(page).getByLabel('Readout')).toHaveText(/^x \d+, y \d+ {3}original .* A .* B /);

  await panel(page).getByText('Residuals', { exact: true }).click();
  await expect(picture(/^Unbalanced − original$/)).toBeVisible();
  await expect(picture(/^− original: colours from/)).toBeVisible();
  await panel(page).getByText('Difference', { exact: true }).first().click();
  await expect(picture(/^B − A$/)).toBeVisible();
  await panel(page).getByText('Slider', { exact: true }).click();
  await expect(picture(/^Balanced left, Unbalanced right$/)).toBeVisible();
  const divider = panel(page).getByRole('slider', { name: 'Divider between the images' });
  await divider.press('ArrowRight');
  await expect(divider).toHaveAttribute('aria-valuenow', '51');
  await panel(page).getByText('Flicker', { exact: true }).click();
  await expect(panel(page).getByText(/^Showing/)).toHaveText('Showing Unbalanced');
  await expect(panel(page).getByText(/^Showing/)).toHaveText('Showing Balanced');

  // The worst item has the lowest score of all.
  await panel(page).getByRole('button', { name: 'Worst' }).click();
  const readout = panel(page).getByLabel('Readout');
  const score = async () => Number(/A ([\d.]+)/.exec(await readout.innerText())?.[1]);
  const worst = await score();
  await panel(page).getByRole('button', { name: 'Best' }).click();
  await expect.poll(score).toBeGreaterThan(worst);

  const svg = await textOf(await save(page, /SVG/));
  expect(svg).toContain('Balanced wins on PSNR');
  expect(svg).toMatch(/class="caption"/);
  expect((await save(page, /PNG/)).suggestedFilename()).toBe('comparison.png');
});

test('the figure of a comparison, SVG or PNG, holds the pipeline and opens it when it is dropped', async ({
  page,
  browser,
}) => {
  await start(page);
  await select(page, 'quality', 'quality-b');
  await page.keyboard.press('v');
  await expect(verdict(page)).toHaveText(/wins on PSNR/);
  for (const [format, type] of [
    [/SVG/, 'image/svg+xml'],
    [/PNG/, 'image/png'],
  ] as const) {
    const download = await save(page, format);
    const other = await browser.newContext();
    const second = await other.newPage();
    await firstVisit(second);
    await dropBytes(second, download.suggestedFilename(), readFileSync(await download.path()), type);
    await expect(title(second)).toHaveValue('Two branches');
    await expect(nodeCard(second, 'encoder-b')).toContainText('g = 3');
    await other.close();
  }
  // Two earlier states against each other: the file holds the later one, with the record of its run.
  await select(page, 'encoder-b');
  const field = page.getByRole('spinbutton', { name: 'Inhibition / excitation' });
  await field.fill('6');
  await field.press('Enter');
  expect(await run(page)).toBe(5);
  await select(page, 'quality-b');
  await page.keyboard.press('p');
  await expect(verdict(page)).toHaveText(/PSNR/);
  const embedded = readEmbedded(readFileSync(await (await save(page, /PNG/)).path()));
  const { nodes } = JSON.parse(embedded?.pipeline ?? '') as Pipeline;
  expect(nodes.find(({ id }) => id === 'encoder-b')?.params['inhExcRatio']).toBe(6);
  expect(JSON.parse(embedded?.run ?? '')).toMatchObject({ outcome: 'succeeded' });
});

test('the paths are shown on the canvas, and the losing branch goes in one step that undo takes back', async ({
  page,
}) => {
  await start(page);
  await select(page, 'quality', 'quality-b');
  await page.keyboard.press('v');
  await expect(verdict(page)).toHaveText(/wins/);
  await panel(page).getByRole('button', { name: 'Show on canvas' }).click();
  await expect(nodeCard(page, 'encoder').getByText('A', { exact: true })).toBeVisible();
  await expect(nodeCard(page, 'encoder-b').getByText('B', { exact: true })).toBeVisible();
  await expect(nodeCard(page, 'images').getByText(/^[AB]$/)).toHaveText(['A', 'B']);
  await panel(page).getByRole('button', { name: 'Promote A' }).click();
  await expect(nodeCard(page, 'encoder-b')).toHaveCount(0);
  await expect(nodeCard(page, 'encoder')).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await expect(nodeCard(page, 'encoder-b')).toBeVisible();
});

test('a branch is made, changed, run and promoted; spikes are compared whole', async ({ page }) => {
  await start(page);
  await select(page, 'encoder');
  await page.keyboard.press('Shift+B');
  await expect(page.getByRole('group', { name: /^Balanced \(branch 2\)/ })).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await expect(page.getByRole('group', { name: /^Balanced \(branch 2\)/ })).toHaveCount(0);
  await select(page, 'encoder', 'encoder-b');
  await page.keyboard.press('v');
  await expect(verdict(page)).toHaveText(/Excitatory rate is higher in Unbalanced than in Balanced .* n = 64 items/);
  await expect(panel(page).getByRole('img', { name: /^Spikes of (Balanced|Unbalanced), every unit$/ })).toHaveCount(2);
  const rates = panel(page).getByRole('slider', { name: /^rate excitatory of Balanced and Unbalanced/ });
  await rates.press('ArrowRight');
  await expect(rates).toHaveAttribute('aria-valuetext', /^time \(ms\): \d/);
  await panel(page).getByRole('button', { name: 'Branches' }).click();
  await page.getByRole('menuitem', { name: /^Promote B: A takes its parameters/ }).click();
  await expect(nodeCard(page, 'encoder-b')).toHaveCount(0);
  await expect(nodeCard(page, 'encoder')).toContainText('g = 3');
});

test('one key compares with the previous run, and executes nothing', async ({ page }) => {
  await start(page);
  await select(page, 'encoder-b');
  const field = page.getByRole('spinbutton', { name: 'Inhibition / excitation' });
  await field.fill('6');
  await field.press('Enter');
  await expect(nodeCard(page, 'encoder-b')).toContainText('g = 6');
  expect(await run(page)).toBe(5);
  await select(page, 'quality-b');
  await page.keyboard.press('p');
  await expect(panel(page).getByRole('list', { name: 'Compared results' }).getByRole('listitem')).toHaveText([
    /^A?Run of \d\d:\d\d:\d\d/,
    /Now/,
  ]);
  await expect(verdict(page)).toHaveText(/PSNR .* n = 16 items/);
  await expect(panel(page).getByRole('region', { name: 'What differs' })).toContainText(
    /Inhibition \/ excitation\s*3\s*6/,
  );
  await expect(page.getByRole('contentinfo').getByRole('status')).toHaveText(/5 executed/);
  // The earlier parameters come back in one step.
  await panel(page).getByRole('button', { name: 'Branches' }).click();
  await page.getByRole('menuitem', { name: /^Bring back the parameters of A/ }).click();
  await expect(nodeCard(page, 'encoder-b')).toContainText('g = 3');
});

test('on a narrow screen the comparison is a sheet that scrolls', async ({ page }) => {
  await start(page);
  await select(page, 'predict', 'predict-b');
  await page.keyboard.press('v');
  await expect(verdict(page)).toHaveText(/wins on PSNR/);
  await page.setViewportSize({ width: 390, height: 844 });
  const sheet = page.getByRole('dialog', { name: 'Compare' });
  await expect(sheet.getByText(/Balanced wins on PSNR/)).toBeVisible();
  await expect(sheet.getByRole('img', { name: 'Unbalanced', exact: true })).toBeVisible();
  const score = sheet.getByRole('rowheader', { name: /PSNR \(dB\)/ });
  await score.scrollIntoViewIfNeeded();
  await expect(score).toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
});
