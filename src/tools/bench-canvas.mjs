/**
 * `npm run bench -- canvas`: how smoothly a card is dragged among 100 with pictures, beside an idle pan of the empty canvas
 * on the same machine in the same minute. Frame times are those between animation frames, in ms; the last build is used.
 */
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { findBrowser } from './find-browser.mjs';
import { root } from './install.mjs';

const rounds = 2;
const columns = 10;
const rows = 5;

/** 50 sources and 50 encoders that they feed: every card shows a picture after a run. */
function hundredNodes() {
  const nodes = [];
  const wires = [];
  const positions = {};
  for (let k = 0; k < columns * rows; k++) {
    const [x, y] = [(k % columns) * 640, Math.floor(k / columns) * 380];
    nodes.push({
      id: `s${k}`,
      type: 'source.images',
      v: 1,
      params: { dataset: 'glyphs', trainCount: 10, testCount: 10 },
    });
    nodes.push({ id: `e${k}`, type: 'encoder.poisson', v: 1, params: { duration: 50 } });
    wires.push({ id: `w${k}`, from: { node: `s${k}`, port: 'images' }, to: { node: `e${k}`, port: 'drive' } });
    positions[`s${k}`] = { x, y };
    positions[`e${k}`] = { x: x + 320, y };
  }
  return { schema: 1, title: 'Hundred', nodes, wires, ui: { positions } };
}

const empty = { schema: 1, title: 'Empty', nodes: [], wires: [], ui: { positions: {} } };

async function open(page, document) {
  const transfer = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'bench.json', { type: 'application/json' }));
    return data;
  }, JSON.stringify(document));
  await page.getByRole('main').dispatchEvent('drop', { dataTransfer: transfer });
  await page.waitForFunction((title) => globalThis.document.title.includes(title), document.title);
}

/** Frame times while the pressed pointer goes to and fro for about two seconds. */
async function dragFrames(page, from) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.evaluate(() => {
    const times = [];
    globalThis.benchFrames = times;
    let last = performance.now();
    const frame = (now) => {
      times.push(now - last);
      last = now;
      if (globalThis.benchFrames === times) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  const end = Date.now() + 2200;
  for (let k = 0; Date.now() < end; k++) {
    await page.mouse.move(from.x + 60 * Math.sin(k / 8), from.y + 40 * Math.sin(k / 11));
    await new Promise((resolve) => setTimeout(resolve, 8));
  }
  const times = await page.evaluate(() => {
    const found = globalThis.benchFrames;
    globalThis.benchFrames = null;
    return found.slice(2);
  });
  await page.mouse.up();
  return times;
}

const quantile = (times, share) => [...times].sort((a, b) => a - b)[Math.floor(share * (times.length - 1))] ?? 0;

const browserPath = findBrowser();
if (!browserPath) {
  console.error('This needs Chrome or Chromium. Install one, or set SPIKELOOM_BROWSER to its path.');
  process.exit(1);
}
const port = Number(process.env.SPIKELOOM_TEST_PORT ?? 4181);
const server = await preview({ root, configFile: join(root, 'vite.config.ts'), preview: { port, open: false } });
const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
try {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await page.goto(server.resolvedUrls?.local[0]);
  await page.locator('.react-flow__node').first().waitFor();
  const rowsOut = [];
  for (let round = 0; round < rounds; round++) {
    await open(page, empty);
    const pan = await dragFrames(page, { x: 800, y: 500 });
    await open(page, hundredNodes());
    await page.locator('.react-flow__node').first().waitFor();
    if (round === 0) {
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await page
        .getByRole('contentinfo')
        .getByRole('status')
        .filter({ hasText: /^(Finished|Nothing to run)/ })
        .waitFor({ timeout: 240_000 });
    }
    await page.keyboard.press('.');
    await page.waitForTimeout(1500);
    const mounted = await page.locator('.react-flow__node').count();
    const whole = await dragFrames(page, await grip(page));
    for (let k = 0; k < 6; k++) await page.getByRole('button', { name: 'Zoom in' }).click();
    await page.waitForTimeout(1500);
    const near = await dragFrames(page, await grip(page));
    for (const [what, times] of [
      ['pan of the empty canvas', pan],
      [`drag, all in view (${mounted} mounted)`, whole],
      [`drag, zoomed in (${await page.locator('.react-flow__node').count()} mounted)`, near],
    ]) {
      rowsOut.push({
        round: round + 1,
        what,
        frames: times.length,
        p50: Number(quantile(times, 0.5).toFixed(1)),
        p95: Number(quantile(times, 0.95).toFixed(1)),
        over50: times.filter((time) => time > 50).length,
        'p95 to pan': Number((quantile(times, 0.95) / quantile(pan, 0.95)).toFixed(2)),
      });
    }
  }
  console.table(rowsOut);
} finally {
  await browser.close();
  await server.close();
}

/** The title of a card that lies freely in the middle of the view. */
async function grip(page) {
  const found = await page.evaluate(() => {
    const free = [...document.querySelectorAll('.react-flow__node h3')].flatMap((title) => {
      const { x, y, width, height } = title.getBoundingClientRect();
      const at = { x: x + width / 2, y: y + height / 2 };
      return document.elementFromPoint(at.x, at.y) === title ? [at] : [];
    });
    const distance = ({ x, y }) => Math.hypot(x - 820, y - 450);
    return free.sort((a, b) => distance(a) - distance(b))[0] ?? null;
  });
  if (!found) throw new Error('No card is in view.');
  return found;
}
