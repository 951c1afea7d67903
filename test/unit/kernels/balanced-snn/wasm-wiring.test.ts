/** The wiring kernel against its plain twin: the same connections, bit for bit. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultNetworkParams, type NetworkParams } from '../../../../src/kernels/balanced-snn/params';
import { createNetwork, createNetworkInSlices } from '../../../../src/kernels/balanced-snn/simulate';
import type { Wiring } from '../../../../src/kernels/balanced-snn/wiring';

/** Bytes, so that shared and private memory compare, and large networks in no time. */
const bytes = (array: Uint16Array | Uint32Array | Float32Array | undefined) =>
  array && Buffer.from(array.buffer as ArrayBuffer, array.byteOffset, array.byteLength);
const plain = ({ targets, sourceStart, segmentStart, weights, ...rest }: Wiring) => ({
  ...rest,
  wide: targets instanceof Uint32Array,
  targets: bytes(targets)?.toString('base64'),
  sourceStart: bytes(sourceStart)?.toString('base64'),
  segmentStart: bytes(segmentStart)?.toString('base64'),
  weights: bytes(weights)?.toString('base64'),
});
const same = (a: Wiring, b: Wiring) => JSON.stringify(plain(a)) === JSON.stringify(plain(b));

async function wire(params: NetworkParams): Promise<Wiring> {
  const wiring = await createNetworkInSlices(params, { onSlice: () => true });
  if (!wiring) throw new Error('Nothing stopped it.');
  return wiring;
}

const kinds: Record<string, Partial<NetworkParams>> = {
  distinct: {},
  multapses: { multapses: true },
  bernoulli: { connectivity: 'bernoulli' },
};

describe('the wiring kernel', () => {
  it('gives the bits of its twin, whatever is wired', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 70 }),
        fc.integer({ min: 0, max: 30 }),
        fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1, 0.5, 1e-9, 1e-17, 5e-324)),
        fc.integer({ min: 0, max: 0xffffffff }),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom('distinct', 'multapses', 'bernoulli'),
        fc.constantFrom(0, 1e-9, 0.3, 1, 3, 10),
        async (nExc, nInh, connectionProbability, seedNetwork, delayCount, kind, weightSpread) => {
          const delays = { dt: 1, delay: 1, delayMax: delayCount };
          const params: NetworkParams = {
            ...defaultNetworkParams,
            ...kinds[kind],
            ...delays,
            nExc: nExc + nInh === 0 ? 1 : nExc,
            nInh,
            connectionProbability,
            seedNetwork,
            weightSpread,
          };
          expect(plain(await wire(params))).toEqual(plain(createNetwork(params)));
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each(Object.keys(kinds))('gives the bits of its twin in many slices and with 32-bit targets: %s', async (kind) => {
    for (const size of [
      { nExc: 3000, nInh: 750, delayMax: 4 },
      { nExc: 3000, nInh: 750, weightSpread: 1 },
      { nExc: 60_000, nInh: 10_000, connectionProbability: 0.0003 },
    ]) {
      const params = { ...defaultNetworkParams, ...kinds[kind], ...size };
      expect(same(await wire(params), createNetwork(params))).toBe(true);
    }
  });

  it('lies in memory that threads can share', async () => {
    const wiring = await wire({ ...defaultNetworkParams, delayMax: 2, weightSpread: 1 });
    for (const array of [wiring.targets, wiring.segmentStart, wiring.weights]) {
      expect(array?.buffer).toBeInstanceOf(SharedArrayBuffer);
      expect(structuredClone(array)?.buffer.byteLength).toBe(array?.byteLength);
    }
  });

  it('tells progress and stops when told to', async () => {
    const params = { ...defaultNetworkParams, nExc: 8000, nInh: 2000 };
    const seen: number[] = [];
    const stopped = await createNetworkInSlices(params, { onSlice: (progress) => seen.push(progress) < 5 });
    expect(stopped).toBeNull();
    expect(seen.length).toBe(5);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.every((progress) => progress > 0 && progress < 1)).toBe(true);
  });
});
