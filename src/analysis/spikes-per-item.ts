/** What a code costs: spikes per item in the time that counts, and the recurrent synaptic events they cause. */
import { DataError } from '../core/errors';
import type { FeaturesValue, SpikesValue } from '../kit/values';
import type { Pace } from './pacing';
import { chooseUnits, type PopulationChoice, readItems } from './read-items';

export interface Cost {
  /** Mean over items. */
  readonly spikes: number;
  /**
   * Spikes times the mean number of neurons that a neuron of its population projects to; null where the network is not
   * known or only some units are counted.
   */
  readonly events: number | null;
}

/** Of the items at `positions` of the features. */
export async function costOf(
  spikes: SpikesValue,
  features: FeaturesValue,
  positions: Int32Array,
  population: PopulationChoice,
  pace: Pace,
): Promise<Cost> {
  const { isChosen } = chooseUnits(spikes, population);
  const wanted = new Set(Array.from(positions, (at) => features.items.ids[at] as number));
  const isExcitatory = new Uint8Array(spikes.unitCount);
  for (const { name, start, count } of spikes.populations) {
    if (name.startsWith('excitatory')) isExcitatory.fill(1, start, start + count);
  }
  let [found, excitatory, inhibitory] = [0, 0, 0];
  await readItems(
    spikes,
    (position) => wanted.has(spikes.items.ids[position] as number),
    (_, units, steps) => {
      found++;
      for (let k = 0; k < units.length; k++) {
        const unit = units[k] as number;
        if ((steps[k] as number) < spikes.discardSteps || isChosen[unit] === 0) continue;
        if (isExcitatory[unit] === 1) excitatory++;
        else inhibitory++;
      }
    },
    pace,
  );
  if (found < wanted.size) {
    throw new DataError({
      code: 'information.no-spikes',
      message: 'Some items have features but no spikes.',
      port: 'spikes',
      found: `${found} of ${wanted.size} items`,
      cure: 'Wire the spikes that the features were read from.',
    });
  }
  const net = spikes.network;
  const reach = (inDegree: number, size: number) => (net && size > 0 ? (inDegree * (net.nExc + net.nInh)) / size : 0);
  const events =
    net && population === 'all'
      ? excitatory * reach(net.excInDegree, net.nExc) + inhibitory * reach(net.inhInDegree, net.nInh)
      : null;
  return { spikes: (excitatory + inhibitory) / found, events: events === null ? null : events / found };
}
