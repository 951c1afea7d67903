/** The balanced encoder in a real browser: first spikes of a large network, figures of its analyses, and the same bytes as in Node. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { readEmbedded } from '../../src/data/embed/embedded';
import { firstVisit, nodeCard } from './editor-support';
import { downloadOf } from './keeping-support';
import { cancelButton, openPipeline, run, runStatus } from './run-support';

test.describe.configure({ timeout: 240_000 });

const shipped = (name: string) => readFileSync(new URL(`../../pipelines/${name}.json`, import.meta.url), 'utf8');

interface Pipeline {
  id: string;
  title: string;
  nodes: { id: string; type: string; params: Record<string, unknown> }[];
  wires: { id: string; from: { node: string }; to: { node: string } }[];
}

/** A shipped pipeline with other parameters, and only the nodes of `keep` where they are given. */
function changed(
  name: string,
  title: string,
  params: Record<string, Record<string, unknown>>,
  keep?: readonly string[],
): string {
  const pipeline = JSON.parse(shipped(name)) as Pipeline;
  Object.assign(pipeline, { id: title.toLowerCase().replaceAll(' ', '-'), title });
  for (const node of pipeline.nodes) Object.assign(node.params, params[node.id]);
  if (keep) {
    pipeline.nodes = pipeline.nodes.filter(({ id }) => keep.includes(id));
    pipeline.wires = pipeline.wires.filter(({ from, to }) => keep.includes(from.node) && keep.includes(to.node));
  }
  return JSON.stringify(pipeline, null, 2);
}

const brunel = { nExc: 10_000, nInh: 2500, jExc: 0.1, inhExcRatio: 5 };

test('12,500 neurons: first spikes within 2 s of Run, a live raster, and a cancel that stops', async ({ page }) => {
  await firstVisit(page);
  await openPipeline(
    page,
    changed('balanced-regimes', 'Brunel live', { encoder: { ...brunel, duration: 60_000, recordNeurons: 0 } }, [
      'drive',
      'encoder',
    ]),
  );
  const times = await page.evaluate(async () => {
    const button = [...document.querySelectorAll('button')].find((each) => each.textContent?.trim() === 'Run');
    const card = [...document.querySelectorAll('[role="group"]')].find((each) =>
      each.getAttribute('aria-label')?.endsWith('(encoder)'),
    );
    if (!button || !card) throw new Error('Nothing to run.');
    const begun = performance.now();
    button.click();
    const raster = () => card.querySelector('figure[data-kind="spikes"] [role="img"]');
    while (!raster()) await new Promise((resolve) => setTimeout(resolve, 5));
    const first = performance.now() - begun;
    const before = raster()?.getAttribute('aria-label');
    while (raster()?.getAttribute('aria-label') === before) await new Promise((resolve) => setTimeout(resolve, 5));
    return { first, second: performance.now() - begun };
  });
  console.log(`first spikes after ${times.first.toFixed(0)} ms, more after ${times.second.toFixed(0)} ms`);
  await expect(nodeCard(page, 'encoder')).toContainText('live');
  const begun = Date.now();
  await cancelButton(page).click();
  await expect(runStatus(page)).toHaveText(/^Cancelled/);
  const stopped = Date.now() - begun;
  console.log(`cancel: stopped after ${stopped} ms, the click included`);
  expect(stopped).toBeLessThan(1000);
  expect(times.first).toBeLessThan(2000);
});

test('the regimes pipeline shows its figures, opens one large and saves it as SVG, PNG and CSV', async ({ page }) => {
  await firstVisit(page);
  await openPipeline(page, changed('balanced-regimes', 'Regimes', {}));
  await run(page);
  for (const id of ['statistics', 'currents', 'theory', 'connectivity']) {
    await expect(nodeCard(page, id).getByRole('img').first()).toBeVisible();
  }
  await nodeCard(page, 'statistics').getByRole('heading').click();
  await page.getByRole('tab', { name: 'Results' }).click();
  await page.getByRole('button', { name: 'Open Figure large' }).first().click();
  const viewer = page.getByRole('dialog');
  await expect(viewer.getByRole('img').first()).toBeVisible();
  for (const [name, start] of [
    ['SVG', '<svg'],
    ['PNG', '\x89PNG'],
    ['CSV', 'panel'],
  ] as const) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      viewer.getByRole('button', { name, exact: true }).click(),
    ]);
    const bytes = readFileSync(await download.path());
    expect(bytes.toString('latin1').trimStart().startsWith(start), `${name}: ${bytes.toString('latin1', 0, 40)}`).toBe(
      true,
    );
    if (name === 'CSV') continue;
    const embedded = readEmbedded(bytes);
    expect(JSON.parse(embedded?.pipeline ?? '{}')).toMatchObject({ title: 'Regimes' });
    expect(JSON.parse(embedded?.run ?? '{}')).toMatchObject({ outcome: 'succeeded' });
  }
});

interface HeadlessRun {
  readonly output: string;
  readonly spikes: Buffer;
  /** First row of `statistics.table`. */
  readonly statistics: Readonly<Record<string, number>>;
}

/** The same file on the command line. */
function headless(text: string, threads: number): HeadlessRun {
  const folder = mkdtempSync(join(tmpdir(), 'spikeloom-headless-'));
  try {
    const file = join(folder, 'pipeline.json');
    writeFileSync(file, text);
    const flags = ['--threads', String(threads), '--no-cache', '--save', 'encoder.spikes', '--out', folder, '--json'];
    const output = execFileSync('node', ['src/tools/spikeloom.mjs', 'run', file, ...flags], { encoding: 'utf8' });
    const { tables } = JSON.parse(output) as { tables: Record<string, Record<string, number>[]> };
    const statistics = tables['statistics.table']?.[0];
    if (!statistics) throw new Error('The run gave no statistics.');
    return { output, spikes: readFileSync(join(folder, 'encoder.spikes.npz')), statistics };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every spike of the page's last run, as its viewer saves them. */
async function spikesOfPage(page: Page): Promise<Buffer> {
  await nodeCard(page, 'encoder').focus();
  await page.keyboard.press('Alt+Enter');
  const viewer = page.getByRole('dialog');
  await viewer.getByRole('button', { name: 'Spikes', exact: true }).click();
  const { name, bytes } = await downloadOf(page, () => viewer.getByRole('button', { name: 'Save all values' }).click());
  expect(name).toBe('encoder.spikes.npz');
  await page.keyboard.press('Escape');
  await expect(viewer).toHaveCount(0);
  return bytes;
}

/** The table in the inspector has these numbers, as the page rounds them. */
async function expectStatistics(page: Page, statistics: HeadlessRun['statistics']): Promise<void> {
  await nodeCard(page, 'statistics').getByRole('heading').click();
  await page.getByRole('tab', { name: 'Results' }).click();
  const shown = await page.getByRole('table').filter({ hasText: 'excitatory' }).first().innerText();
  expect(statistics['rate_Hz']).toBeGreaterThan(1);
  expect(shown).toContain(String(Number((statistics['rate_Hz'] as number).toPrecision(4))));
  expect(shown).toContain(String(Number((statistics['cv_isi'] as number).toPrecision(4))));
}

test('browser and Node give the same spikes, byte for byte, with 1, 2 and 4 threads, and the same statistics', async ({
  page,
}) => {
  await firstVisit(page);
  const text = changed(
    'balanced-regimes',
    'Same bytes',
    { encoder: { nExc: 400, nInh: 100, jExc: 0.8, duration: 400, discard: 100, trials: 6, seedNetwork: 11 } },
    ['drive', 'encoder', 'statistics'],
  );
  await openPipeline(page, text);
  await run(page);
  const spikes = await spikesOfPage(page);
  expect(spikes.byteLength).toBeGreaterThan(10_000);
  for (const threads of [1, 2, 4]) {
    const node = headless(text, threads);
    expect(node.spikes.equals(spikes), `${threads} threads`).toBe(true);
    if (threads === 1) await expectStatistics(page, node.statistics);
  }
  // Another seed gives other bytes.
  const other = headless(text.replace('"seedNetwork": 11', '"seedNetwork": 12'), 1);
  expect(other.spikes.equals(spikes)).toBe(false);
});

test('one large network runs on both threads of the page, the log says so, and Node with one thread agrees', async ({
  page,
}) => {
  await firstVisit(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const text = changed(
    'balanced-regimes',
    'Both threads',
    { encoder: { nExc: 8000, nInh: 2000, jExc: 0.1, duration: 173, discard: 60, recordNeurons: 4 } },
    ['drive', 'encoder', 'statistics'],
  );
  await openPipeline(page, text);
  await run(page);
  await page.getByRole('button', { name: 'Log', exact: true }).click();
  await expect(page.getByText(/threads together, which share the 10,000 neurons/).first()).toBeVisible();
  const node = headless(text, 1);
  expect(node.output).not.toContain('threads together');
  expect(node.spikes.equals(await spikesOfPage(page))).toBe(true);
  await expectStatistics(page, node.statistics);
});
