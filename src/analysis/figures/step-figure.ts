/** Population rate around a step of the drive, with the rates before and after and the 63 % time. */
import { formatNumber } from '../../core/units';
import type { FigureMark } from '../../kit/figure';
import type { FigureValue } from '../../kit/values';
import type { StepResponse } from '../step-time';

export interface SteppedItem {
  readonly from: number;
  readonly to: number;
  readonly trials: number;
  /** Bin centres from the step, ms. */
  readonly time: Float64Array;
  readonly rate: Float64Array;
  readonly response: StepResponse;
}

/** Shown around the step, ms: the response is a matter of milliseconds in seconds of settled rate. */
const shown = [-50, 100] as const;

export function stepFigure(items: readonly SteppedItem[], binWidth: number): FigureValue {
  const trials = Math.max(0, ...items.map((item) => item.trials));
  return {
    kind: 'figure',
    title: 'Response to a step of the drive',
    caption:
      `Population rate in bins of ${formatNumber(binWidth)} ms, averaged over ${trials} ` +
      `${trials === 1 ? 'trial' : 'trials'}. Dashed: mean rate before and after the step. ` +
      'Vertical line: 63 % of the change.',
    panels: items.map(({ from, to, time, rate, response }) => {
      const { before, after, t63 } = response;
      const inside = Array.from(time.keys()).filter(
        (k) => (time[k] as number) >= shown[0] && (time[k] as number) <= shown[1],
      );
      const marks: FigureMark[] = [
        {
          type: 'line',
          name: 'population rate',
          hue: 'all',
          steps: true,
          // A held line starts at the left edge of its bin.
          x: Float64Array.from(inside, (k) => (time[k] as number) - binWidth / 2),
          y: Float64Array.from(inside, (k) => rate[k] as number),
        },
        {
          type: 'line',
          name: 'before and after',
          hue: 'reference',
          dashed: true,
          x: Float64Array.of(shown[0], 0, 0, shown[1]),
          y: Float64Array.of(before, before, after, after),
        },
      ];
      if (Number.isFinite(t63)) marks.push({ type: 'rule', axis: 'x', at: t63, name: '63 %', hue: 'theory' });
      return {
        title: `Drive ${formatNumber(from)} to ${formatNumber(to)}: t63 = ${formatNumber(t63, 2)} ms`,
        x: { label: 'time from the step', unit: 'ms', domain: shown },
        y: { label: 'population rate', unit: 'Hz' },
        marks,
      };
    }),
    columns: Math.min(2, Math.max(1, items.length)),
    width: items.length > 1 ? 180 : 85,
    rowHeight: 55,
  };
}
