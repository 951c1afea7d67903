/** Curves of different lengths on one x column; which axis may be logarithmic. */
import { describe, expect, it } from 'vitest';
import {
  alignCurves,
  canBeLog,
  commonWord,
  prefersLog,
  scaleTitle,
  unitsOf,
} from '../../../../src/panels/preview/series-data';

const curve = (name: string, x: number[], y: number[], unit = '1') => ({
  name,
  unit,
  x: Float32Array.from(x),
  y: Float32Array.from(y),
});

describe('alignCurves', () => {
  it('joins x and leaves gaps where a curve has no point', () => {
    expect(alignCurves([curve('a', [1, 2, 3], [10, 20, 30]), curve('b', [2, 4], [5, 6])])).toEqual({
      x: [1, 2, 3, 4],
      y: [
        [10, 20, 30, null],
        [null, 5, null, 6],
      ],
    });
  });
  it('sorts, and leaves out what cannot be drawn', () => {
    expect(alignCurves([curve('a', [3, 1, 2], [30, 10, Number.NaN])])).toEqual({ x: [1, 2, 3], y: [[10, null, 30]] });
  });
  it('takes no curve and empty curves', () => {
    expect(alignCurves([])).toEqual({ x: [], y: [] });
    expect(alignCurves([curve('a', [], [])])).toEqual({ x: [], y: [[]] });
  });
});

describe('logarithmic axes', () => {
  const loss = curve('training loss', [1, 2], [0.5, 0.01]);
  const psnr = curve('validation PSNR', [1, 2], [12, 20], 'dB');
  it('needs positive values and no decibels', () => {
    expect(canBeLog([loss, psnr], '1')).toBe(true);
    expect(canBeLog([loss, psnr], 'dB')).toBe(false);
    expect(canBeLog([curve('a', [1], [0])], '1')).toBe(false);
    expect(canBeLog([], '1')).toBe(false);
  });
  it('is the first choice for a loss that falls tenfold, only then', () => {
    expect(prefersLog([loss, psnr])).toBe(true);
    expect(prefersLog([curve('each step', [1, 2, 3], [0.5, 0.6, 0.01])])).toBe(true);
    expect(prefersLog([curve('training loss', [1, 2], [0.5, 0.2])])).toBe(false);
    expect(prefersLog([curve('growth', [1, 2], [0.01, 0.5]), curve('nothing', [], [])])).toBe(false);
    expect(prefersLog([curve('rate', [1, 2], [100, 1], 'Hz')])).toBe(false);
  });
});

describe('names', () => {
  it('lists units once', () =>
    expect(unitsOf([curve('a', [], []), curve('b', [], [], 'dB'), curve('c', [], [])])).toEqual(['1', 'dB']));
  it('finds what names share', () => {
    expect(commonWord(['training loss', 'validation loss'])).toBe('loss');
    expect(commonWord(['loss', 'loss'])).toBe('');
    expect(commonWord(['training loss'])).toBe('');
    expect(commonWord(['a b', 'a c'])).toBe('');
  });
  it('names an axis by its only curve, by what they share, or "value"', () => {
    expect(scaleTitle([curve('loss', [], []), curve('PSNR', [], [], 'dB')], 'dB')).toBe('PSNR');
    expect(scaleTitle([curve('training loss', [], []), curve('validation loss', [], [])], '1')).toBe('loss');
    expect(scaleTitle([curve('a', [], []), curve('b', [], [])], '1')).toBe('value');
  });
});
