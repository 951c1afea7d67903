/** Decoders in a real browser: a killed tab goes on, a saved model comes back, WebGPU and WASM learn alike. */
import { readFileSync } from 'node:fs';
import { type BrowserContext, chromium, expect, type Page, test } from '@playwright/test';
import type { SeriesValue } from '../../src/kit/values';
import { findBrowser } from '../../src/tools/find-browser.mjs';
import { firstVisit, nodeCard } from './editor-support';
import { openPipeline, pipelineWith, run, runButton } from './run-support';
import { storedSums, storedValue } from './stored-results';

test.describe.configure({ timeout: 400_000 });

const decoder = (title: string, epochs: number, more: Record<string, unknown> = {}) =>
  pipelineWith(title, {
    images: { trainCount: 160, testCount: 8 },
    encoder: { duration: 80, discard: 20 },
    mlp: { hiddenUnits: 64 },
    unet: { baseChannels: 8, levels: 1 },
    train: { epochs, warmUpEpochs: 0, batchSize: 8, ...more },
  });

/** The tab's process dies, with its workers, as when the system runs out of memory. */
async function kill(page: Page): Promise<void> {
  const died = page.waitForEvent('crash');
  const session = await page.context().newCDPSession(page);
  // No answer comes: who should answer is gone.
  void session.send('Page.crash').catch(() => undefined);
  await died;
  await page.close();
}

async function reopened(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await firstVisit(page);
  return page;
}

const log = (page: Page) => page.getByRole('log', { name: 'Run log' });
async function openLog(page: Page): Promise<void> {
  if (!(await log(page).isVisible())) await page.getByRole('contentinfo').getByRole('button', { name: 'Log' }).click();
}

test('a tab killed in epoch 3 of 6 goes on from there after Run, without encoding again, to the same bits', async ({
  page,
  context,
  baseURL,
}) => {
  await firstVisit(page);
  await openPipeline(page, decoder('Killed on the way', 6));
  await runButton(page).click();
  // Epoch 3 lies between a third and a half of all. Looked at in every frame: the six take two seconds on a fast machine.
  await nodeCard(page, 'train').evaluate(
    (card) =>
      new Promise<void>((reached) => {
        const look = () => (/(3[4-9]|4\d) ?%/.test(card.textContent ?? '') ? reached() : requestAnimationFrame(look));
        look();
      }),
  );
  await kill(page);

  const again = await reopened(context);
  await expect(nodeCard(again, 'encoder')).toContainText('Stored');
  expect(await run(again)).toBe(3); // train, predict, quality
  await openLog(again);
  await expect(log(again)).toContainText(/Training goes on after epoch [23]\./); // epoch 3 may end before the kill does
  await expect(nodeCard(again, 'encoder')).toContainText(/Stored|Not needed/);
  const resumed = await storedSums(again, 'learn.train', 'model');

  // Raising the epochs goes on too.
  await nodeCard(again, 'train').getByRole('heading').click();
  const epochs = again.getByRole('spinbutton', { name: 'Epochs' });
  await epochs.fill('7');
  await epochs.press('Enter');
  expect(await run(again)).toBe(3);
  await expect(log(again)).toContainText('Training goes on after epoch 6.');

  const browser = context.browser();
  if (!browser) throw new Error('The browser is gone.');
  const other = await browser.newPage({ baseURL: baseURL ?? '', viewport: { width: 1440, height: 900 } });
  await firstVisit(other);
  await openPipeline(other, decoder('Never killed', 6));
  expect(await run(other)).toBe(8);
  expect(await storedSums(other, 'learn.train', 'model')).toEqual(resumed);
  await other.close();
});

/** The inspector's Results tell where the time of a training went: milliseconds, calls and bytes of each operation. */
async function expectProfile(page: Page): Promise<void> {
  const profile = page.getByRole('region', { name: 'Where the time went' });
  await expect(profile).toContainText(/ on wasm: .* in [\d,]+ operations, .* outside of them/);
  await expect(profile).toContainText(/At most [\d.]+ [kM]B of tensors at a time/);
  await expect(profile.getByRole('columnheader')).toHaveText(['Operation', 'ms', '%', 'Calls', 'MB']);
  const rows = await profile
    .getByRole('row')
    .filter({ has: page.getByRole('cell') })
    .allInnerTexts();
  const cells = rows.map((row) => row.split('\t').map((cell) => cell.trim()));
  expect(cells.map(([name]) => name)).toEqual(expect.arrayContaining(['FusedConv2D', 'Conv2DBackpropFilter', 'Adam']));
  const column = (at: number) => cells.map((row) => Number(row[at]?.replaceAll(',', '')));
  const [ms, share, calls, bytes] = [1, 2, 3, 4].map(column) as [number[], number[], number[], number[]];
  for (const numbers of [ms, share, calls, bytes]) expect(numbers.every(Number.isFinite)).toBe(true);
  // The longest come first, all were called, and together they are no more than the whole.
  const longest = ms.slice(0, 10);
  expect(longest).toEqual(longest.toSorted((a, b) => b - a));
  expect(ms[0]).toBeGreaterThan(0);
  expect(Math.min(...calls)).toBeGreaterThan(0);
  expect(Math.max(...bytes)).toBeGreaterThan(0.1);
  expect(share.reduce((sum, part) => sum + part, 0)).toBeLessThanOrEqual(105);
}

test('a trained model is saved as one file and gives the same images from it', async ({ page }) => {
  await firstVisit(page);
  const text = decoder('To be saved', 2);
  await openPipeline(page, text);
  await run(page);
  const images = await storedSums(page, 'learn.predict', 'images');
  await nodeCard(page, 'train').getByRole('heading').click();
  await page.getByRole('tab', { name: 'Results' }).click();
  await expectProfile(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save model' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('train.model.zip');
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Saved train.model.zip');
  const bytes = readFileSync(await download.path());

  // The same pipeline with the file in the place of training.
  const pipeline = JSON.parse(text) as {
    id: string;
    title: string;
    nodes: { id: string; type: string; v: number; params: object }[];
    wires: { from: { node: string }; to: { node: string } }[];
  };
  const without = ['mlp', 'unet', 'train'];
  Object.assign(pipeline, { id: 'from-a-file', title: 'From a file' });
  pipeline.nodes = pipeline.nodes.filter(({ id }) => !without.includes(id));
  pipeline.nodes.push({ id: 'train', type: 'source.model', v: 1, params: {} });
  pipeline.wires = pipeline.wires.filter(({ to }) => !without.includes(to.node));
  pipeline.wires = pipeline.wires.filter(({ from }) => from.node !== 'mlp' && from.node !== 'unet');
  await openPipeline(page, JSON.stringify(pipeline));
  await expect(nodeCard(page, 'train')).toContainText(/No files have been chosen|Cannot run/);
  await nodeCard(page, 'train').getByRole('heading').click();
  await page.getByRole('tab', { name: 'Parameters' }).click();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Files', exact: true }).click(),
  ]);
  await chooser.setFiles({ name: 'train.model.zip', mimeType: 'application/zip', buffer: bytes });
  await expect(page.getByRole('button', { name: 'Remove train.model.zip' })).toBeVisible();
  expect(await run(page)).toBe(3); // the file, predict, quality
  expect(await storedSums(page, 'learn.predict', 'images')).toEqual(images);
});

test('20 steps on WebGPU follow those on WASM: the same start, losses within 1 %', async ({ page, baseURL }) => {
  // Software graphics take about a second a step, whatever its size.
  const text = pipelineWith('Twenty steps', {
    images: { trainCount: 40, testCount: 2 },
    encoder: { duration: 80, discard: 20 },
    mlp: { hiddenUnits: 32 },
    unet: { baseChannels: 4, levels: 1 },
    train: { epochs: 1, warmUpEpochs: 0, batchSize: 2, validationFraction: 0 },
  });
  const losses = async (on: Page): Promise<readonly number[]> => {
    const { curves } = (await storedValue(on, 'learn.train', 'loss')) as SeriesValue;
    return [...(curves.find(({ name }) => name === 'each step')?.y ?? [])];
  };
  await firstVisit(page);
  await openPipeline(page, text);
  await run(page);
  await expect(page.getByRole('contentinfo')).toContainText('WASM');
  const onWasm = await losses(page);
  expect(onWasm).toHaveLength(20);

  const browser = await chromium.launch({
    executablePath: findBrowser() ?? '',
    args: [
      '--no-sandbox',
      '--enable-unsafe-webgpu',
      '--use-webgpu-adapter=swiftshader',
      '--disable-background-networking',
    ],
  });
  try {
    const gpu = await browser.newPage({ baseURL: baseURL ?? '', viewport: { width: 1440, height: 900 } });
    await firstVisit(gpu);
    await expect(gpu.getByRole('contentinfo')).toContainText('WebGPU', { timeout: 60_000 });
    await openPipeline(gpu, text);
    await run(gpu, 300_000);
    const onGpu = await losses(gpu);
    expect(onGpu).toHaveLength(20);
    const apart = onWasm.map((loss, k) => Math.abs((onGpu[k] as number) / loss - 1));
    console.log(`first step apart by ${apart[0]?.toExponential(1)}, at most ${Math.max(...apart).toExponential(1)}`);
    // Before the first update only the initial weights tell.
    expect(apart[0]).toBeLessThan(1e-4);
    expect(Math.max(...apart)).toBeLessThan(0.01);
    expect(onWasm.at(-1)).toBeLessThan(onWasm[0] as number);
  } finally {
    await browser.close();
  }
});
