/** Seeded weights and dropout masks, and the normalisation of inputs. */
import { describe, expect, test } from 'vitest';
import type { FeaturesValue, RatesValue } from '../../../src/kit/values';
import { dropoutMask } from '../../../src/learn/dropout';
import { initialArray } from '../../../src/learn/initialise';
import { fitNormalisation, meanRow, normalise } from '../../../src/learn/normalise';
import { rowsOf } from '../../../src/learn/samples';
import { initialValues } from '../../../src/learn/weights';
import { freely, tinyChain } from './support';

const moments = (values: Float32Array) => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return { mean, variance: values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length };
};

describe('initial weights', () => {
  test('He: mean 0 and variance 2 / fanIn; Glorot: within its limit, variance limit^2 / 3', () => {
    const he = initialArray(
      { name: 'w', shape: [50, 400], initial: { kind: 'he', fanIn: 50 }, role: 'weight' },
      1,
      0,
      0,
    );
    expect(moments(he).mean).toBeCloseTo(0, 2);
    expect(moments(he).variance / (2 / 50)).toBeCloseTo(1, 1);
    const initial = { kind: 'glorot', fanIn: 50, fanOut: 100 } as const;
    const glorot = initialArray({ name: 'w', shape: [50, 400], initial, role: 'weight' }, 1, 0, 0);
    const limit = Math.sqrt(6 / 150);
    expect(Math.max(...glorot.map(Math.abs))).toBeLessThanOrEqual(Math.fround(limit));
    expect(moments(glorot).variance / (limit ** 2 / 3)).toBeCloseTo(1, 1);
  });

  test('a block starts the same whatever stands behind it; seeds and arrays differ', () => {
    const alone = initialValues(tinyChain({}, null), 5);
    const chained = initialValues(tinyChain(), 5);
    for (const [name, values] of alone) expect(chained.get(name)).toEqual(values);
    expect(initialValues(tinyChain({}, null), 6).get('0/out.weights')).not.toEqual(alone.get('0/out.weights'));
    const twin = { name: 'w', shape: [30], initial: { kind: 'he', fanIn: 1 }, role: 'weight' } as const;
    expect(initialArray(twin, 5, 0, 0)).not.toEqual(initialArray(twin, 5, 0, 1));
    expect(initialArray(twin, 5, 0, 0)).not.toEqual(initialArray(twin, 5, 1, 0));
  });
});

describe('dropout masks', () => {
  const site = { units: 200, rate: 0.2, offset: 0 };
  const draw = { seed: 1, epoch: 0, ids: Int32Array.of(4, 9, 2), unitsInChain: 300 };

  test('hold 0 and 1 / (1 - rate), a fifth of them 0', () => {
    const mask = dropoutMask(site, { ...draw, ids: Int32Array.from({ length: 50 }, (_, i) => i) });
    expect([...new Set(mask)].sort()).toEqual([0, 1.25]);
    expect(mask.filter((value) => value === 0).length / mask.length).toBeCloseTo(0.2, 2);
  });

  test('belong to image, epoch and place in the chain, not to the batch', () => {
    const three = dropoutMask(site, draw);
    const alone = dropoutMask(site, { ...draw, ids: Int32Array.of(9) });
    expect(three.subarray(200, 400)).toEqual(alone);
    expect(dropoutMask(site, { ...draw, epoch: 1 })).not.toEqual(three);
    expect(dropoutMask({ ...site, offset: 100 }, draw)).not.toEqual(three);
    expect(three.subarray(0, 200)).not.toEqual(alone);
  });
});

const items = { ids: Int32Array.of(1, 2, 3, 4), split: new Uint8Array(4), columns: {} };
const features = (data: number[]): FeaturesValue => ({
  kind: 'features',
  unit: 'Hz',
  shape: [4, data.length / 4],
  data: Float32Array.from(data),
  items,
});

describe('normalisation', () => {
  test('is z = (x - mean) / sd on the fitted items, by hand', async () => {
    const rows = rowsOf(features([1, 10, 3, 10, 5, 10, 100, 99]));
    const fitted = await fitNormalisation(rows, [0, 1, 2], freely.breathe);
    expect([...fitted.mean]).toEqual([3, 10]);
    expect(fitted.scale[0]).toBeCloseTo(Math.sqrt(8 / 3), 6);
    expect(fitted.scale[1]).toBe(1);
    const z = normalise(rows.gather([0, 3]), fitted);
    expect(z[0]).toBeCloseTo(-2 / Math.sqrt(8 / 3), 6);
    expect([z[1], z[3]]).toEqual([0, 89]);
    expect([...(await meanRow(rows, [0, 1, 2], freely.breathe))]).toEqual([3, 10]);
  });

  test('a constant that float32 cannot hold exactly is still constant', async () => {
    const rows = rowsOf(features([0.1, 0.1, 0.1, 0.1]));
    expect([...(await fitNormalisation(rows, [0, 1, 2], freely.breathe)).scale]).toEqual([1]);
    const spread = rowsOf(features([1e-8, 2e-8, 3e-8, 0]));
    expect((await fitNormalisation(spread, [0, 1, 2], freely.breathe)).scale[0]).toBeCloseTo(
      1e-8 * Math.sqrt(2 / 3),
      12,
    );
  });

  test('with a common scale the features keep their proportions, by hand', async () => {
    const rows = rowsOf(features([1, 10, 0.5, 3, 10, 0.5, 5, 40, 0.5, 7, 40, 0.5]));
    const { mean, scale } = await fitNormalisation(rows, [0, 1, 2, 3], freely.breathe, 'common');
    expect([...mean]).toEqual([4, 25, 0.5]);
    // Variances 5, 225 and 0: their mean is 230 / 3.
    for (const value of scale) expect(value).toBeCloseTo(Math.sqrt(230 / 3), 5);
    const constant = rowsOf(features([0.1, 0.1, 0.1, 0.1]));
    expect([...(await fitNormalisation(constant, [0, 1, 2], freely.breathe, 'common')).scale]).toEqual([1]);
  });

  test('rates become time x unit features, time first', () => {
    const value: RatesValue = {
      kind: 'rates',
      dt: 10,
      shape: [2, 4, 3],
      data: Float32Array.from({ length: 24 }, (_, i) => i),
      items,
    };
    const rows = rowsOf(value);
    expect(rows.shape).toEqual([6]);
    expect([...rows.gather([2, 0])]).toEqual([6, 7, 8, 18, 19, 20, 0, 1, 2, 12, 13, 14]);
  });
});
