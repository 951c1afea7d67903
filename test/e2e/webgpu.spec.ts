/** The same pipeline on WebGPU, through Chromium's software adapter: correct but slow, so it is tiny. */
import { chromium, expect, type Page, test } from '@playwright/test';
import type { StoredRecord } from '../../src/cache/backing';
import { findBrowser } from '../../src/tools/find-browser.mjs';
import { firstVisit, nodeCard } from './editor-support';
import { openPipeline, pipelineWith, run } from './run-support';

const tiny = pipelineWith('Tiny on any backend', {
  images: { trainCount: 24, testCount: 4 },
  encoder: { duration: 80, discard: 20 },
  mlp: { hiddenUnits: 64 },
  unet: { baseChannels: 4, levels: 1 },
  // Without warm-up the U-Net learns from the first step on.
  train: { epochs: 4, warmUpEpochs: 0, batchSize: 8 },
});

test('spikes are those of WASM, the loss falls, and the status bar says which backend and why', async ({
  page,
  baseURL,
}) => {
  test.setTimeout(400_000);
  await firstVisit(page);
  await openPipeline(page, tiny);
  await run(page);
  await expect(page.getByRole('contentinfo')).toContainText('WASM');
  const onWasm = await storedSpikes(page);
  expect(onWasm).toHaveLength(1);
  expect(onWasm[0]).toMatch(/^28 items, [1-9]\d+ spikes, [0-9a-f]{16}$/);

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
    await openPipeline(gpu, tiny);
    expect(await run(gpu, 300_000)).toBe(8);
    expect(await storedSpikes(gpu)).toEqual(onWasm);
    const summary = await nodeCard(gpu, 'train').getByRole('img').first().getAttribute('aria-label');
    console.log(summary);
    const [first, last] = lossEnds(summary ?? '');
    expect(last).toBeLessThan(first);
    await expect(nodeCard(gpu, 'quality').getByRole('table')).toContainText('psnr');
  } finally {
    await browser.close();
  }
});

/**
 * Every spike of the encoder's result as the store holds it: counts, and the hash of the packed events (unit and step of
 * each). Simulations run in our WASM kernel whichever backend trains, so equal hashes show that images, connectivity,
 * seeds and kernel are the same beside a GPU; they say nothing of a kernel on the GPU, and there is none.
 */
const storedSpikes = (on: Page): Promise<string[]> =>
  on.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await settled(indexedDB.open('spikeloom-artifacts'));
    const records: StoredRecord[] = await settled(database.transaction('records').objectStore('records').getAll());
    database.close();
    return records
      .filter(({ role, type }) => role === 'result' && type === 'encoder.balanced-snn')
      .flatMap(({ ports }) => ports['spikes']?.chunks ?? [])
      .map((chunk) => `${chunk.itemCount} items, ${chunk.spikeCount} spikes, ${chunk.blobs.map(({ sum }) => sum)}`);
  });

/** First and last value of the first curve, from its one-sentence summary. */
function lossEnds(summary: string): [number, number] {
  const match = /from ([\d.e-]+) to ([\d.e-]+)/.exec(summary);
  if (!match) throw new Error(`No curve in "${summary}".`);
  return [Number(match[1]), Number(match[2])];
}
