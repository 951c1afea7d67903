/** The levels of a grid: `from`, `from + step`, ... up to `to`, rid of the rounding of decimal fractions. */
export function gridLevels(from: number, to: number, step: number): number[] {
  const count = Math.max(0, Math.floor((to - from) / step + 1e-9) + 1);
  return Array.from({ length: count }, (_, k) => Number((from + k * step).toPrecision(12)));
}
