/**
 * What comes before the first spike of a large network, in a thread that has run nothing yet: BRUNEL is wired with fixed
 * in-degree (15,625,000 synapses), then its simulator is made and steps until a neuron fires. Each phase is timed apart.
 */
import { createNetwork, NetworkRunner } from '../../../src/kernels/balanced-snn/simulate';
import type { Wiring } from '../../../src/kernels/balanced-snn/wiring';
import { brunelParams } from './our-workloads';

export interface StartUp {
  /** Seconds from the start. */
  readonly wired: number;
  readonly firstSpikes: number;
  readonly synapses: number;
  /** Which clock: the processor's, or the wall's where the processor's is not known. */
  readonly clock: 'CPU' | 'wall';
}

export class LargeNetwork {
  private wiring: Wiring | null = null;

  /** Number of synapses. */
  async wire(): Promise<number> {
    this.wiring = await createNetwork(brunelParams);
    return this.wiring.targets.length;
  }

  async fire(): Promise<void> {
    if (!this.wiring) throw new Error('wire() comes before fire().');
    const runner = new NetworkRunner('wasm', brunelParams, this.wiring);
    await runner.ready;
    runner.start(0, { eta: new Float32Array(this.wiring.unitCount).fill(2) });
    while (runner.spikes().count === 0) runner.step(10);
  }
}
