/** Ridge regression in closed form: against plain elimination in float64, its normal equations, its choice of lambda, and its place in a chain. */
import { beforeAll, describe, expect, test } from 'vitest';
import { NodeComputeError } from '../../../src/core/errors';
import { startTensors } from '../../../src/kernels/start';
import type { BlockSpec } from '../../../src/kit/blocks';
import { type RidgeParams, ridgeParams } from '../../../src/kit/blocks/ridge';
import { defaultParams } from '../../../src/kit/params';
import { buildChain } from '../../../src/learn/chain';
import { chooseLambda, lambdaOf, lambdaSteps } from '../../../src/learn/solve/choose-lambda';
import type { Place } from '../../../src/learn/solve/products';
import { type LinearMap, type Regression, RidgeProblem } from '../../../src/learn/solve/ridge-regression';
import { train } from '../../../src/learn/train';
import { tf } from '../../../src/tensor/tf';
import { bitsOf, options, pattern, recordingContext, tinySamples, unetSpec } from './support';

const breathe = async () => {};

function problem(count: number, features: number, outputs: number, salt = 0): Regression {
  const x = pattern(count * features, salt).map((u) => 4 * u - 1);
  const noise = pattern(count * outputs, salt + 1);
  const y = noise.map((u, at) => {
    const [i, k] = [Math.floor(at / outputs), at % outputs];
    return (x[i * features + (k % features)] as number) - 0.5 * (x[i * features + ((k + 1) % features)] as number) + u;
  });
  return { count, x, y };
}

/** (Xc'Xc + lambda I)^-1 Xc'Yc and the intercept, by Gauss and Jordan with pivoting. */
function reference({ count, x, y }: Regression, lambda: number): { weights: Float64Array; bias: Float64Array } {
  const [d, m] = [x.length / count, y.length / count];
  const mean = (values: Float32Array, width: number, j: number) => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += values[i * width + j] as number;
    return sum / count;
  };
  const mx = Array.from({ length: d }, (_, j) => mean(x, d, j));
  const my = Array.from({ length: m }, (_, k) => mean(y, m, k));
  const rows = mx.map((_, p) => {
    const row = new Float64Array(d + m);
    for (let i = 0; i < count; i++) {
      const own = (x[i * d + p] as number) - (mx[p] as number);
      for (let j = 0; j < d; j++) row[j] = (row[j] as number) + own * ((x[i * d + j] as number) - (mx[j] as number));
      for (let k = 0; k < m; k++)
        row[d + k] = (row[d + k] as number) + own * ((y[i * m + k] as number) - (my[k] as number));
    }
    row[p] = (row[p] as number) + lambda;
    return row;
  });
  for (let p = 0; p < d; p++) {
    const best = rows
      .slice(p)
      .reduce((b, row, k) => (Math.abs(row[p] as number) > Math.abs(rows[b]?.[p] as number) ? p + k : b), p);
    const kept = rows[p] as (typeof rows)[number];
    rows[p] = rows[best] as (typeof rows)[number];
    rows[best] = kept;
    const pivot = rows[p] as Float64Array;
    for (const [r, row] of rows.entries()) {
      if (r === p) continue;
      const factor = (row[p] as number) / (pivot[p] as number);
      for (let j = p; j < d + m; j++) row[j] = (row[j] as number) - factor * (pivot[j] as number);
    }
  }
  const weights = new Float64Array(d * m);
  for (const [p, row] of rows.entries())
    for (let k = 0; k < m; k++) weights[p * m + k] = (row[d + k] as number) / (row[p] as number);
  const bias = Float64Array.from(
    my,
    (value, k) => value - mx.reduce((sum, v, j) => sum + v * (weights[j * m + k] as number), 0),
  );
  return { weights, bias };
}

async function solved(data: Regression, lambda: number, place?: Place): Promise<LinearMap> {
  const map = await (await RidgeProblem.of(data, breathe, place)).solve(lambda);
  if (!map) throw new Error('no solution');
  return map;
}

const worst = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] as number))), 0);

/** Largest entry of Xc'(Yc - Xc W) - lambda W, relative to the largest of Xc'Yc: zero at the solution. */
function residual({ count, x, y }: Regression, { weights, bias }: LinearMap, lambda: number): number {
  const [d, m] = [x.length / count, y.length / count];
  const mean = Array.from({ length: d }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += x[i * d + j] as number;
    return sum / count;
  });
  const [left, scale] = [new Float64Array(d * m), new Float64Array(d * m)];
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < m; k++) {
      let error = (y[i * m + k] as number) - (bias[k] as number);
      for (let j = 0; j < d; j++) error -= (x[i * d + j] as number) * (weights[j * m + k] as number);
      for (let j = 0; j < d; j++) {
        const own = (x[i * d + j] as number) - (mean[j] as number);
        left[j * m + k] = (left[j * m + k] as number) + own * error;
        scale[j * m + k] = (scale[j * m + k] as number) + own * (y[i * m + k] as number);
      }
    }
  }
  const off = left.map((value, at) => Math.abs(value - lambda * (weights[at] as number)));
  return Math.max(...off) / Math.max(...scale.map(Math.abs));
}

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  beforeAll(async () => {
    await startTensors(backend);
  });

  describe.each(['host', 'device'] as const)('with its products on the %s', (place) => {
    test.each([
      { count: 40, features: 7, outputs: 3, lambda: 1 },
      { count: 9, features: 23, outputs: 5, lambda: 0.5 },
      { count: 150, features: 130, outputs: 2, lambda: 10 },
      { count: 30, features: 30, outputs: 1, lambda: 3 },
      { count: 5, features: 1, outputs: 1, lambda: 2 },
      { count: 1, features: 4, outputs: 2, lambda: 1 },
    ])('$count items of $features features: as elimination in float64 has it', async (given) => {
      const data = problem(given.count, given.features, given.outputs);
      const expected = reference(data, given.lambda);
      const map = await solved(data, given.lambda, place);
      expect(worst(map.weights, expected.weights)).toBeLessThan(1e-5);
      expect(worst(map.bias, expected.bias)).toBeLessThan(1e-5);
    });

    test.each([
      { count: 700, features: 350, form: 'primal' },
      { count: 90, features: 300, form: 'dual' },
    ])(
      'the normal equations hold with $count items of $features features ($form), and tensors are freed',
      async ({ count, features }) => {
        const before = tf.memory().numTensors;
        const data = problem(count, features, 12);
        expect(residual(data, await solved(data, 30, place), 30)).toBeLessThan(2e-5);
        expect(tf.memory().numTensors).toBe(before);
      },
    );

    test('the same bits twice', async () => {
      const data = problem(300, 140, 6);
      const [a, b] = [await solved(data, 5, place), await solved(data, 5, place)];
      expect(a).toEqual(b);
    });

    test('collinear columns share their weight evenly, however small lambda is', async () => {
      const data = problem(60, 6, 2);
      for (let i = 0; i < 60; i++) data.x[i * 6 + 4] = data.x[i * 6 + 1] as number;
      const { weights } = await solved(data, 0.01, place);
      for (let k = 0; k < 2; k++) {
        const [one, other] = [weights[1 * 2 + k] as number, weights[4 * 2 + k] as number];
        expect(Math.abs(one - other)).toBeLessThan(1e-3 * Math.max(1, Math.abs(one)));
      }
      const expected = reference(data, 0.01);
      expect(residual(data, { weights, bias: Float32Array.from(expected.bias) }, 0.01)).toBeLessThan(1e-3);
    });
  });
});

describe('choosing lambda', () => {
  beforeAll(async () => {
    await startTensors('wasm');
  });

  test.each([
    ['a smooth error', (step: number) => (step - 7) ** 2, 7],
    ['the start is best', (step: number) => (step - 4.1) ** 2, 4],
    ['falling to the end', (step: number) => -step, lambdaSteps.last],
    ['rising from the beginning', (step: number) => step, lambdaSteps.first],
  ])('%s', async (_, error, best) => {
    const stepOf = (lambda: number) => Math.round(2 * Math.log10(lambda));
    const tried: number[] = [];
    const found = await chooseLambda(
      async (lambda) => {
        tried.push(lambda);
        return { weights: Float32Array.of(stepOf(lambda)), bias: new Float32Array(1) };
      },
      async ({ weights }) => error(weights[0] as number),
    );
    expect(found?.lambda).toBe(lambdaOf(best));
    expect(found?.atEdge).toBe(best === lambdaSteps.first || best === lambdaSteps.last);
    expect(new Set(tried).size).toBe(tried.length);
  });

  test('an error in the middle of what cannot be solved is walked past', async () => {
    const solvable = async (lambda: number) =>
      lambda < 1000 ? null : { weights: new Float32Array(1), bias: new Float32Array(1) };
    expect((await chooseLambda(solvable, async () => 1))?.lambda).toBe(1000);
    expect(
      await chooseLambda(
        async () => null,
        async () => 1,
      ),
    ).toBeNull();
  });
});

const ridgeSpec = (params: Partial<RidgeParams> = {}): BlockSpec => ({
  type: 'ridge',
  version: 1,
  params: { ...defaultParams(ridgeParams), ...params },
});
const target = [4, 4, 1];
const request = (specs: BlockSpec[], epochs = 3) => ({
  chain: buildChain(specs, [5], target),
  samples: tinySamples(30),
  validation: tinySamples(12, 5, 4),
  epochs,
  patience: 0,
  options: options({ warmUpEpochs: 2, stageWeight: 0 }),
});
const whole = (samples: ReturnType<typeof tinySamples>): Regression => {
  const places = samples.ids.map((_, i) => i);
  return { count: places.length, x: samples.inputs(places), y: samples.targets(places) };
};

describe('in a chain', () => {
  beforeAll(async () => {
    await startTensors('wasm');
  });

  test('alone it is solved without an epoch, with the lambda that the validation items like best', async () => {
    const { context, kept, notices } = recordingContext();
    const asked = request([ridgeSpec()]);
    const before = tf.memory().numTensors;
    const outcome = await train(asked, context);
    expect(tf.memory().numTensors).toBe(before);
    expect(outcome.epochs).toBe(0);
    expect(kept.size).toBe(0);

    const held = whole(asked.validation);
    let best = { lambda: 0, error: Number.POSITIVE_INFINITY };
    for (let step = lambdaSteps.first; step <= lambdaSteps.last; step++) {
      const { weights, bias } = reference(whole(asked.samples), lambdaOf(step));
      let error = 0;
      for (let i = 0; i < held.count; i++) {
        for (let k = 0; k < 16; k++) {
          let y = bias[k] as number;
          for (let j = 0; j < 5; j++) y += (held.x[i * 5 + j] as number) * (weights[j * 16 + k] as number);
          error += (y - (held.y[i * 16 + k] as number)) ** 2 / (16 * held.count);
        }
      }
      if (error < best.error) best = { lambda: lambdaOf(step), error };
    }
    expect(outcome.arrays.get('0/lambda')?.[0]).toBeCloseTo(best.lambda, 4);
    expect(notices).toEqual([
      expect.stringContaining(`lambda ${best.lambda} has the smallest error on 12 held-out items`),
    ]);
    expect(outcome.loss.curves.map(({ name, x }) => [name, [...x]])).toEqual([
      ['training', [0]],
      ['validation', [0]],
    ]);
    expect(outcome.loss.curves[1]?.y[0]).toBeCloseTo(best.error, 6);
  });

  test('no seed changes it; a given lambda is taken', async () => {
    const asked = request([ridgeSpec({ penalty: 'given', lambda: 7 })]);
    const one = await train(asked, recordingContext().context);
    const two = await train({ ...asked, options: options({ seed: 99 }) }, recordingContext().context);
    expect(bitsOf(one.arrays)).toEqual(bitsOf(two.arrays));
    expect(one.arrays.get('0/lambda')?.[0]).toBe(7);
    const expected = reference(whole(asked.samples), 7);
    expect(worst(one.arrays.get('0/weights') ?? [], expected.weights)).toBeLessThan(1e-5);
  });

  test('without held-out items every fifth training item chooses, and all of them are solved on', async () => {
    const { context, notices } = recordingContext();
    const asked = { ...request([ridgeSpec()]), validation: null };
    const { arrays } = await train(asked, context);
    expect(notices[0]).toContain('on 6 held-out items');
    const expected = reference(whole(asked.samples), arrays.get('0/lambda')?.[0] as number);
    expect(worst(arrays.get('0/weights') ?? [], expected.weights)).toBeLessThan(1e-5);
  });

  test('a single item gives its own target', async () => {
    const samples = tinySamples(1);
    const { arrays } = await train(
      { ...request([ridgeSpec()]), samples, validation: null },
      recordingContext().context,
    );
    expect(worst(arrays.get('0/weights') ?? [1], new Float32Array(80))).toBe(0);
    expect(arrays.get('0/bias')).toEqual(samples.targets([0]));
  });

  test('before a U-Net it stays as it was solved while the U-Net learns, also when taken up again', async () => {
    const chain = [ridgeSpec(), unetSpec()];
    const alone = await train(request([ridgeSpec()]), recordingContext().context);
    const expected = await train(request(chain), recordingContext().context);
    const start = await train(request(chain, 0), recordingContext().context);
    for (const name of ['0/weights', '0/bias']) expect(expected.arrays.get(name)).toEqual(alone.arrays.get(name));
    expect(expected.arrays.get('1/out.weights')).not.toEqual(start.arrays.get('1/out.weights'));
    const training = expected.loss.curves.find(({ name }) => name === 'training')?.y ?? [];
    expect(training).toHaveLength(3);
    const { context, notices } = recordingContext();
    await train(request(chain, 1), context);
    const resumed = await train(request(chain), context);
    expect(notices.at(-1)).toBe('Training goes on after epoch 1.');
    expect(bitsOf(resumed.arrays)).toEqual(bitsOf(expected.arrays));
  });

  test('two in a row: the second is solved on what the first gives', async () => {
    const asked = request([ridgeSpec({ penalty: 'given', lambda: 3 }), ridgeSpec({ penalty: 'given', lambda: 1e-3 })]);
    const outcome = await train(asked, recordingContext().context);
    const alone = await train(request([ridgeSpec({ penalty: 'given', lambda: 3 })]), recordingContext().context);
    const last = (curves: typeof outcome.loss.curves) => curves[0]?.y[0] as number;
    expect(last(outcome.loss.curves)).toBeLessThanOrEqual(last(alone.loss.curves));
    expect(outcome.arrays.get('1/weights')).toHaveLength(256);
  });

  test('behind a block that learns it is refused with the cure', () => {
    expect(() => buildChain([unetSpec(), ridgeSpec()], target, target)).toThrow(/stands behind "unet"/);
  });

  test('inputs too large for lambda to count are refused with the cure', async () => {
    const x = Float32Array.from({ length: 40 }, (_, at) => 2 ** 40 * (Math.floor(at / 2) % 4));
    const samples = {
      ...tinySamples(20),
      inputs: (places: ArrayLike<number>) =>
        Float32Array.from(
          { length: places.length * 2 },
          (_, at) => x[2 * (places[at >> 1] as number) + (at & 1)] as number,
        ),
    };
    const chain = buildChain([ridgeSpec({ penalty: 'given', lambda: 1e-3 })], [2], target);
    const error = await train(
      { ...request([ridgeSpec()]), chain, samples, validation: null },
      recordingContext().context,
    ).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NodeComputeError);
    expect((error as NodeComputeError).details).toMatchObject({
      code: 'ridge.singular',
      cure: 'Raise the lambda of model.ridge.',
    });
  });
});
