import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWebGpuPage, type WebGpuPage } from '../../../support/webgpu-page';
import type * as scenarios from './webgpu-scenarios';
declare const globalThis: { scenarios: typeof scenarios };
let page: WebGpuPage;
beforeAll(async () => { page = await openWebGpuPage(new URL('./webgpu-scenarios.ts', import.meta.url).pathname); }, 60000);
afterAll(async () => { await page?.close(); });
for (const arithmetic of ['float','fixed'] as const)
for (const layout of ['batch','large'] as const)
it(`runs ${arithmetic} ${layout}`, async () => {
  const asked = { params: { nExc: 200, nInh: 50, jExc: 0.8, duration: 50 }, arithmetic, layout,
    jobs: [0,1,2].map((itemId) => ({ itemId, eta: new Array(250).fill(2) })) };
  const t0 = Date.now();
  const gpu = await page.page.evaluate((a) => globalThis.scenarios.simulate(a), asked);
  const t1 = Date.now();
  const wasm = await page.page.evaluate((a) => globalThis.scenarios.simulateOnWasm(a), asked);
  const { results, membranes, ...rest } = gpu;
  console.log(JSON.stringify(rest), t1 - t0, results.map(r => r.units.length), wasm.results.map(r => r.units.length));
  if (arithmetic === 'float') expect(results).toEqual(wasm.results);
}, 60000);
