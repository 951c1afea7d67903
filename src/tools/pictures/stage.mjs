/** What the scripts that take pictures share: the built editor, served, in an installed browser; picture files kept small. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { chromium } from '@playwright/test';
import { decode, encode } from 'fast-png';
import { preview } from 'vite';
import { findBrowser } from '../find-browser.mjs';
import { root, run } from '../install.mjs';

/** The same picture without its opacity, which is full everywhere, packed harder. */
export function smaller(png) {
  const { width, height, data, channels } = decode(png);
  const colours = data.filter((_, index) => channels < 4 || index % 4 !== 3);
  return encode({ width, height, data: colours, channels: Math.min(3, channels) }, { zlib: { level: 9 } });
}

export async function savePicture(path, bytes, note = '') {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  console.log(`${relative(root, path)}: ${note}${Math.round(bytes.length / 1000)} kB`);
}

/** Builds the editor, serves it, and hands `work` the browser and the address. */
export async function onStage(work) {
  const browserPath = findBrowser();
  if (!browserPath) {
    console.error('Pictures need Chrome or Chromium. Install one, or set SPIKELOOM_BROWSER to its path.');
    process.exit(1);
  }
  for (const script of ['kernels', 'datasets', 'build:page']) {
    if (!run('npm', ['run', '--silent', script])) process.exit(1);
  }
  const server = await preview({
    root,
    configFile: join(root, 'vite.config.ts'),
    preview: { port: 4180, open: false },
  });
  const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
  try {
    await work(browser, server.resolvedUrls?.local[0]);
  } finally {
    await browser.close();
    await server.close();
  }
}
