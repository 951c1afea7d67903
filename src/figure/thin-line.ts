/**
 * A long line drawn with fewer points: first, lowest, highest and last of each of `buckets` equal stretches, in order. At
 * two stretches a point of print nothing visible is lost. Gaps (NaN) are kept.
 */
export function thinLine(
  x: Float64Array,
  y: Float64Array,
  buckets: number,
): { readonly x: Float64Array; readonly y: Float64Array } {
  const n = x.length;
  if (n <= 4 * buckets) return { x, y };
  const kept: number[] = [];
  for (let b = 0; b < buckets; b++) {
    const from = Math.floor((b * n) / buckets);
    const to = Math.floor(((b + 1) * n) / buckets);
    let [low, high, hole] = [-1, -1, -1];
    for (let i = from; i < to; i++) {
      const value = y[i] as number;
      if (!Number.isFinite(value)) hole = i;
      else {
        if (low < 0 || value < (y[low] as number)) low = i;
        if (high < 0 || value > (y[high] as number)) high = i;
      }
    }
    const chosen = new Set([from, low, high, hole, to - 1].filter((i) => i >= 0));
    kept.push(...[...chosen].sort((a, c) => a - c));
  }
  return { x: Float64Array.from(kept, (i) => x[i] as number), y: Float64Array.from(kept, (i) => y[i] as number) };
}
