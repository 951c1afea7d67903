/** The measures of every (g, eta) of a regime map, read from the spikes of one network after the other. */
import { stepsPerBin } from '../core/time-steps';
import type { SpikesValue } from '../kit/values';
import { groupByValue, isConstantDrive } from './conditions';
import { etaColumn } from './grid-rates';
import { meanOf, meanOfKnown } from './moments';
import type { Pace } from './pacing';
import { peakFrequency, WelchSpectrum } from './power-spectrum';
import { countedSeconds, readItems } from './read-items';
import { type RegimeMeasures, rateSynchrony } from './regime';
import { UnitActivity } from './unit-activity';

/** ms */
const wantedBin = 1;
/** Bins of a window of the spectrum: 256 ms resolve 4 Hz. */
const segment = 256;
/** Slower is drift, Hz. */
const lowestFrequency = 5;

export interface RegimeCell extends RegimeMeasures {
  readonly g: number;
  readonly eta: number;
  readonly items: number;
}

interface Group {
  readonly eta: number;
  readonly activity: UnitActivity;
  readonly spectrum: WelchSpectrum;
  readonly synchronies: number[];
}

/** One cell for each eta among the items of constant drive. */
export async function regimeCells(spikes: SpikesValue, g: number, pace: Pace): Promise<RegimeCell[]> {
  const isConstant = isConstantDrive(spikes.items);
  const seconds = countedSeconds(spikes);
  // Steps that do not divide 1 ms make the bin the nearest whole number of them.
  const perBin = stepsPerBin(wantedBin, spikes.dt) ?? Math.max(1, Math.round(wantedBin / spikes.dt));
  const bins = Math.floor((spikes.stepCount - spikes.discardSteps) / perBin);
  const groups = new Map<number, Group>();
  const all = groupByValue(spikes.items, etaColumn(spikes), isConstant).map(({ value, positions }) => {
    const group: Group = {
      eta: value,
      activity: new UnitActivity(spikes),
      spectrum: new WelchSpectrum(perBin * spikes.dt, segment),
      synchronies: [],
    };
    for (const position of positions) groups.set(position, group);
    return group;
  });
  const visit = (position: number, units: Uint32Array, steps: Uint32Array) => {
    const group = groups.get(position) as Group;
    group.activity.add(units, steps);
    const counts = new Uint32Array(bins);
    for (const step of steps) {
      const bin = Math.floor((step - spikes.discardSteps) / perBin);
      if (bin >= 0 && bin < bins) counts[bin] = (counts[bin] as number) + 1;
    }
    group.spectrum.add(counts);
    group.synchronies.push(rateSynchrony(counts));
  };
  await readItems(spikes, isConstant, visit, pace);
  const every = new Uint8Array(spikes.unitCount).fill(1);
  return all.map(({ eta, activity, spectrum, synchronies }) => ({
    g,
    eta,
    items: activity.items,
    rate: meanOf(activity.rates(every, seconds)),
    cv: meanOf(activity.cvs(every)),
    synchrony: meanOfKnown(synchronies),
    frequency: peakFrequency(spectrum.finish(), lowestFrequency),
  }));
}

/** Cells of one g and eta from several wires, averaged by their number of items. */
export function poolCells(cells: readonly RegimeCell[]): RegimeCell[] {
  const pooled = new Map<string, RegimeCell[]>();
  for (const cell of cells) {
    const name = `${cell.g.toPrecision(6)} ${cell.eta.toPrecision(6)}`;
    pooled.set(name, [...(pooled.get(name) ?? []), cell]);
  }
  return [...pooled.values()]
    .map((same) => {
      const items = same.reduce((sum, cell) => sum + cell.items, 0);
      const mean = (read: (cell: RegimeCell) => number) => {
        const known = same.filter((cell) => !Number.isNaN(read(cell)));
        const weight = known.reduce((sum, cell) => sum + cell.items, 0);
        return known.reduce((sum, cell) => sum + read(cell) * cell.items, 0) / weight;
      };
      return {
        ...(same[0] as RegimeCell),
        items,
        rate: mean(({ rate }) => rate),
        cv: mean(({ cv }) => cv),
        synchrony: mean(({ synchrony }) => synchrony),
        frequency: mean(({ frequency }) => frequency),
      };
    })
    .sort((a, b) => a.g - b.g || a.eta - b.eta);
}
