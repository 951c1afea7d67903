/** Labels as targets: cross-entropy training, learn.classify and metric.classification together, and what they refuse. */
import { beforeAll, describe, expect, test } from 'vitest';
import classify from '../../../../nodes/learn/classify';
import predict from '../../../../nodes/learn/predict';
import train from '../../../../nodes/learn/train';
import classification from '../../../../nodes/metric/classification';
import { startTensors } from '../../../../src/kernels/start';
import type { InferredType } from '../../../../src/kit/define-node';
import { defaultParams } from '../../../../src/kit/params';
import type { FeaturesValue, LabelsValue, ModelValue } from '../../../../src/kit/values';
import { tf } from '../../../../src/tensor/tf';
import { computeNode, createTestContext, paramsOf } from '../../../support/compute-context';
import { linearSpec, mlpSpec, unetSpec, vaeSpec } from '../../learn/support';
import { quadrants } from './support';

const count = 80;
const data = quadrants(count);
/** Which quadrant is bright. */
const labels: LabelsValue = {
  kind: 'labels',
  shape: [count],
  classNames: ['upper left', 'upper right', 'lower left', 'lower right'],
  data: Int32Array.from({ length: count }, (_, i) => (i * 7 + Math.floor(i / 5)) % 4),
  items: data.images.items,
};
const model = (...blocks: ModelValue['blocks']): ModelValue => ({ kind: 'model', blocks });
const classifier = model(mlpSpec({ hiddenUnits: 16, outputActivation: 'linear', dropout: 0 }));
const quick = paramsOf(train, {
  loss: 'cross-entropy',
  epochs: 30,
  warmUpEpochs: 0,
  batchSize: 16,
  learningRate: 0.01,
  halfLife: 0,
  validationFraction: 0.1,
});
const fitted = (chain: ModelValue, changes = {}, context = createTestContext()) =>
  computeNode(
    train,
    { model: chain, inputs: data.features, targets: labels },
    paramsOf(train, { ...quick, ...changes }),
    context,
  );

const labelType: InferredType = { kind: 'labels', axes: [{ name: 'item', size: count }], unit: '1', classes: 4 };
const featureType: InferredType = {
  kind: 'features',
  axes: [
    { name: 'item', size: count },
    { name: 'feature', size: 10 },
  ],
  unit: 'Hz',
};
const modelType = (...blocks: InferredType['blocks'] & object): InferredType => ({
  kind: 'model',
  axes: [],
  unit: '1',
  blocks,
});

describe('before a run', () => {
  const infer = (blocks: InferredType['blocks'] & object, targets: InferredType, loss: 'mse' | 'cross-entropy') =>
    train.infer(
      { model: modelType(...blocks), inputs: featureType, targets },
      { ...defaultParams(train.params), loss },
    );

  test('the classes give the chain its end, and learn.classify its outputs', () => {
    const found = infer([linearSpec()], labelType, 'cross-entropy');
    if (!found.ok) throw new Error(found.reason);
    expect(found.outputs.model.note).toBe('linear, 44 parameters');
    expect(found.outputs.preview.axes.map(({ size }) => size)).toEqual([null, 1, 4, 1]);
    const told = classify.infer({ model: found.outputs.model, inputs: featureType }, { split: 'test' });
    expect(told).toMatchObject({ ok: true, outputs: { labels: { classes: 4 } } });
    expect(predict.infer({ model: found.outputs.model, inputs: featureType }, { split: 'test' })).toMatchObject({
      code: 'predict.classifier',
      port: 'model',
    });
  });

  test('loss and targets must belong together, and the end must give scores', () => {
    expect(infer([linearSpec()], labelType, 'mse')).toMatchObject({ code: 'train.loss', param: 'loss' });
    const images = { ...labelType, kind: 'images' as const };
    expect(infer([linearSpec()], images, 'cross-entropy')).toMatchObject({ code: 'train.loss', param: 'loss' });
    expect(infer([mlpSpec()], labelType, 'cross-entropy')).toMatchObject({ code: 'train.scores', port: 'model' });
    expect(infer([vaeSpec()], labelType, 'cross-entropy')).toMatchObject({ code: 'train.scores', port: 'model' });
    expect(infer([unetSpec()], labelType, 'cross-entropy')).toMatchObject({ ok: false, port: 'model' });
  });

  test('models of images are no classifiers', () => {
    const trained = { ...modelType(mlpSpec()), trained: { input: [10], target: [4, 4, 1] } };
    expect(classify.infer({ model: trained, inputs: featureType }, { split: 'test' })).toMatchObject({
      code: 'classify.images',
    });
    const other = { ...labelType, classes: 5 };
    const metric = classification.infer(
      { reference: labelType, predicted: other },
      defaultParams(classification.params),
    );
    expect(metric).toMatchObject({ code: 'classification.classes' });
  });
});

describe('a run', () => {
  beforeAll(async () => {
    await startTensors('wasm');
  });

  test('learns the classes, tells them on held-out items, and leaves no tensor', async () => {
    const before = tf.memory().numTensors;
    const trained = await fitted(classifier);
    expect(trained.model.trained?.classNames).toEqual(labels.classNames);
    const told = await computeNode(
      classify,
      { model: trained.model, inputs: data.features },
      { split: 'test' },
      createTestContext(),
    );
    expect(tf.memory().numTensors).toBe(before);
    const [step] = trained.loss.curves;
    // Untrained scores are near chance: ln 4.
    expect(step?.unit).toBe('nat');
    expect(step?.y[0]).toBeGreaterThan(0.7);
    expect(step?.y.at(-1)).toBeLessThan(0.2);
    expect(told.probabilities.shape).toEqual([20, 4]);
    for (let i = 0; i < 20; i++) {
      const row = told.probabilities.data.subarray(4 * i, 4 * i + 4);
      expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
      expect(row[told.labels.data[i] as number]).toBe(Math.max(...row));
    }
    const scored = await computeNode(
      classification,
      { reference: labels, predicted: told.labels },
      paramsOf(classification),
      createTestContext(),
    );
    const value = (measure: string) => scored.summary.rows.find((row) => row['measure'] === measure)?.['value'];
    expect(value('accuracy')).toBeGreaterThan(0.9);
    expect(value('kappa')).toBeGreaterThan(0.85);
  });

  test('shows probabilities of held-out items, brightest at their class', async () => {
    const { preview } = await fitted(classifier);
    expect(preview.shape).toEqual([preview.items.ids.length, 1, 4, 1]);
    for (const [k, id] of preview.items.ids.entries()) {
      const row = preview.data.subarray(4 * k, 4 * k + 4);
      expect(row.indexOf(Math.max(...row))).toBe(labels.data[id - 100]);
    }
  });

  test('goes on from a checkpoint to the same bits', async () => {
    const context = createTestContext();
    await fitted(classifier, { epochs: 2 }, context);
    expect(await fitted(classifier, { epochs: 4 }, context)).toEqual(await fitted(classifier, { epochs: 4 }));
  });

  test('ridge regression on classes decodes them too', async () => {
    const { model: solved } = await fitted(
      model({ type: 'ridge', version: 1, params: { penalty: 'auto', lambda: 1 } }),
    );
    const told = await computeNode(
      classify,
      { model: solved, inputs: data.features },
      { split: 'test' },
      createTestContext(),
    );
    const right = [...told.labels.items.ids].filter((id, k) => labels.data[id - 100] === told.labels.data[k]).length;
    expect(right).toBeGreaterThan(17);
  });

  test('refuses with words what could not be told before', async () => {
    await expect(fitted(classifier, { loss: 'mse' })).rejects.toMatchObject({ details: { code: 'train.loss' } });
    await expect(fitted(model(mlpSpec()))).rejects.toMatchObject({ details: { code: 'train.loss' } });
    const { model: told } = await fitted(classifier, { epochs: 1 });
    const inputs = { model: told, inputs: data.features as FeaturesValue };
    await expect(computeNode(predict, inputs, { split: 'test' }, createTestContext())).rejects.toMatchObject({
      details: { code: 'predict.classifier' },
    });
  });
});
