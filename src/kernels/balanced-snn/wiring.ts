/**
 * Draws the network's connections: compressed rows by source, each row's targets in ascending order. No neuron connects
 * to itself. The same bits everywhere: Threefry(seedNetwork, wiring) at the counter (target, draw), integers and exact
 * logarithms only. This is the plain twin of wiring.as.ts, which gives the same bits (tested) and is what runs use.
 *
 * Per target, the excitatory sources are drawn first, then the inhibitory ones, from one sequence of words:
 * - fixed in-degree: C_E of the excitatory and C_I of the inhibitory population, uniformly, without repeats (with them if
 *   `multapses`). Beyond half of a population the sources left out are drawn instead.
 * - bernoulli: gaps between connected sources are geometric, floor(log(u) / log(1 - epsilon)).
 *
 * Where weights differ, relative-weights.ts draws those of each target's inputs.
 *
 * Where delays differ, the k-th input of a target is delayed by `delaySteps` + uniform(0..delayCount - 1) steps, drawn at
 * (target, k) for a purpose of its own, so that the graph is the same whatever the delays are. Rows are then sorted by
 * delay, and by target within a delay.
 */
import { type DrawKey, integerBelow, Purpose } from '../../core/random/draws';
import { exactLog } from '../../core/random/elementary';
import { threefry2x32 } from '../../core/random/threefry';
import { deriveConstants, type NetworkConstants, type NetworkParams } from './params';
import { drawRelativeWeights } from './relative-weights';

/** Plain typed arrays, so that it can be transferred, shared and stored. Threads share it where they can share memory. */
export interface Wiring {
  readonly unitCount: number;
  readonly nExc: number;
  /** [unit + 1]: the targets of source j are targets[sourceStart[j] .. sourceStart[j + 1]]. */
  readonly sourceStart: Uint32Array;
  /** 16-bit up to 65,536 neurons. */
  readonly targets: Uint16Array | Uint32Array;
  /** Where delays differ: [unit * delayCount + 1], the row of source j in parts, one for each delay from the shortest up. */
  readonly segmentStart?: Uint32Array;
  /** Where weights differ: each synapse's weight over its population's, parallel to `targets`. */
  readonly weights?: Float32Array;
}

/** What a simulator says to a wiring that was drawn for other parameters. */
export const withoutWeights = 'A network whose weights differ was wired without weights.';

type Units = Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/** Targets per slice: at 1,250 inputs each, about 20 ms. */
const sliceSynapses = 400_000;

const unitArray = (unitCount: number, length: number): Units =>
  unitCount <= 65_536 ? new Uint16Array(length) : new Uint32Array(length);

/** The wiring whose rows, or parts of rows where delays differ, start at `segmentStart`. */
export function assembleWiring(
  nExc: number,
  { unitCount, delayCount }: NetworkConstants,
  segmentStart: Uint32Array,
  targets: Uint16Array | Uint32Array,
  weights: Float32Array | null,
): Wiring {
  const synapses = { targets, ...(weights ? { weights } : {}) };
  if (delayCount === 1) return { unitCount, nExc, sourceStart: segmentStart, ...synapses };
  const sourceStart = new Uint32Array(unitCount + 1);
  for (let j = 0; j <= unitCount; j++) sourceStart[j] = segmentStart[j * delayCount] as number;
  return { unitCount, nExc, sourceStart, ...synapses, segmentStart };
}

/** Wires a network in slices. Call `advance` until it returns true, then `finish`. */
export class WiringBuilder {
  private readonly constants: NetworkConstants;
  private readonly words = new Uint32Array(2);
  /** Sources by target, as drawn. */
  private sources: Units;
  private readonly targetStart: Float64Array;
  private count = 0;
  private target = 0;
  /** Marks the sources already drawn for the present target and population, by a stamp that never repeats. */
  private readonly mark: Uint32Array;
  private stamp = 0;
  private block = 0;
  private hasSecond = false;
  /** Second phase: the next free place of each part of each source's row. */
  private next: Uint32Array | null = null;
  private readonly segmentStart: Uint32Array<ArrayBuffer>;
  private targets: Units;
  private weights: Float32Array<ArrayBuffer> | null = null;
  private placed = 0;

  constructor(private readonly params: NetworkParams) {
    this.constants = deriveConstants(params);
    const { unitCount, excInDegree, inhInDegree, delayCount } = this.constants;
    const expected = unitCount * (excInDegree + inhInDegree);
    const room =
      params.connectivity === 'bernoulli' ? Math.ceil(expected + 6 * Math.sqrt(expected) + unitCount) : expected;
    this.sources = unitArray(unitCount, room);
    this.targetStart = new Float64Array(unitCount + 1);
    this.mark = new Uint32Array(Math.max(params.nExc, params.nInh));
    this.segmentStart = new Uint32Array(unitCount * delayCount + 1);
    this.targets = unitArray(unitCount, 0);
  }

  /** 0..1. */
  get progress(): number {
    const { unitCount } = this.constants;
    return (this.target + (this.next ? this.placed : 0)) / (2 * unitCount);
  }

  /** Does about 20 ms of work; true when the network is wired. */
  advance(): boolean {
    const { unitCount, excInDegree, inhInDegree } = this.constants;
    const slice = Math.max(64, Math.ceil(sliceSynapses / (excInDegree + inhInDegree + 1)));
    if (this.target < unitCount) {
      const end = Math.min(unitCount, this.target + slice);
      while (this.target < end) this.drawTarget(this.target++);
      return false;
    }
    if (!this.next) this.startRows();
    const end = Math.min(unitCount, this.placed + 4 * slice);
    this.placeTargets(end);
    return this.placed === unitCount;
  }

  finish(): Wiring {
    if (this.placed !== this.constants.unitCount) throw new Error('finish() comes after advance() has returned true.');
    return assembleWiring(this.params.nExc, this.constants, this.segmentStart, this.targets, this.weights);
  }

  private drawTarget(target: number): void {
    const { nExc, nInh, connectivity, multapses } = this.params;
    const { excInDegree, inhInDegree } = this.constants;
    this.block = 0;
    this.hasSecond = false;
    const isExc = target < nExc;
    const selfExc = isExc ? target : -1;
    const selfInh = isExc ? -1 : target - nExc;
    if (connectivity === 'bernoulli') {
      this.drawBernoulli(target, 0, nExc, selfExc);
      this.drawBernoulli(target, nExc, nInh, selfInh);
    } else if (multapses) {
      this.drawRepeating(target, 0, nExc, selfExc, excInDegree);
      this.drawRepeating(target, nExc, nInh, selfInh, inhInDegree);
    } else {
      this.drawDistinct(target, 0, nExc, selfExc, excInDegree);
      this.drawDistinct(target, nExc, nInh, selfInh, inhInDegree);
    }
    this.targetStart[target + 1] = this.count;
  }

  private word(target: number): number {
    if (this.hasSecond) {
      this.hasSecond = false;
      return this.words[1] as number;
    }
    threefry2x32(this.params.seedNetwork, Purpose.wiring, target, this.block++, this.words);
    this.hasSecond = true;
    return this.words[0] as number;
  }

  /** Uniform in 0..n-1 without bias (Lemire): the high word of word * n, redrawn in the short last interval. */
  private below(target: number, n: number): number {
    const short = 0x100000000 % n;
    for (;;) {
      const product = this.word(target) * n; // below 2^53 for n < 2^21
      const high = Math.floor(product / 0x100000000);
      if (product - high * 0x100000000 >= short) return high;
    }
  }

  /** Which part of its source's row the `k`-th input of `target` belongs to. */
  private delayOf(target: number, k: number): number {
    const { delayCount } = this.constants;
    if (delayCount === 1) return 0;
    const key: DrawKey = { seed: this.params.seedNetwork, purpose: Purpose.synapticDelay, item: target };
    return integerBelow(key, k, delayCount);
  }

  private emit(source: number): void {
    if (this.count === this.sources.length) {
      const grown = unitArray(this.constants.unitCount, Math.ceil(this.sources.length * 1.25) + 1024);
      grown.set(this.sources);
      this.sources = grown;
    }
    // drawTarget() has moved `target` on.
    const target = this.target - 1;
    const k = this.count - (this.targetStart[target] as number);
    this.sources[this.count++] = source;
    const part = source * this.constants.delayCount + this.delayOf(target, k) + 1;
    this.segmentStart[part] = (this.segmentStart[part] as number) + 1;
  }

  /** `self` is the target's own place in the population, or -1: candidates above it stand for the next neuron. */
  private drawDistinct(target: number, first: number, n: number, self: number, degree: number): void {
    const candidates = self >= 0 ? n - 1 : n;
    if (degree === 0) return;
    const leaveOut = degree > candidates / 2;
    const stamp = ++this.stamp;
    const { mark } = this;
    for (let left = leaveOut ? candidates - degree : degree; left > 0; ) {
      const candidate = this.below(target, candidates);
      if (mark[candidate] === stamp) continue;
      mark[candidate] = stamp;
      left--;
      if (!leaveOut) this.emit(first + (self >= 0 && candidate >= self ? candidate + 1 : candidate));
    }
    if (!leaveOut) return;
    for (let candidate = 0; candidate < candidates; candidate++) {
      if (mark[candidate] !== stamp) this.emit(first + (self >= 0 && candidate >= self ? candidate + 1 : candidate));
    }
  }

  private drawRepeating(target: number, first: number, n: number, self: number, degree: number): void {
    const candidates = self >= 0 ? n - 1 : n;
    for (let k = 0; k < degree; k++) {
      const candidate = this.below(target, candidates);
      this.emit(first + (self >= 0 && candidate >= self ? candidate + 1 : candidate));
    }
  }

  private drawBernoulli(target: number, first: number, n: number, self: number): void {
    const candidates = self >= 0 ? n - 1 : n;
    const p = this.params.connectionProbability;
    // Below half a bit of 1 the gaps are infinite.
    if (1 - p === 1) return;
    const scale = p < 1 ? 1 / exactLog(1 - p) : 0;
    for (let candidate = -1; ; ) {
      // u in (0, 1], so that the gap is finite.
      const u = (this.word(target) + 1) / 0x100000000;
      candidate += 1 + Math.floor(exactLog(u) * scale);
      if (candidate >= candidates) return;
      this.emit(first + (self >= 0 && candidate >= self ? candidate + 1 : candidate));
    }
  }

  private startRows(): void {
    const { segmentStart } = this;
    for (let j = 0; j < segmentStart.length - 1; j++) {
      segmentStart[j + 1] = (segmentStart[j + 1] as number) + (segmentStart[j] as number);
    }
    this.next = segmentStart.slice(0, -1);
    this.targets = unitArray(this.constants.unitCount, this.count);
    if (this.constants.relativeWeights) this.weights = new Float32Array(this.count);
  }

  /** Targets are visited in order, so every part of a row ends up ascending. */
  private placeTargets(end: number): void {
    const next = this.next as Uint32Array;
    const { sources, targets, targetStart, weights } = this;
    const { delayCount, relativeWeights } = this.constants;
    for (; this.placed < end; this.placed++) {
      const start = targetStart[this.placed] as number;
      const stop = targetStart[this.placed + 1] as number;
      const drawn = relativeWeights && new Float32Array(stop - start);
      if (drawn) drawRelativeWeights(drawn, this.params.seedNetwork, this.placed, relativeWeights);
      for (let k = start; k < stop; k++) {
        const part = (sources[k] as number) * delayCount + this.delayOf(this.placed, k - start);
        const at = next[part] as number;
        next[part] = at + 1;
        targets[at] = this.placed;
        if (weights && drawn) weights[at] = drawn[k - start] as number;
      }
    }
  }
}

/** Wires a network without a pause. Throws ParameterError. */
export function buildWiring(params: NetworkParams): Wiring {
  const builder = new WiringBuilder(params);
  while (!builder.advance());
  return builder.finish();
}
