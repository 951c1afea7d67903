/**
 * The plain twin of the benchmark kernels: one neuron after another, a refractory countdown, float32 rounding at the
 * same places (Math.fround). Slow and readable; the kernels must give the same spikes, bit for bit.
 */
import { SpikeLog } from '../balanced-snn/stepper';
import { drawLifState } from './initial-state';
import { flushMask } from './layout';
import { deriveLifConstants, type LifConstants, type LifParams, tinyVariable } from './models';
import type { LifWiring } from './wiring';

const f32 = Math.fround;

function flush(variable: Float32Array): void {
  for (let i = 0; i < variable.length; i++) if (Math.abs(variable[i] as number) < tinyVariable) variable[i] = 0;
}

export class LifReference {
  readonly log = new SpikeLog(false);
  readonly constants: LifConstants;
  private readonly voltage: Float32Array;
  private readonly exc: Float32Array;
  private readonly inh: Float32Array;
  private readonly countdown: Int32Array;
  private step = 0;

  constructor(
    private readonly params: LifParams,
    private readonly wiring: LifWiring,
  ) {
    this.constants = deriveLifConstants(params);
    const { unitCount } = this.constants;
    this.voltage = new Float32Array(unitCount);
    this.exc = new Float32Array(unitCount);
    this.inh = new Float32Array(unitCount);
    this.countdown = new Int32Array(unitCount);
  }

  start(trial: number): void {
    this.step = 0;
    this.log.clear();
    this.countdown.fill(0);
    drawLifState(this.params, this.constants, trial, this.voltage, this.exc, this.inh);
  }

  advance(steps: number): void {
    for (let k = 0; k < steps; k++) this.advanceOne();
  }

  private next(v: number, e: number, i: number): number {
    const { keepMembrane, reversalInh, leak } = this.constants;
    if (this.params.model === 'cuba') return f32(f32(v * keepMembrane) + f32(e + i));
    return f32(f32(v * f32(f32(keepMembrane - e) - i)) + f32(f32(i * reversalInh) + leak));
  }

  private advanceOne(): void {
    const { unitCount, refractorySteps, keepExc, keepInh, threshold, reset } = this.constants;
    const { voltage, exc, inh, countdown, log } = this;
    if ((this.step & flushMask) === 0) for (const variable of [voltage, exc, inh]) flush(variable);
    const first = log.count;
    for (let unit = 0; unit < unitCount; unit++) {
      const e = exc[unit] as number;
      const i = inh[unit] as number;
      exc[unit] = e * keepExc;
      inh[unit] = i * keepInh;
      const left = countdown[unit] as number;
      if (left > 0) {
        countdown[unit] = left - 1;
        continue;
      }
      const v = this.next(voltage[unit] as number, e, i);
      voltage[unit] = v;
      if (v > threshold) {
        log.push(unit, this.step);
        voltage[unit] = reset;
        countdown[unit] = refractorySteps;
      }
    }
    for (let k = first; k < log.count; k++) this.deliver(log.units[k] as number);
    this.step++;
  }

  private deliver(source: number): void {
    const { sourceStart, targets } = this.wiring;
    const isExc = source < this.params.nExc;
    const variable = isExc ? this.exc : this.inh;
    const weight = isExc ? this.constants.weightExc : this.constants.weightInh;
    const end = sourceStart[source + 1] as number;
    for (let k = sourceStart[source] as number; k < end; k++) {
      const target = targets[k] as number;
      variable[target] = (variable[target] as number) + weight;
    }
  }
}
