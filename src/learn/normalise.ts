/**
 * Input normalisation, fitted on the items that are trained on: z = (x - mean) / scale per feature, scale the population
 * standard deviation; no clipping, since what would be clipped depends on the encoder's state (science reference 1.6).
 * A feature that is constant on those items has scale 1, so it is 0 there. Images are left as they are: they lie in 0..1
 * already, and blocks add to them.
 *
 * With a common scale, the root of the mean variance over features, those that vary more stay larger. A penalty that
 * treats all weights alike, as that of ridge regression does, then leans on the features that vary with the stimulus and
 * not on those that hold little but noise.
 */
import type { Rows } from './samples';

export interface Normalisation {
  readonly mean: Float32Array;
  readonly scale: Float32Array;
}

type Breathe = () => Promise<void>;

export const identity = (width: number): Normalisation => ({
  mean: new Float32Array(width),
  scale: new Float32Array(width).fill(1),
});

/** each: z-scores. common: one scale for all features. */
export type InputScale = 'each' | 'common';

export async function fitNormalisation(
  rows: Rows,
  positions: ArrayLike<number>,
  breathe: Breathe,
  inputScale: InputScale = 'each',
): Promise<Normalisation> {
  const { width } = rows;
  const mean = await columnMeans(rows, positions, breathe);
  const squares = new Float64Array(width);
  await eachRow(rows, positions, breathe, (row) => {
    for (let j = 0; j < width; j++)
      squares[j] = (squares[j] as number) + ((row[j] as number) - (mean[j] as number)) ** 2;
  });
  const scale = new Float32Array(width);
  for (let j = 0; j < width; j++) {
    const deviation = Math.sqrt((squares[j] as number) / positions.length);
    // Rounding of the mean leaves a trace of about 1e-16 of it where the feature is constant.
    scale[j] = deviation > 1e-9 * Math.abs(mean[j] as number) ? deviation : 1;
  }
  if (inputScale === 'common') {
    const total = squares.reduce((sum, square) => sum + square, 0);
    const shared = Math.sqrt(total / Math.max(1, width) / positions.length);
    scale.fill(shared > 1e-9 * Math.max(...mean.map(Math.abs), 0) ? shared : 1);
  }
  return { mean: Float32Array.from(mean), scale };
}

/** Mean row over `positions`. */
export async function meanRow(rows: Rows, positions: ArrayLike<number>, breathe: Breathe): Promise<Float32Array> {
  return Float32Array.from(await columnMeans(rows, positions, breathe));
}

/** Normalises gathered rows in place. */
export function normalise(values: Float32Array, { mean, scale }: Normalisation): Float32Array {
  const width = mean.length;
  for (let at = 0; at < values.length; at += width) {
    for (let j = 0; j < width; j++) {
      values[at + j] = ((values[at + j] as number) - (mean[j] as number)) / (scale[j] as number);
    }
  }
  return values;
}

/** Position and place within the row of the first value that is no finite number, or null. */
export async function findNotFinite(
  rows: Rows,
  positions: ArrayLike<number>,
  breathe: Breathe,
): Promise<{ readonly position: number; readonly place: number; readonly value: number } | null> {
  let found: { position: number; place: number; value: number } | null = null;
  await eachRow(rows, positions, breathe, (row, position) => {
    if (found) return;
    const place = row.findIndex((value) => !Number.isFinite(value));
    if (place >= 0) found = { position, place, value: row[place] as number };
  });
  return found;
}

async function columnMeans(rows: Rows, positions: ArrayLike<number>, breathe: Breathe): Promise<Float64Array> {
  const sum = new Float64Array(rows.width);
  await eachRow(rows, positions, breathe, (row) => {
    for (let j = 0; j < rows.width; j++) sum[j] = (sum[j] as number) + (row[j] as number);
  });
  return sum.map((total) => total / positions.length);
}

/** Numbers looked at between two breaths. */
const chunkSize = 2 ** 20;

async function eachRow(
  rows: Rows,
  positions: ArrayLike<number>,
  breathe: Breathe,
  visit: (row: Float32Array, position: number) => void,
): Promise<void> {
  const chunk = Math.max(1, Math.floor(chunkSize / Math.max(1, rows.width)));
  const all = Array.from(positions);
  for (let from = 0; from < all.length; from += chunk) {
    const part = all.slice(from, from + chunk);
    const values = rows.gather(part);
    for (const [k, position] of part.entries()) visit(values.subarray(k * rows.width, (k + 1) * rows.width), position);
    await breathe();
  }
}
