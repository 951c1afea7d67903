/**
 * The 97.5 % point of Student's t: half a 95 % interval in standard errors. Tabulated for few degrees of freedom (Fisher
 * and Yates 1963, Statistical Tables, table III), beyond that by its expansion around the normal point (Abramowitz and
 * Stegun 1964, 26.7.5), within 0.1 %.
 */

const tabulated = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];
const z = 1.959964;

/** NaN for less than one degree of freedom. */
export function studentPoint(freedom: number): number {
  if (freedom < 1) return Number.NaN;
  const known = tabulated[freedom - 1];
  if (known !== undefined) return known;
  const first = (z ** 3 + z) / (4 * freedom);
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2);
  return z + first + second + (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3);
}
