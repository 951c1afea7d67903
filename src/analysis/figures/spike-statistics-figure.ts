/** Raster with the population rate below it, interval histogram with an exponential, and the CVs of the neurons. */
import { formatNumber } from '../../core/units';
import type { FigureMark, FigurePanel } from '../../kit/figure';
import type { FigureValue, Population, SpikesValue } from '../../kit/values';
import { chosenUnits } from '../chosen-units';
import type { IntervalHistogram } from '../isi';
import { populationRate } from '../population-rate';
import { hueOf } from './population-hue';

export interface ShownItem {
  readonly id: number;
  readonly eta: number | null;
  readonly units: Uint32Array;
  readonly steps: Uint32Array;
}

export interface StatisticsPicture {
  readonly spikes: Pick<SpikesValue, 'populations' | 'unitCount' | 'dt' | 'discardSteps' | 'stepCount'>;
  /** Null where there are no items. */
  readonly shown: ShownItem | null;
  readonly neuronsShown: number;
  /** ms shown, from the end of the part left out. */
  readonly timeShown: number;
  readonly rateBinSteps: number;
  readonly intervals: IntervalHistogram;
  readonly binSteps: number;
  /** CVs by population: `cvBin` wide from 0, the last bin open. */
  readonly cvs: readonly { readonly population: Population; readonly counts: Float64Array }[];
  /** How many items the histograms hold. */
  readonly pooledItems: number;
}

export const cvBin = 0.05;
export const cvBins = 50;

interface Window {
  /** Steps from the start of the item. */
  readonly from: number;
  readonly to: number;
  /** The same in ms. */
  readonly domain: readonly [number, number];
}

function windowOf({ spikes, timeShown }: StatisticsPicture): Window {
  const { discardSteps, stepCount, dt } = spikes;
  const to = Math.min(stepCount, discardSteps + Math.round(timeShown / dt));
  return { from: discardSteps, to, domain: [discardSteps * dt, to * dt] };
}

const timeAxis = ({ domain }: Window) => ({ label: 'time', unit: 'ms', domain });

function rasterPanel({ spikes, shown, neuronsShown }: StatisticsPicture, window: Window): FigurePanel {
  const { populations, unitCount, dt } = spikes;
  const known = populations.length > 0 ? populations : [{ name: 'all', start: 0, count: unitCount }];
  const chosen = chosenUnits(known, neuronsShown);
  const rowOf = new Int32Array(unitCount).fill(-1);
  chosen.forEach((unit, row) => {
    rowOf[unit] = row;
  });
  const marks = known.flatMap(({ name, start, count }): FigureMark[] => {
    const [x, y]: [number[], number[]] = [[], []];
    for (let k = 0; shown && k < shown.units.length; k++) {
      const unit = shown.units[k] as number;
      const step = shown.steps[k] as number;
      const row = rowOf[unit] as number;
      if (row < 0 || unit < start || unit >= start + count || step < window.from || step >= window.to) continue;
      x.push(step * dt);
      y.push(row);
    }
    return [{ type: 'raster', name, hue: hueOf(name), x: Float64Array.from(x), y: Float64Array.from(y) }];
  });
  return {
    title: `${chosen.length} of ${formatNumber(unitCount)} neurons`,
    x: timeAxis(window),
    y: { label: 'neuron', unit: '1', domain: [-0.5, Math.max(0.5, chosen.length - 0.5)] },
    marks,
  };
}

function ratePanel({ spikes, shown, rateBinSteps }: StatisticsPicture, window: Window): FigurePanel {
  const { populations, unitCount, dt } = spikes;
  const known = populations.length > 0 ? populations : [{ name: 'all', start: 0, count: unitCount }];
  const [units, steps]: [number[], number[]] = [[], []];
  for (let k = 0; shown && k < shown.units.length; k++) {
    const step = shown.steps[k] as number;
    if (step < window.from || step >= window.to) continue;
    units.push(shown.units[k] as number);
    steps.push(step - window.from);
  }
  return {
    title: 'Population rate',
    x: timeAxis(window),
    y: { label: 'rate', unit: 'Hz' },
    marks: known.map((population): FigureMark => {
      const rate = populationRate(units, steps, population, window.to - window.from, rateBinSteps, dt);
      const x = rate.map((_, bin) => (window.from + bin * rateBinSteps) * dt);
      return { type: 'line', name: population.name, hue: hueOf(population.name), x, y: rate, steps: true };
    }),
  };
}

function intervalPanel({ spikes, intervals, binSteps }: StatisticsPicture): FigurePanel {
  const width = binSteps * spikes.dt;
  // The longest half percent would squeeze the rest together.
  const bins = intervals.binsTo(0.995);
  const x = Float64Array.from({ length: bins }, (_, bin) => (bin + 0.5) * width);
  const y = x.map((_, bin) => (intervals.counts[bin] as number) / (intervals.n * width));
  const marks: FigureMark[] = [{ type: 'bars', name: 'intervals', hue: 'all', x, y, width }];
  const fit = intervals.exponential();
  if (fit) {
    const [dead, scale] = [fit.dead * spikes.dt, fit.scale * spikes.dt];
    const at = x.filter((t) => t > dead);
    const line = Float64Array.of(dead, ...at);
    const density = line.map((t) => Math.exp(-(t - dead) / scale) / scale);
    marks.push({ type: 'line', name: 'exponential', hue: 'theory', x: line, y: density });
  }
  return {
    title: `${formatNumber(intervals.n)} inter-spike intervals`,
    x: { label: 'interval', unit: 'ms' },
    y: { label: 'density', unit: '1/ms' },
    marks,
  };
}

function cvPanel({ cvs }: StatisticsPicture): FigurePanel {
  const used = cvs.reduce((most, { counts }) => Math.max(most, counts.findLastIndex((count) => count > 0) + 1), 0);
  const bins = Math.max(24, used);
  const x = Float64Array.from({ length: bins + 1 }, (_, bin) => bin * cvBin);
  return {
    title: 'Irregularity of the neurons',
    x: { label: 'CV of intervals', unit: '1', domain: [0, bins * cvBin] },
    y: { label: 'neurons', unit: '1' },
    marks: [
      { type: 'rule', axis: 'x', at: 0.3, name: 'regular below 0.3', hue: 'reference' },
      { type: 'rule', axis: 'x', at: 0.5, name: 'irregular above 0.5', hue: 'reference' },
      ...cvs.map(({ population: { name }, counts }): FigureMark => {
        const y = x.map((_, bin) => counts[bin] ?? 0);
        return { type: 'line', name, hue: hueOf(name), x, y, steps: true };
      }),
    ],
  };
}

export function spikeStatisticsFigure(picture: StatisticsPicture): FigureValue {
  const window = windowOf(picture);
  const { shown, pooledItems, intervals } = picture;
  const item = shown ? `Item ${shown.id}${shown.eta === null ? '' : `, η = ${formatNumber(shown.eta)}`}` : 'No item';
  const dead = intervals.exponential();
  return {
    kind: 'figure',
    title: 'Spike statistics',
    caption:
      `${item}. Neurons of the raster are spread evenly over each population. Intervals and CVs are those of ` +
      `${pooledItems === 1 ? 'this item' : `${pooledItems} items of the same condition`}` +
      `${dead ? `; the exponential starts at the shortest interval, ${formatNumber(dead.dead * picture.spikes.dt)} ms` : ''}. ` +
      `The last CV bin holds all above ${formatNumber((cvBins - 1) * cvBin)}.`,
    panels: [rasterPanel(picture, window), intervalPanel(picture), ratePanel(picture, window), cvPanel(picture)],
    columns: 2,
    width: 180,
    rowHeight: 55,
  };
}
