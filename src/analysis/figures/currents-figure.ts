/** Currents of one neuron over time with the threshold, and how inhibition follows excitation at each lag. */
import { formatNumber } from '../../core/units';
import type { FigureMark, FigurePanel } from '../../kit/figure';
import type { FigureValue } from '../../kit/values';
import type { NeuronCurrents } from '../neuron-currents';

export interface Correlogram {
  /** ms. */
  readonly lags: Float64Array;
  /** NaN where it is not defined. */
  readonly r: Float64Array;
}

export interface CurrentsPicture {
  /** Null where nothing was recorded. */
  readonly shown: { readonly item: number; readonly neuron: NeuronCurrents; readonly correlogram: Correlogram } | null;
  /** Mean over the recorded neurons of the item. */
  readonly mean: Correlogram | null;
  readonly neuronCount: number;
  readonly vThreshold: number;
  /** ms. */
  readonly timeShown: number;
}

function tracePanel({ shown, vThreshold, timeShown }: CurrentsPicture): FigurePanel {
  const marks: FigureMark[] = [];
  if (shown) {
    const { time, recurrent, external, excitatory, inhibitory } = shown.neuron;
    const end = (time[0] ?? 0) + timeShown;
    const count = time.findLastIndex((t) => t <= end) + 1;
    const x = time.slice(0, count);
    const net = excitatory.map((value, i) => value - (inhibitory[i] as number));
    const line = (name: string, hue: FigureMark['hue'], y: Float64Array): FigureMark => ({
      type: 'line',
      name,
      ...(hue ? { hue } : {}),
      x,
      y: y.slice(0, count),
    });
    marks.push(line('external', 'external', external));
    marks.push(line('recurrent excitation', 'excitatory', recurrent));
    const inverted = inhibitory.map((value) => -value);
    marks.push(line('inhibition', 'inhibitory', inverted));
    marks.push(line('net', 'all', net));
  }
  marks.push({ type: 'rule', axis: 'y', at: vThreshold, name: 'threshold', hue: 'reference' });
  return {
    title: shown ? `Input of neuron ${shown.neuron.neuron}` : 'No recorded neuron',
    x: { label: 'time', unit: 'ms' },
    y: { label: 'input', unit: 'mV' },
    marks,
  };
}

function defined({ lags, r }: Correlogram) {
  const keep = (_: number, k: number) => !Number.isNaN(r[k]);
  return { x: lags.filter(keep), y: r.filter(keep) };
}

function correlogramPanel({ shown, mean }: CurrentsPicture): FigurePanel {
  const marks: FigureMark[] = [{ type: 'rule', axis: 'x', at: 0, hue: 'reference' }];
  if (mean) marks.push({ type: 'line', name: 'mean over neurons', hue: 'all', ...defined(mean) });
  if (shown) {
    const name = `neuron ${shown.neuron.neuron}`;
    marks.push({ type: 'line', name, hue: 'inhibitory', dashed: true, ...defined(shown.correlogram) });
  }
  return {
    title: 'Inhibition after excitation',
    x: { label: 'lag', unit: 'ms' },
    y: { label: 'correlation of E and −I', unit: '1' },
    marks,
  };
}

export function currentsFigure(picture: CurrentsPicture): FigureValue {
  const { shown, neuronCount, vThreshold } = picture;
  return {
    kind: 'figure',
    title: 'Excitation and inhibition',
    caption:
      `${shown ? `Item ${shown.item}, neuron ${shown.neuron.neuron} of ${neuronCount} recorded. ` : ''}` +
      'Synaptic input as mV of membrane, smoothed by a causal exponential of 5 ms; net: all of it together. ' +
      `Threshold ${formatNumber(vThreshold)} mV. Positive lags: inhibition follows.`,
    panels: [tracePanel(picture), correlogramPanel(picture)],
    columns: 2,
    width: 180,
    rowHeight: 60,
  };
}
