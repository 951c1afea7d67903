/** The budget for a run with its meter, and live mode, in the page. */
import { expect, test } from '@playwright/test';
import { firstVisit, nodeCard } from './editor-support';
import { openPipeline, pipelineWith, run, runButton, runStatus } from './run-support';

test('a node over the budget for a run is refused with the cure, raising the budget lets it run', async ({ page }) => {
  test.setTimeout(180_000);
  await firstVisit(page);
  await openPipeline(
    page,
    pipelineWith('Over the budget', {
      images: { trainCount: 8, testCount: 4 },
      encoder: { nExc: 10_000, nInh: 2500, connectionProbability: 0.1, duration: 60, discard: 10 },
      train: { epochs: 1, warmUpEpochs: 1 },
    }),
  );
  const field = page.getByRole('textbox', { name: 'Budget for a run' });
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await page.getByRole('button', { name: /^Tensors:/ }).click();
  await expect(settings).toContainText(/Half of the|most that a page|does not tell/);
  await field.fill('60');
  await field.press('Enter');
  await expect(settings).toContainText('Set by you.');
  await page.keyboard.press('Escape');
  await expect(nodeCard(page, 'encoder')).toContainText('Over the budget');
  await expect(nodeCard(page, 'encoder')).toContainText('of memory');
  await runButton(page).click();
  await expect(runStatus(page)).toHaveText(/^Failed in/);
  await expect(nodeCard(page, 'images')).toContainText('Done in');
  await page.getByRole('button', { name: /^Tensors:/ }).click();
  await page.getByRole('button', { name: 'Use the usual budget' }).click();
  await expect(settings).not.toContainText('Set by you.');
  await page.keyboard.press('Escape');
  await expect(nodeCard(page, 'encoder')).not.toContainText('of memory');
  expect(await run(page, 120_000)).toBeGreaterThan(4);
  // The meter keeps the most of the run.
  await expect(page.getByRole('progressbar', { name: 'Tensors, most of the budget for a run' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Tensors:.* At most in the latest run: [\d,]+, / })).toBeVisible();
});

test('live mode by Shift+F: an edit is followed by a run of what it made stale; frozen, nothing runs', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await firstVisit(page);
  await openPipeline(
    page,
    pipelineWith('Live', {
      images: { trainCount: 16, testCount: 8 },
      encoder: { duration: 60, discard: 10 },
      train: { epochs: 2, warmUpEpochs: 1 },
    }),
  );
  await run(page);
  await nodeCard(page, 'quality').getByRole('heading').click();
  await page.keyboard.press('Shift+F');
  const toggle = page.getByRole('button', { name: 'Live mode' });
  await expect(toggle).toHaveAttribute('aria-pressed', 'true');
  await expect(runStatus(page)).toHaveText(/^Live\. Finished/);
  await page.getByText('Uniform, 7 × 7', { exact: true }).click();
  await expect(runStatus(page)).toHaveText(/^Live\. Finished in .*: 1 executed/);
  await expect(nodeCard(page, 'quality')).toContainText('7 × 7');
  await toggle.click();
  await expect(toggle).toHaveAttribute('aria-pressed', 'false');
  await expect(runStatus(page)).toHaveText(/^Finished/);
  // A value without a result yet: everything behind it only turns stale.
  await nodeCard(page, 'encoder').getByRole('heading').click();
  const ratio = page.getByRole('spinbutton', { name: 'Inhibition / excitation' });
  await ratio.fill('3.5');
  await ratio.press('Enter');
  await expect(nodeCard(page, 'quality')).toContainText('Out of date');
});
