/** The numbers behind a figure, row by row. */
import { describe, expect, it } from 'vitest';
import { figureRows, panelName } from '../../../src/figure/figure-data';
import type { FigureMark } from '../../../src/kit/figure';
import { figureSamples, transferFigure, verdictFigure } from '../../support/figure-samples';
import { figureOf, panelOf } from './svg-support';

const rowsOf = (mark: FigureMark) =>
  [...figureRows(figureOf([panelOf([mark])]))].map(({ x, y, low, high, value }) => [x, y, low, high, value]);
const f64 = (...values: number[]): Float64Array => Float64Array.from(values);

describe('figureRows', () => {
  it('has a row per point of every mark', () => {
    expect(rowsOf({ type: 'line', x: f64(1, 2), y: f64(3, Number.NaN) })).toEqual([
      [1, 3, null, null, null],
      [2, Number.NaN, null, null, null],
    ]);
    expect(rowsOf({ type: 'points', x: f64(1), y: f64(2), low: f64(0), high: f64(4) })).toEqual([[1, 2, 0, 4, null]]);
    expect(rowsOf({ type: 'band', x: f64(1), low: f64(0), high: f64(4) })).toEqual([[1, null, 0, 4, null]]);
    expect(rowsOf({ type: 'rule', axis: 'y', at: 7 })).toEqual([[null, 7, null, null, null]]);
    expect(rowsOf({ type: 'text', x: f64(1), y: f64(2), text: ['AI'] })).toEqual([[1, 2, null, null, 'AI']]);
  });
  it('names panels, marks, axes and categories', () => {
    const rows = [...figureRows(verdictFigure)];
    expect(rows[1]).toMatchObject({
      panel: 'A: Tests of balance',
      mark: 'passed',
      x: 1.4,
      y: 'drive margin',
      xAxis: 'value / bound',
    });
    expect(rows.at(-1)).toMatchObject({ panel: 'B: Mean rate', mark: 'theory', yAxis: 'rate (Hz)' });
    const cells = [...figureRows(figureSamples['regimes'] ?? transferFigure)][0];
    expect(cells).toMatchObject({ mark: 'cells', valueAxis: 'rate (Hz)' });
  });
  it('is empty for an empty figure, and letters only where there are several panels', () => {
    expect([...figureRows(figureOf([]))]).toEqual([]);
    expect(panelName(figureOf([panelOf([], { title: 'Alone' })]), 0)).toBe('Alone');
  });
});
