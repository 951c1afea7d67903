/** Population activity against external input: measured points, their straight line, and the theory's curve. */
import { formatNumber } from '../../core/units';
import type { FigureMark, FigurePanel } from '../../kit/figure';
import type { Curve, FigureValue } from '../../kit/values';
import { meanOf, sampleSd } from '../moments';
import type { TransferFit, TransferPoint } from '../transfer-curve';

export interface LinearityState {
  readonly name: string;
  readonly points: readonly TransferPoint[];
  readonly fit: TransferFit;
  readonly theory: Curve | undefined;
}

function panelOf({ name, points, fit, theory }: LinearityState, etaFrom: number, normalised: boolean): FigurePanel {
  const means = Float64Array.from(points, ({ rates }) => meanOf(rates));
  const largest = Math.max(0, ...means);
  const scale = normalised && largest > 0 ? 1 / largest : 1;
  const etas = Float64Array.from(points, ({ eta }) => eta);
  const spread = points.map(({ rates }) => sampleSd(rates));
  const bars = spread.some((sd) => sd > 0);
  const end = (sign: number) => means.map((mean, k) => scale * (mean + sign * (spread[k] || 0)));
  const marks: FigureMark[] = [];
  if (theory) {
    marks.push({ type: 'line', name: 'theory', hue: 'theory', x: theory.x, y: theory.y.map((rate) => scale * rate) });
  }
  const { slope, intercept } = fit.line;
  const fitted = etas.filter((eta) => eta >= etaFrom - 1e-9);
  if (Number.isFinite(slope) && fitted.length > 0) {
    const x = Float64Array.of(fitted[0] as number, fitted.at(-1) as number);
    const y = x.map((eta) => scale * (slope * eta + intercept));
    marks.push({ type: 'line', name: 'straight line', hue: 'reference', dashed: true, x, y });
  }
  marks.push({
    type: 'points',
    name: 'measured',
    hue: 'all',
    x: etas,
    y: means.map((mean) => scale * mean),
    ...(bars ? { low: end(-1), high: end(1) } : {}),
  });
  const r2 = `R² = ${formatNumber(fit.line.r2, 3)}, ${formatNumber(fit.r2Active, 3)} where active`;
  return {
    title: name ? `${name}: ${r2}` : r2,
    x: { label: 'external input η', unit: '1' },
    y: normalised ? { label: 'rate / largest rate', unit: '1' } : { label: 'population rate', unit: 'Hz' },
    marks,
  };
}

export function linearityFigure(
  states: readonly LinearityState[],
  { etaFrom, minRate, normalised }: { etaFrom: number; minRate: number; normalised: boolean },
): FigureValue {
  const trials = Math.max(0, ...states.flatMap(({ points }) => points.map(({ rates }) => rates.length)));
  return {
    kind: 'figure',
    title: 'Network activity against external input',
    caption:
      `Mean population rate at each drive${trials > 1 ? `, up to ${trials} trials; bars: SD over trials` : ', one trial'}. ` +
      `Dashed: least-squares line from η = ${formatNumber(etaFrom)} on. ` +
      `Active: at least ${formatNumber(minRate)} Hz.`,
    panels: states.map((state) => panelOf(state, etaFrom, normalised)),
    columns: Math.min(3, Math.max(1, states.length)),
    width: states.length > 1 ? 180 : 85,
    rowHeight: 60,
  };
}
