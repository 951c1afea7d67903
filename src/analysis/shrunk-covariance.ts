/**
 * Solutions against a covariance that few items cannot determine: S shrunk towards a multiple of the identity,
 *   C = (1 - d) S + d v I,   S = X^T X / n,   v = trace S / p.
 * The share d is the one that minimises the expected squared error, estimated from the same items (Ledoit and Wolf 2004,
 * J. Multivariate Anal. 88:365-411, section 3.2), or a given one. With more features than items the n by n form of the
 * same equations is solved (Woodbury's identity).
 */
import { choleskyOf, dot, gramOf, type Rest, solveRows, transpose } from './symmetric';

/** 'auto' is Ledoit and Wolf's. */
export type Shrinkage = 'auto' | number;

/** So little that it only keeps a singular covariance solvable. */
const leastShrinkage = 1e-6;

/** Ledoit and Wolf's share from the rows of centred `x` and the Gram matrix (of rows or of columns: the norm is one). */
export function ledoitWolf(x: Float64Array, rows: number, columns: number, gram: Float64Array): number {
  let [trace, fourth, norm] = [0, 0, 0];
  for (let i = 0; i < rows; i++) {
    const square = dot(x, i * columns, x, i * columns, columns);
    trace += square;
    fourth += square * square;
  }
  for (let k = 0; k < gram.length; k++) norm += (gram[k] as number) ** 2;
  const covarianceNorm = norm / (rows * rows);
  const distance = covarianceNorm - (trace / rows) ** 2 / columns;
  const error = (fourth / rows - covarianceNorm) / rows;
  if (!(distance > 0)) return 1;
  return Math.min(1, Math.max(leastShrinkage, error / distance));
}

export interface ShrunkSolution {
  /** One row of length `columns` for each right-hand side: C^-1 times it. */
  readonly weights: Float64Array;
  readonly shrinkage: number;
}

/**
 * C^-1 m for each of the `count` rows m of `right`, each of length `columns`. `x` is centred, row major, one row per
 * item. All zeros where no feature varies.
 */
export async function solveShrunk(
  x: Float64Array,
  rows: number,
  columns: number,
  right: Float64Array,
  count: number,
  shrinkage: Shrinkage,
  rest: Rest,
): Promise<ShrunkSolution> {
  const wide = columns > rows;
  const size = wide ? rows : columns;
  const gram = wide
    ? await gramOf(transpose(x, rows, columns), columns, rows, rest)
    : await gramOf(x, rows, columns, rest);
  let trace = 0;
  for (let i = 0; i < size; i++) trace += gram[i * size + i] as number;
  const share =
    shrinkage === 'auto' ? ledoitWolf(x, rows, columns, gram) : Math.min(1, Math.max(leastShrinkage, shrinkage));
  const ridge = (share * trace) / (rows * columns);
  const scale = (1 - share) / rows;
  if (!(ridge > 0)) return { weights: new Float64Array(count * columns), shrinkage: share };
  for (let k = 0; k < gram.length; k++) gram[k] = (gram[k] as number) * scale;
  for (let i = 0; i < size; i++) gram[i * size + i] = (gram[i * size + i] as number) + ridge;
  const factor = await choleskyOf(gram, size, rest);
  if (!factor) throw new RangeError('A shrunk covariance is positive definite unless a feature is no number.');
  const weights = Float64Array.from(right);
  if (!wide) {
    await solveRows(factor, size, weights, count, rest);
    return { weights, shrinkage: share };
  }
  // (a I + b X^T X)^-1 m = (m - b X^T (a I + b X X^T)^-1 X m) / a
  const inner = new Float64Array(count * rows);
  for (let r = 0; r < count; r++) {
    for (let i = 0; i < rows; i++) inner[r * rows + i] = dot(x, i * columns, right, r * columns, columns);
    await rest();
  }
  await solveRows(factor, size, inner, count, rest);
  for (let r = 0; r < count; r++) {
    const at = r * columns;
    for (let i = 0; i < rows; i++) {
      const weight = scale * (inner[r * rows + i] as number);
      for (let j = 0; j < columns; j++) {
        weights[at + j] = (weights[at + j] as number) - weight * (x[i * columns + j] as number);
      }
    }
    for (let j = 0; j < columns; j++) weights[at + j] = (weights[at + j] as number) / ridge;
    await rest();
  }
  return { weights, shrinkage: share };
}
