/** The balance verdict at a glance: a narrow panel for each test, its value and interval against the bound. */
import { formatNumber, withUnit } from '../../core/units';
import type { FigureMark, FigurePanel } from '../../kit/figure';
import type { FigureValue } from '../../kit/values';
import { type BalanceTest, passes, verdictOf } from '../balance';

/** A range that holds value, interval and bound with room around them. */
function domainOf({ value, interval, bound }: BalanceTest): readonly [number, number] {
  const seen = [bound, value, ...(interval ?? [])].filter(Number.isFinite);
  const [low, high] = [Math.min(...seen), Math.max(...seen)];
  const room = 0.15 * (high - low || Math.abs(bound) || 1);
  return [low - room, high + room];
}

function panelOf(test: BalanceTest): FigurePanel {
  const { name, measure, unit, value, interval, relation, bound } = test;
  const pass = passes(test);
  const word = pass ? 'pass' : 'fail';
  const hue = pass ? 'good' : 'bad';
  const domain = domainOf(test);
  const marks: FigureMark[] = [{ type: 'rule', axis: 'y', at: bound, hue: 'reference' }];
  const x = Float64Array.of(0);
  if (Number.isFinite(value)) {
    const bars = interval ? { low: Float64Array.of(interval[0]), high: Float64Array.of(interval[1]) } : {};
    marks.push({ type: 'points', hue, x, y: Float64Array.of(value), ...bars });
  } else {
    marks.push({ type: 'text', hue, x, y: Float64Array.of((bound + domain[1]) / 2), text: ['no value'] });
  }
  const sign = relation === 'at least' ? '≥' : '≤';
  return {
    // Panels are lettered A to E, as the tests are.
    title: `${name[0]?.toUpperCase()}${name.slice(1)}: ${word}`,
    x: { label: `${sign} ${withUnit(formatNumber(bound), unit)}`, unit: '1', categories: [word] },
    y: { label: measure, unit, domain },
    marks,
  };
}

export function balanceFigure(tests: readonly BalanceTest[]): FigureValue {
  return {
    kind: 'figure',
    title: verdictOf(tests),
    caption:
      'Each test: value and 95 % bootstrap interval against its bound (line). The network is balanced if it passes all ' +
      `five. Resampled: ${tests.map(({ id, resampled }) => `(${id}) ${resampled}`).join(', ')}.`,
    panels: tests.map(panelOf),
    columns: tests.length,
    width: 180,
    rowHeight: 55,
  };
}
