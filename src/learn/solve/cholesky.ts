/**
 * Cholesky factor of a symmetric positive definite matrix in float64, A = L L^T, and solutions of A x = b for many
 * right-hand sides held as rows. Blocks of columns keep nearly all of the work in one fast loop (row-products.ts).
 *
 * Source: Golub and Van Loan, Matrix Computations, 4.2 (blocked Cholesky).
 */
import { subtractRowProducts } from './row-products';

/** Columns per block. */
export const blockSize = 64;

type Breathe = () => Promise<void>;

/**
 * Overwrites the lower triangle of `a` [size, size] with L; what stands above the diagonal is neither read nor kept. False
 * if a pivot is not positive: the matrix is not positive definite to working precision.
 */
export async function factorise(a: Float64Array, size: number, breathe: Breathe): Promise<boolean> {
  for (let from = 0; from < size; from += blockSize) {
    const to = Math.min(size, from + blockSize);
    const head = { data: a, at: from * size, stride: size, rows: to - from };
    for (let row = from; row < size; row += 4 * blockSize) {
      const part = { data: a, at: row * size, stride: size, rows: Math.min(4 * blockSize, size - row) };
      subtractRowProducts(a, row * size + from, size, part, head, from);
    }
    if (!factoriseBlock(a, size, from, to)) return false;
    await breathe();
  }
  return true;
}

/** Columns `from` to `to` of L, all earlier columns being accounted for. */
function factoriseBlock(a: Float64Array, size: number, from: number, to: number): boolean {
  for (let column = from; column < to; column++) {
    const own = column * size;
    let pivot = a[own + column] as number;
    for (let k = from; k < column; k++) pivot -= (a[own + k] as number) ** 2;
    if (!(pivot > 0)) return false;
    const root = Math.sqrt(pivot);
    a[own + column] = root;
    for (let row = column + 1; row < size; row++) {
      const at = row * size;
      let sum = a[at + column] as number;
      for (let k = from; k < column; k++) sum -= (a[at + k] as number) * (a[own + k] as number);
      a[at + column] = sum / root;
    }
  }
  return true;
}

/** Overwrites each row b of `rows` [count, size] with the solution of L L^T x = b. */
export async function solveRows(
  factor: Float64Array,
  size: number,
  rows: Float64Array,
  count: number,
  breathe: Breathe,
): Promise<void> {
  const right = { data: rows, at: 0, stride: size, rows: count };
  for (let from = 0; from < size; from += blockSize) {
    const to = Math.min(size, from + blockSize);
    subtractRowProducts(
      rows,
      from,
      size,
      right,
      { data: factor, at: from * size, stride: size, rows: to - from },
      from,
    );
    for (let at = 0; at < count * size; at += size) {
      for (let j = from; j < to; j++) {
        let sum = rows[at + j] as number;
        for (let k = from; k < j; k++) sum -= (factor[j * size + k] as number) * (rows[at + k] as number);
        rows[at + j] = sum / (factor[j * size + j] as number);
      }
    }
    await breathe();
  }
  const upper = transposed(factor, size);
  for (let to = size; to > 0; to = Math.floor((to - 1) / blockSize) * blockSize) {
    const from = Math.floor((to - 1) / blockSize) * blockSize;
    const behind = { data: upper, at: from * size + to, stride: size, rows: to - from };
    subtractRowProducts(rows, from, size, { ...right, at: to }, behind, size - to);
    for (let at = 0; at < count * size; at += size) {
      for (let j = to - 1; j >= from; j--) {
        let sum = rows[at + j] as number;
        for (let k = j + 1; k < to; k++) sum -= (upper[j * size + k] as number) * (rows[at + k] as number);
        rows[at + j] = sum / (upper[j * size + j] as number);
      }
    }
    await breathe();
  }
}

/** Rows of L^T, so that the way back walks along rows too. */
function transposed(lower: Float64Array, size: number): Float64Array {
  const upper = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) upper[column * size + row] = lower[row * size + column] as number;
  }
  return upper;
}
