/**
 * Input normalisation, fitted on the items that are trained on: z = (x - mean) / scale per feature, scale the population
 * standard deviation; no clipping, since what would be clipped depends on the encoder's state (science reference 1.6).
 * A feature that is constant on those items has scale 1, so it is 0 there. Images are left as they are: they lie in 0..1
 * already, and blocks add to them.
 */
import type { Rows } from './samples';

export interface Normalisation {
  readonly mean: Float32Array;
  readonly scale: Float32Array;
}

export const identity = (width: number): Normalisation => ({
  mean: new Float32Array(width),
  scale: new Float32Array(width).fill(1),
});

export function fitNormalisation(rows: Rows, positions: ArrayLike<number>): Normalisation {
  const { width } = rows;
  const sum = new Float64Array(width);
  const squares = new Float64Array(width);
  eachRow(rows, positions, (row) => {
    for (let j = 0; j < width; j++) sum[j] = (sum[j] as number) + (row[j] as number);
  });
  const mean = sum.map((total) => total / positions.length);
  eachRow(rows, positions, (row) => {
    for (let j = 0; j < width; j++)
      squares[j] = (squares[j] as number) + ((row[j] as number) - (mean[j] as number)) ** 2;
  });
  const scale = new Float32Array(width);
  for (let j = 0; j < width; j++) {
    const deviation = Math.sqrt((squares[j] as number) / positions.length);
    // Rounding of the mean leaves a trace of about 1e-16 of it where the feature is constant.
    scale[j] = deviation > 1e-9 * Math.abs(mean[j] as number) ? deviation : 1;
  }
  return { mean: Float32Array.from(mean), scale };
}

/** Mean row over `positions`. */
export function meanRow(rows: Rows, positions: ArrayLike<number>): Float32Array {
  const sum = new Float64Array(rows.width);
  eachRow(rows, positions, (row) => {
    for (let j = 0; j < rows.width; j++) sum[j] = (sum[j] as number) + (row[j] as number);
  });
  return Float32Array.from(sum, (total) => total / positions.length);
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

function eachRow(rows: Rows, positions: ArrayLike<number>, visit: (row: Float32Array) => void): void {
  const chunk = 256;
  const all = Array.from(positions);
  for (let from = 0; from < all.length; from += chunk) {
    const part = all.slice(from, from + chunk);
    const values = rows.gather(part);
    for (let k = 0; k < part.length; k++) visit(values.subarray(k * rows.width, (k + 1) * rows.width));
  }
}
