/** Pearson correlation of two signals sampled together, at lag 0 and over a range of lags. */

/** Pearson's r; NaN where a signal is constant or there are fewer than two samples. */
export function pearson(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = Math.min(a.length, b.length);
  return correlationAt(a, b, 0, n, 0);
}

/** r of a[from .. to) with b[from + lag .. to + lag). */
function correlationAt(a: ArrayLike<number>, b: ArrayLike<number>, from: number, to: number, lag: number): number {
  const n = to - from;
  if (n < 2) return Number.NaN;
  let [sumA, sumB] = [0, 0];
  for (let i = from; i < to; i++) {
    sumA += a[i] as number;
    sumB += b[i + lag] as number;
  }
  const [meanA, meanB] = [sumA / n, sumB / n];
  let [cross, squaresA, squaresB] = [0, 0, 0];
  for (let i = from; i < to; i++) {
    const x = (a[i] as number) - meanA;
    const y = (b[i + lag] as number) - meanB;
    cross += x * y;
    squaresA += x * x;
    squaresB += y * y;
  }
  const scale = Math.sqrt(squaresA * squaresB);
  return scale > 0 ? Math.max(-1, Math.min(1, cross / scale)) : Number.NaN;
}

/**
 * r of a(t) with b(t + lag) for lag = -maxLag .. maxLag samples, each over the samples that overlap (means of their own).
 * NaN where less than half of them do: a few samples correlate by chance. A peak at a positive lag means that b follows a.
 */
export function crossCorrelation(a: ArrayLike<number>, b: ArrayLike<number>, maxLag: number): Float64Array {
  const n = Math.min(a.length, b.length);
  return Float64Array.from({ length: 2 * maxLag + 1 }, (_, k) => {
    const lag = k - maxLag;
    if (n - Math.abs(lag) < n / 2) return Number.NaN;
    return correlationAt(a, b, Math.max(0, -lag), Math.min(n, n - lag), lag);
  });
}

/**
 * Position of the largest of values that lie around a middle one; of those within `rounding` the nearest to the middle.
 * NaN where none is a number.
 */
export function peakAround(values: ArrayLike<number>, rounding = 0): number {
  const middle = (values.length - 1) / 2;
  let best = Number.NaN;
  for (let distance = 0; distance <= middle; distance++) {
    for (const k of [middle + distance, middle - distance]) {
      const value = values[k] as number;
      if (Number.isNaN(value)) continue;
      if (Number.isNaN(best) || value > (values[best] as number) + rounding) best = k;
    }
  }
  return best;
}
