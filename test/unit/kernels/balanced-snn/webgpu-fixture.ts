/** Calls the scenarios of webgpu-scenarios.ts in a page, and the twins that they are compared with here. */
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { openWebGpuPage } from '../../../support/webgpu-page';
import { type Answer, type Asked, simulateOn } from './webgpu-scenarios';

type Scenarios = typeof import('./webgpu-scenarios');
/** Set by the script in the page. */
declare const scenarios: Scenarios;

export interface WebGpuFixture {
  simulate(asked: Asked): Promise<Answer>;
  simulateOnWasm(asked: Asked): ReturnType<Scenarios['simulateOn']>;
  compileBroken(): ReturnType<Scenarios['compileBroken']>;
  tryBoth(asked: Asked): ReturnType<Scenarios['tryBoth']>;
  close(): Promise<void>;
}

export async function openFixture(): Promise<WebGpuFixture> {
  const { page, close } = await openWebGpuPage(fileURLToPath(new URL('./webgpu-scenarios.ts', import.meta.url)));
  return {
    simulate: (asked) => page.evaluate((a) => scenarios.simulate(a), asked),
    simulateOnWasm: (asked) => page.evaluate((a) => scenarios.simulateOn('wasm', a), asked),
    compileBroken: () => page.evaluate(() => scenarios.compileBroken()),
    tryBoth: (asked) => page.evaluate((a) => scenarios.tryBoth(a), asked),
    close,
  };
}

/** What the plain twin of the asked arithmetic gives, and the WASM kernel, in Node. */
export const onTwin = (asked: Asked) => simulateOn('reference', asked);
const onWasm = (asked: Asked) => simulateOn('wasm', asked);

/** Spikes, recordings and membranes of the GPU, WASM and the plain twin are the same, and no buffer is left; returns how many spikes. */
export async function expectTwin(gpu: WebGpuFixture, asked: Asked): Promise<number> {
  const { results, membranes, failure, deviceErrors, layout, buffers } = await gpu.simulate(asked);
  const twin = await onTwin(asked);
  expect({ failure, deviceErrors, layout }).toEqual({
    failure: null,
    deviceErrors: [],
    layout: asked.layout ?? layout,
  });
  expect(results).toEqual(twin.results);
  expect(membranes).toEqual(twin.membranes);
  expect(await onWasm(asked)).toEqual(twin);
  expect(buffers.made).toBeGreaterThan(5);
  expect(buffers.left).toBe(0);
  return results.reduce((sum, { units }) => sum + units.length, 0);
}

export const filled = (n: number, value: number): number[] => new Array<number>(n).fill(value);
/** Another value for every unit, from `low` on. */
export const graded = (n: number, low = 1): number[] => Array.from({ length: n }, (_, i) => low * (1 + (2 * i) / n));
