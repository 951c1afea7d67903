/**
 * Files that are foreign, damaged or hostile, dropped on the page: a message says what, where and what to do; nothing in
 * them runs or becomes an element; the open pipeline is the same to the byte.
 */
import { expect, type Page, test } from '@playwright/test';
import { hostileTexts } from '../support/hostile-files';
import { dropFile, firstVisit, nodeCard, title, wires } from './editor-support';
import { downloadOf, dropBytes, library, notices, openMenu, rename } from './keeping-support';

interface Watched {
  pwned?: unknown;
}

/** A page that a file would have to get into: what it runs, asks, opens or throws is caught. */
async function watched(page: Page): Promise<{ readonly trouble: string[] }> {
  const trouble: string[] = [];
  page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    trouble.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('popup', (popup) => trouble.push(`popup: ${popup.url()}`));
  await page.addInitScript(() => Object.assign(window, { showSaveFilePicker: undefined }));
  await firstVisit(page);
  return { trouble };
}

const savedText = async (page: Page): Promise<string> =>
  (await downloadOf(page, () => page.getByRole('button', { name: 'Save', exact: true }).click())).bytes.toString();

/** The notice of a refusal, once it is there, closed again. */
async function refusal(page: Page, name: string): Promise<string> {
  const notice = notices(page).locator('> div').filter({ hasText: name }).last();
  await expect(notice).toContainText('unchanged.');
  const text = await notice.innerText();
  await notice.getByRole('button', { name: 'Close this notice' }).click();
  await expect(notices(page).getByText(name)).toHaveCount(0);
  return text;
}

test('foreign JSON of every kind is named and refused', async ({ page }) => {
  const { trouble } = await watched(page);
  await rename(page, 'Mine');
  const before = await savedText(page);
  const comfy = {
    last_node_id: 9,
    last_link_id: 9,
    nodes: [{ id: 4, type: 'CheckpointLoaderSimple', pos: [26, 474], widgets_values: ['sd.safetensors'] }],
    links: [[1, 4, 0, 3, 0, 'MODEL']],
    version: 0.4,
  };
  const flow = [
    { id: 'f1', type: 'tab', label: 'Flow 1' },
    { id: 'n1', type: 'inject', z: 'f1', wires: [['n2']] },
    { id: 'n2', type: 'function', z: 'f1', func: 'window.pwned = 1', wires: [[]] },
  ];
  for (const [name, content, what] of [
    ['comfy.json', comfy, /it is a ComfyUI workflow\..*Choose a Spikeloom pipeline file/],
    ['flows.json', flow, /Found a Node-RED flow\..*Choose a pipeline file/],
    ['list.json', [1, 2, 3], /Found a list\..*Choose a pipeline file/],
    ['number.json', 12, /Found a number/],
    ['map.json', { type: 'FeatureCollection', features: [] }, /it is a GeoJSON map/],
    ['other.json', { hello: 'world' }, /at schema:.*it has no "schema" version\. Found an object with "hello"/],
    ['newer.json', { schema: 99, title: 'x', nodes: [], wires: [] }, /newer Spikeloom.*Update Spikeloom/],
    ['wrong.json', { schema: 1, title: 5, nodes: [], wires: [] }, /"title" must be a text \(line 1, column \d+\)/],
  ] as const) {
    await dropFile(page, name, JSON.stringify(content));
    expect(await refusal(page, name)).toMatch(what);
  }
  await dropFile(page, 'page.json', '<html><script>window.pwned = 1</script></html>');
  expect(await refusal(page, 'page.json')).toMatch(/it is not JSON text.*Choose a pipeline file/);
  expect(await savedText(page)).toBe(before);
  await expect(wires(page)).toHaveCount(10);
  expect(await page.evaluate(() => (window as Watched).pwned)).toBeUndefined();
  expect(trouble).toEqual([]);
});

test('a file of 50 MB is refused at once, by its size', async ({ page }) => {
  const { trouble } = await watched(page);
  await rename(page, 'Mine');
  const before = await savedText(page);
  const [transfer, started] = [
    await page.evaluateHandle(() => {
      const data = new DataTransfer();
      const text = `{"schema":1,"title":"Huge","nodes":[],"wires":[],"pad":"${'x'.repeat(50_000_000)}"}`;
      data.items.add(new File([text], 'huge.json', { type: 'application/json' }));
      return data;
    }),
    Date.now(),
  ];
  await page.getByRole('main').dispatchEvent('drop', { dataTransfer: transfer });
  const said = await refusal(page, 'huge.json');
  expect(said).toMatch(/has 50 MB.*Expected at most 20 MB\. Choose the pipeline file itself/);
  expect(Date.now() - started).toBeLessThan(5000);
  expect(await savedText(page)).toBe(before);
  expect(trouble).toEqual([]);
});

test('a PNG that is damaged inside the chunk with the pipeline, and a ZIP that is none, are refused', async ({
  page,
}) => {
  const { trouble } = await watched(page);
  await rename(page, 'Mine');
  const before = await savedText(page);
  const picture = await downloadOf(page, () => openMenu(page, 'Save a picture of the pipeline as PNG'));
  const chunk = picture.bytes.indexOf('Spikeloom pipeline');
  expect(chunk).toBeGreaterThan(0);
  const damaged = Buffer.from(picture.bytes);
  damaged[chunk + 60] = (damaged[chunk + 60] ?? 0) ^ 0xff;
  const cut = picture.bytes.subarray(0, chunk + 60);
  for (const [name, bytes] of [
    ['damaged.png', damaged],
    ['cut.png', cut],
  ] as const) {
    await dropBytes(page, name, bytes, 'image/png');
    expect(await refusal(page, name)).toMatch(/The pipeline in (damaged|cut)\.png could not be read/);
    expect(await savedText(page)).toBe(before);
  }
  await dropBytes(page, 'not.zip', Buffer.from('PK? This is no archive.'), 'application/zip');
  expect(await refusal(page, 'not.zip')).toMatch(/no ZIP archive.*Choose a file that "Export all" wrote/);
  await page.getByRole('button', { name: 'Library' }).click();
  await expect(library(page).getByRole('listitem')).toHaveCount(1);
  await page.keyboard.press('Escape');
  expect(await savedText(page)).toBe(before);
  expect(trouble).toEqual([]);
});

test('hostile texts in titles, labels, notes and frames are shown as text, and nothing of them runs', async ({
  page,
}) => {
  const { trouble } = await watched(page);
  const texts = hostileTexts.filter((text) => text.trim() !== '' && !(text in {}));
  const hostile = {
    schema: 1,
    title: `${texts[0]} \u202egnp`,
    description: texts.join('\n'),
    nodes: texts.map((text, index) => ({
      id: `n${index}`,
      type: index % 2 === 0 ? 'source.images' : `odd.${text}`,
      v: 1,
      params: index % 2 === 0 ? {} : { [text]: text },
      label: text.slice(0, 200),
    })),
    wires: [],
    frames: [{ id: 'f', title: texts[1], nodes: ['n0'], x: -40, y: -80, width: 400, height: 400 }],
    notes: texts.map((text, index) => ({
      id: `t${index}`,
      text,
      x: 400 * (index % 6),
      y: 1200 + 500 * Math.floor(index / 6),
      width: 300,
      height: 200,
    })),
    ui: {
      positions: Object.fromEntries(
        texts.map((_, index) => [`n${index}`, { x: 400 * (index % 6), y: 320 * Math.floor(index / 6) }]),
      ),
    },
  };
  const text = JSON.stringify(hostile);
  await dropFile(page, 'hostile\u202egnp.json', text);
  const dialog = page.getByRole('dialog', { name: /^Open hostile/ });
  await expect(dialog.getByRole('region', { name: /does not know/ })).toContainText('<img src=x');
  expect(await dialog.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
  // A name that turns the line around cannot pass for another, and a long one leaves room for the answer.
  await expect(dialog.getByRole('heading', { name: 'Open hostile\ufffdgnp.json?' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Leave it' }).scrollIntoViewIfNeeded();
  expect(await dialog.evaluate((element) => element.scrollHeight)).toBeLessThan(2000);
  await dialog.getByRole('button', { name: 'Open it' }).click();
  await expect(nodeCard(page, 'n0').getByRole('heading')).toHaveText(texts[0] as string);
  await expect(title(page)).toHaveValue(/<script>/);
  await page.keyboard.press('Control+1');
  // Notes have text, and links only to where a page or mail may be.
  await expect(page.getByText('[click](javascript:window.pwned=1)').first()).toBeVisible();
  const inside = await page.evaluate(() => ({
    scripts: document.querySelectorAll('main script, main img[src="x"], main [onerror], main [onload], main [onclick]')
      .length,
    links: [...document.querySelectorAll('.react-flow__node a[href]')].map((link) => link.getAttribute('href')),
    pwned: (window as Watched).pwned,
  }));
  expect(inside).toEqual({ scripts: 0, links: [], pwned: undefined });
  for (const id of ['n0', 'n1', 'n3']) {
    await nodeCard(page, id).getByRole('heading').click();
    await expect(page.getByRole('complementary', { name: 'Inspector' })).toBeVisible();
  }
  await page.getByRole('button', { name: 'Library' }).click();
  await expect(library(page)).toContainText('<script>');
  await page.keyboard.press('Escape');
  expect(JSON.parse(await savedText(page))).toEqual(JSON.parse(text));
  expect(await page.evaluate(() => (window as Watched).pwned)).toBeUndefined();
  // No card, however long its texts, is wider than another.
  const widths = await page
    .locator('.react-flow__node-card')
    .evaluateAll((cards) => cards.map((card) => (card as HTMLElement).offsetWidth));
  expect(new Set(widths).size).toBe(1);
  expect(trouble).toEqual([]);
});
