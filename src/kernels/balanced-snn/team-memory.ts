/**
 * What threads that simulate one network together share: the spikes of a window of steps, the inputs of recorded neurons and
 * the membranes when they are sampled, and a meeting point. All is there twice: what was handed over at one meeting is read
 * while the next is prepared, and written over only after that.
 */
import { type Share, sliceSteps } from './kernel-state';
import { deriveConstants, type NetworkParams } from './params';
import { sharesOf } from './team-shares';

/** Plain data on shared memory. */
export interface TeamMemory {
  /** Who owns which units; one entry per thread. */
  readonly shares: readonly Share[];
  /** Steps between meetings, at most: no spike arrives sooner. */
  readonly window: number;
  /** [threads that have come, meetings held]. */
  readonly meeting: Int32Array;
  /** By thread, then meeting parity: spikes of each step of the window, and their units in step order. */
  readonly counts: readonly (readonly Uint32Array[])[];
  readonly units: readonly (readonly Uint32Array[])[];
  /** By meeting parity: inputs of the recorded neurons [step, neuron, 3], and membranes [unit]. */
  readonly inputs: readonly Float32Array[];
  readonly membranes: readonly Float32Array[];
}

const twice = <T>(make: () => T): T[] => [make(), make()];
const shared = (elements: number): SharedArrayBuffer => new SharedArrayBuffer(4 * elements);

/** `recorded`: neurons that are recorded, 0 for none. */
export function createTeamMemory(params: NetworkParams, size: number, recorded: number): TeamMemory {
  const { unitCount, delaySteps, refractorySteps } = deriveConstants(params);
  const window = Math.min(delaySteps, sliceSteps);
  const shares = sharesOf(unitCount, size);
  const spikesPerUnit = Math.ceil(window / (refractorySteps + 1));
  return {
    shares,
    window,
    meeting: new Int32Array(shared(2)),
    counts: shares.map(() => twice(() => new Uint32Array(shared(window)))),
    units: shares.map(({ count }) => twice(() => new Uint32Array(shared(count * spikesPerUnit)))),
    inputs: twice(() => new Float32Array(shared(3 * recorded * window))),
    membranes: twice(() => new Float32Array(shared(recorded > 0 ? unitCount : 0))),
  };
}

/** Thrown out of a simulation whose team is dissolved: by a cancel, or because a thread of it failed. */
export class TeamStopped extends Error {}

const come = 0;
const held = 1;
/** ms that a thread looks for the others before it sleeps: to be woken costs more than the shorter, and less than the longer. */
const shortest = 0.002;
const longest = 0.2;
/** Looks between two looks at the clock. */
const glances = 500;
/** ms of sleep between looks at whether all was stopped. */
const patience = 50;

/** The place where the threads of a team wait for each other. One per thread. */
export class MeetingPlace {
  private watch = longest;

  constructor(
    private readonly memory: TeamMemory,
    private readonly stopped: () => boolean,
  ) {}

  /** Waits until every thread of the team has come here. Throws TeamStopped. */
  meet(): void {
    const { meeting, shares } = this.memory;
    const before = Atomics.load(meeting, held);
    if (Atomics.add(meeting, come, 1) === shares.length - 1) {
      Atomics.store(meeting, come, 0);
      Atomics.add(meeting, held, 1);
      Atomics.notify(meeting, held);
      return;
    }
    if (this.sees(before)) return;
    while (Atomics.load(meeting, held) === before) {
      if (Atomics.wait(meeting, held, before, patience) === 'timed-out' && this.stopped()) throw new TeamStopped();
    }
  }

  /** Watches for a while; where that was in vain (the others have no core, or far more to do), half as long the next time. */
  private sees(before: number): boolean {
    const { meeting } = this.memory;
    const end = performance.now() + this.watch;
    do {
      for (let k = 0; k < glances; k++) {
        if (Atomics.load(meeting, held) === before) continue;
        this.watch = Math.min(longest, 2 * this.watch);
        return true;
      }
    } while (performance.now() < end);
    this.watch = Math.max(shortest, this.watch / 2);
    return false;
  }
}
