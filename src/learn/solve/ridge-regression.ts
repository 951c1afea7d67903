/**
 * Ridge regression in closed form, with an intercept that is not penalised:
 *
 *   W = (X^T X + lambda I)^-1 X^T Y        X, Y centred, one row per item (primal, d x d)
 *     = X^T (X X^T + lambda I)^-1 Y        the same W with fewer items than features (dual, n x n)
 *   y(x) = mean_Y + (x - mean_X) W
 *
 * Source: Hoerl and Kennard 1970; dual form: Saunders, Gammerman, Vovk 1998. lambda adds to sums over items, not to means:
 * on z-scored features the diagonal of X^T X is the number of items (science reference 2.7: lambda 1 to 100).
 *
 * Small problems are solved in float64 throughout. Large ones use float32 products on the device, a float64 factor, and
 * float32 products again, whose rounding moves X^T X by about 1e-7 of its largest eigenvalue; should that leave it
 * without a positive pivot, it is made anew in float64.
 */
import { factorise } from './cholesky';
import { crossProduct, type Place, transposed } from './products';
import { solveFactored } from './triangular';

type Breathe = () => Promise<void>;

/** Items as rows: x [count, features], y [count, outputs]. */
export interface Regression {
  readonly count: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

export interface LinearMap {
  /** [features, outputs], row major. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/** Multiplications and additions up to which float64 on the host takes a fraction of a second. */
const smallWork = 4e8;

/** The products of one data set, from which the solution for any lambda follows. */
export class RidgeProblem {
  private constructor(
    private readonly data: Regression,
    private readonly features: number,
    private readonly outputs: number,
    private readonly means: { readonly x: Float64Array; readonly y: Float64Array },
    private readonly products: {
      readonly place: Place;
      readonly dual: boolean;
      /** Lower triangle of X^T X, or X X^T. */
      readonly matrix: Float64Array;
      /** X^T Y, or Y. */
      readonly right: Float64Array;
    },
    private readonly breathe: Breathe,
  ) {}

  /** `place` is chosen by size where it is not given. */
  static async of(data: Regression, breathe: Breathe, place?: Place): Promise<RidgeProblem> {
    const features = data.x.length / data.count;
    const outputs = data.y.length / data.count;
    const means = { x: columnMeans(data.x, features), y: columnMeans(data.y, outputs) };
    const centred = { count: data.count, x: minusRow(data.x, means.x), y: minusRow(data.y, means.y) };
    const size = Math.min(data.count, features);
    const work = data.count * features * (size + outputs) + size * size * (size / 3 + 2 * outputs);
    const where = place ?? (work <= smallWork ? 'host' : 'device');
    const products = await makeProducts(centred, features, outputs, where, breathe);
    return new RidgeProblem(centred, features, outputs, means, products, breathe);
  }

  /** The map for one lambda, or null if the matrix is not positive definite to working precision. */
  async solve(lambda: number): Promise<LinearMap | null> {
    const { dual, matrix, right, place } = this.products;
    const { features, outputs, data, breathe } = this;
    const size = dual ? data.count : features;
    const factor = matrix.slice();
    for (let i = 0; i < size; i++) factor[i * size + i] = (factor[i * size + i] as number) + lambda;
    if (!(await factorise(factor, size, breathe))) {
      if (place === 'host') return null;
      const exact = await makeProducts(data, features, outputs, 'host', breathe);
      return new RidgeProblem(data, features, outputs, this.means, exact, breathe).solve(lambda);
    }
    const solution = await solveFactored(factor, size, right, outputs, place, breathe);
    const weights = dual
      ? await crossProduct(
          { data: data.x, width: features },
          { data: solution, width: outputs },
          data.count,
          place,
          breathe,
        )
      : solution;
    const bias = this.means.y.slice();
    for (let j = 0; j < features; j++) {
      const mean = this.means.x[j] as number;
      for (let k = 0; k < outputs; k++) bias[k] = (bias[k] as number) - mean * (weights[j * outputs + k] as number);
    }
    return { weights: new Float32Array(weights), bias: new Float32Array(bias) };
  }
}

async function makeProducts(data: Regression, features: number, outputs: number, place: Place, breathe: Breathe) {
  const { count } = data;
  const dual = count < features;
  const y = { data: data.y, width: outputs };
  const x = dual
    ? { data: new Float32Array(transposed(data.x, count, features)), width: count }
    : { data: data.x, width: features };
  const matrix = await crossProduct(x, x, dual ? features : count, place, breathe);
  const right = dual ? new Float64Array(data.y) : await crossProduct(x, y, count, place, breathe);
  return { place, dual, matrix, right };
}

function columnMeans(values: Float32Array, width: number): Float64Array {
  const sum = new Float64Array(width);
  for (let at = 0; at < values.length; at += width) {
    for (let j = 0; j < width; j++) sum[j] = (sum[j] as number) + (values[at + j] as number);
  }
  return sum.map((total) => total / (values.length / width));
}

function minusRow(values: Float32Array, row: Float64Array): Float32Array {
  const out = new Float32Array(values.length);
  for (let at = 0; at < values.length; at += row.length) {
    for (let j = 0; j < row.length; j++) out[at + j] = (values[at + j] as number) - (row[j] as number);
  }
  return out;
}
