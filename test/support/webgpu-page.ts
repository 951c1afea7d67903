/**
 * A page of an installed Chrome or Chromium with a WebGPU device, for tests that run outside the browser. The adapter is
 * Chromium's software one (SwiftShader), so that they need no graphics card and see the same device everywhere.
 */
import { type Browser, chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { findBrowser } from '../../src/tools/find-browser.mjs';

/** WebGPU is offered to secure origins only; localhost is one, and nothing has to listen there. */
const address = 'http://localhost/webgpu-tests';

export interface WebGpuPage {
  readonly page: Page;
  close(): Promise<void>;
}

/** The module as one script that sets `globalThis.scenarios` to its exports. */
async function bundle(entry: string): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, target: 'es2022', lib: { entry, formats: ['iife'], name: 'scenarios' } },
  });
  const [first] = Array.isArray(output) ? output : [output];
  const chunk = first && 'output' in first ? first.output[0] : undefined;
  if (!chunk) throw new Error(`Nothing was built from ${entry}.`);
  return chunk.code;
}

/** Opens a page that holds the exports of `entry`. Says what is missing where there is no browser or no device. */
export async function openWebGpuPage(entry: string): Promise<WebGpuPage> {
  const executablePath = findBrowser();
  if (!executablePath) {
    throw new Error(
      'The tests of the WebGPU kernel need Chrome or Chromium, and none was found. Install one, or name it in SPIKELOOM_BROWSER.',
    );
  }
  const code = await bundle(entry);
  const browser: Browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--enable-unsafe-webgpu',
      '--use-webgpu-adapter=swiftshader',
      '--disable-background-networking',
    ],
  });
  try {
    const page = await browser.newPage();
    await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
    await page.goto(address);
    await page.addScriptTag({ content: code });
    const found = await page.evaluate(async () => {
      if (!navigator.gpu) return 'it offers no WebGPU';
      return (await navigator.gpu.requestAdapter()) ? null : 'it offers no WebGPU adapter, not even a software one';
    });
    if (found) throw new Error(`The tests of the WebGPU kernel cannot run in ${executablePath}: ${found}.`);
    return { page, close: () => browser.close() };
  } catch (error) {
    await browser.close();
    throw error;
  }
}
