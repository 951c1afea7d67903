/**
 * `npm run pictures [-- SCENE ...]`: takes docs/pictures/SCENE-{light,dark,phone}.png of the built editor after real runs, at
 * 1440x900 in both themes and, unless the scene names its looks, at 390x844. Several minutes.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';
import { onStage, savePicture, smaller } from './pictures/stage.mjs';

const runTimeout = 900_000;
const shipped = (name) => readFileSync(join(root, 'pipelines', `${name}.json`), 'utf8');

const card = (page, id) => page.locator(`.react-flow__node[data-id="${id}"]`);
const handle = (page, id, side, port) => card(page, id).locator(`.${side}[data-handleid="${port}"]`);

/** Drops a pipeline on the canvas; where the page asks about what is missing, opens it. */
async function open(page, name, text) {
  const transfer = await page.evaluateHandle(
    ([file, content]) => {
      const data = new DataTransfer();
      data.items.add(new File([content], file, { type: 'application/json' }));
      return data;
    },
    [`${name}.json`, text],
  );
  await page.getByRole('main').dispatchEvent('drop', { dataTransfer: transfer });
  const { title } = JSON.parse(text);
  const opened = page.waitForFunction(
    (wanted) => document.querySelector('[aria-label="Title of the pipeline"]')?.value === wanted,
    title,
  );
  const asked = page.getByRole('button', { name: 'Open it' });
  await Promise.race([opened, asked.waitFor().then(() => asked.click())]);
  await opened;
}

async function runAll(page) {
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const status = page.getByRole('contentinfo').getByRole('status');
  await status.filter({ hasText: /^(Finished|Failed|Ended)/ }).waitFor({ timeout: runTimeout });
}

async function drag(page, from, to) {
  const [a, b] = [await from.boundingBox(), await to.boundingBox()];
  const middle = ({ x, y, width, height }) => [x + width / 2, y + height / 2];
  await page.mouse.move(...middle(a));
  await page.mouse.down();
  await page.mouse.move(...middle(b), { steps: 12 });
  await page.mouse.up();
}

/** A scene sets the stage once at 1440x900; `again` is done before each picture. */
const scenes = {
  'first-visit': { async set() {} },
  'finished-run': {
    async set(page) {
      await runAll(page);
    },
  },
  compare: {
    async set(page) {
      await open(page, 'compare', shipped('mnist-balanced-vs-unbalanced'));
      await runAll(page);
      await card(page, 'quality-balanced').getByRole('heading').click();
      await card(page, 'quality-unbalanced')
        .getByRole('heading')
        .click({ modifiers: ['Control'] });
      await page.keyboard.press('v');
      await page.getByRole('status', { name: 'Verdict' }).waitFor();
    },
  },
  'compare-images': {
    async set(page) {
      await card(page, 'predict-balanced').getByRole('heading').click();
      await card(page, 'predict-unbalanced')
        .getByRole('heading')
        .click({ modifiers: ['Control'] });
      await page.keyboard.press('v');
      await page.getByRole('status', { name: 'Verdict' }).waitFor();
    },
    after: 'compare',
  },
  regimes: {
    async set(page) {
      await open(page, 'regimes', shipped('balanced-regime-map'));
      await runAll(page);
      await card(page, 'map').getByRole('heading').click();
      await page.keyboard.press('Alt+Enter');
      await page.getByRole('dialog').locator('svg').first().waitFor();
    },
  },
  'three-states': {
    async set(page) {
      await open(page, 'three-states', shipped('balanced-three-states'));
      await runAll(page);
    },
    async again(page) {
      await page.getByRole('button', { name: 'Fit view' }).click();
    },
    // Sixteen cards are too small for a phone.
    looks: ['light', 'dark'],
  },
  'three-states-lines': {
    async set(page) {
      await card(page, 'linearity').getByRole('heading').click();
      await page.keyboard.press('Alt+Enter');
      await page.getByRole('dialog').locator('svg').first().waitFor();
    },
    after: 'three-states',
    looks: ['light', 'dark'],
  },
  'refused-wire': {
    async set() {},
    async again(page) {
      await page.getByRole('button', { name: 'Fit view' }).click();
      await page.waitForTimeout(600);
      await drag(page, handle(page, 'encoder', 'source', 'spikes'), handle(page, 'predict', 'target', 'inputs'));
      await page.getByRole('region', { name: 'Notices' }).getByRole('button').first().waitFor();
    },
  },
  'failed-node': {
    async set(page) {
      const pipeline = JSON.parse(shipped('mnist-ridge'));
      for (const node of pipeline.nodes) if (node.type === 'source.images') node.params.dataset = 'cifar10';
      pipeline.title = 'Photographs that are not there';
      for (const node of pipeline.nodes) if (node.id === 'images') node.label = 'Photographs';
      await page.route('**/data/cifar10/**', (route) => route.fulfill({ status: 404 }));
      await open(page, 'failed', JSON.stringify(pipeline));
      await runAll(page);
    },
  },
};

const shots = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
  { name: 'phone', colorScheme: 'light', viewport: { width: 390, height: 844 } },
];

const wanted = process.argv.slice(2);
await onStage(async (browser, address) => {
  let kept = null;
  for (const [name, { set, again, after, looks }] of Object.entries(scenes)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const page =
      after && kept?.name === after
        ? kept.page
        : await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
    await page.setViewportSize(shots[0].viewport);
    await page.emulateMedia({ colorScheme: 'light' });
    if (!(after && kept?.name === after)) {
      await page.goto(address);
      await page.locator('.react-flow__node').first().waitFor();
    }
    await set(page);
    for (const { name: shot, ...look } of shots) {
      if (looks && !looks.includes(shot)) continue;
      await page.setViewportSize(look.viewport);
      await page.emulateMedia({ colorScheme: look.colorScheme });
      await again?.(page);
      // Where nothing answers to a pointer.
      await page.mouse.move(look.viewport.width * 0.45, look.viewport.height - 3);
      // Figures are drawn again for another theme or size.
      await page.waitForTimeout(1500);
      const picture = smaller(await page.screenshot({ animations: 'disabled' }));
      await savePicture(join(root, 'docs/pictures', `${name}-${shot}.png`), picture);
    }
    kept = { name, page };
  }
});
