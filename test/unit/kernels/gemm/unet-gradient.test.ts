/**
 * Gradients of a small U-Net (two levels, ReLU, max-pooling, nearest up-sampling, concatenation) on wasm: against finite
 * differences of the loss on wasm itself, and against tfjs's cpu backend.
 */
import { describe, expect, it } from 'vitest';
import { startTensors } from '../../../../src/kernels/start';
import { tf } from '../../../../src/tensor/tf';
import { noise, relativeError } from '../../../support/compare-backends';

type Image = tf.Tensor4D;
const c = 4;

/** Filter shapes by layer, in order of use. */
const shapes: Record<string, [number, number, number, number]> = {
  down1: [3, 3, 1, c],
  down2: [3, 3, c, 2 * c],
  bottom: [3, 3, 2 * c, 4 * c],
  up2: [3, 3, 4 * c, 2 * c],
  join2: [3, 3, 4 * c, 2 * c],
  up1: [3, 3, 2 * c, c],
  join1: [3, 3, 2 * c, c],
  out: [1, 1, c, 1],
};
const names = Object.keys(shapes);

/** Seeded filters of the size that keeps activations near one. */
function filters(): tf.Tensor[] {
  return names.map((name, i) => {
    const shape = shapes[name] ?? [0, 0, 0, 0];
    const scale = Math.sqrt(6 / (shape[0] * shape[1] * shape[2]));
    return tf.mul(tf.tensor4d(noise(tf.util.sizeFromShape(shape), i + 1), shape), scale);
  });
}

const upSample = (image: Image): Image =>
  tf.image.resizeNearestNeighbor(image, [image.shape[1] * 2, image.shape[2] * 2]);

/** The same with its own gradient, because that of tfjs 4.22 on cpu is wrong for more than one image. */
const upSampleOnCpu = (image: Image): Image =>
  tf.customGrad((x) => ({
    value: upSample(x as Image),
    gradFunc: (dy: tf.Tensor) => tf.mul(tf.avgPool(dy as Image, 2, 2, 'valid'), 4),
  }))(image) as Image;

/** Mean squared error of the network on two seeded images of 8x8, with a bias after every convolution. */
function loss(weights: readonly tf.Tensor[], twice = upSample): tf.Scalar {
  const layer = (x: Image, name: string) => {
    const w = weights[names.indexOf(name)] as Image;
    return tf.add(tf.conv2d(x, w, 1, 'same'), tf.fill([w.shape[3]], 0.1)) as Image;
  };
  const x = tf.tensor4d(noise(128, 41), [2, 8, 8, 1]);
  const target = tf.tensor4d(noise(128, 42), [2, 8, 8, 1]);
  const one = tf.relu(layer(x, 'down1'));
  const two = tf.relu(layer(tf.maxPool(one, 2, 2, 'valid'), 'down2'));
  const bottom = tf.relu(layer(tf.maxPool(two, 2, 2, 'valid'), 'bottom'));
  const upper = tf.relu(layer(tf.concat([two, layer(twice(bottom), 'up2')], 3), 'join2'));
  const top = tf.relu(layer(tf.concat([one, layer(twice(upper), 'up1')], 3), 'join1'));
  return tf.mean(tf.squaredDifference(tf.add(x, layer(top, 'out')), target));
}

const gradients = (twice = upSample): Float32Array[] =>
  tf.tidy(() =>
    tf
      .grads((...weights) => loss(weights, twice))(filters())
      .map((gradient) => gradient.dataSync<'float32'>()),
  );

describe('gradient of a small U-Net', () => {
  it('equals finite differences on wasm, layer by layer', async () => {
    await startTensors('wasm');
    const found = gradients();
    names.forEach((name, i) => {
      const gradient = found[i] ?? new Float32Array();
      // Along the gradient itself the loss changes most, so rounding and ReLU corners weigh least.
      const norm = Math.hypot(...gradient);
      const step = 5e-4;
      const at = (sign: number) =>
        tf.tidy(() => {
          const direction = tf.tensor4d(gradient, shapes[name]);
          const moved = filters().map((w, j) => (j === i ? tf.add(w, tf.mul(direction, (sign * step) / norm)) : w));
          return loss(moved).dataSync()[0] ?? Number.NaN;
        });
      const slope = (at(1) - at(-1)) / (2 * step);
      expect(Math.abs(slope / norm - 1), name).toBeLessThan(0.01);
    });
  });

  it('equals that of the cpu backend', async () => {
    await startTensors('wasm');
    const found = gradients();
    await startTensors('cpu');
    const expected = gradients(upSampleOnCpu);
    names.forEach((name, i) => {
      expect(relativeError(found[i] ?? new Float32Array(), expected[i] ?? new Float32Array()), name).toBeLessThan(1e-5);
    });
  });
});
