/**
 * Moving average over a window that is centred on each point, so that it delays nothing. A window of w bins takes
 * w - 1 whole bins and half a bin at either end where w is even, w whole bins where it is odd: always w bins of weight.
 * At the ends of the series only what lies inside counts.
 */

/** `width` in points, at least 0; up to 1 changes nothing. */
export function movingAverage(values: ArrayLike<number>, width: number): Float64Array {
  const n = values.length;
  if (width <= 1) return Float64Array.from(values);
  const reach = Math.floor(width / 2);
  const endWeight = width % 2 === 0 ? 0.5 : 1;
  // Sums of everything before a point, so that a window costs the same however wide it is.
  const before = new Float64Array(n + 1);
  for (let k = 0; k < n; k++) before[k + 1] = (before[k] as number) + (values[k] as number);
  return Float64Array.from({ length: n }, (_, k) => {
    const [first, last] = [k - reach, k + reach];
    const [from, to] = [Math.max(0, first), Math.min(n - 1, last)];
    let sum = (before[to + 1] as number) - (before[from] as number);
    let weight = to - from + 1;
    for (const end of [first, last]) {
      if (end < 0 || end >= n) continue;
      sum -= (1 - endWeight) * (values[end] as number);
      weight -= 1 - endWeight;
    }
    return sum / weight;
  });
}
