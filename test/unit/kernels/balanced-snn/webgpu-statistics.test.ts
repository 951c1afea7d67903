/**
 * The GPU against the WASM kernel where bits may differ: float32 on another device, and fixed point, whose membranes are
 * rounded elsewhere. Spikes agree at first; chaos then parts the trajectories, and statistics must agree.
 * Bounds: 99.9 % of the spikes of the first 20 ms (float), rate within 2 %, CV within 5 %, and per-neuron counts as alike
 * between the simulators as between two sets of repeats on one, less 0.01.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultNetworkParams } from '../../../../src/kernels/balanced-snn/params';
import { meanCv, meanRate } from './statistics';
import { graded, openFixture, type WebGpuFixture } from './webgpu-fixture';
import type { Answer, Asked } from './webgpu-scenarios';

const params = { ...defaultNetworkParams, nExc: 320, nInh: 80, jExc: 0.9, duration: 300 };
const discard = 50;
const repeats = 10;
/** From 1.2 to 3.6 times the threshold rate, so that counts differ between neurons for a reason. */
const eta = graded(400, 1.2);
const jobsFrom = (run: number) => Array.from({ length: repeats }, (_, k) => ({ itemId: 3, run: run + k, eta }));

type Results = Answer['results'];

let gpu: WebGpuFixture;
let wasm: Results;
let wasmAgain: Results;
beforeAll(async () => {
  gpu = await openFixture();
  wasm = (await gpu.simulateOnWasm({ params, jobs: jobsFrom(0) })).results;
  wasmAgain = (await gpu.simulateOnWasm({ params, jobs: jobsFrom(repeats) })).results;
}, 60_000);
afterAll(() => gpu?.close());

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
const asSpikes = ({ units, steps }: Results[number]) => ({
  units: Uint16Array.from(units),
  steps: Uint32Array.from(steps),
  count: units.length,
});
const rateOf = (results: Results) => mean(results.map((result) => meanRate(asSpikes(result), params, discard)));
const cvOf = (results: Results) => mean(results.map((result) => meanCv(asSpikes(result), params, discard)));

/** Spikes of each neuron over all repeats. */
function counts(results: Results): number[] {
  const perUnit = new Array<number>(400).fill(0);
  for (const { units } of results) for (const unit of units) perUnit[unit] = (perUnit[unit] as number) + 1;
  return perUnit;
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const [ma, mb] = [mean(a), mean(b)];
  const sum = (x: readonly number[], mx: number, y: readonly number[], my: number) =>
    x.reduce((total, value, k) => total + (value - mx) * ((y[k] as number) - my), 0);
  return sum(a, ma, b, mb) / Math.sqrt(sum(a, ma, a, ma) * sum(b, mb, b, mb));
}

/** Fraction of the spikes before `until` steps that both have. */
function shared(a: Results, b: Results, until: number): number {
  const early = (results: Results) =>
    new Set(
      results.flatMap(({ run, units, steps }) =>
        units.flatMap((unit, k) => ((steps[k] as number) < until ? [`${run} ${unit} ${steps[k]}`] : [])),
      ),
    );
  const [ours, theirs] = [early(a), early(b)];
  return [...ours].filter((spike) => theirs.has(spike)).length / Math.max(ours.size, theirs.size);
}

describe.each(['float', 'fixed'] as const)('%s arithmetic and WASM', (arithmetic) => {
  let results: Results;
  beforeAll(async () => {
    const asked: Asked = { params, jobs: jobsFrom(0), arithmetic, layout: 'batch' };
    const answer = await gpu.simulate(asked);
    expect(answer.failure).toBe(null);
    results = answer.results;
  }, 120_000);

  it('share the spikes of the first 20 ms', () => {
    const fraction = shared(results, wasm, 200);
    console.log(`${arithmetic}: ${(100 * fraction).toFixed(3)} % of the spikes of the first 20 ms are those of WASM.`);
    expect(fraction).toBeGreaterThanOrEqual(arithmetic === 'float' ? 0.999 : 0.98);
  });

  it('have one rate and one CV', () => {
    const [rate, cv] = [rateOf(results), cvOf(results)];
    const [rateThere, cvThere] = [rateOf(wasm), cvOf(wasm)];
    console.log(
      `${arithmetic}: ${rate.toFixed(2)} Hz, CV ${cv.toFixed(3)}; WASM ${rateThere.toFixed(2)} Hz, CV ${cvThere.toFixed(3)}.`,
    );
    expect(rate).toBeGreaterThan(5);
    expect(Math.abs(rate / rateThere - 1)).toBeLessThan(0.02);
    expect(Math.abs(cv / cvThere - 1)).toBeLessThan(0.05);
  });

  it('have the same counts per neuron over 10 repeats, as far as repeats with other noise have', () => {
    const within = correlation(counts(wasm), counts(wasmAgain));
    const across = correlation(counts(results), counts(wasmAgain));
    console.log(
      `${arithmetic}: counts correlate ${across.toFixed(4)} with WASM, WASM with itself ${within.toFixed(4)}.`,
    );
    expect(within).toBeGreaterThan(0.8);
    expect(across).toBeGreaterThan(within - 0.01);
  });
});
