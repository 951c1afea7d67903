/** Running in a real browser on WASM: stored results, what re-runs and why, cancel, and a page that stays responsive. */
import { expect, type Page, test } from '@playwright/test';
import { firstVisit, nodeCard } from './editor-support';
import { cardText, nodeIds, openPipeline, pipelineWith, run, runButton, runStatus, small } from './run-support';

test.describe.configure({ timeout: 240_000 });

async function setNumber(page: import('@playwright/test').Page, node: string, label: string, value: string) {
  await nodeCard(page, node).getByRole('heading').click();
  const field = page.getByRole('spinbutton', { name: label });
  await field.fill(value);
  await field.press('Enter');
}

test('a run fills the previews; after a reload Run executes nothing; g there and back executes nothing; a metric parameter one', async ({
  page,
}) => {
  await firstVisit(page);
  await openPipeline(page, small);
  expect(await run(page)).toBe(8);
  await expect(page.getByRole('contentinfo')).toContainText('WASM');
  await expect(nodeCard(page, 'images').getByRole('img')).toBeVisible();
  await expect(nodeCard(page, 'encoder').getByRole('img')).toBeVisible();
  await expect(nodeCard(page, 'train').getByRole('img').first()).toBeVisible();
  await expect(nodeCard(page, 'predict').getByRole('img')).toBeVisible();
  await expect(nodeCard(page, 'quality').getByRole('table')).toContainText('psnr');

  await page.reload();
  for (const id of nodeIds) await expect(nodeCard(page, id)).toContainText(/Stored|Not needed/);
  await expect(nodeCard(page, 'quality').getByRole('table')).toContainText('psnr');
  expect(await run(page)).toBe(0);

  await setNumber(page, 'encoder', 'Inhibition / excitation', '3.5');
  await expect(nodeCard(page, 'quality')).toContainText(/Out of date/);
  expect(await run(page)).toBe(5); // encoder, readout, train, predict, quality
  await setNumber(page, 'encoder', 'Inhibition / excitation', '5');
  await expect(nodeCard(page, 'quality')).toContainText('Stored');
  expect(await run(page)).toBe(0);

  await nodeCard(page, 'quality').getByRole('heading').click();
  await page.getByText('Uniform, 7 × 7', { exact: true }).click();
  expect(await run(page)).toBe(1);
  expect(await cardText(page, 'quality')).toContain('7 × 7');
});

/** Presses Cancel and measures, inside the page, when it is acknowledged and when computing has stopped. */
async function cancelInTime(page: Page, doing: string): Promise<void> {
  const times = await page.evaluate(async () => {
    const button = [...document.querySelectorAll('button')].find((each) => each.textContent?.trim() === 'Cancel');
    const status = document.querySelector('footer [role="status"]');
    if (!button || !status) throw new Error('Nothing to cancel.');
    const begun = performance.now();
    const changed = (pattern: RegExp) =>
      new Promise<number>((resolve) => {
        const look = () => {
          if (pattern.test(status.textContent ?? '')) resolve(performance.now() - begun);
          else setTimeout(look, 2);
        };
        look();
      });
    const acknowledged = changed(/Cancel/);
    const stopped = changed(/^Cancelled/);
    button.click();
    return { acknowledged: await acknowledged, stopped: await stopped };
  });
  console.log(
    `cancel while ${doing}: acknowledged after ${times.acknowledged.toFixed(0)} ms, stopped after ${times.stopped.toFixed(0)} ms`,
  );
  expect(times.acknowledged).toBeLessThan(100);
  expect(times.stopped).toBeLessThan(250);
}

test('cancel during training is acknowledged within 100 ms, compute stops within 250 ms, finished nodes are kept', async ({
  page,
}) => {
  await firstVisit(page);
  const long = pipelineWith('Long training', {
    images: { trainCount: 160, testCount: 32 },
    encoder: { duration: 100, discard: 20 },
    train: { epochs: 500, warmUpEpochs: 1 },
  });
  await openPipeline(page, long);
  await runButton(page).click();
  // The U-Net learns from the second epoch on: those are the slow steps.
  await expect(nodeCard(page, 'train').getByRole('img').first()).toBeVisible({ timeout: 90_000 });
  await cancelInTime(page, 'training');
  await expect(nodeCard(page, 'train')).toContainText('Cancelled');
  await expect(nodeCard(page, 'encoder')).toContainText(/Done|Stored/);
});

test('cancel during encoding stops within the limits too', async ({ page }) => {
  await firstVisit(page);
  await openPipeline(page, pipelineWith('Long encoding', { images: { trainCount: 4000 }, encoder: { seedInput: 77 } }));
  await runButton(page).click();
  await expect(nodeCard(page, 'encoder')).toContainText('%', { timeout: 60_000 });
  await cancelInTime(page, 'encoding');
  await expect(runStatus(page)).toHaveText(/^Cancelled/);
});
