/**
 * Every kernel that we register on `wasm` against the cpu reference on random shapes: strides, padding, odd sizes, a batch
 * of one. And gradients of the bilinear ones against differences: for a bilinear map f the difference quotient is exact
 * at any step, <dy, f(x + d, w) - f(x, w)> = <d, dx>, so the bound is that of rounding.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { gemmKernels } from '../../../src/kernels/gemm/kernels';
import { copyKernels } from '../../../src/kernels/layers/copies';
import { passKernels } from '../../../src/kernels/layers/passes';
import { resizeKernels } from '../../../src/kernels/layers/resize';
import { startTensors } from '../../../src/kernels/start';
import { tf } from '../../../src/tensor/tf';
import { type Computation, expectSameOnBoth, noise, random } from '../../support/compare-backends';

type Image = tf.Tensor4D;
const seed = 20_261_127;
const runs = 25;
const seen = new Set<string>();

/** Compares, and takes note of the kernels that ran. */
async function same(compute: Computation): Promise<void> {
  await expectSameOnBoth(compute);
  // The comparison ends on wasm.
  const { kernelNames, result } = await tf.profile(() => tf.tidy(compute));
  for (const name of kernelNames) seen.add(name);
  tf.dispose(result as tf.TensorContainer);
}

const check = <T>(shapes: fc.Arbitrary<T>, compare: (shape: T) => Promise<void>, numRuns = runs) =>
  fc.assert(fc.asyncProperty(shapes, compare), { seed, numRuns });

const int = (min: number, max: number) => fc.integer({ min, max });
const convolutions = fc
  .record({
    batch: int(1, 3),
    h: int(1, 17),
    w: int(1, 17),
    cin: fc.constantFrom(1, 2, 3, 5, 8, 16),
    cout: fc.constantFrom(1, 3, 4, 7, 8, 16, 24),
    kh: int(1, 5),
    kw: int(1, 5),
    sy: int(1, 3),
    sx: int(1, 3),
    pad: fc.constantFrom('same' as const, 'valid' as const),
  })
  .filter(({ h, w, kh, kw, pad }) => pad === 'same' || (h >= kh && w >= kw));

/** 3x3 at stride 1 with whole blocks of channels: the transformed path. */
const squares = fc.record({
  batch: int(1, 2),
  h: int(4, 15),
  w: int(4, 15),
  cin: fc.constantFrom(8, 16, 24),
  cout: fc.constantFrom(8, 16, 32),
  kh: fc.constant(3),
  kw: fc.constant(3),
  sy: fc.constant(1),
  sx: fc.constant(1),
  pad: fc.constant('same' as const),
});

interface Convolution {
  readonly batch: number;
  readonly h: number;
  readonly w: number;
  readonly cin: number;
  readonly cout: number;
  readonly kh: number;
  readonly kw: number;
  readonly sy: number;
  readonly sx: number;
  readonly pad: 'same' | 'valid';
}

async function convolutionIsSame(c: Convolution): Promise<void> {
  await same(() => {
    const x = random([c.batch, c.h, c.w, c.cin], 1) as Image;
    const filter = random([c.kh, c.kw, c.cin, c.cout], 2) as Image;
    const f = (a: tf.Tensor, b: tf.Tensor) => tf.conv2d(a as Image, b as Image, [c.sy, c.sx], c.pad);
    const y = f(x, filter);
    const [dx, dw] = tf.grads(f)([x, filter], random(y.shape, 3)) as [tf.Tensor, tf.Tensor];
    const fused = tf.fused.conv2d({
      x,
      filter,
      strides: [c.sy, c.sx],
      pad: c.pad,
      bias: random([c.cout], 4),
      activation: 'relu',
    });
    return [y, dx, dw, fused];
  });
}

/** sum a b in float64, and the sum of its magnitudes, against which rounding is measured. */
function inner(a: tf.Tensor, b: tf.Tensor): { sum: number; size: number } {
  const [x, y] = [a.dataSync(), b.dataSync()];
  let [sum, size] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    const term = (x[i] as number) * (y[i] as number);
    sum += term;
    size += Math.abs(term);
  }
  return { sum, size };
}

/** For f bilinear: the change of <dy, f> when one factor moves by d is <d, gradient>. */
function expectExactDifferences(
  f: (x: tf.Tensor, w: tf.Tensor) => tf.Tensor,
  [x, w]: [tf.Tensor, tf.Tensor],
  dy: tf.Tensor,
): void {
  const gradients = tf.grads(f)([x, w], dy) as [tf.Tensor, tf.Tensor];
  [x, w].forEach((factor, k) => {
    const d = tf.tensor(noise(factor.size, 7 + k), factor.shape);
    const moved = k === 0 ? f(tf.add(x, d), w) : f(x, tf.add(w, d));
    const change = inner(dy, tf.sub(moved, f(x, w)));
    const slope = inner(d, gradients[k] as tf.Tensor);
    expect(Math.abs(change.sum - slope.sum) / Math.max(change.size, slope.size, 1e-6)).toBeLessThan(1e-5);
  });
}

describe('on random shapes the same as the cpu backend', () => {
  it('convolutions of any filter, stride and padding', () => check(convolutions, convolutionIsSame, 60), 120_000);
  it('3x3 convolutions of whole blocks of channels', () => check(squares, convolutionIsSame), 120_000);

  it('matrix products, transposed or not, fused or not', () =>
    check(
      fc.record({ m: int(1, 150), k: int(1, 90), n: int(1, 40), ta: fc.boolean(), tb: fc.boolean() }),
      ({ m, k, n, ta, tb }) =>
        same(() => {
          const a = random(ta ? [k, m] : [m, k], 1);
          const b = random(tb ? [n, k] : [k, n], 2);
          const f = (p: tf.Tensor, q: tf.Tensor) => tf.matMul(p, q, ta, tb);
          const fused = { a, b, transposeA: ta, transposeB: tb, bias: random([n], 3), activation: 'relu' as const };
          return [f(a, b), tf.fused.matMul(fused), ...tf.grads(f)([a, b], random([m, n], 4))];
        }),
      40,
    ));

  it('max-pooling and its gradient', () =>
    check(
      fc
        .record({ batch: int(1, 3), h: int(1, 13), w: int(1, 13), c: int(1, 9), window: int(1, 3), stride: int(1, 3) })
        .filter(({ h, w, window }) => h >= window && w >= window),
      ({ batch, h, w, c, window, stride }) =>
        same(() => {
          const x = random([batch, h, w, c], 5);
          const f = (image: tf.Tensor) => tf.maxPool(image as Image, window, stride, 'valid');
          const y = f(x);
          return [y, tf.grad(f)(x, random(y.shape, 6))];
        }),
    ));

  // One image: with more, the cpu backend of tfjs 4.22 takes the gradient from the wrong one.
  it('nearest resizing and its gradient', () =>
    check(
      fc.record({ h: int(2, 9), w: int(2, 9), c: int(1, 9), toH: int(2, 20), toW: int(2, 20) }),
      ({ h, w, c, toH, toW }) =>
        same(() => {
          const x = random([1, h, w, c], 5);
          const f = (image: tf.Tensor) => tf.image.resizeNearestNeighbor(image as Image, [toH, toW]);
          return [f(x), tf.grad(f)(x, random([1, toH, toW, c], 6))];
        }),
    ));

  it('sums over leading axes and by segment', () =>
    check(fc.record({ rows: int(1, 70), columns: int(1, 40), segments: int(1, 9) }), ({ rows, columns, segments }) =>
      same(() => {
        const x = random([rows, 2, columns], 1);
        const ids = tf.tensor1d(
          Array.from({ length: rows }, (_, i) => (i * 5) % segments),
          'int32',
        );
        return [tf.sum(x, 0), tf.sum(x, [0, 1]), tf.unsortedSegmentSum(x, ids, segments)];
      }),
    ));

  it('joining, splitting, slicing and sharing', () =>
    check(
      fc.record({ shape: fc.array(int(1, 7), { minLength: 1, maxLength: 4 }), axis: int(0, 3), more: int(1, 5) }),
      ({ shape, axis, more }) =>
        same(() => {
          const at = axis % shape.length;
          const parts = [random(shape, 1), random(shape.with(at, more), 2)];
          const joined = tf.concat(parts, at);
          const begin = shape.map((size, k) => (size > 1 && k % 2 === 0 ? 1 : 0));
          const extent = shape.map((size, k) => size - (begin[k] as number));
          return [
            joined,
            ...tf.split(joined, [shape[at] as number, more], at),
            tf.slice(parts[0] as tf.Tensor, begin, extent),
            tf.clone(joined),
            tf.cast(joined, 'float32'),
            ...tf.grads((...xs) => tf.concat(xs, at))(parts, random(joined.shape, 3)),
          ];
        }),
    ));

  it('no kernel of ours was left out', async () => {
    const none = {} as never;
    const ours = [gemmKernels(none, none), copyKernels(none), passKernels(none), resizeKernels(none)];
    const names = ours.flatMap((kernels) => Object.keys(kernels));
    expect(names.length).toBeGreaterThan(12);
    expect(names.filter((name) => !seen.has(name))).toEqual([]);
  });
});

describe('on wasm gradients are what differences say', () => {
  beforeAll(async () => {
    await startTensors('wasm');
  });

  it.each([
    ['any filter', convolutions],
    ['3x3 in whole blocks', squares],
  ] as const)('convolution, %s', (_, shapes) =>
    check(shapes as fc.Arbitrary<Convolution>, async (c) =>
      tf.tidy(() => {
        const x = random([c.batch, c.h, c.w, c.cin], 1);
        const filter = random([c.kh, c.kw, c.cin, c.cout], 2);
        const f = (a: tf.Tensor, b: tf.Tensor) => tf.conv2d(a as Image, b as Image, [c.sy, c.sx], c.pad);
        expectExactDifferences(f, [x, filter], random(f(x, filter).shape, 3));
      }),
    ),
  );

  it('matrix product', () =>
    check(fc.record({ m: int(1, 150), k: int(1, 300), n: int(1, 40) }), async ({ m, k, n }) =>
      tf.tidy(() =>
        expectExactDifferences((a, b) => tf.matMul(a, b), [random([m, k], 1), random([k, n], 2)], random([m, n], 3)),
      ),
    ));
});
