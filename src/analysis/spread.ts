/** Sample standard deviation, n - 1; NaN for fewer than two values. */
import { meanOf } from './linear-fit';

export function sampleSd(values: ArrayLike<number>): number {
  if (values.length < 2) return Number.NaN;
  const mean = meanOf(values);
  let squares = 0;
  for (let k = 0; k < values.length; k++) squares += ((values[k] as number) - mean) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}
