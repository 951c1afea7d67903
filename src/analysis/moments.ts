/** Mean and spread of a list of numbers. NaN marks what is not defined; tables show it as an empty cell. */

/** NaN for none. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / values.length;
}

/** Mean of those that are numbers, NaN for none; `rows` as positions, perhaps several times. */
export function meanOfKnown(values: ArrayLike<number | null>, rows?: ArrayLike<number>): number {
  let [sum, count] = [0, 0];
  const n = rows?.length ?? values.length;
  for (let k = 0; k < n; k++) {
    const value = values[rows ? (rows[k] as number) : k] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}

function squaresAroundMean(values: ArrayLike<number>): number {
  const mean = meanOf(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += ((values[i] as number) - mean) ** 2;
  return squares;
}

/** Of the numbers themselves (divided by n); NaN for none. */
export const varianceOf = (values: ArrayLike<number>): number => squaresAroundMean(values) / values.length;

/** Of a sample (divided by n - 1); NaN for fewer than two. */
export const sampleSd = (values: ArrayLike<number>): number =>
  values.length < 2 ? Number.NaN : Math.sqrt(squaresAroundMean(values) / (values.length - 1));
