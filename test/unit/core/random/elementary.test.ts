import { describe, expect, it } from 'vitest';
import { cosineOfTurn, exactExp, exactLog, sineOfTurn } from '../../../../src/core/random/elementary';

const grid = (from: number, to: number, n: number) =>
  Array.from({ length: n }, (_, i) => from + ((to - from) * i) / (n - 1));
const worst = (values: number[], ours: (x: number) => number, theirs: (x: number) => number, absolute = false) =>
  Math.max(
    ...values.map((x) => Math.abs(ours(x) - theirs(x)) / (absolute ? 1 : Math.max(Math.abs(theirs(x)), 1e-300))),
  );

describe('elementary functions', () => {
  it('agree with the engine to a few units in the last place', () => {
    expect(worst(grid(-700, 700, 4001), exactExp, Math.exp)).toBeLessThan(1e-15);
    expect(worst(grid(-2, 2, 4001), exactExp, Math.exp)).toBeLessThan(1e-15);
    expect(worst(grid(1e-9, 0.999, 4001), exactLog, Math.log)).toBeLessThan(2e-15);
    expect(worst(grid(1.001, 1e9, 4001), exactLog, Math.log)).toBeLessThan(2e-15);
    expect(worst(grid(0, 1, 4001), cosineOfTurn, (t) => Math.cos(2 * Math.PI * t), true)).toBeLessThan(2e-15);
    expect(worst(grid(0, 1, 4001), sineOfTurn, (t) => Math.sin(2 * Math.PI * t), true)).toBeLessThan(2e-15);
  });

  it('are exact where the answer is', () => {
    expect(exactExp(0)).toBe(1);
    expect(exactLog(1)).toBe(0);
    expect(exactLog(0)).toBe(-Infinity);
    expect(exactExp(-1000)).toBe(0);
    expect([0, 0.25, 0.5, 0.75, 1].map((t) => cosineOfTurn(t) + 0)).toEqual([1, 0, -1, 0, 1]);
    expect([0, 0.25, 0.5, 0.75].map((t) => sineOfTurn(t) + 0)).toEqual([0, 1, 0, -1]);
  });
});
