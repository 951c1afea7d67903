/** Figure of a graph: in-degrees, summed weights by population, and where each neuron looks. */
import type { Figure, FigurePanel } from '../../kit/figure';
import type { InDegrees, PairStatistics } from '../in-degrees';
import { type Retinotopy, retinotopyHeight, retinotopyPanel } from './retinotopy';

/** How many units have each number of inputs, over the range that occurs. */
function histogram(values: Uint32Array): { x: Float64Array; y: Float64Array } {
  if (values.length === 0) return { x: new Float64Array(0), y: new Float64Array(0) };
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  const y = new Float64Array(high - low + 1);
  for (const value of values) y[value - low] = (y[value - low] as number) + 1;
  return { x: Float64Array.from(y, (_, k) => low + k), y };
}

const populations = ['excitatory', 'inhibitory'] as const;

function weightPanel(pairs: readonly PairStatistics[]): FigurePanel {
  const totals = pairs.map(({ mean, weight }) => mean * weight);
  const largest = Math.max(...totals.map(Math.abs), 1e-9);
  return {
    title: 'Summed weight of all inputs',
    x: { label: 'from', unit: '1', categories: populations },
    y: { label: 'to', unit: '1', categories: populations },
    marks: [
      {
        type: 'cells',
        x: Float64Array.from(pairs, ({ from }) => populations.indexOf(from)),
        y: Float64Array.from(pairs, ({ to }) => populations.indexOf(to)),
        value: Float64Array.from(totals),
        width: 1,
        height: 1,
        valueLabel: 'total',
        valueUnit: 'mV',
        colours: 'diverging',
        domain: [-largest, largest],
      },
      {
        type: 'text',
        x: Float64Array.from(pairs, ({ from }) => populations.indexOf(from)),
        y: Float64Array.from(pairs, ({ to }) => populations.indexOf(to)),
        text: totals.map((total) => `${total.toFixed(1)} mV`),
      },
    ],
  };
}

/** mm */
const printedWidth = 180;
const leastHeight = 55;

export function connectivityFigure(
  degrees: InDegrees,
  pairs: readonly PairStatistics[],
  nExc: number,
  places: Retinotopy | undefined,
): Figure {
  const unitCount = degrees.fromExc.length;
  const degreePanel: FigurePanel = {
    title: 'Inputs per neuron',
    x: { label: 'inputs', unit: '1' },
    y: { label: 'neurons', unit: '1' },
    marks: [
      { type: 'bars', name: 'from excitatory', hue: 'excitatory', width: 0.9, ...histogram(degrees.fromExc) },
      ...(unitCount > nExc
        ? [
            {
              type: 'bars' as const,
              name: 'from inhibitory',
              hue: 'inhibitory' as const,
              width: 0.9,
              ...histogram(degrees.fromInh),
            },
          ]
        : []),
    ],
  };
  const panels = [degreePanel, weightPanel(pairs), ...(places ? [retinotopyPanel(places)] : [])];
  const synapses = pairs.reduce((sum, pair) => sum + pair.synapses, 0);
  return {
    title: 'Connectivity',
    caption: `${unitCount.toLocaleString('en-US')} neurons, ${synapses.toLocaleString('en-US')} synapses. Numbers of inputs from each population over neurons; summed weight of the mean number of inputs, mV per spike of all of them${places ? `; the place in the image of ${places.height} × ${places.width} pixels that sets the external drive of each neuron` : ''}.`,
    panels,
    columns: panels.length,
    width: printedWidth,
    rowHeight: Math.max(leastHeight, places ? retinotopyHeight(places, printedWidth / panels.length) : 0),
  };
}
