/** Spikes with known answers: Poisson units that follow a given rate, and items that carry a drive's columns. */
import { fillUniform, Purpose } from '../../src/core/random/draws';
import type { SpikeHeader } from '../../src/kit/context';
import type { ItemTable } from '../../src/kit/item-table';
import type { SpikesValue, SpikingNetwork } from '../../src/kit/values';
import { memorySpikeWriter, testItems } from './memory-spikes';

export const network: SpikingNetwork = {
  nExc: 80,
  nInh: 20,
  excInDegree: 10,
  inhInDegree: 5,
  weightExc: 0.4,
  weightInh: 2,
  vThreshold: 20,
  vReset: 10,
  tauMem: 20,
  tRef: 2,
  delay: 1.5,
  thetaRef: 20,
  externalRate: 2500,
  synapse: 'delta',
  tauSynExc: 5,
  tauSynInh: 5,
};

/** Items with the given columns, all of one length. */
export const itemsWith = (columns: Readonly<Record<string, readonly number[]>>): ItemTable => ({
  ...testItems(Object.values(columns)[0]?.length ?? 0),
  columns: Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)])),
});

export interface SyntheticOptions extends Partial<SpikeHeader> {
  readonly items: ItemTable;
  readonly unitCount: number;
  readonly stepCount: number;
  /** Hz, of a unit at the middle of a step, ms. */
  readonly rate: (item: number, time: number, unit: number) => number;
  readonly seed?: number;
  readonly chunkEvents?: number;
}

/** Each unit fires with probability rate dt in each step: a Poisson process as far as the rate is small against 1 / dt. */
export function poissonSpikes(options: SyntheticOptions): Promise<SpikesValue> {
  const { items, unitCount, stepCount, rate, seed = 1, chunkEvents, dt = 1, ...header } = options;
  const writer = memorySpikeWriter(
    {
      items,
      unitCount,
      stepCount,
      dt,
      populations: [{ name: 'excitatory', start: 0, count: unitCount }],
      discardSteps: 0,
      ...header,
    },
    chunkEvents,
  );
  const draws = new Float32Array(unitCount);
  items.ids.forEach((_, item) => {
    const key = { seed, purpose: Purpose.sample, item };
    const [units, steps]: [number[], number[]] = [[], []];
    for (let step = 0; step < stepCount; step++) {
      fillUniform(draws, key, step * unitCount);
      for (let unit = 0; unit < unitCount; unit++) {
        if ((draws[unit] as number) * 1000 >= rate(item, (step + 0.5) * dt, unit) * dt) continue;
        units.push(unit);
        steps.push(step);
      }
    }
    void writer.add(units, steps);
  });
  return writer.finish();
}
