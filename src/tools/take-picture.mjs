/**
 * `npm run picture`: builds the editor, runs the default pipeline in an installed Chrome or Chromium and takes README's
 * picture, docs/pictures/editor-finished-run.png: 1440x900, light, at two pixels a point if the file stays small.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { chromium, expect } from '@playwright/test';
import { decode, encode } from 'fast-png';
import { preview } from 'vite';
import { findBrowser } from './find-browser.mjs';
import { root, run } from './install.mjs';

const target = join(root, 'docs/pictures/editor-finished-run.png');
/** A README's first screen should not take longer to load than its text to read. */
const mostBytes = 600_000;
const runTimeout = 600_000;

/** The same picture without its opacity, which is full everywhere, packed harder. */
function smaller(png) {
  const { width, height, data, channels } = decode(png);
  const colours = data.filter((_, index) => channels < 4 || index % 4 !== 3);
  return encode({ width, height, data: colours, channels: Math.min(3, channels) }, { zlib: { level: 9 } });
}

const browserPath = findBrowser();
if (!browserPath) {
  console.error('The picture needs Chrome or Chromium. Install one, or set SPIKELOOM_BROWSER to its path.');
  process.exit(1);
}
for (const script of ['kernels', 'datasets', 'build:page']) {
  if (!run('npm', ['run', '--silent', script])) process.exit(1);
}

const server = await preview({ root, configFile: join(root, 'vite.config.ts'), preview: { port: 4180, open: false } });
const address = server.resolvedUrls?.local[0];
const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
try {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    deviceScaleFactor: 2,
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(address);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const status = page.getByRole('contentinfo').getByRole('status');
  await status.filter({ hasText: /^Finished in/ }).waitFor({ timeout: runTimeout });
  const cards = page.locator('.react-flow__node');
  const drawn = page.locator('figure').filter({ hasNotText: /Loading|Run to see/ });
  await expect(drawn).toHaveCount(await cards.count());
  // Nothing is pointed at, nothing is selected.
  await page.mouse.move(720, 60);
  await page.evaluate(() => document.fonts.ready);
  await mkdir(dirname(target), { recursive: true });
  const sharp = smaller(await page.screenshot({ animations: 'disabled' }));
  const picture =
    sharp.length <= mostBytes ? sharp : smaller(await page.screenshot({ animations: 'disabled', scale: 'css' }));
  await writeFile(target, picture);
  const kilobytes = Math.round(picture.length / 1000);
  console.log(`${relative(root, target)}: ${await status.textContent()}, ${kilobytes} kB`);
} finally {
  await browser.close();
  await server.close();
}
