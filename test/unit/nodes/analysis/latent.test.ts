/** analysis.latent on a small trained VAE, and what units tell in closed form. */
import { beforeAll, describe, expect, test } from 'vitest';
import latent from '../../../../nodes/analysis/latent';
import predict from '../../../../nodes/learn/predict';
import train from '../../../../nodes/learn/train';
import { codeUnits, planeOf } from '../../../../src/analysis/latent-code';
import { startTensors } from '../../../../src/kernels/start';
import type { LabelsValue, ModelValue } from '../../../../src/kit/values';
import { tf } from '../../../../src/tensor/tf';
import { computeNode, createTestContext, paramsOf } from '../../../support/compute-context';
import { mlpSpec, unetSpec, vaeSpec } from '../../learn/support';
import { quadrants } from '../learn/support';

const count = 60;
const data = quadrants(count);
const labels: LabelsValue = {
  kind: 'labels',
  shape: [count],
  classNames: ['one', 'two', 'three', 'four'],
  data: Int32Array.from({ length: count }, (_, i) => (i * 7 + Math.floor(i / 5)) % 4),
  items: data.images.items,
};

async function trained(...blocks: ModelValue['blocks']): Promise<ModelValue> {
  const params = paramsOf(train, { epochs: 20, warmUpEpochs: 0, batchSize: 16, learningRate: 0.02, halfLife: 0 });
  const inputs = { model: { kind: 'model' as const, blocks }, inputs: data.features, targets: data.images };
  return (await computeNode(train, inputs, params, createTestContext())).model;
}
const look = (model: ModelValue, changes = {}, wired: LabelsValue | undefined = labels) =>
  computeNode(
    latent,
    { model, inputs: data.features, labels: wired },
    paramsOf(latent, { samples: 5, steps: 4, ...changes }),
    createTestContext(),
  );

describe('what units tell', () => {
  test('divergence, spread and noise by hand; a collapsed unit tells nothing', () => {
    const mean = Float32Array.from([1, 0, -1, 0]);
    const log = Float32Array.from([0.2, 0, -0.7, 0]);
    const [first, second] = codeUnits(mean, log, 2);
    const kl = (m: number, l: number) => 0.5 * (m * m + Math.exp(l) - 1 - l);
    expect(first?.divergence).toBeCloseTo((kl(1, 0.2) + kl(-1, -0.7)) / 2, 6);
    expect(first?.spread).toBeCloseTo(1, 6);
    expect(first?.noise).toBeCloseTo(Math.sqrt((Math.exp(0.2) + Math.exp(-0.7)) / 2), 6);
    expect(second).toMatchObject({ divergence: 0, spread: 0, noise: 1, active: false });
  });

  test('the plane of components is that of the largest spread, and keeps distances in it', async () => {
    // Spread along (1, 1, 0) by 10, along (1, -1, 0) by 1, along the third axis not at all.
    const points = Array.from({ length: 40 }, (_, i) => [10 * Math.sin(i), Math.cos(3 * i)] as const);
    const codes = Float32Array.from(points.flatMap(([a, b]) => [(a + b) / Math.SQRT2, (a - b) / Math.SQRT2, 5]));
    const plane = await planeOf(
      codes,
      3,
      'components',
      codeUnits(
        codes,
        codes.map(() => 0),
        3,
      ),
      () => undefined,
    );
    const distance = (x: ArrayLike<number>, y: ArrayLike<number>, i: number, j: number) =>
      Math.hypot((x[i] as number) - (x[j] as number), (y[i] as number) - (y[j] as number));
    const [a, b] = [points.map(([p]) => p), points.map(([, q]) => q)];
    for (const [i, j] of [
      [0, 1],
      [3, 17],
      [8, 39],
    ] as const) {
      expect(distance(plane.x, plane.y, i, j)).toBeCloseTo(distance(a, b, i, j), 4);
    }
    expect(plane.xLabel).toMatch(/^component 1 \(9\d % of the variance\)$/);
  });
});

describe('on a trained model', () => {
  let model: ModelValue;
  beforeAll(async () => {
    await startTensors('wasm');
    model = await trained(mlpSpec({ hiddenUnits: 12, dropout: 0 }), vaeSpec({ beta: 0.05 }), unetSpec());
  });

  test('the walk begins and ends at the reconstructions of its items; no tensor is left', async () => {
    const before = tf.memory().numTensors;
    const { walk, codes } = await look(model, { walkFrom: 2, walkTo: 7 });
    const { images } = await computeNode(
      predict,
      { model, inputs: data.features },
      { split: 'test' },
      createTestContext(),
    );
    expect(tf.memory().numTensors).toBe(before);
    expect(walk.shape).toEqual([4, 4, 4, 1]);
    for (let p = 0; p < 16; p++) {
      expect(walk.data[p]).toBeCloseTo(images.data[1 * 16 + p] as number, 5);
      expect(walk.data[3 * 16 + p]).toBeCloseTo(images.data[6 * 16 + p] as number, 5);
    }
    expect([...(walk.items.columns['share'] ?? [])]).toEqual([0, 1 / 3, 2 / 3, 1]);
    expect(codes.shape).toEqual([15, 3]);
    expect(codes.items.ids).toEqual(images.items.ids);
  });

  test('samples follow from the seed alone, and more of them begin with the same', async () => {
    const [first, again, more, other] = await Promise.all([
      look(model),
      look(model),
      look(model, { samples: 9 }),
      look(model, { seed: 2 }),
    ]);
    expect(first?.samples.data).toEqual(again?.samples.data);
    expect(more?.samples.data.slice(0, 5 * 16)).toEqual(first?.samples.data);
    expect(other?.samples.data).not.toEqual(first?.samples.data);
    expect(Math.min(...(first?.samples.data ?? []))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...(first?.samples.data ?? []))).toBeLessThanOrEqual(1);
  });

  test('classes of the quadrants lie apart in the plane, and the figure names them', async () => {
    const { figure, units } = await look(model);
    const marks = figure.panels[0]?.marks.filter((mark) => mark.type === 'points') ?? [];
    expect(marks.map(({ name }) => name)).toEqual(labels.classNames);
    expect(figure.panels[0]?.marks.at(-1)).toMatchObject({ type: 'text', text: labels.classNames });
    const centre = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length;
    const centres = marks.map(({ x, y }) => [centre(x), centre(y)] as const);
    const within = marks.flatMap(({ x, y }, k) =>
      Array.from(x, (value, i) =>
        Math.hypot(value - (centres[k]?.[0] ?? 0), (y[i] as number) - (centres[k]?.[1] ?? 0)),
      ),
    );
    const between = centres.flatMap(([x, y], k) => centres.slice(k + 1).map(([u, v]) => Math.hypot(x - u, y - v)));
    expect(centre(Float64Array.from(within))).toBeLessThan(0.5 * centre(Float64Array.from(between)));
    expect(units.rows).toHaveLength(3);
    expect(units.rows.some(({ state }) => state === 'active')).toBe(true);
  });

  test('without labels all items are one cloud; one unit and one item are enough', async () => {
    const { figure } = await computeNode(
      latent,
      { model, inputs: data.features, labels: undefined },
      paramsOf(latent, { samples: 1, steps: 2 }),
      createTestContext(),
    );
    expect(figure.panels[0]?.marks).toHaveLength(1);
    const narrow = await trained(vaeSpec({ latentUnits: 1 }));
    const one = await look(narrow, { plane: 'units' });
    expect(one.figure.panels[0]).toMatchObject({ x: { label: 'unit 1' }, y: { label: 'none' } });
    const single = quadrants(1);
    const alone = await computeNode(
      latent,
      { model, inputs: single.features, labels: undefined },
      paramsOf(latent, { split: 'train', walkTo: 1 }),
      createTestContext(),
    );
    expect(alone.codes.shape).toEqual([1, 3]);
    expect(alone.walk.data.every(Number.isFinite)).toBe(true);
  });

  test('refuses a model without a code, an untrained one, and a place beyond the items', async () => {
    const plain = await trained(mlpSpec());
    await expect(look(plain)).rejects.toMatchObject({ details: { code: 'latent.no-code', found: 'mlp' } });
    await expect(look({ kind: 'model', blocks: [vaeSpec()] })).rejects.toMatchObject({
      details: { code: 'predict.untrained' },
    });
    await expect(look(model, { walkTo: 16 })).rejects.toMatchObject({
      details: { code: 'latent.place', param: 'walkTo', expected: '1 to 15' },
    });
    const type = { kind: 'model' as const, axes: [], unit: '1', blocks: plain.blocks };
    const trainedType = { ...type, trained: { input: [10], target: [4, 4, 1] } };
    expect(latent.infer({ model: trainedType, inputs: undefined, labels: undefined }, paramsOf(latent))).toMatchObject({
      code: 'latent.no-code',
      port: 'model',
    });
  });
});
