/** The convolutional autoencoder learns, also where sizes are cut, and predicts by its running moments what it was trained to. */
import { beforeAll, expect, test } from 'vitest';
import { startTensors } from '../../../src/kernels/start';
import { buildChain } from '../../../src/learn/chain';
import { predictAll } from '../../../src/learn/predict';
import { train } from '../../../src/learn/train';
import type { SampleSet } from '../../../src/learn/trainer';
import { initialValues } from '../../../src/learn/weights';
import { tf } from '../../../src/tensor/tf';
import { autoencoderSpec, bitsOf, options, recordingContext } from './support';

const shape = [10, 7, 1];
const size = 70;

/** Images of one bright bar, upright or lying, at several places: targets equal inputs. */
function bars(count: number): SampleSet {
  const gather = (places: ArrayLike<number>) =>
    Float32Array.from({ length: places.length * size }, (_, at) => {
      const item = places[Math.floor(at / size)] as number;
      const [row, column] = [Math.floor((at % size) / 7), at % 7];
      const place = (item * 3) % 7;
      return (item % 2 === 0 ? row : column) === place ? 1 : 0;
    });
  return { ids: Int32Array.from({ length: count }, (_, i) => i), inputs: gather, targets: gather };
}

const samples = bars(28);
const request = (epochs: number) => ({
  chain: buildChain([autoencoderSpec({ baseChannels: 4, dropout: 0 })], shape, shape),
  samples,
  validation: samples,
  epochs,
  patience: 0,
  options: options({ warmUpEpochs: 0, batchSize: 14, microBatch: 14, learningRate: 0.02 }),
});

beforeAll(async () => {
  await startTensors('wasm');
});

test('it learns to give bars back far better than their mean, and predicts so without a batch', async () => {
  const before = tf.memory().numTensors;
  const { arrays, loss } = await train(request(40), recordingContext().context);
  expect(tf.memory().numTensors).toBe(before);
  const places = samples.ids.map((id) => id);
  const targets = samples.targets(places);
  const mean = targets.reduce((sum, t) => sum + t, 0) / targets.length;
  const floor = targets.reduce((sum, t) => sum + (t - mean) ** 2, 0) / targets.length;
  expect(loss.curves.find(({ name }) => name === 'validation')?.y.at(-1)).toBeLessThan(0.3 * floor);

  const { chain } = request(1);
  const quietly = { breathe: async () => {}, progress: () => {} };
  const all = await predictAll(chain, arrays, 28, samples.inputs, quietly);
  const alone = await predictAll(chain, arrays, 1, () => samples.inputs([20]), quietly);
  for (const [p, value] of alone.entries()) expect(value).toBeCloseTo(all[20 * size + p] as number, 5);
  for (const name of ['0/down4.mean', '0/out.variance']) {
    expect(arrays.get(name), name).not.toEqual(initialValues(chain, 7).get(name));
  }
});

test('stopped and taken up again, it ends at the same bits', async () => {
  const whole = await train(request(3), recordingContext().context);
  const { context } = recordingContext();
  await train(request(1), context);
  expect(bitsOf((await train(request(3), context)).arrays)).toEqual(bitsOf(whole.arrays));
});
