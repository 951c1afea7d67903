import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultNetworkParams, type NetworkParams } from '../../../../src/kernels/balanced-snn/params';
import { createNetwork, createNetworkInSlices } from '../../../../src/kernels/balanced-snn/simulate';
import type { Wiring } from '../../../../src/kernels/balanced-snn/wiring';

const small: NetworkParams = { ...defaultNetworkParams, nExc: 80, nInh: 20 };

/** Sources of every target. */
function incoming(wiring: Wiring): number[][] {
  const sources: number[][] = Array.from({ length: wiring.unitCount }, () => []);
  for (let source = 0; source < wiring.unitCount; source++) {
    for (let k = wiring.sourceStart[source] as number; k < (wiring.sourceStart[source + 1] as number); k++) {
      sources[wiring.targets[k] as number]?.push(source);
    }
  }
  return sources;
}

function degrees(wiring: Wiring): { exc: number[]; inh: number[] } {
  const sources = incoming(wiring);
  return {
    exc: sources.map((list) => list.filter((source) => source < wiring.nExc).length),
    inh: sources.map((list) => list.filter((source) => source >= wiring.nExc).length),
  };
}

const only = (values: number[]) => [...new Set(values)];
const mean = (values: number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

describe('wiring', () => {
  it('gives every neuron exactly epsilon N inputs, rounded half to even', () => {
    const { exc, inh } = degrees(createNetwork(defaultNetworkParams)); // 102.4 -> 102, 25.6 -> 26
    expect([only(exc), only(inh)]).toEqual([[102], [26]]);
    const halves = degrees(createNetwork({ ...small, nExc: 25, nInh: 35 })); // 2.5 -> 2, 3.5 -> 4
    expect([only(halves.exc), only(halves.inh)]).toEqual([[2], [4]]);
  });

  it('has exact in-degrees, ascending rows, no self-connection and no repeat, whatever the sizes and probability', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 70 }),
        fc.integer({ min: 1, max: 30 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 0xffffffff }),
        (nExc, nInh, connectionProbability, seedNetwork) => {
          const wiring = createNetwork({
            ...small,
            nExc,
            nInh,
            connectionProbability,
            seedNetwork,
          });
          const { exc, inh } = degrees(wiring);
          expect(only(exc).length).toBe(1);
          expect(only(inh).length).toBe(1);
          incoming(wiring).forEach((sources, target) => {
            expect(sources).not.toContain(target);
            expect(new Set(sources).size).toBe(sources.length);
          });
          for (let source = 0; source < nExc + nInh; source++) {
            const row = wiring.targets.subarray(wiring.sourceStart[source], wiring.sourceStart[source + 1]);
            expect([...row]).toEqual([...row].sort((a, b) => a - b));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is all-to-all without self at probability 1, and empty at 0', () => {
    const full = createNetwork({
      ...small,
      connectionProbability: 1,
      connectivity: 'bernoulli',
    });
    incoming(full).forEach((sources, target) => {
      expect(sources).toEqual(Array.from({ length: 100 }, (_, j) => j).filter((j) => j !== target));
    });
    // A fixed in-degree must fit the neurons of the population itself: one fewer.
    const { exc, inh } = degrees(createNetwork({ ...small, connectionProbability: 1 }));
    expect([only(exc), only(inh)]).toEqual([[79], [19]]);
    for (const connectivity of ['bernoulli', 'fixed-in-degree'] as const) {
      expect(createNetwork({ ...small, connectionProbability: 0, connectivity }).targets.length).toBe(0);
    }
    expect(createNetwork({ ...small, nExc: 1, nInh: 0, connectionProbability: 1 }).targets.length).toBe(0);
  });

  it('allows repeats only with multapses, never a self-connection', () => {
    const wiring = createNetwork({
      ...small,
      connectionProbability: 0.5,
      multapses: true,
    });
    const { exc, inh } = degrees(wiring);
    expect([only(exc), only(inh)]).toEqual([[40], [10]]);
    const sources = incoming(wiring);
    sources.forEach((list, target) => {
      expect(list).not.toContain(target);
    });
    // 40 draws of 80 hit 80 (1 - (1 - 1/80)^40) = 31.6 different ones.
    const different = mean(sources.map((list) => new Set(list.filter((source) => source < 80)).size));
    expect(Math.abs(different - 31.6)).toBeLessThan(1);
  });

  it('draws sources uniformly: out-degrees scatter as they should', () => {
    const wiring = createNetwork({
      ...defaultNetworkParams,
      nExc: 1000,
      nInh: 250,
    });
    const out = Array.from(
      { length: 1000 },
      (_, j) => (wiring.sourceStart[j + 1] as number) - (wiring.sourceStart[j] as number),
    );
    expect(mean(out)).toBeCloseTo(125, 8);
    // Each of 1,250 targets picks a source with probability 0.1: variance 112.5 up to the fixed sum.
    expect(mean(out.map((d) => (d - 125) ** 2)) / 112.5).toBeGreaterThan(0.8);
    expect(mean(out.map((d) => (d - 125) ** 2)) / 112.5).toBeLessThan(1.2);
  });

  it('connects each pair with probability epsilon when bernoulli', () => {
    const params: NetworkParams = {
      ...defaultNetworkParams,
      connectivity: 'bernoulli',
    };
    const { exc, inh } = degrees(createNetwork(params));
    // Sum over 1,280 targets of binomial(1023 or 1024, 0.1) and (255 or 256, 0.1): five standard errors.
    expect(Math.abs(mean(exc) - 102.32)).toBeLessThan((5 * 9.6) / Math.sqrt(1280));
    expect(Math.abs(mean(inh) - 25.58)).toBeLessThan((5 * 4.8) / Math.sqrt(1280));
    const variance = mean(exc.map((d) => (d - mean(exc)) ** 2));
    expect(Math.abs(variance / 92.1 - 1)).toBeLessThan(0.2);
  });

  it('gives the same bits for the same seed, in slices or at once, and others for another seed', async () => {
    const params = { ...defaultNetworkParams, nExc: 3000, nInh: 750 };
    const once = createNetwork(params);
    const progress: number[] = [];
    const sliced = await createNetworkInSlices(params, {
      onSlice: (p) => {
        progress.push(p);
        return Promise.resolve(true);
      },
    });
    const same = (a: Wiring | null, b: Wiring): boolean =>
      a !== null &&
      Buffer.compare(Buffer.from(a.targets.buffer), Buffer.from(b.targets.buffer)) === 0 &&
      Buffer.compare(Buffer.from(a.sourceStart.buffer), Buffer.from(b.sourceStart.buffer)) === 0;
    expect(same(sliced, once)).toBe(true);
    expect(progress.length).toBeGreaterThan(2);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(same(createNetwork({ ...params, seedNetwork: 2 }), once)).toBe(false);
    expect(same(createNetwork({ ...params, seedInput: 2, seedInit: 3, inhExcRatio: 4 }), once)).toBe(true);
    expect(await createNetworkInSlices(params, { onSlice: () => false })).toBeNull();
  });

  it('keeps its bits: a changed draw would give stored results another meaning', () => {
    const wiring = createNetwork({
      ...small,
      nExc: 8,
      nInh: 2,
      connectionProbability: 0.3,
      seedNetwork: 42,
    });
    expect([...wiring.sourceStart]).toMatchInlineSnapshot(`
			[
			  0,
			  1,
			  4,
			  7,
			  10,
			  11,
			  14,
			  17,
			  20,
			  25,
			  30,
			]
		`);
    expect([...wiring.targets]).toMatchInlineSnapshot(`
			[
			  6,
			  0,
			  3,
			  5,
			  1,
			  3,
			  8,
			  2,
			  5,
			  6,
			  9,
			  2,
			  7,
			  9,
			  0,
			  4,
			  7,
			  1,
			  4,
			  8,
			  0,
			  1,
			  2,
			  5,
			  9,
			  3,
			  4,
			  6,
			  7,
			  8,
			]
		`);
  });

  it('keeps the graph when delays differ, sorts rows by delay, and spreads delays evenly', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 60 }),
        fc.constantFrom('bernoulli', 'multapses', 'distinct'),
        (delayCount, connectionProbability, nExc, kind) => {
          const params: NetworkParams = {
            ...small,
            nExc,
            connectionProbability,
            connectivity: kind === 'bernoulli' ? 'bernoulli' : 'fixed-in-degree',
            multapses: kind === 'multapses',
          };
          const one = createNetwork(params);
          const many = createNetwork({ ...params, delayMax: params.delay + (delayCount - 1) * params.dt });
          expect(many.sourceStart).toEqual(one.sourceStart);
          const segmentStart = many.segmentStart ?? many.sourceStart;
          expect(segmentStart.length).toBe(one.unitCount * delayCount + 1);
          for (let source = 0; source < one.unitCount; source++) {
            const row = (wiring: Wiring) => [
              ...wiring.targets.subarray(wiring.sourceStart[source], wiring.sourceStart[source + 1]),
            ];
            expect(row(many).sort((a, b) => a - b)).toEqual(row(one));
            for (let d = 0; d < delayCount; d++) {
              const part = source * delayCount + d;
              const targets = [...many.targets.subarray(segmentStart[part], segmentStart[part + 1])];
              expect(targets).toEqual(targets.slice().sort((a, b) => a - b));
            }
          }
        },
      ),
      { numRuns: 40 },
    );
    const wiring = createNetwork({ ...defaultNetworkParams, delayMax: 3.4 });
    const start = wiring.segmentStart as Uint32Array;
    const shares = Array.from({ length: 20 }, (_, d) => {
      let synapses = 0;
      for (let source = 0; source < 1280; source++) {
        synapses += (start[source * 20 + d + 1] as number) - (start[source * 20 + d] as number);
      }
      return synapses / wiring.targets.length;
    });
    // 163,840 synapses in 20 classes: five standard errors of 0.05.
    for (const share of shares) expect(Math.abs(share - 0.05)).toBeLessThan(5 * Math.sqrt((0.05 * 0.95) / 163_840));
  });

  it('uses 32-bit targets above 65,536 neurons', () => {
    const wiring = createNetwork({
      ...small,
      nExc: 60_000,
      nInh: 10_000,
      connectionProbability: 0.0002,
    });
    expect(wiring.targets).toBeInstanceOf(Uint32Array);
    const { exc, inh } = degrees(wiring);
    expect([only(exc), only(inh)]).toEqual([[12], [2]]);
  });
});
