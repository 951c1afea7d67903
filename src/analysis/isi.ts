/**
 * Inter-spike intervals of every unit of one item, and how regular they are:
 *
 *   CV   = sd(I) / mean(I)                                         0 for a clock, 1 for a Poisson process
 *   CV2  = mean of 2 |I_{n+1} - I_n| / (I_{n+1} + I_n)             the same where the rate drifts slowly
 *
 * The spread is that of the intervals themselves (divided by n). G. R. Holt et al. (1996), J. Neurophysiol. 75:1806.
 */

export interface Intervals {
  /** Intervals per unit: its spikes less one, or 0. */
  readonly count: Uint32Array;
  /** Mean interval in steps; NaN for a unit without one. */
  readonly mean: Float64Array;
  /** NaN for a unit with fewer than `minIntervals` of them. */
  readonly cv: Float64Array;
  readonly cv2: Float64Array;
}

/**
 * Statistics of the intervals of units 0 .. unitCount - 1. Events come in step order; `onInterval` gets every interval in
 * steps. CV needs at least `minIntervals` (5 by habit), CV2 as many and at least 2.
 */
export function intervalStatistics(
  units: ArrayLike<number>,
  steps: ArrayLike<number>,
  unitCount: number,
  minIntervals = 5,
  onInterval?: (unit: number, interval: number) => void,
): Intervals {
  const last = new Int32Array(unitCount).fill(-1);
  const before = new Int32Array(unitCount).fill(-1);
  const count = new Uint32Array(unitCount);
  // Sums of whole numbers: exact.
  const sum = new Float64Array(unitCount);
  const squares = new Float64Array(unitCount);
  const local = new Float64Array(unitCount);
  for (let k = 0; k < units.length; k++) {
    const unit = units[k] as number;
    const step = steps[k] as number;
    const previous = last[unit] as number;
    last[unit] = step;
    if (previous < 0) continue;
    const interval = step - previous;
    const earlier = before[unit] as number;
    if (earlier >= 0 && interval + earlier > 0) {
      local[unit] = (local[unit] as number) + (2 * Math.abs(interval - earlier)) / (interval + earlier);
    }
    before[unit] = interval;
    count[unit] = (count[unit] as number) + 1;
    sum[unit] = (sum[unit] as number) + interval;
    squares[unit] = (squares[unit] as number) + interval * interval;
    onInterval?.(unit, interval);
  }
  const [mean, cv, cv2] = [sum, squares, local].map((values) => new Float64Array(values.length).fill(Number.NaN)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let unit = 0; unit < unitCount; unit++) {
    const n = count[unit] as number;
    const total = sum[unit] as number;
    if (n === 0) continue;
    mean[unit] = total / n;
    if (n < minIntervals || total === 0) continue;
    cv[unit] = Math.sqrt(Math.max(0, n * (squares[unit] as number) - total * total)) / total;
    if (n > 1) cv2[unit] = (local[unit] as number) / (n - 1);
  }
  return { count, mean, cv, cv2 };
}

export type Regularity = 'regular' | 'between' | 'irregular';

/** Regular below a CV of 0.3, irregular above 0.5; null where there is no CV. */
export function regularityOf(cv: number | null): Regularity | null {
  if (cv === null || Number.isNaN(cv)) return null;
  return cv < 0.3 ? 'regular' : cv > 0.5 ? 'irregular' : 'between';
}

/** Histogram of intervals as they come, with what the exponential fit needs. */
export class IntervalHistogram {
  /** Intervals per bin of `binSteps` steps from 0. */
  readonly counts: Float64Array;
  n = 0;
  private sum = 0;
  private shortest = Infinity;

  /** No interval is longer than `longest` steps. */
  constructor(
    private readonly binSteps: number,
    longest: number,
  ) {
    this.counts = new Float64Array(Math.floor(longest / binSteps) + 1);
  }

  add(interval: number): void {
    const bin = Math.floor(interval / this.binSteps);
    this.counts[bin] = (this.counts[bin] as number) + 1;
    this.n++;
    this.sum += interval;
    this.shortest = Math.min(this.shortest, interval);
  }

  /** Bins from 0 up to that of the longest interval, or to the quantile `part` of them. */
  binsTo(part = 1): number {
    let seen = 0;
    for (let bin = 0; bin < this.counts.length; bin++) {
      seen += this.counts[bin] as number;
      if (seen >= part * this.n && seen > 0) return bin + 1;
    }
    return 0;
  }

  /**
   * The shifted exponential of largest likelihood, steps: nothing before `dead`, the shortest interval, then a decay with
   * `scale`, the mean less `dead`. Null without intervals or when all are the same.
   */
  exponential(): { dead: number; scale: number } | null {
    const scale = this.sum / this.n - this.shortest;
    return this.n > 0 && scale > 0 ? { dead: this.shortest, scale } : null;
  }
}
