/** The library, restore points, versions, links, pictures, imports, the history of runs, two tabs: what is kept, and how fast. */
import { readFile } from 'node:fs/promises';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { dropFile, firstVisit, nodeCard, title, wires } from './editor-support';
import { openPipeline, pipelineWith, run, runStatus } from './run-support';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const notices = (page: Page) => page.getByRole('region', { name: 'Notices' });
const library = (page: Page) => page.getByRole('dialog', { name: 'Library' });
const points = (page: Page) => page.getByRole('dialog', { name: 'Restore points' });

async function openMenu(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Look back and keep' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

async function removeNode(page: Page, id: string): Promise<void> {
  await nodeCard(page, id).getByRole('heading').click();
  await page.keyboard.press('Delete');
  await expect(nodeCard(page, id)).toHaveCount(0);
}

async function rename(page: Page, text: string): Promise<void> {
  await title(page).fill(text);
  await title(page).press('Enter');
  await expect(page).toHaveTitle(new RegExp(text));
}

/** Drops bytes as a file. */
async function dropBytes(page: Page, name: string, bytes: Uint8Array, type: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([fileName, base64, mime]) => {
      const data = new DataTransfer();
      const binary = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
      data.items.add(new File([binary], fileName, { type: mime }));
      return data;
    },
    [name, Buffer.from(bytes).toString('base64'), type] as const,
  );
  await page.getByRole('main').dispatchEvent('drop', { dataTransfer: transfer });
}

async function downloadOf(page: Page, start: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), start()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** What was done is in the database: nothing waits to be written. */
const settled = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        // Longer than a gesture is held back; then a transaction of our own comes after all others.
        setTimeout(() => {
          const open = indexedDB.open('spikeloom-library');
          open.onsuccess = () => {
            const transaction = open.result.transaction('log', 'readonly');
            transaction.oncomplete = () => resolve();
            transaction.objectStore('log').count();
          };
        }, 300);
      }),
  );

test('the library keeps documents in folders: found, copied, renamed, moved, deleted and brought back', async ({
  page,
}) => {
  await firstVisit(page);
  await rename(page, 'Balanced digits');
  await page.getByRole('button', { name: 'Library' }).click();
  const dialog = library(page);
  const card = (name: string) => dialog.getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) });
  await expect(card('Balanced digits')).toContainText('Open now');
  const menu = async (name: string, item: string) => {
    await dialog.getByRole('button', { name: `More about ${name}`, exact: true }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  await menu('Balanced digits', 'Duplicate');
  await expect(card('Balanced digits (copy)')).toContainText('8 nodes');
  await menu('Balanced digits (copy)', 'Rename');
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Second study');
  await dialog.getByRole('textbox', { name: 'Title' }).press('Enter');
  await expect(card('Second study')).toBeVisible();
  await menu('Second study', 'Move to a folder');
  await dialog.getByRole('combobox', { name: 'Folder' }).fill('Study/Balanced');
  await dialog.getByRole('button', { name: 'Move', exact: true }).click();
  await dialog
    .getByRole('navigation', { name: 'Folders' })
    .getByRole('button', { name: /^Balanced/ })
    .click();
  await expect(card('Balanced digits')).toHaveCount(0);
  await expect(card('Second study')).toContainText('Study/Balanced');
  await dialog.getByRole('button', { name: /^Everything/ }).click();
  await dialog.getByRole('textbox', { name: 'Search the library' }).fill('second');
  await expect(dialog.getByRole('listitem')).toHaveCount(1);
  await menu('Second study', 'Delete');
  await expect(dialog.getByText('Nothing is called "second" here.')).toBeVisible();
  await notices(page).getByRole('button', { name: 'Undo' }).click();
  await expect(card('Second study')).toBeVisible();
  await menu('Second study', 'Delete');
  await dialog.getByRole('button', { name: /^Deleted/ }).click();
  await dialog.getByRole('button', { name: 'Bring back Second study' }).click();
  await dialog.getByRole('button', { name: /^Everything/ }).click();
  await dialog.getByRole('button', { name: 'Open Second study' }).click();
  await expect(title(page)).toHaveValue('Second study');
  await expect(nodeCard(page, 'encoder')).toBeVisible();
});

test('the whole library goes out as one file and comes back into an empty browser', async ({ page, browser }) => {
  await firstVisit(page);
  await rename(page, 'To take along');
  await page.getByRole('button', { name: 'Library' }).click();
  const file = await downloadOf(page, () => library(page).getByRole('button', { name: 'Export all' }).click());
  expect(file.name).toMatch(/^spikeloom-library-.*\.zip$/);
  const other = await browser.newContext();
  const second = await other.newPage();
  await firstVisit(second);
  await dropBytes(second, file.name, file.bytes, 'application/zip');
  await expect(notices(second)).toContainText('1 pipeline, 0 runs and 0 imported files were added');
  await second.getByRole('button', { name: 'Library' }).click();
  await library(second).getByRole('button', { name: 'Open To take along' }).click();
  await expect(title(second)).toHaveValue('To take along');
  await other.close();
});

test('a restore point shows what differs, brings it back, and that can be undone', async ({ page }) => {
  await firstVisit(page);
  await openMenu(page, 'Restore points');
  await points(page).getByRole('textbox', { name: 'Name of the restore point' }).fill('Whole');
  await points(page).getByRole('button', { name: 'Keep a point now' }).click();
  await expect(points(page).getByRole('button', { name: /^Kept by hand Whole/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await removeNode(page, 'readout');
  await nodeCard(page, 'encoder').getByRole('heading').click();
  const field = page
    .getByRole('complementary', { name: 'Inspector' })
    .getByRole('spinbutton', { name: /^Duration per item/ });
  await field.fill('125');
  await field.press('Enter');
  await openMenu(page, 'Restore points');
  const dialog = points(page);
  await dialog.getByRole('button', { name: /^Kept by hand Whole/ }).click();
  const detail = dialog.getByRole('region', { name: 'Preview of the point' });
  await expect(detail.getByRole('status')).toHaveText(/\+ 0 added\s*− 4 removed\s*~ 1 changed/);
  await expect(detail.getByRole('img', { name: /^Whole.*8 nodes, 10 wires/ })).toBeVisible();
  await expect(detail.getByRole('img', { name: /^As it is now: 7 nodes, 7 wires/ })).toBeVisible();
  const differences = detail.getByRole('list', { name: 'Differences' });
  await expect(differences.getByText('Removed node')).toBeVisible();
  await expect(differences.getByRole('row', { name: /^Duration per item 250 ms \(default\) 125 ms/ })).toBeVisible();
  await detail.getByRole('button', { name: 'Go back to this' }).click();
  await expect(wires(page)).toHaveCount(10);
  await expect(nodeCard(page, 'readout')).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await expect(nodeCard(page, 'readout')).toHaveCount(0);
  await openMenu(page, 'Restore points');
  await expect(
    points(page).getByRole('button', { name: /^Made by itself Before going back to "Whole"/ }),
  ).toBeVisible();
});

test('a second tab is read-only, says so, and goes on where the first left off once that one closes', async ({
  context,
}) => {
  const first = await context.newPage();
  await firstVisit(first);
  const second = await context.newPage();
  await second.goto('/');
  await expect(second.getByRole('alert')).toContainText('open in another tab');
  await nodeCard(second, 'readout').getByRole('heading').click();
  await second.keyboard.press('Delete');
  await expect(nodeCard(second, 'readout')).toBeVisible();
  await removeNode(first, 'quality');
  await settled(first);
  await first.close();
  await expect(notices(second)).toContainText('You can edit this pipeline here now');
  await expect(second.getByRole('alert')).toHaveCount(0);
  await expect(nodeCard(second, 'quality')).toHaveCount(0);
  await removeNode(second, 'readout');
  await second.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await second.getByRole('button', { name: 'Undo', exact: true }).first().click();
  // Also what the first tab did can be undone.
  await expect(nodeCard(second, 'quality')).toBeVisible();
});

test('each tab comes back to its own document after a reload', async ({ context }) => {
  const first = await context.newPage();
  await firstVisit(first);
  await rename(first, 'Of the first tab');
  const second = await context.newPage();
  await second.goto('/');
  await second.getByRole('button', { name: 'Work on a copy' }).click();
  await expect(title(second)).toHaveValue('Of the first tab (copy)');
  await first.reload();
  await expect(title(first)).toHaveValue('Of the first tab');
  await expect(first.getByRole('alert')).toHaveCount(0);
  await second.reload();
  await expect(title(second)).toHaveValue('Of the first tab (copy)');
});

test('after a kill at most the last gesture is lost, at any moment of a burst of edits', async ({ context }) => {
  for (const pause of [0, 5, 40]) {
    const page = await context.newPage();
    await page.goto('/');
    await expect(nodeCard(page, 'images')).toBeVisible();
    for (let n = 1; n <= 6; n++) await rename(page, `Edit ${pause} ${n}`);
    if (pause > 0) await page.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), pause);
    // No chance to write anything more: the renderer is gone at once.
    const session = await context.newCDPSession(page);
    const gone = page.waitForEvent('crash');
    session.send('Page.crash').catch(() => undefined);
    await gone;
    await page.close();
    const again = await context.newPage();
    await again.goto('/');
    await expect(title(again)).toHaveValue(new RegExp(`^Edit ${pause} [56]$`));
    await again.close();
  }
});

test('an executed pipeline is back after a reload with nothing executed and its previews within a second', async ({
  page,
}) => {
  // The run itself may wait for processors that others hold.
  test.setTimeout(240_000);
  await firstVisit(page);
  await openPipeline(
    page,
    pipelineWith('Quick', {
      images: { trainCount: 60, testCount: 12 },
      encoder: { duration: 100, discard: 20 },
      train: { epochs: 2, warmUpEpochs: 1 },
    }),
  );
  expect(await run(page)).toBe(8);
  await page.reload();
  // From the first card on the page to its preview; the page itself takes as long as it takes.
  await expect(nodeCard(page, 'quality')).toBeVisible();
  const shown = Date.now();
  await expect(nodeCard(page, 'quality').getByRole('table')).toBeVisible();
  const took = Date.now() - shown;
  test.info().annotations.push({ type: 'previews after reload', description: `${took} ms` });
  console.log(`previews after reload: ${took} ms`);
  expect(took).toBeLessThan(1000);
  await expect(page.getByText('Nothing to run: all stored')).toBeVisible();
  expect(await run(page)).toBe(0);

  // The history: two runs, the second executed nothing; metrics are columns.
  await openMenu(page, 'Run history');
  const dialog = page.getByRole('dialog', { name: 'Run history' });
  const rows = dialog.getByRole('region', { name: 'Runs' }).locator('tbody > tr');
  await expect(rows).toHaveCount(2);
  await expect(dialog.getByRole('columnheader', { name: 'psnr (dB)' })).toBeVisible();
  await dialog
    .getByRole('button', { name: /^Pin the run of Quick/ })
    .last()
    .click();
  await expect(dialog.getByRole('button', { name: /^Pin the run of Quick/ }).first()).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await dialog
    .getByRole('button', { name: /^today/ })
    .first()
    .click();
  await expect(dialog.getByText('8 executed')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Delete', exact: true })).toBeDisabled();
  const record = await downloadOf(page, () => dialog.getByRole('button', { name: 'Save this record' }).click());
  expect(JSON.parse(record.bytes.toString())[0]).toMatchObject({ title: 'Quick', outcome: 'succeeded' });
  await dialog.getByRole('textbox', { name: 'Search the runs' }).fill('nothing like it');
  await expect(dialog.getByText('No run is found by')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Search the runs' }).fill('');
  await page.keyboard.press('Escape');

  // Another parameter, and the run of before again: nothing is executed for it.
  await nodeCard(page, 'encoder').getByRole('heading').click();
  const field = page
    .getByRole('complementary', { name: 'Inspector' })
    .getByRole('spinbutton', { name: /^Duration per item/ });
  await field.fill('120');
  await field.press('Enter');
  await openMenu(page, 'Run history');
  await dialog
    .getByRole('button', { name: /^today/ })
    .first()
    .click();
  await dialog.getByRole('button', { name: 'Open what ran' }).click();
  await expect(title(page)).toHaveValue(/^Quick \(run of today/);
  await expect(nodeCard(page, 'quality').getByRole('table')).toBeVisible();
  await expect(page.getByText('Nothing to run: all stored')).toBeVisible();
});

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

test('the why list and the sizes of stored results follow a change; held results stay when others are deleted', async ({
  page,
}) => {
  // The run itself may wait for processors that others hold.
  test.setTimeout(240_000);
  await firstVisit(page);
  await openPipeline(
    page,
    pipelineWith('Why', {
      images: { trainCount: 60, testCount: 12 },
      encoder: { duration: 100, discard: 20 },
      train: { epochs: 2, warmUpEpochs: 1 },
    }),
  );
  await page.getByRole('button', { name: 'Log', exact: true }).click();
  const panel = page.getByRole('region', { name: 'Run log' });
  await panel.getByText('Why', { exact: true }).click();
  await expect(panel.getByRole('status')).toContainText('8 of 8 nodes would run.');
  expect(await run(page)).toBe(8);
  await expect(panel.getByRole('status')).toContainText('Nothing would run');
  await expect(panel.getByRole('row', { name: /^Image quality Executed in/ })).toContainText(
    'Would be taken from the store',
  );

  await nodeCard(page, 'readout').getByRole('heading').click();
  await page.keyboard.press('Delete');
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await nodeCard(page, 'quality').getByRole('heading').click();
  const field = page
    .getByRole('complementary', { name: 'Inspector' })
    .getByRole('spinbutton', { name: /^Bootstrap resamples/ });
  await field.fill('500');
  await field.press('Enter');
  await expect(panel.getByRole('status')).toContainText('1 of 8 nodes would run. It begins at Image quality.');
  await expect(panel.getByRole('row', { name: /^Image quality/ })).toContainText(
    /Parameter resamples \(1000 to 500\) changed/,
  );
  await panel.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('learn.train');

  await openMenu(page, 'Stored results of this pipeline');
  const dialog = page.getByRole('dialog', { name: 'Stored results of this pipeline' });
  const rows = dialog.getByRole('region', { name: 'Stored results by node' }).locator('tbody > tr');
  await expect(rows).toHaveCount(8);
  await expect(rows.filter({ hasText: 'Balanced spiking network' })).toContainText(/\d (kB|MB)/);
  await expect(rows.filter({ hasText: 'Image quality' })).toContainText('not stored');
  await dialog.getByRole('button', { name: 'Hold the result of Balanced spiking network' }).click();
  await expect(dialog.getByText('1 is held')).toBeVisible();
  await dialog.getByRole('button', { name: 'Delete those not held' }).click();
  await expect(rows.filter({ hasText: 'Train' })).toContainText('not stored');
  await expect(rows.filter({ hasText: 'Balanced spiking network' })).toContainText(/\d (kB|MB)/);
  await dialog.getByRole('button', { name: 'Set the budgets' }).click();
  await expect(page.getByRole('dialog', { name: 'Settings' })).toContainText('Room for stored results');
});
