/**
 * Solutions of L L^T X = B for a Cholesky factor L. On the host in float64; on the device by blocks, as matrix products:
 *
 *   Z_i = L_ii^-1 (B_i - sum_(j < i) L_ij Z_j),   X_i = L_ii^-T (Z_i - sum_(j > i) L_ji^T X_j)
 *
 * with the inverses of the diagonal blocks made in float64. Its backward error is that of float32, as is that of the
 * products on the device that it is used with.
 */
import { tf } from '../../tensor/tf';
import { solveRows } from './cholesky';
import { type Place, transposed } from './products';

type Breathe = () => Promise<void>;

/** Rows per block on the device. */
const block = 128;

/** `right` is B [size, columns], row major. Gives X of the same shape. */
export async function solveFactored(
  factor: Float64Array,
  size: number,
  right: Float64Array,
  columns: number,
  place: Place,
  breathe: Breathe,
): Promise<Float64Array> {
  if (place === 'device') return onDevice(factor, size, right, columns, breathe);
  const rows = transposed(right, size, columns);
  await solveRows(factor, size, rows, columns, breathe);
  return transposed(rows, columns, size);
}

async function onDevice(
  factor: Float64Array,
  size: number,
  right: Float64Array,
  columns: number,
  breathe: Breathe,
): Promise<Float64Array> {
  const starts = Array.from({ length: Math.ceil(size / block) }, (_, i) => i * block);
  const solved = tf.tidy(() => {
    const below = starts.map((from) => columnBlock(factor, size, from));
    const inverse = starts.map((from) => invertedBlock(factor, size, from));
    let rest: tf.Tensor2D = tf.tensor2d(new Float32Array(right), [size, columns]);
    const forward = starts.map((_, i) => {
      const rows = (inverse[i] as tf.Tensor2D).shape[0];
      const z = tf.matMul(inverse[i] as tf.Tensor2D, tf.slice(rest, [0, 0], [rows, columns]));
      const lower = below[i];
      if (lower) rest = tf.sub(tf.slice(rest, [rows, 0], [rest.shape[0] - rows, columns]), tf.matMul(lower, z));
      return z as tf.Tensor2D;
    });
    let behind: tf.Tensor2D | null = null;
    for (let i = starts.length - 1; i >= 0; i--) {
      const lower = below[i];
      const z = forward[i] as tf.Tensor2D;
      const known: tf.Tensor2D = lower && behind ? tf.sub(z, tf.matMul(lower, behind, true, false)) : z;
      const x: tf.Tensor2D = tf.matMul(inverse[i] as tf.Tensor2D, known, true, false);
      behind = behind ? tf.concat([x, behind], 0) : x;
    }
    return behind as tf.Tensor2D;
  });
  try {
    const values = new Float64Array(await solved.data<'float32'>());
    await breathe();
    return values;
  } finally {
    solved.dispose();
  }
}

/** L below the diagonal block that starts at `from`, or null below the last. */
function columnBlock(factor: Float64Array, size: number, from: number): tf.Tensor2D | null {
  const to = Math.min(size, from + block);
  if (to === size) return null;
  const width = to - from;
  const values = new Float32Array((size - to) * width);
  for (let row = to; row < size; row++) {
    values.set(factor.subarray(row * size + from, row * size + to), (row - to) * width);
  }
  return tf.tensor2d(values, [size - to, width]);
}

/** Inverse of a diagonal block of L: lower triangular as well. */
function invertedBlock(factor: Float64Array, size: number, from: number): tf.Tensor2D {
  const width = Math.min(size, from + block) - from;
  const entry = (row: number, column: number) => factor[(from + row) * size + from + column] as number;
  const inverse = new Float64Array(width * width);
  for (let column = 0; column < width; column++) {
    inverse[column * width + column] = 1 / entry(column, column);
    for (let row = column + 1; row < width; row++) {
      let sum = 0;
      for (let k = column; k < row; k++) sum -= entry(row, k) * (inverse[k * width + column] as number);
      inverse[row * width + column] = sum / entry(row, row);
    }
  }
  return tf.tensor2d(new Float32Array(inverse), [width, width]);
}
