/**
 * One thread's part in a network that several simulate together, each its own neurons. All threads make the same calls. After
 * every window of steps, none longer than the shortest delay, they meet and exchange their spikes, which then arrive at each
 * in the order in which one thread alone would have them: by step, and within a step by unit. So nothing is rounded otherwise
 * and the spikes are the same, bit for bit. What comes out (spikes, inputs, membranes) comes out at the first thread alone.
 */
import type { ResolvedDrive } from './drive';
import { KernelState, type Share } from './kernel-state';
import type { NetworkParams } from './params';
import { type Arithmetic, type InputSink, SpikeLog, type Stepper } from './stepper';
import { MeetingPlace, type TeamMemory } from './team-memory';
import { wiringOfShare } from './team-shares';
import type { Wiring } from './wiring';

export interface TeamPlace {
  readonly memory: TeamMemory;
  /** Which thread of the team: 0 is the first. */
  readonly part: number;
  /** True once the team is dissolved. */
  readonly stopped: () => boolean;
}

export class TeamStepper implements Stepper {
  private readonly share: Share;
  private readonly memory: TeamMemory;
  /** Own spikes of a window, units counted from the share's first. */
  private readonly fresh = new SpikeLog(true);
  /** Places of the recorded units among all that are recorded, and how many those are. */
  private readonly places: number[] = [];
  private recorded = 0;
  private parity = 0;
  private step = 0;
  /** Spikes that have been filled in, modulo 2^32. */
  private arrived = 0;
  /** Spikes of each thread that have been filled in of this window. */
  private readonly taken: Uint32Array;

  private readonly meetingPlace: MeetingPlace;

  private constructor(
    private readonly kernel: KernelState,
    private readonly place: TeamPlace,
  ) {
    this.memory = place.memory;
    this.meetingPlace = new MeetingPlace(place.memory, place.stopped);
    this.share = kernel.share;
    this.taken = new Uint32Array(place.memory.shares.length);
  }

  static async create(
    params: NetworkParams,
    wiring: Wiring,
    place: TeamPlace,
    arithmetic: Arithmetic = 'float',
  ): Promise<TeamStepper> {
    const share = place.memory.shares[place.part] as Share;
    const kernel = await KernelState.create(params, wiringOfShare(wiring, share), { share, arithmetic });
    return new TeamStepper(kernel, place);
  }

  private get isFirst(): boolean {
    return this.place.part === 0;
  }

  start(item: number, run: number, drive: ResolvedDrive, recorded = new Uint32Array(0)): void {
    const { first, count } = this.share;
    const own: number[] = [];
    this.places.length = 0;
    recorded.forEach((unit, k) => {
      if (unit < first || unit >= first + count) return;
      own.push(unit - first);
      this.places.push(k);
    });
    this.recorded = recorded.length;
    this.step = 0;
    this.arrived = 0;
    this.kernel.start(item, run, drive, Uint32Array.from(own));
  }

  setDrive(drive: ResolvedDrive): void {
    this.kernel.setDrive(drive);
  }

  advance(steps: number, log: SpikeLog, inputs?: InputSink): void {
    for (let left = steps; left > 0; ) {
      const window = Math.min(left, this.memory.window);
      if (this.kernel.advance(window) !== window) throw new Error('A share of a network has no room for its spikes.');
      this.handOver(window);
      this.meet();
      this.fillIn(window, log);
      const arrivals = this.memory.inputs[1 - this.parity] as Float32Array;
      if (this.isFirst && this.recorded > 0) inputs?.take(arrivals.subarray(0, 3 * this.recorded * window), window);
      left -= window;
    }
  }

  membrane(out: Float32Array): void {
    const membranes = this.memory.membranes[this.parity] as Float32Array;
    const { first, count } = this.share;
    this.kernel.membrane(membranes.subarray(first, first + count));
    this.meet();
    if (this.isFirst) out.set(membranes);
  }

  private meet(): void {
    this.meetingPlace.meet();
    this.parity = 1 - this.parity;
  }

  /** Writes own spikes and recorded inputs where the others read them after the meeting. */
  private handOver(window: number): void {
    const { fresh, memory, place, parity, share } = this;
    const counts = memory.counts[place.part]?.[parity] as Uint32Array;
    const out = memory.units[place.part]?.[parity] as Uint32Array;
    fresh.clear();
    this.kernel.drain(fresh);
    const { units, steps, count } = fresh;
    counts.fill(0);
    for (let k = 0; k < count; k++) {
      out[k] = (units[k] as number) + share.first;
      const at = (steps[k] as number) - this.step;
      counts[at] = (counts[at] as number) + 1;
    }
    const own = this.places.length;
    if (own === 0) return;
    const inputs = this.kernel.recordedInputs(window);
    const all = memory.inputs[parity] as Float32Array;
    for (let k = 0; k < window; k++) {
      this.places.forEach((at, i) => {
        const from = 3 * (k * own + i);
        all.set(inputs.subarray(from, from + 3), 3 * (k * this.recorded + at));
      });
    }
  }

  /** Takes the spikes of all threads that the meeting before has made known. */
  private fillIn(window: number, log: SpikeLog): void {
    const { memory, taken, isFirst } = this;
    const { units, mask, counts, stepMask } = this.kernel.arrivals();
    const parity = 1 - this.parity;
    taken.fill(0);
    for (let k = 0; k < window; k++, this.step++) {
      let total = 0;
      for (let part = 0; part < taken.length; part++) {
        const spikes = memory.units[part]?.[parity] as Uint32Array;
        const n = memory.counts[part]?.[parity]?.[k] as number;
        const from = taken[part] as number;
        if (isFirst) log.reserve(n);
        for (let j = from; j < from + n; j++) {
          const unit = spikes[j] as number;
          units[(this.arrived + j - from) & mask] = unit;
          if (!isFirst) continue;
          log.units[log.count] = unit;
          log.steps[log.count++] = this.step;
        }
        this.arrived = (this.arrived + n) >>> 0;
        taken[part] = from + n;
        total += n;
      }
      counts[this.step & stepMask] = total;
    }
  }
}
