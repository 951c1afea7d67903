/**
 * The balanced network as the encoder node and the pool task use it: wire a network once, then run items through it by
 * slices. An item's spikes depend on the parameters, the item id, the run and the drive; not on the items before it.
 *
 * The WASM kernel and the plain twin give identical spikes (tested), so both carry one numeric mode: a result stored
 * from either is the result of the other.
 */
import { type Drive, resolveDrive } from './drive';
import { DrivePlan, type DriveSchedule } from './drive-schedule';
import { maxRuns } from './initial-state';
import { sliceSteps } from './kernel-state';
import { deriveConstants, type NetworkConstants, type NetworkParams } from './params';
import { Recorder, type Recording } from './recorder';
import { ReferenceStepper } from './reference';
import { type Arithmetic, SpikeLog, type Stepper } from './stepper';
import { type TeamPlace, TeamStepper } from './team-stepper';
import { WasmStepper } from './wasm-stepper';
import { WasmWiringBuilder } from './wasm-wiring';
import { requireFixedPoint } from './webgpu-fixed-point';
import { FixedReferenceStepper } from './webgpu-fixed-reference';
import { buildWiring, type Wiring, WiringBuilder } from './wiring';

/** Part of every key of a result: counts are integers, states float32 without fused multiply-add. */
export const numericMode = 'balanced-snn/1 float32';

export type SimulatorKind = 'wasm' | 'reference';

/** Spikes of one item in step order, and within a step by unit. Time of a spike = step * dt. */
export interface ItemSpikes {
  readonly units: Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;
  readonly steps: Uint32Array<ArrayBuffer>;
  readonly count: number;
  /** Where it was asked for. */
  readonly recording?: Recording;
}

/** Wires the network of `params` at once, by the plain twin of the wiring kernel. Throws ParameterError. */
export function createNetwork(params: NetworkParams): Wiring {
  return buildWiring(params);
}

export interface WiringHooks {
  /** Called about every 20 ms with 0..1; await something here to let messages in. Return false to stop. */
  onSlice(progress: number): Promise<boolean> | boolean;
}

/** The kernel's builder, or its plain twin where WASM SIMD is missing. */
async function wiringBuilder(params: NetworkParams): Promise<WasmWiringBuilder | WiringBuilder> {
  try {
    return await WasmWiringBuilder.create(params);
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return new WiringBuilder(params);
    throw error;
  }
}

/** Wires in slices; null if `onSlice` stopped it. Throws ParameterError. */
export async function createNetworkInSlices(params: NetworkParams, hooks: WiringHooks): Promise<Wiring | null> {
  const builder = await wiringBuilder(params);
  while (!builder.advance()) {
    if (!(await hooks.onSlice(builder.progress))) return null;
  }
  return builder.finish();
}

export interface RunItemOptions {
  /** Trials and colour channels of one item: same item id, other noise and initial state. 0..4095. */
  readonly run?: number;
  /** Neurons whose inputs and membranes are recorded, which changes no spike; and the steps that its variance leaves out. */
  readonly record?: { readonly units: Uint32Array; readonly discardSteps?: number };
  /** Called after each slice; return false to stop there. The spikes so far are returned. */
  onSlice?(stepsDone: number, stepCount: number): boolean;
}

export interface RunnerOptions {
  /** This is one of the threads that simulate the network together. */
  readonly place?: TeamPlace;
  /** Absent: float. */
  readonly arithmetic?: Arithmetic;
}

/** Simulates items of one network, one after another. */
export class NetworkRunner {
  /** Resolves when the simulator can run. */
  readonly ready: Promise<void>;
  readonly constants: NetworkConstants;
  private stepper: Stepper | null = null;
  private readonly log: SpikeLog;
  private stepsDone = 0;
  private recorder: Recorder | null = null;

  constructor(
    readonly kind: SimulatorKind,
    readonly params: NetworkParams,
    wiring: Wiring,
    options: RunnerOptions = {},
  ) {
    this.constants = deriveConstants(params);
    this.log = new SpikeLog(this.constants.unitCount > 65_536);
    this.ready = this.load(wiring, options);
  }

  private async load(wiring: Wiring, { place, arithmetic = 'float' }: RunnerOptions): Promise<void> {
    const { params } = this;
    if (arithmetic === 'fixed') requireFixedPoint(params);
    if (this.kind === 'reference') {
      this.stepper = new (arithmetic === 'fixed' ? FixedReferenceStepper : ReferenceStepper)(params, wiring);
    } else if (place) this.stepper = await TeamStepper.create(params, wiring, place, arithmetic);
    else this.stepper = await WasmStepper.create(params, wiring, arithmetic);
  }

  private get simulator(): Stepper {
    if (!this.stepper) throw new Error('Await ready before starting an item.');
    return this.stepper;
  }

  /** Sets the state to the start of an item. Throws ShapeMismatchError or ParameterError for an unusable drive. */
  start(item: number, drive: Drive, run = 0, record?: Uint32Array, discardSteps = 0): void {
    if (!(run >= 0 && run < maxRuns)) throw new RangeError(`run must be 0..${maxRuns - 1}, got ${run}.`);
    const resolved = resolveDrive(this.constants, drive);
    this.recorder = record ? new Recorder(this.constants, this.params, record, discardSteps) : null;
    this.recorder?.setDrive(resolved);
    this.simulator.start(item, run, resolved, record);
    this.log.clear();
    this.stepsDone = 0;
  }

  /** Replaces the drive from the next step on. */
  setDrive(drive: Drive): void {
    const resolved = resolveDrive(this.constants, drive);
    this.recorder?.setDrive(resolved);
    this.simulator.setDrive(resolved);
  }

  /** Simulates `steps` more steps. */
  step(steps: number): void {
    const { recorder } = this;
    for (const end = this.stepsDone + steps; this.stepsDone < end; ) {
      if (recorder?.nextSample === this.stepsDone) recorder.sample((out) => this.simulator.membrane(out));
      const next = Math.min(end, recorder?.nextSample ?? end);
      this.simulator.advance(next - this.stepsDone, this.log, recorder ?? undefined);
      this.stepsDone = next;
    }
  }

  /** Steps since the start of the item. */
  get time(): number {
    return this.stepsDone;
  }

  /** Spikes since the start of the item; valid until the next step. */
  get spikesSoFar(): Readonly<SpikeLog> {
    return this.log;
  }

  /** Spikes since the start of the item, as copies. */
  spikes(): ItemSpikes {
    const { units, steps, count } = this.log;
    return {
      units: units.slice(0, count),
      steps: steps.slice(0, count),
      count,
    };
  }

  /** Membrane potentials now, mV, [unit]. */
  membrane(): Float32Array {
    const out = new Float32Array(this.constants.unitCount);
    this.simulator.membrane(out);
    return out;
  }

  /** Runs one item for the whole duration. */
  runItem(item: number, drive: Drive | DriveSchedule, options: RunItemOptions = {}): ItemSpikes {
    const plan = 'x' in drive ? new DrivePlan(drive, this.params.dt) : null;
    const initial = plan ? { eta: plan.first } : (drive as Drive);
    this.start(item, initial, options.run ?? 0, options.record?.units, options.record?.discardSteps);
    const { stepCount } = this.constants;
    while (this.stepsDone < stepCount) {
      if (plan?.nextChange === this.stepsDone) this.setDrive({ eta: plan.take() });
      const next = Math.min(this.stepsDone + sliceSteps, plan?.nextChange ?? stepCount, stepCount);
      this.step(next - this.stepsDone);
      if (options.onSlice && !options.onSlice(this.stepsDone, stepCount)) break;
    }
    const recording = this.recorder?.finish();
    return { ...this.spikes(), ...(recording ? { recording } : {}) };
  }
}
