/** The WASM kernel as a simulator of a whole network in one thread. */
import type { ResolvedDrive } from './drive';
import { KernelState, sliceSteps } from './kernel-state';
import type { NetworkParams } from './params';
import type { Arithmetic, InputSink, SpikeLog, Stepper } from './stepper';
import type { Wiring } from './wiring';

export class WasmStepper implements Stepper {
  private recorded = 0;

  private constructor(private readonly kernel: KernelState) {}

  static async create(params: NetworkParams, wiring: Wiring, arithmetic: Arithmetic = 'float'): Promise<WasmStepper> {
    return new WasmStepper(await KernelState.create(params, wiring, { arithmetic }));
  }

  start(item: number, run: number, drive: ResolvedDrive, recorded?: Uint32Array): void {
    this.recorded = recorded?.length ?? 0;
    this.kernel.start(item, run, drive, recorded);
  }

  setDrive(drive: ResolvedDrive): void {
    this.kernel.setDrive(drive);
  }

  advance(steps: number, log: SpikeLog, inputs?: InputSink): void {
    const { kernel } = this;
    for (let left = steps; left > 0; ) {
      const done = kernel.advance(Math.min(left, sliceSteps));
      kernel.drain(log);
      if (this.recorded > 0) inputs?.take(kernel.recordedInputs(done), done);
      left -= done;
    }
  }

  membrane(out: Float32Array): void {
    this.kernel.membrane(out);
  }
}
