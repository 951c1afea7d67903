/** What goes out and comes in: links, pictures, files that are asked about, versions, unknown nodes byte for byte. */
import { type BrowserContext, expect, test } from '@playwright/test';
import { dropFile, firstVisit, nodeCard, title, wires } from './editor-support';
import { downloadOf, dropBytes, library, notices, openMenu, rename, settled } from './keeping-support';
import { pipelineWith, runStatus } from './run-support';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('a link holds the pipeline, follows edits in place, and opens as a document of its own', async ({
  context,
  page,
}) => {
  await firstVisit(page);
  await rename(page, 'To share');
  const entries = await page.evaluate(() => history.length);
  await page.getByRole('button', { name: 'Copy a link' }).click();
  await expect(notices(page)).toContainText('Link copied');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/\/#p=[\w-]+$/);
  expect(link.length).toBeLessThan(8000);
  await rename(page, 'To share again');
  await expect.poll(() => page.url()).not.toBe(link);
  expect(await page.evaluate(() => history.length)).toBe(entries);

  const other = await context.newPage();
  await other.goto(link);
  await expect(title(other)).toHaveValue('To share');
  await expect(nodeCard(other, 'encoder')).toBeVisible();
  await expect(wires(other)).toHaveCount(10);
  await rename(other, 'Mine now');
  await settled(other);
  await other.reload();
  await expect(title(other)).toHaveValue('Mine now');
  await other.getByRole('button', { name: 'Library' }).click();
  await expect(library(other).getByText('To share again', { exact: true })).toBeVisible();
  await expect(library(other).getByRole('listitem')).toHaveCount(2);
  // The first tab's document was never touched.
  await expect(title(page)).toHaveValue('To share again');
});

test('a bad link says so and leaves the person their own pipeline', async ({ page }) => {
  await firstVisit(page);
  await rename(page, 'Mine');
  await settled(page);
  for (const [hash, fresh] of [
    ['#p=AAAA', true],
    ['#p=%%%', false],
    ['#p=', true],
  ] as const) {
    // In a page that loads, and pasted into the address of one that is open.
    if (fresh) await page.goto('about:blank');
    await page.goto(`/${hash}`);
    await expect(notices(page)).toContainText('The link could not be opened');
    await expect(title(page)).toHaveValue('Mine');
    expect(page.url()).not.toContain('#p=');
    await notices(page).getByRole('button', { name: 'Close this notice' }).first().click();
  }
});

test('a picture of the pipeline, SVG or PNG, opens it again when it is dropped', async ({ page, browser }) => {
  await firstVisit(page);
  await rename(page, 'Inside the picture');
  for (const [item, type] of [
    ['Save a picture of the pipeline as SVG', 'image/svg+xml'],
    ['Save a picture of the pipeline as PNG', 'image/png'],
  ] as const) {
    const picture = await downloadOf(page, () => openMenu(page, item));
    const other: BrowserContext = await browser.newContext();
    const second = await other.newPage();
    await firstVisit(second);
    await dropBytes(second, picture.name, picture.bytes, type);
    await expect(title(second)).toHaveValue('Inside the picture');
    await expect(wires(second)).toHaveCount(10);
    if (type === 'image/png') {
      const damaged = Buffer.from(picture.bytes);
      damaged[140] = (damaged[140] ?? 0) ^ 0xff;
      await dropBytes(second, 'damaged.png', damaged, type);
      await expect(notices(second)).toContainText('The pipeline in damaged.png could not be read');
      await expect(title(second)).toHaveValue('Inside the picture');
    }
    await other.close();
  }
});

test('an import shows what it found before it opens: unknown types, missing files and data sets, migrations', async ({
  page,
}) => {
  // Also where CIFAR-10 is prepared.
  await page.route('**/data/cifar10/**', (route) => route.fulfill({ status: 404 }));
  await firstVisit(page);
  const text = JSON.stringify({
    schema: 1,
    title: 'From elsewhere',
    nodes: [
      { id: 'odd', type: 'future.thing', v: 3, params: {} },
      {
        id: 'own',
        type: 'source.images',
        v: 1,
        params: { dataset: 'files', files: [{ name: 'cats.png', hash: 'ab'.repeat(32), bytes: 9 }] },
      },
      { id: 'photos', type: 'source.images', v: 1, params: { dataset: 'cifar10' } },
    ],
    wires: [],
  });
  await dropFile(page, 'elsewhere.json', text);
  const dialog = page.getByRole('dialog', { name: 'Open elsewhere.json?' });
  await expect(dialog).toContainText('3 nodes, 0 wires.');
  await expect(dialog.getByRole('region', { name: /does not know/ })).toContainText('future.thing: odd');
  await expect(dialog.getByRole('region', { name: /not in this browser/ })).toContainText('cats.png (own)');
  await expect(dialog.getByRole('region', { name: /not prepared here/ })).toContainText('CIFAR-10 (photos)');
  await dialog.getByRole('button', { name: 'Leave it' }).click();
  await expect(wires(page)).toHaveCount(10);
  await dropFile(page, 'elsewhere.json', text);
  await dialog.getByRole('button', { name: 'Open it' }).click();
  await expect(title(page)).toHaveValue('From elsewhere');
  await expect(nodeCard(page, 'odd')).toContainText('not known to this version');
});

test('a file against the open pipeline: structure and parameters, nothing opened', async ({ page }) => {
  await page.addInitScript(() => Object.assign(window, { showOpenFilePicker: undefined }));
  await firstVisit(page);
  const choosing = page.waitForEvent('filechooser');
  await openMenu(page, 'What differs from a file');
  const text = pipelineWith('Other', { encoder: { duration: 400 }, train: { epochs: 5 } });
  await (await choosing).setFiles({ name: 'other.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  const dialog = page.getByRole('dialog', { name: 'What differs' });
  await expect(dialog.getByRole('row', { name: /^Duration per item 400 ms 250 ms/ })).toBeVisible();
  await expect(dialog.getByRole('row', { name: /^Title Other/ })).toBeVisible();
  await dialog.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('learn.train');
  await expect(title(page)).not.toHaveValue('Other');
});

test('an unknown node comes out of a file byte for byte, with an edit beside it', async ({ page }) => {
  await page.addInitScript(() => Object.assign(window, { showSaveFilePicker: undefined }));
  await firstVisit(page);
  const odd = `{ "type":"future.node" ,"id":"odd","v":7,
      "params": {"a":1.0,"b":1e3, "big": 12345678901234567890, "text":"caf\\u00e9\\/"}, "shape" : {"points":5.00} }`;
  await dropFile(
    page,
    'odd.json',
    `{"schema":1,"title":"Odd","nodes":[${odd}],"wires":[],"ui":{"positions":{"odd":{"x":0,"y":0}}}}`,
  );
  await page.getByRole('dialog', { name: 'Open odd.json?' }).getByRole('button', { name: 'Open it' }).click();
  await rename(page, 'Edited beside it');
  const saved = await downloadOf(page, () => page.getByRole('button', { name: 'Save', exact: true }).click());
  expect(saved.bytes.toString()).toContain(odd);
  expect(saved.bytes.toString()).toContain('"title": "Edited beside it"');
  expect(await runStatus(page).innerText()).not.toBe('');
});
