/** Rates of the items of a grid of constant drives, Hz, trials of one drive together. */
import { DataError } from '../core/errors';
import type { SpikesValue } from '../kit/values';
import { groupByValue, isConstantDrive } from './conditions';
import type { Pace } from './pacing';
import { type ChosenUnits, countedSeconds, readItems } from './read-items';
import type { TransferPoint } from './transfer-curve';

/** The column `eta` of a grid; throws where the spikes were made without one. */
export function etaColumn(spikes: SpikesValue): Float64Array {
  const column = spikes.items.columns['eta'];
  if (column) return column;
  throw new DataError({
    code: 'analysis.no-eta',
    message: 'The items do not say at which external drive they were made.',
    port: 'spikes',
    found: Object.keys(spikes.items.columns).join(', ') || 'no condition columns',
    expected: 'the column eta',
    cure: 'Wire a drive into the balanced network and this node behind it.',
  });
}

/** One point for each eta among the items of constant drive, in order of eta. */
export async function gridRates(spikes: SpikesValue, units: ChosenUnits, pace: Pace): Promise<TransferPoint[]> {
  const isConstant = isConstantDrive(spikes.items);
  const groups = groupByValue(spikes.items, etaColumn(spikes), isConstant);
  const perSpike = 1 / (countedSeconds(spikes) * units.count);
  const rates = new Float64Array(spikes.items.ids.length);
  await readItems(
    spikes,
    isConstant,
    (position, who, when) => {
      let count = 0;
      for (let k = 0; k < who.length; k++) {
        if ((when[k] as number) >= spikes.discardSteps) count += units.isChosen[who[k] as number] as number;
      }
      rates[position] = count * perSpike;
    },
    pace,
  );
  return groups.map(({ value, positions }) => ({
    eta: value,
    rates: positions.map((position) => rates[position] as number),
  }));
}
