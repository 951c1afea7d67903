/**
 * Symmetric matrices of many columns, in plain float64: Gram matrices and Cholesky solutions. Long loops await `rest`
 * between rows, so that a run can show progress and be cancelled.
 */

export type Rest = () => Promise<void> | undefined;

/** X^T X of the row-major `x` (rows by columns), full and symmetric. */
export async function gramOf(x: Float64Array, rows: number, columns: number, rest: Rest): Promise<Float64Array> {
  const gram = new Float64Array(columns * columns);
  // Four rows at a time: one load and store of the sum for four products.
  for (let row = 0; row < rows; row += 4) {
    const [a, b, c, d] = [0, 1, 2, 3].map((k) => rowOf(x, row + k, rows, columns)) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    // Two columns share what they load of the rows. The second one begins a place early, below the diagonal, which the
    // mirror image then overwrites.
    let i = 0;
    for (; i + 1 < columns; i += 2) {
      const [a0, b0, c0, d0] = [a[i] as number, b[i] as number, c[i] as number, d[i] as number];
      const [a1, b1, c1, d1] = [a[i + 1] as number, b[i + 1] as number, c[i + 1] as number, d[i + 1] as number];
      const [at0, at1] = [i * columns, (i + 1) * columns];
      for (let j = i; j < columns; j++) {
        const aj = a[j] as number;
        const bj = b[j] as number;
        const cj = c[j] as number;
        const dj = d[j] as number;
        gram[at0 + j] = (gram[at0 + j] as number) + (a0 * aj + b0 * bj + (c0 * cj + d0 * dj));
        gram[at1 + j] = (gram[at1 + j] as number) + (a1 * aj + b1 * bj + (c1 * cj + d1 * dj));
      }
    }
    if (i < columns) {
      const last = i * columns + i;
      gram[last] = (gram[last] as number) + dotSelf(a, b, c, d, i);
    }
    await rest();
  }
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < i; j++) gram[i * columns + j] = gram[j * columns + i] as number;
  }
  return gram;
}

const dotSelf = (a: Float64Array, b: Float64Array, c: Float64Array, d: Float64Array, i: number): number =>
  (a[i] as number) ** 2 + (b[i] as number) ** 2 + ((c[i] as number) ** 2 + (d[i] as number) ** 2);

function rowOf(x: Float64Array, row: number, rows: number, columns: number): Float64Array {
  return row < rows ? x.subarray(row * columns, (row + 1) * columns) : new Float64Array(columns);
}

export function transpose(x: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(x.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) out[j * rows + i] = x[i * columns + j] as number;
  }
  return out;
}

export function dot(a: Float64Array, atA: number, b: Float64Array, atB: number, length: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let k = 0;
  for (; k + 3 < length; k += 4) {
    s0 += (a[atA + k] as number) * (b[atB + k] as number);
    s1 += (a[atA + k + 1] as number) * (b[atB + k + 1] as number);
    s2 += (a[atA + k + 2] as number) * (b[atB + k + 2] as number);
    s3 += (a[atA + k + 3] as number) * (b[atB + k + 3] as number);
  }
  for (; k < length; k++) s0 += (a[atA + k] as number) * (b[atB + k] as number);
  return s0 + s1 + (s2 + s3);
}

/**
 * The lower factor L of A = L L^T, in place of `a`; null where A is not positive definite (a pivot below 1e-12 of the
 * largest diagonal element counts as none).
 */
export async function choleskyOf(a: Float64Array, n: number, rest: Rest): Promise<Float64Array | null> {
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, a[i * n + i] as number);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      a[i * n + j] = ((a[i * n + j] as number) - dot(a, i * n, a, j * n, j)) / (a[j * n + j] as number);
    }
    const pivot = (a[i * n + i] as number) - dot(a, i * n, a, i * n, i);
    if (!(pivot > 1e-12 * largest)) return null;
    a[i * n + i] = Math.sqrt(pivot);
    await rest();
  }
  return a;
}

/** Solves A x = b for each of the `count` rows of `b`, each of length n, in place; `factor` is from `choleskyOf`. */
export async function solveRows(
  factor: Float64Array,
  n: number,
  b: Float64Array,
  count: number,
  rest: Rest,
): Promise<void> {
  const upper = transpose(factor, n, n);
  for (let r = 0; r < count; r++) {
    const at = r * n;
    for (let i = 0; i < n; i++) {
      b[at + i] = ((b[at + i] as number) - dot(factor, i * n, b, at, i)) / (factor[i * n + i] as number);
    }
    for (let i = n - 1; i >= 0; i--) {
      const known = dot(upper, i * n + i + 1, b, at + i + 1, n - i - 1);
      b[at + i] = ((b[at + i] as number) - known) / (factor[i * n + i] as number);
    }
    await rest();
  }
}
