/** Calls the scenarios of webgpu-scenarios.ts in a page, and the twins that they are compared with here. */
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { resolveDrive } from '../../../../src/kernels/balanced-snn/drive';
import { DrivePlan } from '../../../../src/kernels/balanced-snn/drive-schedule';
import { defaultNetworkParams, deriveConstants, type NetworkParams } from '../../../../src/kernels/balanced-snn/params';
import { ReferenceStepper } from '../../../../src/kernels/balanced-snn/reference';
import { SpikeLog, type Stepper } from '../../../../src/kernels/balanced-snn/stepper';
import { WasmStepper } from '../../../../src/kernels/balanced-snn/wasm-stepper';
import { FixedReferenceStepper } from '../../../../src/kernels/balanced-snn/webgpu-fixed-reference';
import { buildWiring } from '../../../../src/kernels/balanced-snn/wiring';
import { openWebGpuPage } from '../../../support/webgpu-page';
import type { Answer, Asked } from './webgpu-scenarios';

type Scenarios = typeof import('./webgpu-scenarios');
/** Set by the script in the page. */
declare const scenarios: Scenarios;

export interface WebGpuFixture {
  simulate(asked: Asked): Promise<Answer>;
  simulateOnWasm(asked: Asked): ReturnType<Scenarios['simulateOnWasm']>;
  compileBroken(): ReturnType<Scenarios['compileBroken']>;
  tryBoth(asked: Asked): ReturnType<Scenarios['tryBoth']>;
  close(): Promise<void>;
}

export async function openFixture(): Promise<WebGpuFixture> {
  const { page, close } = await openWebGpuPage(fileURLToPath(new URL('./webgpu-scenarios.ts', import.meta.url)));
  return {
    simulate: (asked) => page.evaluate((a) => scenarios.simulate(a), asked),
    simulateOnWasm: (asked) => page.evaluate((a) => scenarios.simulateOnWasm(a), asked),
    compileBroken: () => page.evaluate(() => scenarios.compileBroken()),
    tryBoth: (asked) => page.evaluate((a) => scenarios.tryBoth(a), asked),
    close,
  };
}

type Simulated = Pick<Answer, 'results' | 'membranes'>;
const paramsOf = (asked: Asked): NetworkParams => ({ ...defaultNetworkParams, ...asked.params });

/** What the plain twin of the asked arithmetic gives. */
export function onTwin(asked: Asked): Simulated {
  const params = paramsOf(asked);
  const wiring = buildWiring(params);
  const twin =
    asked.arithmetic === 'fixed' ? new FixedReferenceStepper(params, wiring) : new ReferenceStepper(params, wiring);
  return runOn(twin, params, asked);
}

/** What the WASM kernel gives in the asked arithmetic. */
export async function onWasm(asked: Asked): Promise<Simulated> {
  const params = paramsOf(asked);
  return runOn(await WasmStepper.create(params, buildWiring(params), asked.arithmetic), params, asked);
}

function runOn(stepper: Stepper, params: NetworkParams, asked: Asked): Simulated {
  const constants = deriveConstants(params);
  const membranes: number[][] = [];
  const results = asked.jobs.map(({ itemId, run = 0, eta, mu, schedule }) => {
    const log = new SpikeLog(constants.unitCount > 65_536);
    const drive = { eta: eta && Float32Array.from(eta), mu: mu && Float32Array.from(mu) };
    const plan =
      schedule && new DrivePlan({ x: Float64Array.from(schedule.x), y: Float64Array.from(schedule.y) }, params.dt);
    stepper.start(itemId, run, resolveDrive(constants, plan ? { eta: plan.first } : drive));
    for (let step = 0; step < constants.stepCount; ) {
      const next = Math.min(plan?.nextChange ?? constants.stepCount, constants.stepCount);
      stepper.advance(next - step, log);
      step = next;
      if (plan && step < constants.stepCount) stepper.setDrive(resolveDrive(constants, { eta: plan.take() }));
    }
    const membrane = new Float32Array(constants.unitCount);
    stepper.membrane(membrane);
    membranes.push([...membrane]);
    const { units, steps, count } = log;
    return {
      itemId,
      run,
      units: [...units.subarray(0, count)],
      steps: [...steps.subarray(0, count)],
      stepsDone: constants.stepCount,
    };
  });
  return { results, membranes };
}

/** Spikes and membranes of the GPU, WASM and the plain twin are the same, and no buffer is left; returns how many spikes. */
export async function expectTwin(gpu: WebGpuFixture, asked: Asked): Promise<number> {
  const { results, membranes, failure, deviceErrors, layout, buffers } = await gpu.simulate(asked);
  const twin = onTwin(asked);
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
