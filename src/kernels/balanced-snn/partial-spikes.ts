/**
 * What is shown of an item while it runs: the latest spikes of neurons spread evenly over the network, now and then. It is
 * small whatever the network, and no result depends on it.
 */
import type { SpikeLog } from './stepper';

export interface PartialSpikes {
  readonly itemId: number;
  readonly run: number;
  /** Unit and step of each spike, in step order. */
  readonly units: Uint32Array<ArrayBuffer>;
  readonly steps: Uint32Array<ArrayBuffer>;
  /** The neurons that are shown, ascending. */
  readonly sample: Uint32Array;
  /** Steps simulated so far. */
  readonly stepsDone: number;
}

const shownUnits = 100;
const shownSpikes = 8000;
/** ms of the clock between two reports. */
const period = 100;

/** When the next report of a thread is due, on the clock of performance.now; items share it. */
export interface ReportClock {
  due: number;
}

/** The spikes of one item, as they come. */
export class PartialRaster {
  private readonly sample: Uint32Array;
  private readonly shown: Uint8Array;
  private readonly units: number[] = [];
  private readonly steps: number[] = [];
  /** Spikes of the log that were looked at. */
  private seen = 0;

  constructor(
    private readonly itemId: number,
    private readonly run: number,
    unitCount: number,
    private readonly clock: ReportClock,
  ) {
    const count = Math.min(shownUnits, unitCount);
    this.sample = Uint32Array.from({ length: count }, (_, k) => Math.floor(((k + 0.5) * unitCount) / count));
    this.shown = new Uint8Array(unitCount);
    for (const unit of this.sample) this.shown[unit] = 1;
  }

  /** True when 100 ms have passed since the last report of any item, and at first. */
  isDue(): boolean {
    return performance.now() >= this.clock.due;
  }

  take({ units, steps, count }: Readonly<SpikeLog>, stepsDone: number): PartialSpikes {
    for (; this.seen < count; this.seen++) {
      const unit = units[this.seen] as number;
      if (this.shown[unit] === 0) continue;
      this.units.push(unit);
      this.steps.push(steps[this.seen] as number);
    }
    const tooMany = this.units.length - shownSpikes;
    if (tooMany > 0) {
      this.units.splice(0, tooMany);
      this.steps.splice(0, tooMany);
    }
    this.clock.due = performance.now() + period;
    return {
      itemId: this.itemId,
      run: this.run,
      units: Uint32Array.from(this.units),
      steps: Uint32Array.from(this.steps),
      sample: this.sample,
      stepsDone,
    };
  }
}
