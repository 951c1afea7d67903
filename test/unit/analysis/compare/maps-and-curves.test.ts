import { describe, expect, it } from 'vitest';
import { binsFor, histograms } from '../../../../src/analysis/compare/histogram';
import {
  curveDifference,
  type OverlayCurve,
  overlayOf,
  poolCurves,
  valueAt,
} from '../../../../src/analysis/compare/overlay';
import { bestMedianWorst, residual, residualEnd } from '../../../../src/analysis/compare/residual';
import { testItems } from '../../../support/memory-spikes';

describe('a residual map', () => {
  it('is the second less the first, pixel by pixel, channels averaged', () => {
    const first = [0, 0.5, 1, /* next image */ 0.2, 0.2, 0.2];
    const second = [9, 9, 9, 0.5, 0.1, 0.2];
    const map = residual(first, 3, second, 3, 3, 1);
    expect([...map].map((value) => Number(value.toFixed(6)))).toEqual([0.3, -0.1, 0]);
    expect([...residual([0, 0, 0], 0, [0.3, 0.6, 0], 0, 1, 3)][0]).toBeCloseTo(0.3, 6);
  });

  it('has a scale that is symmetric, round, and wide enough', () => {
    expect(residualEnd([[0.1, -0.43], [0.2]])).toBe(0.5);
    expect(residualEnd([[0.5]])).toBe(0.5);
    expect(residualEnd([[-0.6]])).toBe(1);
    expect(residualEnd([[0]])).toBe(0.01);
  });

  it('is looked at for the best, the middle and the worst item', () => {
    expect(bestMedianWorst([3, 9, 1, 5, 7], 'higher')).toEqual({ best: 1, median: 3, worst: 2 });
    expect(bestMedianWorst([3, 9, 1, 5, 7], 'lower')).toEqual({ best: 2, median: 3, worst: 1 });
    expect(bestMedianWorst([Number.NaN, 4], 'higher')).toEqual({ best: 1, median: 1, worst: 1 });
    expect(bestMedianWorst([], 'higher')).toBeNull();
  });
});

describe('histograms', () => {
  it('share their bins, and each has an area of one', () => {
    const made = histograms(
      [
        [0, 1, 2, 3],
        [3, 3, 3, 3, 3, 3],
      ],
      3,
    );
    expect(made?.width).toBe(1);
    expect([...(made?.density[0] ?? [])]).toEqual([0.25, 0.25, 0.5]);
    expect([...(made?.density[1] ?? [])]).toEqual([0, 0, 1]);
    expect(histograms([[], [Number.NaN]])).toBeNull();
  });

  it('do not let a few far values press the others into one bin', () => {
    const values = Float64Array.from({ length: 5000 }, (_, k) => (k < 3 ? 1e6 : Math.sin(k)));
    const made = histograms([values], 20);
    expect((made?.width ?? 0) * 20).toBeLessThan(3);
    expect([...(made?.density[0] ?? [])].reduce((sum, value) => sum + value, 0) * (made?.width ?? 0)).toBeCloseTo(1, 9);
  });

  it('have more bins for more values', () => {
    expect([binsFor(5), binsFor(60), binsFor(1000), binsFor(1e6)]).toEqual([8, 12, 30, 40]);
  });
});

const curve = (x: number[], mean: number[]): OverlayCurve => ({
  name: 'c',
  unit: 'Hz',
  x: Float64Array.from(x),
  mean: Float64Array.from(mean),
  sd: null,
  n: 1,
  over: 'items',
});

describe('curves over each other', () => {
  it('are read between their points, and nowhere else', () => {
    const c = curve([0, 10, 20], [0, 100, 50]);
    expect([0, 5, 10, 15, 20].map((x) => valueAt(c, c.mean, x))).toEqual([0, 50, 100, 75, 50]);
    expect(valueAt(c, c.mean, 21)).toBeNaN();
    expect(valueAt(c, c.mean, -1)).toBeNaN();
  });

  it('differ at the points of the first that both cover', () => {
    const made = curveDifference(curve([0, 10, 30], [1, 2, 3]), curve([5, 20], [10, 40]));
    expect([...made.x]).toEqual([10]);
    expect([...made.mean]).toEqual([18]);
  });

  it('of several seeds become one with a band: mean and SD over the runs', () => {
    const pooled = poolCurves([curve([0, 1], [1, 10]), curve([0, 1], [3, 14])], 'seeds');
    expect([...(pooled?.mean ?? [])]).toEqual([2, 12]);
    expect(pooled?.sd?.[0]).toBeCloseTo(Math.SQRT2, 12);
    expect(pooled).toMatchObject({ n: 2, over: 'seeds' });
    expect(poolCurves([curve([0, 1], [1, 2]), curve([0, 2], [1, 2])], 'seeds')).toBeNull();
  });

  it('of rates are means over units, with the SD over items', () => {
    // Two bins, two items, two units.
    const data = Float32Array.from([1, 3, 5, 7, 2, 2, 4, 4]);
    const overlay = overlayOf({ kind: 'rates', shape: [2, 2, 2], data, dt: 10, items: testItems(2) });
    const [rate] = overlay?.curves ?? [];
    expect([...(rate?.x ?? [])]).toEqual([5, 15]);
    expect([...(rate?.mean ?? [])]).toEqual([4, 3]);
    expect(rate?.sd?.[0]).toBeCloseTo(Math.sqrt(8), 12);
  });
});
