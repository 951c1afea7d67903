/** Rate and interval statistics of one item, for the tests here. */
import type { NetworkParams } from '../../../../src/kernels/balanced-snn/params';
import type { ItemSpikes } from '../../../../src/kernels/balanced-snn/simulate';

/** Mean rate, Hz, from `discard` ms on. */
export function meanRate({ steps, count }: ItemSpikes, params: NetworkParams, discard: number): number {
  const from = discard / params.dt;
  let spikes = 0;
  for (let k = 0; k < count; k++) if ((steps[k] as number) >= from) spikes++;
  return (1000 * spikes) / ((params.nExc + params.nInh) * (params.duration - discard));
}

/** Standard deviation over mean of a neuron's intervals, averaged over neurons with at least 5 of them. */
export function meanCv({ units, steps, count }: ItemSpikes, params: NetworkParams, discard: number): number {
  const trains: number[][] = Array.from({ length: params.nExc + params.nInh }, () => []);
  for (let k = 0; k < count; k++) {
    if ((steps[k] as number) * params.dt >= discard) trains[units[k] as number]?.push(steps[k] as number);
  }
  const values: number[] = [];
  for (const train of trains) {
    const intervals = train.slice(1).map((step, k) => step - (train[k] as number));
    if (intervals.length < 5) continue;
    const mean = intervals.reduce((sum, x) => sum + x, 0) / intervals.length;
    values.push(Math.sqrt(intervals.reduce((sum, x) => sum + (x - mean) ** 2, 0) / intervals.length) / mean);
  }
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}
