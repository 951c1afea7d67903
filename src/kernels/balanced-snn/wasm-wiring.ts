/**
 * Host of the wiring kernel, with the same calls as WiringBuilder and the same result. The network ends up in memory that
 * threads share where they may (an isolated page, Node); each thread's simulation then copies it into its own WASM memory.
 */
import { Purpose } from '../../core/random/draws';
import { exactLog } from '../../core/random/elementary';
import { loadKernel } from '../load-wasm';
import { deriveConstants, type NetworkConstants, type NetworkParams } from './params';
import { StateMemory } from './state-memory';
import { assembleWiring, type Wiring } from './wiring';
import kernelBytes from './wiring.wasm';
import * as at from './wiring-layout';

interface WiringExports {
  drawTargets(state: number, from: number, end: number): void;
  sumCounts(state: number, n: number): number;
}

/** Connections per slice: about 20 ms of work; where weights are drawn with them, which takes some times as long, fewer. */
const sliceSynapses = 1_000_000;
const weightedSliceSynapses = 250_000;
/** The state block is at the start of the memory. */
const state = 0;

/** Memory that can be posted to threads without a copy, where there is such a thing. */
function sharable(bytes: number): ArrayBufferLike {
  const shared = typeof SharedArrayBuffer !== 'undefined' && globalThis.crossOriginIsolated !== false;
  return shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
}

export class WasmWiringBuilder {
  private readonly constants: NetworkConstants;
  /** Targets drawn, in both passes. */
  private drawn = 0;
  private segmentStart: Uint32Array | null = null;

  private constructor(
    private readonly params: NetworkParams,
    private readonly memory: StateMemory,
    private readonly kernel: WiringExports,
  ) {
    this.constants = deriveConstants(params);
    this.layOut();
  }

  /** Throws ParameterError. */
  static async create(params: NetworkParams): Promise<WasmWiringBuilder> {
    const memory = new StateMemory(at.blockBytes);
    return new WasmWiringBuilder(params, memory, await loadKernel<WiringExports>(kernelBytes, memory.memory));
  }

  /** 0..1. */
  get progress(): number {
    return this.drawn / (2 * this.constants.unitCount);
  }

  /** Does about 20 ms of work; true when the network is wired. */
  advance(): boolean {
    const { unitCount, excInDegree, inhInDegree, relativeWeights } = this.constants;
    const pass = this.drawn < unitCount ? 0 : 1;
    const synapses = pass === 1 && relativeWeights ? weightedSliceSynapses : sliceSynapses;
    const slice = Math.max(16, Math.ceil(synapses / (excInDegree + inhInDegree + 8)));
    if (pass === 1 && !this.segmentStart) this.startRows();
    const from = this.drawn - pass * unitCount;
    const end = Math.min(unitCount, from + slice);
    this.kernel.drawTargets(state, from, end);
    this.drawn += end - from;
    return this.drawn === 2 * unitCount;
  }

  finish(): Wiring {
    const { segmentStart, constants } = this;
    if (!segmentStart || this.progress < 1) throw new Error('finish() comes after advance() has returned true.');
    const count = segmentStart[segmentStart.length - 1] as number;
    const narrow = constants.unitCount <= 65_536;
    const memory = sharable(count * (narrow ? 2 : 4));
    const targets = narrow ? new Uint16Array(memory) : new Uint32Array(memory);
    targets.set(
      narrow ? this.memory.view(Uint16Array, at.targets, count) : this.memory.view(Uint32Array, at.targets, count),
    );
    const weights = constants.relativeWeights && new Float32Array(sharable(4 * count));
    weights?.set(this.memory.view(Float32Array, at.weights, count));
    return assembleWiring(this.params.nExc, constants, segmentStart, targets, weights);
  }

  private get partCount(): number {
    return this.constants.unitCount * this.constants.delayCount;
  }

  private startRows(): void {
    const count = this.kernel.sumCounts(state, this.partCount) >>> 0;
    const places = this.memory.view(Uint32Array, at.places, this.partCount + 1);
    this.segmentStart = new Uint32Array(sharable(places.byteLength));
    this.segmentStart.set(places);
    const shift = this.constants.unitCount <= 65_536 ? 1 : 2;
    this.memory.allocate(at.targets, count * 2 ** shift);
    if (this.constants.relativeWeights) this.memory.allocate(at.weights, 4 * count);
    this.memory.setInt(at.targetShift, shift);
    this.memory.setInt(at.placing, 1);
  }

  private layOut(): void {
    const { memory, params } = this;
    const { excInDegree, inhInDegree, delayCount, relativeWeights } = this.constants;
    const { nExc, nInh, connectionProbability: p } = params;
    const bernoulli = params.connectivity === 'bernoulli' && 1 - p < 1;
    memory.allocate(at.marks, 4 * Math.max(nExc, nInh));
    memory.allocate(at.places, 4 * (this.partCount + 1));
    // 8 words drawn ahead, as many for delays, and 8 for a delay that is drawn again.
    memory.allocate(at.words, 96);
    memory.allocate(at.weightsAhead, 32);
    memory.setInt(at.nExc, nExc);
    memory.setInt(at.nInh, nInh);
    memory.setInt(at.excInDegree, excInDegree);
    memory.setInt(at.inhInDegree, inhInDegree);
    memory.setInt(at.kind, bernoulli ? 2 : params.multapses ? 1 : 0);
    memory.setInt(at.seed, params.seedNetwork);
    memory.setInt(at.wiringPurpose, Purpose.wiring);
    memory.setInt(at.delayPurpose, Purpose.synapticDelay);
    memory.setInt(at.weightPurpose, Purpose.synapticWeight);
    memory.setInt(at.delayCount, delayCount);
    memory.setInt(at.weighted, relativeWeights ? 1 : 0);
    memory.setDouble(at.logSd, relativeWeights?.logSd ?? 0);
    memory.setDouble(at.gapScale, bernoulli && p < 1 ? 1 / exactLog(1 - p) : 0);
  }
}
