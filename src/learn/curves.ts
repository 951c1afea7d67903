/** Loss history as curves over epochs: per step, per epoch on the training items, per epoch on the held-out ones,
 * and the blocks' own terms per epoch. */
import type { Curve, SeriesValue } from '../kit/values';

export interface LossHistory {
  readonly stepLoss: { readonly x: ArrayLike<number>; readonly y: ArrayLike<number> };
  readonly trainLoss: ArrayLike<number>;
  readonly validationLoss: ArrayLike<number>;
  readonly terms: ReadonlyMap<string, { readonly x: ArrayLike<number>; readonly y: ArrayLike<number> }>;
}

/**
 * `unit` of the loss. The curve per epoch stands at the epoch's end: x = 1 is the end of the first. A chain that is solved
 * without epochs has its losses at x = 0, and no steps.
 */
export function lossSeries(history: LossHistory, unit: string): SeriesValue {
  const stepped = history.stepLoss.x.length > 0;
  const curve = (name: string, x: ArrayLike<number>, y: ArrayLike<number>): Curve => ({
    name,
    unit,
    x: Float64Array.from(x),
    y: Float64Array.from(y),
  });
  const perEpoch = (name: string, y: ArrayLike<number>) =>
    curve(
      name,
      Array.from(y, (_, epoch) => epoch + (stepped ? 1 : 0)),
      y,
    );
  const curves = [
    ...(stepped ? [curve('each step', history.stepLoss.x, history.stepLoss.y)] : []),
    perEpoch('training', history.trainLoss),
    ...(history.validationLoss.length > 0 ? [perEpoch('validation', history.validationLoss)] : []),
    ...[...history.terms].map(([name, { x, y }]) => curve(name, x, y)),
  ];
  return { kind: 'series', xLabel: 'Training', xUnit: 'epochs', curves };
}
