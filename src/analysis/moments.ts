/** Mean and variance of a list of numbers. NaN marks what is not defined; tables show it as an empty cell. */

/** NaN for none. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / values.length;
}

/** Of the numbers themselves (divided by n); NaN for none. */
export function varianceOf(values: ArrayLike<number>): number {
  const mean = meanOf(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += ((values[i] as number) - mean) ** 2;
  return sum / values.length;
}

/** Mean of what is defined, added bit by bit. */
export class RunningMean {
  private sum = 0;
  n = 0;

  /** NaN and null are passed over. */
  add(value: number | null): void {
    if (value === null || Number.isNaN(value)) return;
    this.sum += value;
    this.n++;
  }

  /** Null for none. */
  get mean(): number | null {
    return this.n > 0 ? this.sum / this.n : null;
  }
}
