/** Variability over trials: PSTH, count variance against mean, and the distribution of noise correlations. */
import { formatNumber } from '../../core/units';
import type { FigureMark } from '../../kit/figure';
import type { FigureValue } from '../../kit/values';

export interface ShownStimulus {
  readonly name: string;
  /** Hz, one per bin. */
  readonly psth: Float64Array;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  readonly correlations: Float64Array;
}

const maxPoints = 2000;
const barWidth = 0.05;

/** At most `maxPoints` of them, spread evenly. */
const thinned = (values: Float64Array): Float64Array => {
  const stride = Math.max(1, Math.ceil(values.length / maxPoints));
  return values.filter((_, k) => k % stride === 0);
};

function histogram(values: Float64Array): { x: Float64Array; y: Float64Array } {
  const bars = Math.round(2 / barWidth);
  const y = new Float64Array(bars);
  let count = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    const bar = Math.min(bars - 1, Math.max(0, Math.floor((value + 1) / barWidth)));
    y[bar] = (y[bar] as number) + 1;
    count++;
  }
  return { x: Float64Array.from(y, (_, k) => -1 + (k + 0.5) * barWidth), y: y.map((n) => n / Math.max(1, count)) };
}

/** `shown`: the stimuli drawn, of `stimuli` in all. */
export function trialsFigure(
  shown: readonly ShownStimulus[],
  time: Float64Array,
  binWidth: number,
  stimuli: number,
  trials: number,
): FigureValue {
  const pooled = (read: (each: ShownStimulus) => Float64Array) =>
    Float64Array.from(shown.flatMap((each) => Array.from(read(each))));
  const [mean, variance] = [thinned(pooled((each) => each.mean)), thinned(pooled((each) => each.variance))];
  const largest = Math.max(1, ...mean);
  const correlations = pooled((each) => each.correlations);
  const { x, y } = histogram(correlations);
  const psth = shown.map(({ name, psth: rate }): FigureMark => ({ type: 'line', name, x: time, y: rate, steps: true }));
  return {
    kind: 'figure',
    title: 'Variability over trials',
    caption:
      `${shown.length} of ${stimuli} stimuli, up to ${trials} trials each. Rate in bins of ${formatNumber(binWidth)} ms, ` +
      `mean over trials. Each point is a neuron (${mean.length} shown): variance against mean of its spike count over ` +
      `trials; the line is that of a Poisson process. Correlations of counts over trials between pairs of neurons.`,
    panels: [
      {
        title: 'Rate over time',
        x: { label: 'time', unit: 'ms' },
        y: { label: 'population rate', unit: 'Hz' },
        marks: psth,
      },
      {
        title: 'Count variance',
        x: { label: 'mean count', unit: '1' },
        y: { label: 'variance of count', unit: '1' },
        marks: [
          { type: 'points', name: 'neuron', hue: 'all', x: mean, y: variance },
          {
            type: 'line',
            name: 'variance = mean',
            hue: 'reference',
            dashed: true,
            x: Float64Array.of(0, largest),
            y: Float64Array.of(0, largest),
          },
        ],
      },
      {
        title: 'Noise correlation',
        x: { label: 'correlation of counts', unit: '1', domain: [-1, 1] },
        y: { label: 'share of pairs', unit: '1' },
        marks: [{ type: 'bars', x, y, width: barWidth, hue: 'all' }],
      },
    ],
    columns: 3,
    width: 180,
    rowHeight: 55,
  };
}
