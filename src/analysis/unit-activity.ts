/** What each unit did over several items: spike counts, and the intervals between its spikes within one item. */
import type { SpikesValue } from '../kit/values';
import { eachInterval, IntervalSums, minIntervals } from './isi';
import { firstFrom } from './read-items';

export class UnitActivity {
  readonly counts: Float64Array;
  /** Items added. */
  items = 0;
  private readonly intervals: IntervalSums;

  constructor(private readonly spikes: Pick<SpikesValue, 'unitCount' | 'discardSteps'>) {
    this.counts = new Float64Array(spikes.unitCount);
    this.intervals = new IntervalSums(spikes.unitCount);
  }

  /** Adds the spikes of one item; those of the part left out do not count. */
  add(units: Uint32Array, steps: Uint32Array): void {
    const { counts, intervals } = this;
    this.items++;
    const first = firstFrom(steps, this.spikes.discardSteps);
    const counted = units.subarray(first);
    for (const unit of counted) counts[unit] = (counts[unit] as number) + 1;
    eachInterval(counted, steps.subarray(first), counts.length, (unit, interval) => intervals.add(unit, interval));
  }

  /** CV of each chosen unit that has enough intervals. */
  cvs(isChosen: Uint8Array): Float64Array {
    return this.counts
      .map((_, unit) => (isChosen[unit] === 1 ? this.intervals.cv(unit, minIntervals) : Number.NaN))
      .filter((cv) => !Number.isNaN(cv));
  }

  /** Rate of each chosen unit, Hz, over `seconds` per item. */
  rates(isChosen: Uint8Array, seconds: number): Float64Array {
    return this.counts.filter((_, unit) => isChosen[unit] === 1).map((count) => count / (this.items * seconds));
  }
}
