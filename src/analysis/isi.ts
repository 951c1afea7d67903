/**
 * Inter-spike intervals of every unit of one item, and how regular they are:
 *
 *   CV   = sd(I) / mean(I)                                         0 for a clock, 1 for a Poisson process
 *   CV2  = mean of 2 |I_{n+1} - I_n| / (I_{n+1} + I_n)             the same where the rate drifts slowly
 *
 * The spread is that of the intervals themselves (divided by n). G. R. Holt et al. (1996), J. Neurophysiol. 75:1806.
 */

/** Units with fewer intervals have no CV, unless asked otherwise. */
export const minIntervals = 5;

export interface Intervals {
  /** Intervals per unit: its spikes less one, or 0. */
  readonly count: Float64Array;
  /** Mean interval in steps; NaN for a unit without one. */
  readonly mean: Float64Array;
  /** NaN for a unit with fewer than asked for. */
  readonly cv: Float64Array;
  readonly cv2: Float64Array;
}

/** CVs of the intervals of units, from sums that grow interval by interval: whole steps, so they are exact. */
export class IntervalSums {
  readonly count: Float64Array;
  private readonly sum: Float64Array;
  private readonly squares: Float64Array;

  constructor(unitCount: number) {
    this.count = new Float64Array(unitCount);
    this.sum = new Float64Array(unitCount);
    this.squares = new Float64Array(unitCount);
  }

  add(unit: number, interval: number): void {
    const { count, sum, squares } = this;
    count[unit] = (count[unit] as number) + 1;
    sum[unit] = (sum[unit] as number) + interval;
    squares[unit] = (squares[unit] as number) + interval * interval;
  }

  /** Mean interval of a unit, steps; NaN for none. */
  mean(unit: number): number {
    return (this.sum[unit] as number) / (this.count[unit] as number);
  }

  /** NaN for a unit with fewer than `fewest` intervals. */
  cv(unit: number, fewest: number): number {
    const [n, total] = [this.count[unit] as number, this.sum[unit] as number];
    if (n < fewest || total === 0) return Number.NaN;
    return Math.sqrt(Math.max(0, n * (this.squares[unit] as number) - total * total)) / total;
  }
}

/** Hands on every interval between two spikes of a unit, in steps. Events come in step order. */
export function eachInterval(
  units: ArrayLike<number>,
  steps: ArrayLike<number>,
  unitCount: number,
  onInterval: (unit: number, interval: number) => void,
): void {
  const last = new Int32Array(unitCount).fill(-1);
  for (let k = 0; k < units.length; k++) {
    const unit = units[k] as number;
    const step = steps[k] as number;
    const previous = last[unit] as number;
    last[unit] = step;
    if (previous >= 0) onInterval(unit, step - previous);
  }
}

/**
 * Statistics of the intervals of units 0 .. unitCount - 1 in one item; `onInterval` gets every interval in steps. CV needs
 * at least `fewest` (5 by habit), CV2 as many and at least 2.
 */
export function intervalStatistics(
  units: ArrayLike<number>,
  steps: ArrayLike<number>,
  unitCount: number,
  fewest = minIntervals,
  onInterval?: (unit: number, interval: number) => void,
): Intervals {
  const sums = new IntervalSums(unitCount);
  const before = new Int32Array(unitCount).fill(-1);
  const local = new Float64Array(unitCount);
  eachInterval(units, steps, unitCount, (unit, interval) => {
    const earlier = before[unit] as number;
    if (earlier >= 0 && interval + earlier > 0) {
      local[unit] = (local[unit] as number) + (2 * Math.abs(interval - earlier)) / (interval + earlier);
    }
    before[unit] = interval;
    sums.add(unit, interval);
    onInterval?.(unit, interval);
  });
  const cv = Float64Array.from(local, (_, unit) => sums.cv(unit, fewest));
  return {
    count: sums.count,
    mean: Float64Array.from(local, (_, unit) => sums.mean(unit)),
    cv,
    cv2: local.map((sum, unit) => {
      const n = sums.count[unit] as number;
      return n > 1 && !Number.isNaN(cv[unit]) ? sum / (n - 1) : Number.NaN;
    }),
  };
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
