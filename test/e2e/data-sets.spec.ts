/** Data sets in the page: CIFAR-10 that is not served, what there is instead, and the same drawn pixels as in Node. */
import { fileURLToPath } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { build } from 'vite';
import { drawnSetHashes } from '../support/drawn-sets-page';
import { dropFile, firstVisit, nodeCard } from './editor-support';
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
