/**
 * What each unit did over several items: spike counts, and mean and spread of its inter-spike intervals. Intervals are
 * whole steps within one item, so their sums are exact and need no list of spikes.
 *   CV = standard deviation / mean of the intervals of a unit (dividing by their number)
 */
import type { SpikesValue } from '../kit/values';

/** Units with fewer intervals have no CV. */
export const minIntervals = 5;

const never = 0xffffffff;

export class UnitActivity {
  readonly counts: Float64Array;
  /** Items added. */
  items = 0;
  private readonly intervals: Float64Array;
  private readonly sums: Float64Array;
  private readonly squares: Float64Array;
  private readonly last: Uint32Array;

  constructor(private readonly spikes: Pick<SpikesValue, 'unitCount' | 'discardSteps'>) {
    const n = spikes.unitCount;
    this.counts = new Float64Array(n);
    this.intervals = new Float64Array(n);
    this.sums = new Float64Array(n);
    this.squares = new Float64Array(n);
    this.last = new Uint32Array(n);
  }

  /** Adds the spikes of one item; those of the part left out do not count. */
  add(units: Uint32Array, steps: Uint32Array): void {
    const { counts, intervals, sums, squares, last } = this;
    last.fill(never);
    this.items++;
    for (let k = 0; k < units.length; k++) {
      const step = steps[k] as number;
      if (step < this.spikes.discardSteps) continue;
      const unit = units[k] as number;
      counts[unit] = (counts[unit] as number) + 1;
      const before = last[unit] as number;
      last[unit] = step;
      if (before === never) continue;
      const interval = step - before;
      intervals[unit] = (intervals[unit] as number) + 1;
      sums[unit] = (sums[unit] as number) + interval;
      squares[unit] = (squares[unit] as number) + interval * interval;
    }
  }

  /** CV of each chosen unit that has enough intervals. */
  cvs(isChosen: Uint8Array): Float64Array {
    const values: number[] = [];
    for (let unit = 0; unit < this.counts.length; unit++) {
      const n = this.intervals[unit] as number;
      if (isChosen[unit] !== 1 || n < minIntervals) continue;
      const mean = (this.sums[unit] as number) / n;
      values.push(Math.sqrt(Math.max(0, (this.squares[unit] as number) / n - mean * mean)) / mean);
    }
    return Float64Array.from(values);
  }

  /** Rate of each chosen unit, Hz, over `seconds` per item. */
  rates(isChosen: Uint8Array, seconds: number): Float64Array {
    return this.counts.filter((_, unit) => isChosen[unit] === 1).map((count) => count / (this.items * seconds));
  }
}
