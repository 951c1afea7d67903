/** The estimate against what is really allocated, and refusals with their cure. */
import { describe, expect, it } from 'vitest';
import { ParameterError } from '../../../../src/core/errors';
import { checkBudget, estimateMemory } from '../../../../src/kernels/balanced-snn/memory';
import { defaultNetworkParams, type NetworkParams } from '../../../../src/kernels/balanced-snn/params';
import { createNetwork, createNetworkInSlices, NetworkRunner } from '../../../../src/kernels/balanced-snn/simulate';

const brunel: NetworkParams = { ...defaultNetworkParams, nExc: 10_000, nInh: 2500, jExc: 0.1 };
const gigabyte = 1e9;

function refusal(work: () => unknown) {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(ParameterError);
    return (error as ParameterError).details;
  }
  return expect.unreachable();
}

describe('the memory estimate', () => {
  it('counts the connections exactly', () => {
    const wide = { nExc: 60_000, nInh: 10_000, connectionProbability: 0.0002 };
    for (const change of [{}, { delayMax: 4 }, wide, { weightSpread: 0.5 }, { ...wide, weightSpread: 0.5 }]) {
      const params = { ...defaultNetworkParams, ...change };
      const { targets, sourceStart, segmentStart, weights } = createNetwork(params);
      const bytes = targets.byteLength + (segmentStart ?? sourceStart).byteLength + (weights?.byteLength ?? 0);
      expect(estimateMemory(params, { items: 1 }).wiring).toBe(bytes);
    }
    expect(estimateMemory(brunel, { items: 1 }).wiring).toBe(2 * 15_625_000 + 4 * 12_501);
  });

  it('is near what a thread allocates', async () => {
    const created: WebAssembly.Memory[] = [];
    const { Memory } = WebAssembly;
    WebAssembly.Memory = class extends Memory {
      constructor(descriptor: WebAssembly.MemoryDescriptor) {
        super(descriptor);
        created.push(this);
      }
    };
    try {
      for (const change of [{}, { delayMax: 4, synapse: 'exponential' as const }, { weightSpread: 0.5 }]) {
        const params = { ...brunel, ...change, nExc: 4000, nInh: 1000 };
        const runner = new NetworkRunner('wasm', params, createNetwork(params));
        await runner.ready;
        runner.start(0, { eta: Float32Array.from({ length: 5000 }, (_, i) => 1 + i / 2500) }, 0, Uint32Array.of(1, 2));
        const real = created.at(-1)?.buffer.byteLength ?? 0;
        const { perWorker } = estimateMemory(params, { items: 1, recorded: 2 });
        expect(perWorker / real).toBeGreaterThan(0.9);
        expect(perWorker / real).toBeLessThan(1.3);
      }
    } finally {
      WebAssembly.Memory = Memory;
    }
  });

  it('grows with items, recordings and threads', () => {
    const one = estimateMemory(defaultNetworkParams, { items: 1, recorded: 10, workers: 1 });
    // 250 samples of 5 quantities at 10 neurons, and the mean.
    expect(one.recordings).toBe(4 * 250 * 51);
    expect(one.spikes).toBe(1280 * 50 * 0.25 * 6);
    const more = estimateMemory(defaultNetworkParams, { items: 9, recorded: 10, recordedItems: 2, workers: 3 });
    expect(more.recordings).toBe(2 * one.recordings);
    expect(more.spikes).toBe(9 * one.spikes);
    expect(more.total).toBe(more.wiring + 3 * more.perWorker + more.recordings + more.spikes);
  });
});

describe('the budget', () => {
  it('lets through what fits', () => {
    expect(checkBudget(brunel, { items: 1, workers: 2 }, gigabyte)).toEqual(
      estimateMemory(brunel, { items: 1, workers: 2 }),
    );
    // 100,000 neurons of 1,000 inputs.
    const large = { ...brunel, nExc: 80_000, nInh: 20_000, connectionProbability: 0.01 };
    expect(checkBudget(large, { items: 1 }, 2 * gigabyte).total).toBeGreaterThan(0.8 * gigabyte);
  });

  it('names what is too large, and the cure', () => {
    const dense = { ...brunel, nExc: 80_000, nInh: 20_000, connectionProbability: 0.1, delayMax: 100 };
    expect(refusal(() => checkBudget(brunel, { items: 1 }, 5e7))).toMatchObject({
      code: 'memory.budget',
      param: 'connectionProbability',
      expected: 'at most 50 MB',
    });
    expect(refusal(() => checkBudget(defaultNetworkParams, { items: 60_000 }, gigabyte))).toMatchObject({
      param: 'duration',
      found: expect.stringContaining('GB'),
    });
    expect(
      refusal(() => checkBudget({ ...defaultNetworkParams, duration: 1e5 }, { items: 9, recorded: 1280 }, gigabyte)),
    ).toMatchObject({ param: 'recordNeurons' });
    // Beyond 32-bit addresses whatever the budget.
    expect(refusal(() => checkBudget(dense, { items: 1 }, 1e12))).toMatchObject({ param: 'connectionProbability' });
  });

  it('refuses more connections than can be counted, before any memory is asked for', async () => {
    const weighted = { ...brunel, nExc: 80_000, nInh: 0, connectionProbability: 0.09 };
    expect(estimateMemory(weighted, { items: 1 }).total).toBeGreaterThan(gigabyte);
    expect(refusal(() => estimateMemory({ ...weighted, weightSpread: 1 }, { items: 1 }))).toMatchObject({
      param: 'connectionProbability',
      expected: 'at most 536,870,912 synapses in all',
    });
    const huge = { ...brunel, nExc: 1_000_000, nInh: 0, connectionProbability: 0.02 };
    expect(refusal(() => estimateMemory(huge, { items: 1 }))).toMatchObject({ param: 'connectionProbability' });
    await expect(createNetworkInSlices(huge, { onSlice: () => true })).rejects.toBeInstanceOf(ParameterError);
  });
});
