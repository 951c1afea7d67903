/**
 * What comes before the first spike of a large network, in a thread that has run nothing yet: BRUNEL wired with fixed
 * in-degree (15,625,000 synapses), its simulator made, and steps until a neuron fires.
 */
import { createNetwork, NetworkRunner } from '../../../src/kernels/balanced-snn/simulate';
import { brunelParams } from './our-workloads';

export interface StartUp {
  /** Seconds by the given clock, from the start. */
  readonly wired: number;
  readonly firstSpikes: number;
  readonly synapses: number;
}

export async function measureStartUp(clock: () => number): Promise<StartUp> {
  const from = clock();
  const wiring = await createNetwork(brunelParams);
  const wired = clock() - from;
  const runner = new NetworkRunner('wasm', brunelParams, wiring);
  await runner.ready;
  runner.start(0, { eta: new Float32Array(wiring.unitCount).fill(2) });
  while (runner.spikes().count === 0) runner.step(10);
  return { wired, firstSpikes: clock() - from, synapses: wiring.targets.length };
}
