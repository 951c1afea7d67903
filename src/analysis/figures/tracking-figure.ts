/** Population rate over time with the drive in the rate's own scale, a panel for each drive. */
import { formatNumber, withUnit } from '../../core/units';
import type { FigureMark } from '../../kit/figure';
import type { FigureValue } from '../../kit/values';

export interface TrackedItem {
  readonly title: string;
  /** Bin centres, ms. */
  readonly time: Float64Array;
  /** Hz */
  readonly rate: Float64Array;
  /** a drive + b, Hz; absent where there is no line. */
  readonly scaledDrive: Float64Array | undefined;
}

/** "Ramp: R² = 0.98, lag 2 ms" */
export const trackingTitle = (shape: string, r2: number, lag: number): string =>
  `${shape[0]?.toUpperCase()}${shape.slice(1)}: R² = ${formatNumber(r2, 3)}${Number.isNaN(lag) ? '' : `, lag ${withUnit(formatNumber(lag), 'ms')}`}`;

export function trackingFigure(items: readonly TrackedItem[], smoothing: number, trials: number): FigureValue {
  return {
    kind: 'figure',
    title: 'Population rate and drive',
    caption:
      `Population rate averaged over ${trials} ${trials === 1 ? 'trial' : 'trials'}, centred moving average of ` +
      `${formatNumber(smoothing)} ms. Dashed: the drive under the line a drive + b that fits the rate best (of a ramp, while it moves).`,
    panels: items.map(({ title, time, rate, scaledDrive }) => {
      const marks: FigureMark[] = [{ type: 'line', name: 'population rate', hue: 'all', x: time, y: rate }];
      if (scaledDrive) {
        marks.push({ type: 'line', name: 'drive, scaled', hue: 'external', dashed: true, x: time, y: scaledDrive });
      }
      return { title, x: { label: 'time', unit: 'ms' }, y: { label: 'population rate', unit: 'Hz' }, marks };
    }),
    columns: Math.min(2, Math.max(1, items.length)),
    width: items.length > 1 ? 180 : 85,
    rowHeight: 55,
  };
}
