/** learn.train and learn.predict together: inference, fitting on the training items, decoding held-out ones, refusals. */
import { beforeAll, describe, expect, test } from 'vitest';
import predict from '../../../../nodes/learn/predict';
import train from '../../../../nodes/learn/train';
import { RunCancelled } from '../../../../src/core/errors';
import { startTensors } from '../../../../src/kernels/start';
import type { InferredType } from '../../../../src/kit/define-node';
import { selectItems } from '../../../../src/kit/item-table';
import { defaultParams, paramMeta } from '../../../../src/kit/params';
import type { FeaturesValue, ImagesValue, ModelValue, RatesValue } from '../../../../src/kit/values';
import { tf } from '../../../../src/tensor/tf';
import { computeNode, createTestContext, paramsOf } from '../../../support/compute-context';
import { mlpSpec, unetSpec } from '../../learn/support';
import { features, quadrants, smallModel } from './support';

const data = quadrants(80);
const quick = paramsOf(train, {
  epochs: 30,
  warmUpEpochs: 20,
  batchSize: 16,
  microBatch: 8,
  learningRate: 0.01,
  halfLife: 0,
  validationFraction: 0.1,
});

const featureType = (count: number | null, size: number | null): InferredType => ({
  kind: 'features',
  axes: [
    { name: 'item', size: count },
    { name: 'feature', size },
  ],
  unit: 'Hz',
});
const imageType = (height: number, width: number): InferredType => ({
  kind: 'images',
  axes: [
    { name: 'item', size: 80 },
    { name: 'height', size: height },
    { name: 'width', size: width },
    { name: 'channel', size: 1 },
  ],
  unit: '1',
});
const modelType = (...blocks: InferredType['blocks'] & object): InferredType => ({
  kind: 'model',
  axes: [],
  unit: '1',
  blocks,
});

describe('before a run', () => {
  const defaults = defaultParams(train.params);
  const chain = modelType(mlpSpec({ hiddenUnits: 512 }), unetSpec({ baseChannels: 16, levels: 2 }));

  test('the card says what the training of this chain takes', () => {
    const ridge = { type: 'ridge', version: 1, params: { penalty: 'auto', lambda: 100 } };
    const unet = unetSpec({ baseChannels: 16, levels: 2 });
    const words = (given = {}, ...blocks: InferredType['blocks'] & object) =>
      train.keyInfo?.(paramsOf(train, given), { model: modelType(...blocks) });
    expect(words({}, mlpSpec({ hiddenUnits: 8 }), unet)).toBe('13 epochs, 12 warm-up');
    expect(words({}, mlpSpec({ hiddenUnits: 8 }))).toBe('13 epochs');
    expect(words({ epochs: 1 }, ridge, unet)).toBe('closed form, then 1 epoch');
    expect(words({}, ridge)).toBe('in closed form, no epochs');
    expect(train.keyInfo?.(defaults, {})).toBe('13 epochs, 12 warm-up');
  });

  test('the default decoder is counted once the shapes are known', () => {
    const found = train.infer({ model: chain, inputs: featureType(80, 1280), targets: imageType(28, 28) }, defaults);
    if (!found.ok) throw new Error(found.reason);
    expect(found.outputs.model.note).toBe('mlp → unet, 1,188,641 parameters');
    const predicted = predict.infer({ model: found.outputs.model, inputs: featureType(80, 1280) }, { split: 'test' });
    if (!predicted.ok) throw new Error(predicted.reason);
    expect(predicted.outputs.images.axes.map(({ size }) => size)).toEqual([null, 28, 28, 1]);
  });

  test('unknown sizes and missing wires are no refusal', () => {
    expect(
      train.infer({ model: chain, inputs: featureType(null, null), targets: imageType(28, 28) }, defaults).ok,
    ).toBe(true);
    expect(train.infer({ model: undefined, inputs: undefined, targets: undefined }, defaults).ok).toBe(true);
    expect(predict.infer({ model: undefined, inputs: undefined }, { split: 'all' }).ok).toBe(true);
  });

  test('a chain that does not fit is refused at its port, with the cure', () => {
    const odd = train.infer({ model: chain, inputs: featureType(80, 1280), targets: imageType(27, 27) }, defaults);
    expect(odd).toMatchObject({ ok: false, code: 'unet.levels', port: 'model' });
    const bare = modelType(unetSpec());
    const found = train.infer({ model: bare, inputs: featureType(80, 1280), targets: imageType(28, 28) }, defaults);
    expect(found).toMatchObject({ ok: false, code: 'unet.no-image', cure: expect.stringContaining('model.mlp') });
  });

  test('training twice, predicting untrained and with other inputs are refused', () => {
    const trained = { ...chain, trained: { input: [1280], target: [28, 28, 1] } };
    const again = train.infer({ model: trained, inputs: featureType(80, 1280), targets: imageType(28, 28) }, defaults);
    expect(again).toMatchObject({ ok: false, code: 'train.trained' });
    expect(predict.infer({ model: chain, inputs: undefined }, { split: 'test' })).toMatchObject({
      code: 'predict.untrained',
    });
    const other = predict.infer({ model: trained, inputs: featureType(80, 1000) }, { split: 'test' });
    expect(other).toMatchObject({ ok: false, code: 'predict.shape', port: 'inputs' });
  });

  test('behind ridge regression a U-Net has no warm-up to remark on; ridge behind an MLP is refused', () => {
    const ridge = { type: 'ridge', version: 1, params: { penalty: 'auto', lambda: 100 } };
    const params = { ...defaults, epochs: 3, warmUpEpochs: 3 };
    const types = { inputs: featureType(80, 1280), targets: imageType(28, 28) };
    const found = train.infer({ model: modelType(ridge, unetSpec()), ...types }, params);
    expect(found).toMatchObject({ ok: true, remarks: [] });
    const late = train.infer({ model: modelType(mlpSpec(), ridge), ...types }, params);
    expect(late).toMatchObject({ ok: false, code: 'model.solved-late', port: 'model' });
  });

  test('SSIM on images smaller than its windows is refused; the preview is an image', () => {
    const params = { ...defaults, loss: 'mse-ssim' as const };
    const asked = (height: number) =>
      train.infer({ model: modelType(mlpSpec()), inputs: undefined, targets: imageType(height, 28) }, params);
    expect(asked(10)).toMatchObject({ ok: false, code: 'train.ssim-size', port: 'targets' });
    const found = asked(11);
    if (!found.ok) throw new Error(found.reason);
    expect(found.outputs.loss.note).toBe('squared error and SSIM');
    expect(found.outputs.preview.axes.map(({ size }) => size)).toEqual([null, 11, 28, 1]);
  });

  test('all epochs being warm-up is remarked; epochs extend', () => {
    const params = { ...defaults, epochs: 3, warmUpEpochs: 3 };
    const found = train.infer({ model: chain, inputs: undefined, targets: undefined }, params);
    expect(found).toMatchObject({ ok: true, remarks: [expect.stringContaining('"unet" does not learn')] });
    expect(paramMeta(train.params.epochs).extends).toBe(true);
    expect(paramMeta(train.params.warmUpEpochs).extends).toBe(false);
  });
});

const meanSquare = (a: Float32Array, b: Float32Array) =>
  a.reduce((sum, value, i) => sum + (value - (b[i] as number)) ** 2, 0) / a.length;

describe('a run', () => {
  beforeAll(async () => {
    await startTensors('wasm');
  });

  test('decodes held-out items far better than the mean training image, and leaves no tensor', async () => {
    const before = tf.memory().numTensors;
    const context = createTestContext();
    const { model, loss } = await computeNode(
      train,
      { model: smallModel, inputs: data.features, targets: data.images },
      quick,
      context,
    );
    const { images } = await computeNode(predict, { model, inputs: data.features }, paramsOf(predict), context);
    expect(tf.memory().numTensors).toBe(before);

    const held = Array.from({ length: 20 }, (_, k) => 4 * k + 3);
    expect([...images.items.ids]).toEqual(held.map((i) => 100 + i));
    expect(images.shape).toEqual([20, 4, 4, 1]);
    const truth = Float32Array.from(held.flatMap((i) => [...data.images.data.subarray(i * 16, (i + 1) * 16)]));
    const floor = Float32Array.from(held.flatMap(() => [...(model.trained?.meanTarget ?? [])]));
    expect(meanSquare(images.data, truth)).toBeLessThan(0.1 * meanSquare(floor, truth));
    expect(Math.min(...images.data)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...images.data)).toBeLessThanOrEqual(1);

    expect(loss.curves.map(({ name }) => name)).toEqual(['each step', 'training', 'validation']);
    expect(loss.curves[1]?.y).toHaveLength(30);
    expect(loss.curves[2]?.y).toHaveLength(30);
    expect(model.trained?.epochs).toBe(30);
    expect(model.trained?.inputScale[3]).toBe(1);
    expect(model.trained?.inputMean[3]).toBe(42);
    expect(context.reports.progress.at(-2)?.label).toBe('images');
    expect(new Set(context.reports.partial.map(({ port }) => port))).toEqual(new Set(['loss', 'preview']));
  });

  test('shows the same held-out items all along, and at the end what the trained model makes of them', async () => {
    const context = createTestContext();
    const { model, preview } = await computeNode(
      train,
      { model: smallModel, inputs: data.features, targets: data.images },
      quick,
      context,
    );
    const shown = context.reports.partial.filter(({ port }) => port === 'preview').map(({ value }) => value);
    expect(preview.shape.slice(1)).toEqual([4, 4, 1]);
    for (const value of shown) expect(value).toMatchObject({ kind: 'images', items: { ids: preview.items.ids } });
    const { images } = await computeNode(predict, { model, inputs: data.features }, { split: 'all' }, context);
    for (const [k, id] of preview.items.ids.entries()) {
      expect(data.features.items.split[id - 100]).toBe(0);
      const own = preview.data.subarray(16 * k, 16 * (k + 1));
      for (const [p, value] of own.entries()) expect(value).toBeCloseTo(images.data[16 * (id - 100) + p] as number, 6);
    }
  });

  test('ridge regression is solved without an epoch, decodes, and stays as it is before a U-Net', async () => {
    const ridge = { type: 'ridge', version: 1, params: { penalty: 'auto', lambda: 100 } };
    const wires = (...blocks: ModelValue['blocks']) => ({
      model: { kind: 'model' as const, blocks },
      inputs: data.features,
      targets: data.images,
    });
    const context = createTestContext();
    const alone = await computeNode(train, wires(ridge), quick, context);
    expect(alone.model.trained?.epochs).toBe(0);
    expect(alone.model.trained?.weights.map(({ name, shape }) => [name, [...shape]])).toEqual([
      ['0/weights', [features, 16]],
      ['0/bias', [16]],
      ['0/lambda', [1]],
    ]);
    expect(context.reports.notices).toEqual([expect.stringMatching(/^Ridge: lambda .* held-out items/)]);
    const { images } = await computeNode(
      predict,
      { model: alone.model, inputs: data.features },
      paramsOf(predict),
      context,
    );
    const truth = Float32Array.from(
      Array.from({ length: 20 }, (_, k) => 4 * k + 3).flatMap((i) => [
        ...data.images.data.subarray(i * 16, (i + 1) * 16),
      ]),
    );
    const floor = truth.map((_, at) => alone.model.trained?.meanTarget[at % 16] as number);
    expect(meanSquare(images.data, truth)).toBeLessThan(0.1 * meanSquare(floor, truth));

    const both = await computeNode(train, wires(ridge, unetSpec()), { ...quick, epochs: 2 }, createTestContext());
    expect(both.model.trained?.weights.slice(0, 3)).toEqual(alone.model.trained?.weights);
    expect(both.model.trained?.epochs).toBe(2);
  });

  test('the order of the items changes nothing but the order of the answers', async () => {
    const positions = Array.from({ length: 80 }, (_, i) => (i * 27) % 80);
    const shuffled: FeaturesValue = {
      ...data.features,
      data: Float32Array.from(
        positions.flatMap((i) => [...data.features.data.subarray(i * features, (i + 1) * features)]),
      ),
      items: selectItems(data.features.items, positions),
    };
    const { model } = await computeNode(
      train,
      { model: smallModel, inputs: data.features, targets: data.images },
      { ...quick, epochs: 2 },
      createTestContext(),
    );
    const straight = (
      await computeNode(predict, { model, inputs: data.features }, { split: 'all' }, createTestContext())
    ).images;
    const mixed = (await computeNode(predict, { model, inputs: shuffled }, { split: 'all' }, createTestContext()))
      .images;
    for (const [k, i] of positions.entries()) {
      const a = mixed.data.subarray(k * 16, (k + 1) * 16);
      const b = straight.data.subarray(i * 16, (i + 1) * 16);
      for (const [p, value] of a.entries()) expect(value).toBeCloseTo(b[p] as number, 5);
    }
  });

  test('the answers to test items never touch the weights', async () => {
    const spoilt: ImagesValue = {
      ...data.images,
      data: data.images.data.map((value, at) => (Math.floor(at / 16) % 4 === 3 ? 1 - value : value)),
    };
    const run = (targets: ImagesValue) =>
      computeNode(
        train,
        { model: smallModel, inputs: data.features, targets },
        { ...quick, epochs: 2 },
        createTestContext(),
      );
    expect((await run(spoilt)).model.trained).toEqual((await run(data.images)).model.trained);
  });

  test('raising the epochs goes on from the checkpoint and ends where an uninterrupted run ends', async () => {
    const inputs = { model: smallModel, inputs: data.features, targets: data.images };
    const context = createTestContext();
    await computeNode(train, inputs, { ...quick, epochs: 2, warmUpEpochs: 1 }, context);
    const extended = await computeNode(train, inputs, { ...quick, epochs: 4, warmUpEpochs: 1 }, context);
    const whole = await computeNode(train, inputs, { ...quick, epochs: 4, warmUpEpochs: 1 }, createTestContext());
    expect(context.reports.notices).toEqual(['Training goes on after epoch 2.']);
    expect(extended).toEqual(whole);
  });

  test('rates and images serve as inputs too; images stay as they are', async () => {
    const rates: RatesValue = {
      kind: 'rates',
      dt: 10,
      shape: [2, 80, 5],
      data: Float32Array.from({ length: 800 }, (_, at) => {
        const [time, item, unit] = [Math.floor(at / 400), Math.floor(at / 5) % 80, at % 5];
        return data.features.data[item * features + time * 5 + unit] as number;
      }),
      items: data.features.items,
    };
    const once = { ...quick, epochs: 1, warmUpEpochs: 0 };
    const targets = data.images;
    const fromRates = await computeNode(
      train,
      { model: smallModel, inputs: rates, targets },
      once,
      createTestContext(),
    );
    const fromFeatures = await computeNode(
      train,
      { model: smallModel, inputs: data.features, targets },
      once,
      createTestContext(),
    );
    expect(fromRates.model.trained).toEqual(fromFeatures.model.trained);

    const refine = { kind: 'model', blocks: [unetSpec()] } as const;
    const { model } = await computeNode(train, { model: refine, inputs: targets, targets }, once, createTestContext());
    expect([...(model.trained?.inputScale ?? [])]).toEqual(Array(16).fill(1));
    expect(model.trained?.inputShape).toEqual([4, 4, 1]);
  });

  test('a single training item, and nothing held out of it', async () => {
    const one = quadrants(1);
    const context = createTestContext();
    const inputs = { model: smallModel, inputs: one.features, targets: one.images };
    const { model, loss } = await computeNode(train, inputs, { ...quick, epochs: 2, validationFraction: 0.5 }, context);
    expect(loss.curves.map(({ name }) => name)).toEqual(['each step', 'training']);
    const { images } = await computeNode(predict, { model, inputs: one.features }, { split: 'train' }, context);
    expect(images.data.every(Number.isFinite)).toBe(true);
  });

  test('a cancel ends training and prediction at once, with nothing left', async () => {
    const before = tf.memory().numTensors;
    const stop = new AbortController();
    const context = createTestContext({ signal: stop.signal });
    const running = computeNode(
      train,
      { model: smallModel, inputs: data.features, targets: data.images },
      quick,
      context,
    );
    await new Promise((resolve) => setTimeout(resolve, 60));
    stop.abort();
    await expect(running).rejects.toThrow(RunCancelled);
    expect(tf.memory().numTensors).toBe(before);
  });

  describe('refuses with words', () => {
    const failing = (changes: Partial<{ inputs: FeaturesValue; targets: ImagesValue; model: typeof smallModel }>) =>
      computeNode(
        train,
        { model: smallModel, inputs: data.features, targets: data.images, ...changes },
        quick,
        createTestContext(),
      ).catch((error: { details: object }) => error.details);

    test('no common items, no training items', async () => {
      const ids = data.images.items.ids.map((id) => id + 10_000);
      expect(await failing({ targets: { ...data.images, items: { ...data.images.items, ids } } })).toMatchObject({
        code: 'train.no-common-items',
        port: 'inputs',
        cure: expect.stringContaining('same images'),
      });
      const split = new Uint8Array(80).fill(2);
      const items = { ...data.features.items, split };
      expect(await failing({ inputs: { ...data.features, items } })).toMatchObject({ code: 'train.no-items' });
    });

    test('a value that is no number, by item and place', async () => {
      const broken = data.features.data.slice();
      broken[2 * features + 6] = Number.NaN;
      expect(await failing({ inputs: { ...data.features, data: broken } })).toMatchObject({
        code: 'train.not-finite',
        message: 'Item 102 holds a value that is no number.',
        found: 'NaN at place 6',
      });
    });

    test('SSIM on images smaller than its windows', async () => {
      const found = await computeNode(
        train,
        { model: smallModel, inputs: data.features, targets: data.images },
        { ...quick, loss: 'mse-ssim' },
        createTestContext(),
      ).catch((error: { details: object }) => error.details);
      expect(found).toMatchObject({ code: 'train.ssim-size', port: 'targets', found: '4 × 4 × 1' });
    });

    test('a chain that does not fit', async () => {
      expect(await failing({ model: { kind: 'model', blocks: [unetSpec()] } })).toMatchObject({
        code: 'unet.no-image',
        port: 'model',
      });
    });

    test('predicting untrained, with other inputs, or on a split without items', async () => {
      const run = (inputs: FeaturesValue, split: 'test' | 'validation', model = smallModel) =>
        computeNode(predict, { model, inputs }, { split }, createTestContext()).catch(
          (error: { details: object }) => error.details,
        );
      expect(await run(data.features, 'test')).toMatchObject({ code: 'predict.untrained' });
      const { model } = await computeNode(
        train,
        { model: smallModel, inputs: data.features, targets: data.images },
        { ...quick, epochs: 1 },
        createTestContext(),
      );
      const narrow: FeaturesValue = {
        ...data.features,
        shape: [160, 5],
        items: selectItems(data.features.items, Array(160).fill(0)),
      };
      expect(await run(narrow, 'test', model)).toMatchObject({ code: 'predict.shape', expected: '10', found: '5' });
      expect(await run(data.features, 'validation', model)).toMatchObject({ code: 'predict.no-items', param: 'split' });
    });
  });
});
