/** The same pipeline on WebGPU, through Chromium's software adapter: correct but slow, so it is tiny. */
import { readFileSync } from 'node:fs';
import { chromium, expect, type Page, test } from '@playwright/test';
import type { StoredRecord } from '../../src/cache/backing';
import { findBrowser } from '../../src/tools/find-browser.mjs';
import { firstVisit, nodeCard } from './editor-support';
import { openPipeline, pipelineWith, run, runButton, runStatus } from './run-support';

const tinyWith = (title: string, epochs: number) =>
  pipelineWith(title, {
    images: { trainCount: 24, testCount: 4 },
    encoder: { duration: 80, discard: 20 },
    mlp: { hiddenUnits: 64 },
    unet: { baseChannels: 4, levels: 1 },
    // Without warm-up the U-Net learns from the first step on.
    train: { epochs, warmUpEpochs: 0, batchSize: 8 },
  });
const tiny = tinyWith('Tiny on any backend', 4);

const launchWithGpu = () =>
  chromium.launch({
    executablePath: findBrowser() ?? '',
    args: [
      '--no-sandbox',
      '--enable-unsafe-webgpu',
      '--use-webgpu-adapter=swiftshader',
      '--disable-background-networking',
    ],
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

  const browser = await launchWithGpu();
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

test('a graphics process that dies during training is told, and the run ends on WASM with the right counts', async ({
  baseURL,
}) => {
  test.setTimeout(400_000);
  const browser = await launchWithGpu();
  try {
    const page = await browser.newPage({ baseURL: baseURL ?? '', viewport: { width: 1440, height: 900 } });
    await firstVisit(page);
    await expect(page.getByRole('contentinfo')).toContainText('WebGPU', { timeout: 60_000 });
    await openPipeline(page, tinyWith('Lost on the way', 40));
    await runButton(page).click();
    await expect(nodeCard(page, 'train')).toContainText(/[1-9]\d? %/, { timeout: 200_000 });
    const session = await browser.newBrowserCDPSession();
    // It answers with an error or not at all: the process that should answer is gone.
    void session.send('Browser.crashGpuProcess' as never).catch(() => undefined);
    const notice = page.getByRole('region', { name: 'Notices' });
    await expect(notice).toContainText('The graphics device was lost', { timeout: 30_000 });
    await expect(notice).toContainText('Going on with WebAssembly');
    await expect(runStatus(page)).toHaveText(/^Finished in .*: 8 executed$/, { timeout: 200_000 });
    await expect(page.getByRole('contentinfo')).toContainText('WASM');
    await expect(nodeCard(page, 'quality').getByRole('table')).toContainText('psnr');
  } finally {
    await browser.close();
  }
});

const networks: [string, { drive: object; encoder: object }][] = [
  ['of delta synapses under a constant drive', { drive: {}, encoder: {} }],
  [
    'of exponential synapses under a rising drive',
    { drive: { shape: 'ramp' }, encoder: { synapse: 'exponential', externalDrive: 3, tauSynInh: 3 } },
  ],
  [
    'of delays in a range, with recorded neurons',
    { drive: {}, encoder: { delayKind: 'uniform', delayMax: 4, recordNeurons: 3 } },
  ],
];
for (const [name, change] of networks)
  test(`the network itself on the graphics processor, ${name}: the spikes and currents of WebAssembly, every one`, async ({
    page,
    baseURL,
  }) => {
    test.setTimeout(300_000);
    const pipeline = JSON.parse(
      readFileSync(new URL('../../pipelines/balanced-regimes.json', import.meta.url), 'utf8'),
    ) as { id: string; title: string; nodes: { id: string; params: object }[]; wires: { to: { node: string } }[] };
    const withSimulator = (simulator: string) => {
      const nodes = pipeline.nodes
        .filter(({ id }) => id === 'drive' || id === 'encoder')
        .map((node) => {
          const params = {
            nExc: 160,
            nInh: 40,
            jExc: 1,
            duration: 120,
            discard: 20,
            trials: 4,
            recordNeurons: 0,
            ...change.encoder,
            simulator,
          };
          return { ...node, params: node.id === 'encoder' ? params : { ...node.params, ...change.drive } };
        });
      const wires = pipeline.wires.filter(({ to }) => to.node === 'encoder');
      return JSON.stringify({ ...pipeline, id: `on-${simulator}`, title: `On ${simulator}`, nodes, wires });
    };
    await firstVisit(page);
    await openPipeline(page, withSimulator('wasm'));
    await run(page);
    const onWasm = await storedSpikes(page);
    expect(onWasm[0]).toMatch(/^4 items, [1-9]\d+ spikes, /);
    const currents = await storedCurrents(page);
    expect(currents).toMatch(/^[0-9a-f]{16}$/);

    const browser = await launchWithGpu();
    try {
      const gpu = await browser.newPage({ baseURL: baseURL ?? '', viewport: { width: 1440, height: 900 } });
      await firstVisit(gpu);
      await openPipeline(gpu, withSimulator('webgpu'));
      expect(await run(gpu, 200_000)).toBe(2);
      expect(await storedSpikes(gpu)).toEqual(onWasm);
      expect(await storedCurrents(gpu)).toBe(currents);
      // A device that fails hands its runs to WebAssembly, and the log says so.
      await gpu.getByRole('contentinfo').getByRole('button', { name: 'Log' }).click();
      const log = gpu.getByRole('log', { name: 'Run log' });
      await expect(log).toContainText(/\S/);
      await expect(log).not.toContainText('go on in WebAssembly');
    } finally {
      await browser.close();
    }
  });

/** Results of the encoder as the store holds them. */
const storedResults = (on: Page): Promise<StoredRecord[]> =>
  on.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await settled(indexedDB.open('spikeloom-artifacts'));
    const records: StoredRecord[] = await settled(database.transaction('records').objectStore('records').getAll());
    database.close();
    return records.filter(({ role, type }) => role === 'result' && type === 'encoder.balanced-snn');
  });

/**
 * Every spike of the encoder's result as the store holds it: counts, and the hash of the packed events (unit and step of
 * each). Where the simulator is not WebGPU, simulations run in our WASM kernel whichever backend trains: equal hashes then
 * show that images, connectivity, seeds and kernel are the same beside a GPU.
 */
const storedSpikes = async (on: Page): Promise<string[]> =>
  (await storedResults(on))
    .flatMap(({ ports }) => ports['spikes']?.chunks ?? [])
    .map((chunk) => `${chunk.itemCount} items, ${chunk.spikeCount} spikes, ${chunk.blobs.map(({ sum }) => sum)}`);

/** The hash of what the encoder recorded. */
const storedCurrents = async (on: Page): Promise<string> =>
  (await storedResults(on))
    .flatMap(({ ports }) => ports['currents']?.blobs ?? [])
    .map(({ sum }) => sum)
    .join();

/** First and last value of the first curve, from its one-sentence summary. */
function lossEnds(summary: string): [number, number] {
  const match = /from ([\d.e-]+) to ([\d.e-]+)/.exec(summary);
  if (!match) throw new Error(`No curve in "${summary}".`);
  return [Number(match[1]), Number(match[2])];
}
