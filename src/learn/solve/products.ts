/**
 * A^T B of two matrices with one row per item. On the host: float64 throughout. On the device: the backend's float32 matrix
 * product over chunks of items, added up in float64, so that rounding grows with a chunk and not with the whole set.
 */
import { tf } from '../../tensor/tf';
import { subtractRowProducts } from './row-products';

type Breathe = () => Promise<void>;

/** host: exact to float64 and slow. device: fast, exact to about 1e-7 of the largest entry. */
export type Place = 'host' | 'device';

/** [items, width], row major. */
export interface ItemMatrix {
  readonly data: Float32Array | Float64Array;
  readonly width: number;
}

/** Items per product on the device: about 50 ms of one CPU at 1,280 features. */
const chunk = 512;
/** Columns per block of a symmetric product, of which only the blocks on and below the diagonal are made. */
const columnBlock = 320;

/** A^T B, [a.width, b.width]. Where `b` is `a` itself, only the lower triangle is sure to be there. */
export async function crossProduct(
  a: ItemMatrix,
  b: ItemMatrix,
  items: number,
  place: Place,
  breathe: Breathe,
): Promise<Float64Array> {
  const out = new Float64Array(a.width * b.width);
  if (place === 'host') await onHost(out, a, b, items, breathe);
  else await onDevice(out, a, b, items, breathe);
  return out;
}

async function onHost(out: Float64Array, a: ItemMatrix, b: ItemMatrix, items: number, breathe: Breathe): Promise<void> {
  const left = transposed(a.data, items, a.width);
  const right = b === a ? left : transposed(b.data, items, b.width);
  const block = (data: Float64Array, at: number, rows: number) => ({ data, at: at * items, stride: items, rows });
  for (let row = 0; row < a.width; row += 64) {
    const rows = Math.min(64, a.width - row);
    const columns = b === a ? row + rows : b.width;
    subtractRowProducts(out, row * b.width, b.width, block(left, row, rows), block(right, 0, columns), items);
    await breathe();
  }
  for (let i = 0; i < out.length; i++) out[i] = -(out[i] as number);
}

async function onDevice(
  out: Float64Array,
  a: ItemMatrix,
  b: ItemMatrix,
  items: number,
  breathe: Breathe,
): Promise<void> {
  const symmetric = a === b;
  for (let from = 0; from < items; from += chunk) {
    const count = Math.min(chunk, items - from);
    const left = tf.keep(tf.tensor2d(part(a, from, count), [count, a.width]));
    const right = symmetric ? left : tf.keep(tf.tensor2d(part(b, from, count), [count, b.width]));
    try {
      for (let row = 0; row < a.width; row += columnBlock) {
        const rows = Math.min(columnBlock, a.width - row);
        const columns = symmetric ? row + rows : b.width;
        const product = tf.tidy(() => {
          const top = tf.slice(left, [0, row], [count, rows]);
          return tf.matMul(top, columns === b.width ? right : tf.slice(right, [0, 0], [count, columns]), true, false);
        });
        const values = await product.data<'float32'>();
        product.dispose();
        for (let i = 0; i < rows; i++) {
          const to = (row + i) * b.width;
          for (let j = 0; j < columns; j++) out[to + j] = (out[to + j] as number) + (values[i * columns + j] as number);
        }
        await breathe();
      }
    } finally {
      tf.dispose([left, right]);
    }
  }
}

function part({ data, width }: ItemMatrix, from: number, count: number): Float32Array {
  const rows = data.subarray(from * width, (from + count) * width);
  return rows instanceof Float32Array ? rows : new Float32Array(rows);
}

/** [rows, columns] to [columns, rows] in float64. */
export function transposed(data: ArrayLike<number>, rows: number, columns: number): Float64Array {
  const out = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) out[column * rows + row] = data[row * columns + column] as number;
  }
  return out;
}
