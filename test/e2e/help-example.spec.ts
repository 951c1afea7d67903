/** The live example in a node's help: runs beside the open pipeline, follows its parameters, opens as a pipeline of its own. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { firstVisit, nodeCard, title } from './editor-support';
import { openMenu } from './keeping-support';
import { expectNoViolation } from './keyboard-support';
import { cancelButton, openPipeline, runButton, runStatus, small } from './run-support';

const tryIt = (page: Page) => page.getByRole('region', { name: 'Try it' });
const runExample = (page: Page) => tryIt(page).getByRole('button', { name: 'Run the example' });
const result = (page: Page, name: string) => tryIt(page).getByRole('region', { name });
const done = /^Done in \d/;

async function openHelp(page: Page, id: string): Promise<void> {
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  // The canvas may still glide to make room for the inspector, and the card with it.
  await expect(async () => {
    await nodeCard(page, id).getByRole('heading').click();
    await expect(inspector.getByText(`${id} · `)).toBeVisible({ timeout: 1000 });
  }).toPass();
  await page.getByRole('tab', { name: 'Help' }).click();
  await expect(tryIt(page)).toBeVisible();
}

async function addAndOpenHelp(page: Page, type: string, id: string): Promise<void> {
  await page.locator(`button[data-node="${type}"]`).click();
  await openHelp(page, id);
}

const said = (page: Page, text: string | RegExp) =>
  expect(page.getByRole('status').filter({ hasText: text })).toHaveCount(1);

test('an example runs beside the open pipeline and leaves its cards, its undo and its runs as they were', async ({
  page,
}) => {
  await firstVisit(page);
  await expect(runStatus(page)).toHaveText('Ready');
  await openHelp(page, 'encoder');
  await expect(tryIt(page)).toContainText('which stays as it is');
  await runExample(page).click();
  await expect(tryIt(page).getByText(done)).toBeVisible();
  await said(page, /The example of Balanced spiking network finished in/);
  await expect(result(page, 'Spikes of Balanced spiking network')).toContainText(/[\d,]+ spikes in this item/);

  await expect(nodeCard(page, 'encoder')).toContainText('Not run');
  await expect(nodeCard(page, 'encoder')).toContainText('Run to see spikes');
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled();
  await expect(runStatus(page)).toHaveText('Ready');
  await expectNoViolation(page);
  await openMenu(page, 'Run history');
  await expect(page.getByRole('dialog', { name: 'Run history' })).toContainText('Nothing has run yet');
});

test('a parameter runs it again with another result, and the earlier one comes back from the store', async ({
  page,
}) => {
  await firstVisit(page);
  await openHelp(page, 'encoder');
  await runExample(page).click();
  const spikes = result(page, 'Spikes of Balanced spiking network').getByText(/spikes in this item/);
  await expect(tryIt(page).getByText(done)).toBeVisible();
  const balanced = await spikes.innerText();
  const g = tryIt(page).getByRole('spinbutton', { name: /^Inhibition/ });
  await g.fill('3');
  await g.press('Enter');
  await expect(spikes).not.toHaveText(balanced);
  await expect(tryIt(page).getByText(done)).toBeVisible();
  await tryIt(page)
    .getByRole('button', { name: /^Reset Inhibition.* to 5$/ })
    .click();
  await expect(spikes).toHaveText(balanced);
  await expect(tryIt(page)).toContainText('everything was stored');
  await expect(nodeCard(page, 'encoder')).toContainText('g = 5');

  await page.reload();
  await openHelp(page, 'encoder');
  await expect(spikes).toHaveText(balanced);
});

test('a decoder and a table have theirs; a node that reads a file says why it has none', async ({ page }) => {
  test.setTimeout(150_000);
  await firstVisit(page);
  await openHelp(page, 'train');
  await runExample(page).click();
  await expect(tryIt(page).getByText(done)).toBeVisible({ timeout: 30_000 });
  await expect(result(page, 'Loss of Train').getByRole('img').first()).toBeVisible();
  await expect(result(page, 'Images of Predict')).toContainText('12 of 12');
  await openHelp(page, 'quality');
  await runExample(page).click();
  await expect(result(page, 'Summary of Image quality').getByRole('table')).toContainText('psnr', { timeout: 30_000 });
  await expectNoViolation(page);
  await addAndOpenHelp(page, 'source.model', 'model');
  await expect(tryIt(page)).toContainText('reads a file of yours');
  await expect(tryIt(page).getByRole('button')).toHaveCount(0);
});

test('a value that does not fit is told at its field and in words, and costs nothing', async ({ page }) => {
  await firstVisit(page);
  await openHelp(page, 'images');
  await tryIt(page).getByRole('textbox', { name: 'Classes' }).fill('0, 77');
  await tryIt(page).getByRole('textbox', { name: 'Classes' }).press('Enter');
  await expect(tryIt(page).getByRole('region', { name: /^Failure of/ })).toContainText('is no list of classes');
  await tryIt(page).getByRole('textbox', { name: 'Classes' }).fill('0, 7');
  await tryIt(page).getByRole('textbox', { name: 'Classes' }).press('Enter');
  await expect(tryIt(page).getByRole('region', { name: /^Failure of/ })).toHaveCount(0);
  await expect(result(page, 'Images of Images')).toContainText('24 of 24');
});

test('it waits while the own pipeline runs, and can run afterwards', async ({ page }) => {
  test.setTimeout(120_000);
  await firstVisit(page);
  await openPipeline(page, small);
  await openHelp(page, 'encoder');
  await runButton(page).click();
  await expect(cancelButton(page)).toBeVisible();
  await expect(tryIt(page)).toContainText('Your own pipeline is running.');
  await expect(runExample(page)).toBeDisabled();
  await expect(tryIt(page).getByRole('button', { name: 'Open as a pipeline' })).toBeDisabled();
  await expect(runStatus(page)).toHaveText(/^Finished in/, { timeout: 100_000 });
  await runExample(page).click();
  await expect(tryIt(page).getByText(done)).toBeVisible({ timeout: 30_000 });
  await expect(runStatus(page)).toHaveText(/^Finished in/);
});

test('it opens as a pipeline with the chosen values, and one press leads back to what was open', async ({ page }) => {
  await firstVisit(page);
  const before = await title(page).inputValue();
  await openHelp(page, 'readout');
  await tryIt(page)
    .getByRole('textbox', { name: 'Method' })
    .or(tryIt(page).getByRole('combobox', { name: 'Method' }))
    .click();
  await page.getByRole('option', { name: 'Latency' }).click();
  await expect(tryIt(page).getByText(/^Done/)).toBeVisible({ timeout: 30_000 });
  await tryIt(page).getByRole('button', { name: 'Open as a pipeline' }).click();
  await expect(title(page)).toHaveValue('Example: Spike readout');
  await expect(nodeCard(page, 'readout')).toContainText('Latency');
  await expect(nodeCard(page, 'readout')).toContainText('Stored');
  await page.getByRole('button', { name: `Back to ${before}` }).click();
  await expect(title(page)).toHaveValue(before);
  await expect(nodeCard(page, 'readout')).toContainText('Rate, Hz');
});

test('the keyboard alone reaches, runs and changes it', async ({ page }) => {
  await firstVisit(page);
  await openHelp(page, 'encoder');
  await runExample(page).focus();
  await page.keyboard.press('Enter');
  await expect(tryIt(page).getByText(done)).toBeVisible();
  const before = await result(page, 'Spikes of Balanced spiking network')
    .getByText(/spikes in this item/)
    .innerText();
  await tryIt(page)
    .getByRole('spinbutton', { name: /^Drive added/ })
    .focus();
  await page.keyboard.press('PageUp');
  await page.keyboard.press('PageUp');
  await expect(result(page, 'Spikes of Balanced spiking network').getByText(/spikes in this item/)).not.toHaveText(
    before,
  );
});

test.describe('on a narrow screen', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });
  test('it fits the width, with targets for a finger', async ({ page }) => {
    await firstVisit(page);
    await nodeCard(page, 'encoder').getByRole('heading').tap();
    await page.getByRole('button', { name: 'Inspect', exact: true }).tap();
    await page.getByRole('tab', { name: 'Help' }).tap();
    await runExample(page).tap();
    await expect(tryIt(page).getByText(done)).toBeVisible();
    const box = await tryIt(page).boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
    const again = await tryIt(page).getByRole('button', { name: 'Run again' }).boundingBox();
    expect(again?.height).toBeGreaterThanOrEqual(44);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  });
});
