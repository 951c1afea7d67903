import { describe, expect, it } from 'vitest';
import {
  type DrawKey,
  fillNormal,
  fillUniform,
  integerBelow,
  normal,
  Purpose,
  permutation,
  streamSeed,
  uniform,
  uniformU32,
} from '../../../../src/core/random/draws';

const key: DrawKey = { seed: 7, purpose: Purpose.sample, item: 3 };
const indices = (n: number) => Array.from({ length: n }, (_, i) => i);
const mean = (values: number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

describe('draws', () => {
  it('keeps purpose numbers apart and within the key', () => {
    const numbers = Object.values(Purpose);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(Math.max(...numbers)).toBeLessThan(65_536);
    // Stored results depend on these; a change here makes old seeds mean something else.
    expect(Purpose).toMatchObject({
      wiring: 1,
      initialState: 2,
      streamSeed: 3,
      shuffle: 4,
      dropout: 5,
      weightInit: 6,
    });
  });

  it('takes its words from the known-answer counter', () => {
    const zero: DrawKey = {
      seed: 0x13198a2e,
      purpose: 0x03707344 as Purpose,
      item: 0x243f6a88,
    };
    const out = new Uint32Array(2);
    streamSeed(zero, 0x85a308d3, out);
    expect([...out]).toEqual([0xc4923a9c, 0x483df7a0]);
    expect(uniformU32({ ...key, item: 9 }, 10)).not.toBe(uniformU32(key, 10));
  });

  it('does not depend on call order, and the fills equal the single draws at any offset', () => {
    const forward = indices(101).map((i) => uniform(key, i));
    const backward = indices(101)
      .reverse()
      .map((i) => uniform(key, i))
      .reverse();
    expect(backward).toEqual(forward);
    for (const from of [0, 1, 6]) {
      for (const length of [0, 1, 2, 5, 20]) {
        const u = new Float32Array(length);
        fillUniform(u, key, from);
        expect([...u]).toEqual(indices(length).map((i) => uniform(key, from + i)));
        const z = new Float32Array(length);
        fillNormal(z, key, from);
        expect([...z]).toEqual(indices(length).map((i) => Math.fround(normal(key, from + i))));
      }
    }
  });

  it('draws uniforms in [0, 1) with the right mean and variance', () => {
    const n = 100_000;
    const values = indices(n).map((i) => uniform(key, i));
    expect(Math.min(...values.slice(0, 60_000))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values.slice(0, 60_000))).toBeLessThan(1);
    expect(Math.abs(mean(values) - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / n));
    expect(Math.abs(mean(values.map((x) => (x - 0.5) ** 2)) - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / n));
  });

  it('draws standard normals: moments, and the share within one and two sigma', () => {
    const n = 100_000;
    const values = indices(n).map((i) => normal(key, i));
    expect(Math.abs(mean(values))).toBeLessThan(5 / Math.sqrt(n));
    expect(Math.abs(mean(values.map((x) => x * x)) - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
    expect(Math.abs(mean(values.map((x) => x ** 4)) - 3)).toBeLessThan(5 * Math.sqrt(96 / n));
    const share = (s: number) => values.filter((x) => Math.abs(x) < s).length / n;
    expect(Math.abs(share(1) - 0.682_689)).toBeLessThan(0.0075);
    expect(Math.abs(share(2) - 0.954_5)).toBeLessThan(0.0035);
    // Neighbours share one pair of words and must still be independent.
    const products = indices(n / 2).map((i) => (values[2 * i] as number) * (values[2 * i + 1] as number));
    expect(Math.abs(mean(products))).toBeLessThan(5 / Math.sqrt(n / 2));
  });

  it('draws integers without modulo bias, also where 2^32 is no multiple of n', () => {
    const n = 3 * 2 ** 30; // modulo would give the lowest third twice the chance: 1/2 instead of 1/3
    const low = indices(30_000).filter((i) => integerBelow(key, i, n) < 2 ** 30).length / 30_000;
    expect(Math.abs(low - 1 / 3)).toBeLessThan(5 * Math.sqrt(2 / 9 / 30_000));
    const counts = new Array<number>(10).fill(0);
    for (const i of indices(50_000)) {
      const k = integerBelow(key, i, 10);
      counts[k] = (counts[k] as number) + 1;
    }
    const chiSquare = counts.reduce((sum, c) => sum + (c - 5000) ** 2 / 5000, 0);
    expect(chiSquare).toBeLessThan(33.7); // 9 degrees of freedom, p = 1e-4
    expect(integerBelow(key, 5, 1)).toBe(0);
    expect(() => integerBelow(key, 0, 0)).toThrow(RangeError);
  });

  it('permutes: every element once, evenly placed, and another seed gives another order', () => {
    const order = permutation(key, 1000);
    expect([...order].sort((a, b) => a - b)).toEqual(indices(1000));
    expect([...permutation(key, 1000)]).toEqual([...order]);
    expect([...permutation({ ...key, seed: 8 }, 1000)]).not.toEqual([...order]);
    expect(permutation(key, 0).length).toBe(0);
    const places = [0, 0, 0, 0];
    for (const item of indices(8000)) {
      const place = permutation({ ...key, item }, 4).indexOf(0);
      places[place] = (places[place] as number) + 1;
    }
    for (const count of places) expect(Math.abs(count - 2000)).toBeLessThan(5 * Math.sqrt(8000 * 0.25 * 0.75));
  });
});
