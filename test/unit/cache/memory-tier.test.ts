import { describe, expect, it } from 'vitest';
import { openMemoryStore } from '../../../src/cache/memory-store';
import { MemoryTier } from '../../../src/cache/memory-tier';
import { sizeOfValue } from '../../../src/cache/size-of-value';
import type { FeaturesValue } from '../../../src/kit/values';
import { itemTable, key, spikeHeader, values } from './support';

const features = (bytes: number): FeaturesValue => ({
  kind: 'features',
  shape: [1, bytes / 4],
  data: new Float32Array(bytes / 4),
  unit: 'Hz',
  items: itemTable(1),
});

describe('memory tier', () => {
  it('drops what was used least recently', () => {
    const tier = new MemoryTier(3500);
    for (const name of ['a', 'b', 'c']) tier.set(key(name), 'out', features(400));
    const each = tier.bytes / 3;
    expect(each).toBe(sizeOfValue(features(400)));
    expect(tier.get(key('a'), 'out')).toBeDefined();
    tier.setBudget(each * 3);
    tier.set(key('d'), 'out', features(400));
    expect(tier.get(key('b'), 'out')).toBeUndefined();
    expect(['a', 'c', 'd'].every((name) => tier.get(key(name), 'out'))).toBe(true);
    tier.setBudget(each);
    expect(tier.get(key('d'), 'out')).toBeDefined();
    expect(tier.bytes).toBe(each);
  });

  it('counts a replaced value once, and forgets all ports of a key', () => {
    const tier = new MemoryTier(1e6);
    tier.set(key('a'), 'x', features(400));
    const small = tier.bytes;
    tier.set(key('a'), 'x', features(4000));
    expect(tier.bytes).toBe(small + 3600);
    tier.set(key('a'), 'y', features(400));
    tier.set(key('ab'), 'x', features(400));
    tier.delete(key('a'));
    expect(tier.get(key('a'), 'y')).toBeUndefined();
    expect(tier.bytes).toBe(small);
    tier.clear();
    expect(tier.bytes).toBe(0);
  });

  it('does not keep what is larger than its budget', () => {
    const tier = new MemoryTier(1000);
    tier.set(key('a'), 'x', features(4000));
    expect(tier.bytes).toBe(0);
  });
});

describe('size of a value', () => {
  it('is its arrays and a little more, for every kind', () => {
    for (const [name, value] of Object.entries(values)) {
      const arrays = 'data' in value ? value.data.byteLength : 0;
      expect(sizeOfValue(value), name).toBeGreaterThan(arrays);
      expect(sizeOfValue(value), name).toBeLessThan(arrays + 8000);
    }
  });

  it('counts spikes only as far as memory holds them', async () => {
    const write = async (budget: number) => {
      const store = openMemoryStore({ budget });
      const writer = await store.spikeWriter(key('a'), 'spikes', spikeHeader(1));
      await writer.add(new Uint32Array(100_000), new Uint32Array(100_000));
      return writer.finish();
    };
    const [stored, held] = [await write(1e9), await write(100)];
    expect(sizeOfValue(held) - sizeOfValue(stored)).toBeGreaterThan(100_000);
    expect(sizeOfValue(stored)).toBeLessThan(5000);
  });
});
