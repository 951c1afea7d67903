/** What has to fit in a card: names beside a raster, titles beside ticks. */
import { describe, expect, it } from 'vitest';
import { yAxisRoom, yTicks } from '../../../../src/panels/preview/axes';
import { compactLegend } from '../../../../src/panels/preview/compact-legend';
import { initialsOf } from '../../../../src/panels/preview/raster';
import { columnsThatFit, foldUnits } from '../../../../src/panels/preview/table-format';

describe('initials of populations', () => {
  it('are one capital letter each', () => expect(initialsOf(['excitatory', 'inhibitory'])).toEqual(['E', 'I']));
  it('are left out where two would be the same', () => expect(initialsOf(['pyramidal', 'PV'])).toEqual(['', '']));
  it('take no population', () => expect(initialsOf([])).toEqual([]));
});

describe('room for a vertical axis', () => {
  /** A context that only measures: 6 px a character. */
  const context = { font: '', measureText: (text: string) => ({ width: 6 * text.length }) };
  const room = (max: number) =>
    yAxisRoom(context as unknown as CanvasRenderingContext2D, { min: max, max: 0, title: 'item', fontSize: 10 }, 100);
  it('keeps the title clear of the widest label', () => {
    const { width, titleX } = room(3500);
    // "2,000" ends 6 px before the axis; half a line of title stands on each side of titleX.
    expect(width - 6 - 5 * 6).toBeGreaterThanOrEqual(titleX + 5);
    expect(titleX).toBeGreaterThanOrEqual(5);
  });
  it('takes no more than short labels need', () => expect(room(3500).width - room(9).width).toBe(4 * 6));
});

describe('ticks of a vertical axis', () => {
  it('are two or more on a low one', () => {
    for (let max = 1; max < 1000; max += 7)
      expect(yTicks({ min: 0, max }, 70).length, `0 to ${max}`).toBeGreaterThanOrEqual(2);
    expect(yTicks({ min: 0, max: 440 }, 70)).toEqual([0, 200, 400]);
    expect(yTicks({ min: -15, max: -12 }, 70).length).toBeGreaterThanOrEqual(2);
  });
  it('take a point', () => expect(yTicks({ min: 3, max: 3 }, 70)).toEqual([3]));
});

describe('the legend of a card', () => {
  it('has names and values in one line where both fit', () =>
    expect(compactLegend(['loss'], 248)).toEqual({ lines: 1, values: 'beside', shown: 1 }));
  it('puts the values of the three curves of a loss below their names', () =>
    expect(compactLegend(['each step', 'training', 'validation'], 248)).toEqual({
      lines: 2,
      values: 'below',
      shown: 3,
    }));
  it('drops values before names', () => {
    const names = ['excitatory', 'inhibitory', 'external', 'membrane'];
    expect(compactLegend(names, 248)).toEqual({ lines: 2, values: 'none', shown: 4 });
  });
  it('shows the first of many, in no more than two lines', () => {
    const many = Array.from({ length: 12 }, (_, k) => `condition ${k}`);
    const { lines, values, shown } = compactLegend(many, 248);
    expect([lines, values]).toEqual([2, 'none']);
    expect(shown).toBeGreaterThanOrEqual(3);
    expect(shown).toBeLessThan(6);
  });
  it('takes no curve, and one whose name is wider than the box', () => {
    expect(compactLegend([], 248)).toMatchObject({ lines: 1, shown: 0 });
    expect(compactLegend(['x'.repeat(90)], 248)).toEqual({ lines: 1, values: 'none', shown: 1 });
  });
});

describe("the columns of a card's table", () => {
  const column = (name: string, label: string, type: 'number' | 'text' = 'number') => ({ name, label, type });
  const columns = [
    column('metric', 'Metric', 'text'),
    column('unit', 'Unit', 'text'),
    ...['mean', 'median', 'min', 'max', 'sd'].map((name) => column(name, name)),
    column('n', 'Images'),
    column('baseline', 'Baseline'),
  ];
  const row = {
    metric: 'psnr',
    unit: 'dB',
    mean: 23.96,
    median: 23.58,
    min: 1,
    max: 2,
    sd: 3,
    n: 500,
    baseline: 12.05,
  };
  const mse = { ...row, metric: 'mse', unit: '1', mean: 0.004844, baseline: 0.06617 };
  it('are the names with units and what tells: the mean, the baseline, the number', () => {
    const cells = foldUnits({ columns, rows: [row, mse] });
    expect(cells.rows.map(({ metric }) => metric)).toEqual(['psnr (dB)', 'mse']);
    expect(columnsThatFit(cells.columns, cells.rows, 248, 6.8, 7).map(({ name }) => name)).toEqual([
      'metric',
      'mean',
      'baseline',
      'n',
    ]);
  });
  it('stay as they are where no column holds units', () => {
    const cells = { columns: [column('unit', 'Unit', 'text'), column('n', 'N')], rows: [{ unit: '12', n: 1 }] };
    expect(foldUnits(cells)).toEqual(cells);
  });
  it('keep their order where none tells more', () =>
    expect(
      columnsThatFit([column('item', 'Item'), column('psnr', 'PSNR'), column('ssim', 'SSIM')], [], 248, 6.8, 7).map(
        ({ name }) => name,
      ),
    ).toEqual(['item', 'psnr', 'ssim']));
});
