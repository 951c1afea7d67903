/**
 * The first principal components of many images, by subspace iteration from seeded normals: X^T X applied to a block of
 * directions that is made orthonormal after each step (Halko, Martinsson and Tropp 2011, SIAM Rev. 53:217-288).
 */
import { normal, Purpose } from '../core/random/draws';
import { dot, gramOf, type Rest } from './symmetric';

const iterations = 6;

export interface Components {
  /** One row of length `columns` for each component, in order of variance; orthonormal. */
  readonly directions: Float64Array;
  /** Of the items' scores. */
  readonly variances: Float64Array;
}

/** Of centred `x`, row major; fewer than `count` where the data have no more. */
export async function principalComponents(
  x: Float64Array,
  rows: number,
  columns: number,
  count: number,
  seed: number,
  rest: Rest,
): Promise<Components> {
  // A few more directions than asked for make the last ones settle sooner.
  const block = Math.min(columns, rows, count + 8);
  let directions: Float64Array = Float64Array.from({ length: block * columns }, (_, k) =>
    normal({ seed, purpose: Purpose.sample, item: 0 }, k),
  );
  await orthonormalise(directions, block, columns, rest);
  let scores = new Float64Array(rows * block);
  for (let turn = 0; turn < iterations; turn++) {
    scores = await project(x, rows, columns, directions, block, rest);
    directions = new Float64Array(block * columns);
    for (let i = 0; i < rows; i++) {
      for (let k = 0; k < block; k++) {
        const weight = scores[i * block + k] as number;
        for (let j = 0; j < columns; j++) {
          directions[k * columns + j] =
            (directions[k * columns + j] as number) + weight * (x[i * columns + j] as number);
        }
      }
      await rest();
    }
    await orthonormalise(directions, block, columns, rest);
  }
  scores = await project(x, rows, columns, directions, block, rest);
  return rotate(directions, await gramOf(scores, rows, block, rest), rows, columns, block, count, rest);
}

async function project(x: Float64Array, rows: number, columns: number, to: Float64Array, count: number, rest: Rest) {
  const scores = new Float64Array(rows * count);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < count; k++) scores[i * count + k] = dot(x, i * columns, to, k * columns, columns);
    await rest();
  }
  return scores;
}

/** Gram and Schmidt, twice for rounding; a direction that depends on those before it becomes 0. */
async function orthonormalise(rows: Float64Array, count: number, columns: number, rest: Rest): Promise<void> {
  for (let k = 0; k < count; k++) {
    const at = k * columns;
    const before = Math.sqrt(dot(rows, at, rows, at, columns));
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < k; other++) {
        const share = dot(rows, at, rows, other * columns, columns);
        for (let j = 0; j < columns; j++) {
          rows[at + j] = (rows[at + j] as number) - share * (rows[other * columns + j] as number);
        }
      }
    }
    const length = Math.sqrt(dot(rows, at, rows, at, columns));
    const scale = length > 1e-10 * before && length > 0 ? 1 / length : 0;
    for (let j = 0; j < columns; j++) rows[at + j] = (rows[at + j] as number) * scale;
    await rest();
  }
}

/** Turns the block so that its scores are uncorrelated, and orders it by variance. */
async function rotate(
  directions: Float64Array,
  gram: Float64Array,
  rows: number,
  columns: number,
  block: number,
  count: number,
  rest: Rest,
): Promise<Components> {
  const vectors = await jacobi(gram, block, rest);
  const order = Array.from({ length: block }, (_, k) => k)
    .filter((k) => (gram[k * block + k] as number) > 0)
    .sort((a, b) => (gram[b * block + b] as number) - (gram[a * block + a] as number));
  const largest = order.length > 0 ? (gram[(order[0] as number) * (block + 1)] as number) : 0;
  const kept = order.filter((k) => (gram[k * block + k] as number) > 1e-10 * largest).slice(0, count);
  const out = new Float64Array(kept.length * columns);
  kept.forEach((k, row) => {
    for (let b = 0; b < block; b++) {
      const weight = vectors[b * block + k] as number;
      for (let j = 0; j < columns; j++) {
        out[row * columns + j] = (out[row * columns + j] as number) + weight * (directions[b * columns + j] as number);
      }
    }
  });
  return { directions: out, variances: Float64Array.from(kept, (k) => (gram[k * block + k] as number) / rows) };
}

/** Cyclic Jacobi: makes the symmetric `a` diagonal in place and returns the eigenvectors as columns. */
async function jacobi(a: Float64Array, n: number, rest: Rest): Promise<Float64Array> {
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  for (let sweep = 0; sweep < 30; sweep++) {
    let [off, diagonal] = [0, 0];
    for (let i = 0; i < n; i++) {
      diagonal += (a[i * n + i] as number) ** 2;
      for (let j = 0; j < i; j++) off += (a[i * n + j] as number) ** 2;
    }
    if (off <= 1e-24 * diagonal) break;
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) turn(a, vectors, n, p, q);
      await rest();
    }
  }
  return vectors;
}

function turn(a: Float64Array, vectors: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q] as number;
  if (apq === 0) return;
  const theta = ((a[q * n + q] as number) - (a[p * n + p] as number)) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const [x, y] = [a[k * n + p] as number, a[k * n + q] as number];
    a[k * n + p] = c * x - s * y;
    a[k * n + q] = s * x + c * y;
  }
  for (let k = 0; k < n; k++) {
    const [x, y] = [a[p * n + k] as number, a[q * n + k] as number];
    a[p * n + k] = c * x - s * y;
    a[q * n + k] = s * x + c * y;
    const [u, v] = [vectors[k * n + p] as number, vectors[k * n + q] as number];
    vectors[k * n + p] = c * u - s * v;
    vectors[k * n + q] = s * u + c * v;
  }
}
