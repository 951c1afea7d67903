/**
 * out -= A B^T in float64 on plain arrays: the one inner loop of the closed-form solvers. Both operands are walked along
 * their rows, four by four rows at a time, so that 16 sums stay in registers, and in stretches that stay in the cache.
 */

/** A matrix inside a larger array: row r starts at `at + r * stride`. */
export interface RowBlock {
  readonly data: Float64Array;
  readonly at: number;
  readonly stride: number;
  readonly rows: number;
}

/** Length of a stretch of the inner sum. */
const stretch = 256;

/** out[i, j] -= sum_k a[i, k] b[j, k], k below `inner`. `out` has `a.rows` rows and at least `b.rows` columns. */
export function subtractRowProducts(
  out: Float64Array,
  outAt: number,
  outStride: number,
  a: RowBlock,
  b: RowBlock,
  inner: number,
): void {
  for (let from = 0; from < inner; from += stretch) {
    const length = Math.min(stretch, inner - from);
    for (let j = 0; j < b.rows; j += 4) {
      const columns = Math.min(4, b.rows - j);
      const bAt = b.at + j * b.stride + from;
      for (let i = 0; i < a.rows; i += 4) {
        const rows = Math.min(4, a.rows - i);
        const aAt = a.at + i * a.stride + from;
        const to = outAt + i * outStride + j;
        if (rows === 4 && columns === 4) {
          subtractTile(out, to, outStride, a.data, aAt, a.stride, b.data, bAt, b.stride, length);
        } else {
          subtractEdge(out, to, outStride, a.data, aAt, a.stride, rows, b.data, bAt, b.stride, columns, length);
        }
      }
    }
  }
}

function subtractTile(
  out: Float64Array,
  to: number,
  outStride: number,
  a: Float64Array,
  aAt: number,
  aStride: number,
  b: Float64Array,
  bAt: number,
  bStride: number,
  length: number,
): void {
  let c00 = 0, c01 = 0, c02 = 0, c03 = 0, c10 = 0, c11 = 0, c12 = 0, c13 = 0; // biome-ignore format: two rows of sums
  let c20 = 0, c21 = 0, c22 = 0, c23 = 0, c30 = 0, c31 = 0, c32 = 0, c33 = 0; // biome-ignore format: two rows of sums
  const [a1, a2, a3] = [aAt + aStride, aAt + 2 * aStride, aAt + 3 * aStride];
  const [b1, b2, b3] = [bAt + bStride, bAt + 2 * bStride, bAt + 3 * bStride];
  for (let k = 0; k < length; k++) {
    const x0 = a[aAt + k] as number;
    const x1 = a[a1 + k] as number;
    const x2 = a[a2 + k] as number;
    const x3 = a[a3 + k] as number;
    const y0 = b[bAt + k] as number;
    const y1 = b[b1 + k] as number;
    const y2 = b[b2 + k] as number;
    const y3 = b[b3 + k] as number;
    c00 += x0 * y0;
    c01 += x0 * y1;
    c02 += x0 * y2;
    c03 += x0 * y3;
    c10 += x1 * y0;
    c11 += x1 * y1;
    c12 += x1 * y2;
    c13 += x1 * y3;
    c20 += x2 * y0;
    c21 += x2 * y1;
    c22 += x2 * y2;
    c23 += x2 * y3;
    c30 += x3 * y0;
    c31 += x3 * y1;
    c32 += x3 * y2;
    c33 += x3 * y3;
  }
  subtractFour(out, to, c00, c01, c02, c03);
  subtractFour(out, to + outStride, c10, c11, c12, c13);
  subtractFour(out, to + 2 * outStride, c20, c21, c22, c23);
  subtractFour(out, to + 3 * outStride, c30, c31, c32, c33);
}

function subtractFour(out: Float64Array, to: number, c0: number, c1: number, c2: number, c3: number): void {
  out[to] = (out[to] as number) - c0;
  out[to + 1] = (out[to + 1] as number) - c1;
  out[to + 2] = (out[to + 2] as number) - c2;
  out[to + 3] = (out[to + 3] as number) - c3;
}

function subtractEdge(
  out: Float64Array,
  to: number,
  outStride: number,
  a: Float64Array,
  aAt: number,
  aStride: number,
  rows: number,
  b: Float64Array,
  bAt: number,
  bStride: number,
  columns: number,
  length: number,
): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < length; k++) {
        sum += (a[aAt + i * aStride + k] as number) * (b[bAt + j * bStride + k] as number);
      }
      const at = to + i * outStride + j;
      out[at] = (out[at] as number) - sum;
    }
  }
}
