/** Ticks of figures: decades, powers of ten, names of categories, ranges of axes. */
import { describe, expect, it } from 'vitest';
import { categoryLayout, placeOn, ticksOf } from '../../../src/figure/axis-ticks';
import { figureAxisTitle } from '../../../src/figure/axis-title';
import { rangeOf } from '../../../src/figure/ranges';
import { textWidth, wrapText } from '../../../src/figure/text-width';
import type { FigureAxis, FigureMark } from '../../../src/kit/figure';
import { panelOf } from './svg-support';

const f64 = (...values: number[]): Float64Array => Float64Array.from(values);
const ticks = (low: number, high: number, spec: Partial<FigureAxis> = {}, length = 200) =>
  ticksOf({ spec: { label: 'x', unit: '1', ...spec }, range: [low, high] }, length, (label) => textWidth(label, 7), 8);

describe('ticks', () => {
  it('are multiples of 1, 2 and 5, fewer where there is less room', () => {
    expect(ticks(0, 1000).labels).toEqual(['0', '200', '400', '600', '800', '1000']);
    expect(ticks(0, 1000, {}, 60).labels).toEqual(['0', '500', '1000']);
  });
  it('group five digits and more, and write powers of ten', () => {
    expect(ticks(0, 40_000).labels).toContain('20,000');
    expect(ticks(0, 1.5e7, {}, 300).labels.at(-1)).toBe('1.4×10⁷');
    expect(ticks(0, 2e-4, {}, 300).labels).toContain('10⁻⁴');
  });
  it('of a log axis are decades with small ones between, 1, 2, 5 where decades are few', () => {
    const decades = ticks(1, 1000, { scale: 'log' });
    expect(decades.labels).toEqual(['1', '10', '100', '1000']);
    expect(decades.minor).toHaveLength(24);
    expect(ticks(1, 30, { scale: 'log' }).labels).toEqual(['1', '2', '5', '10', '20']);
    expect(ticks(1e-6, 1e6, { scale: 'log' }).labels).toContain('10⁻⁶');
  });
  it('of a log axis stand at equal ratios', () => {
    const axis = { spec: { label: 'x', unit: '1', scale: 'log' as const }, range: [1, 100] as const };
    expect(placeOn(axis, 10)).toBeCloseTo(0.5, 12);
    expect(placeOn(axis, 0)).toBeNaN();
  });
  it('run backwards on a reversed axis', () => {
    expect(placeOn({ spec: { label: 'row', unit: '1' }, range: [28, 0] }, 7)).toBeCloseTo(0.75, 12);
    expect(ticks(28, 0).values).toEqual(ticks(0, 28).values);
  });
  it('of categories are their names: in a line, in lines, slanted', () => {
    expect(categoryLayout(['E', 'I'], 50, 7, 80)).toEqual({ labels: ['E', 'I'], slanted: false, height: 7 });
    expect(categoryLayout(['E to I', 'I to E'], 20, 7, 80).labels).toEqual(['E to\nI', 'I to\nE']);
    expect(categoryLayout(['excitatory', 'inhibitory'], 20, 7, 80).slanted).toBe(true);
  });
});

describe('ranges', () => {
  const range = (axis: 'x' | 'y', ...marks: FigureMark[]) => rangeOf(panelOf(marks), axis);
  const line: FigureMark = { type: 'line', x: f64(0, 100), y: f64(5, 50) };
  it('are those of the data: flush in time, from 0 where the data come near it, with air above', () => {
    expect(range('x', line)).toEqual([0, 100]);
    expect(range('y', line)?.[0]).toBe(0);
    expect(range('y', line)?.[1]).toBeGreaterThan(50);
    expect(range('y', { type: 'line', x: f64(0, 1), y: f64(95, 100) })?.[0]).toBeGreaterThan(94);
  });
  it('hold error bars, rules and the feet of bars', () => {
    expect(range('y', line, { type: 'rule', axis: 'y', at: 200 })?.[1]).toBeGreaterThanOrEqual(200);
    expect(range('y', { type: 'points', x: f64(1), y: f64(10), low: f64(-5), high: f64(30) })).toEqual([-6.4, 31.75]);
    expect(range('x', { type: 'bars', x: f64(1, 2), y: f64(3, 4), width: 1 })).toEqual([0.5, 2.5]);
    expect(range('y', { type: 'bars', x: f64(1, 2), y: f64(30, 40), width: 1 })?.[0]).toBe(0);
  });
  it('leave out what is no number, are made wider around one value, and are null without any', () => {
    expect(
      range('x', { type: 'line', x: f64(Number.NaN, 1, 3, Number.POSITIVE_INFINITY), y: f64(1, 1, 1, 1) }),
    ).toEqual([1, 3]);
    expect(range('y', { type: 'line', x: f64(0, 1), y: f64(4, 4) })).toEqual([2, 6]);
    expect(range('x')).toBeNull();
  });
});

describe('words', () => {
  it('begin an axis title with a capital, symbols do not', () => {
    expect(figureAxisTitle('firing rate', 'Hz')).toBe('Firing rate (Hz)');
    expect(['g', 'eta', 'CV', 'η', 'row'].map((label) => figureAxisTitle(label, '1'))).toEqual([
      'g',
      'eta',
      'CV',
      'η',
      'Row',
    ]);
  });
  it('wrap at spaces and end in an ellipsis where they must', () => {
    expect(wrapText('one two three', 7, textWidth('one two', 7))).toEqual(['one two', 'three']);
    expect(wrapText('one two three four', 7, textWidth('one two', 7), 2)[1]).toMatch(/^three.*…$/);
    for (const line of wrapText('incomprehensibilities', 7, 30)) expect(textWidth(line, 7)).toBeLessThanOrEqual(30);
  });
});
