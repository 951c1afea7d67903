import { describe, expect, it } from 'vitest';
import { densityPixels, emptyPicture, rgbOf, withPart } from '../../../src/app/viewer/raster-picture';
import { everything, itemsIn, panned, wholeItem, zoomed } from '../../../src/app/viewer/raster-window';
import { readRows } from '../../../src/app/viewer/table-rows';

const size = { stepCount: 1000, itemCount: 4, unitCount: 100 };

describe('the window of a raster', () => {
  it('zooms about the place under the pointer', () => {
    const window = zoomed(size, wholeItem(size, 1), { time: 0.5, units: 1 }, { x: 0, y: 0 });
    expect(window).toEqual({ fromStep: 1000, toStep: 1500, fromUnit: 0, toUnit: 100 });
    const right = zoomed(size, wholeItem(size, 1), { time: 0.5, units: 0.5 }, { x: 1, y: 1 });
    expect(right).toEqual({ fromStep: 1500, toStep: 2000, fromUnit: 50, toUnit: 100 });
  });
  it('never leaves the recording, and never closes', () => {
    expect(panned(size, wholeItem(size, 0), { x: -3, y: 2 })).toEqual(wholeItem(size, 0));
    expect(zoomed(size, wholeItem(size, 2), { time: 100, units: 100 })).toEqual(everything(size));
    const close = zoomed(size, wholeItem(size, 2), { time: 1e-9, units: 1e-9 });
    expect([close.toStep - close.fromStep, close.toUnit - close.fromUnit]).toEqual([20, 4]);
  });
  it('knows its items', () => {
    expect(itemsIn(size, wholeItem(size, 3))).toEqual([3, 3]);
    expect(itemsIn(size, everything(size))).toEqual([0, 3]);
    expect(itemsIn(size, panned(size, wholeItem(size, 1), { x: 0.5, y: 0 }))).toEqual([1, 2]);
  });
});

describe('the picture of a raster', () => {
  const window = wholeItem({ stepCount: 2, itemCount: 1, unitCount: 2 }, 0);
  const part = (counts: number[], units: number[] | null) => ({
    what: 'raster' as const,
    next: null,
    spikes: counts.reduce((a, b) => a + b, 0),
    counts: Uint16Array.from(counts),
    units: units && Uint32Array.from(units),
    steps: units && Uint32Array.from(units, () => 0),
  });
  it('adds parts up, and gives up marks where there are too many', () => {
    const one = withPart(emptyPicture(window, 2, 2), part([1, 0, 0, 0], [0]), 2);
    const two = withPart(one, part([0, 1, 0, 0], [0]), 2);
    expect([two.spikes, two.marks?.units.length, [...two.counts]]).toEqual([2, 2, [1, 1, 0, 0]]);
    expect(withPart(two, part([1, 0, 0, 0], [0]), 2).marks).toBeNull();
  });
  it('draws the lowest unit at the bottom, in the colour of its population', () => {
    const picture = withPart(emptyPicture(window, 2, 2), part([3, 0, 0, 1], null), 0);
    const populations = [
      { name: 'E', start: 0, count: 1 },
      { name: 'I', start: 1, count: 1 },
    ];
    const pixels = densityPixels(picture, populations, ['#010203', '#0a0b0c'], '#ffffff');
    // Upper right: one spike of unit 1. Lower left: the fullest cell, solid.
    expect([...pixels.subarray(4, 7)]).toEqual([10, 11, 12]);
    expect([...pixels.subarray(8, 12)]).toEqual([1, 2, 3, 255]);
    expect(pixels[3]).toBe(0);
    expect(pixels[7]).toBeGreaterThan(100);
    expect(rgbOf('#0072b2')).toEqual([0, 114, 178]);
  });
});

describe('rows of a table', () => {
  const columns = [
    { name: 'metric', label: 'Metric', type: 'text' as const },
    { name: 'mean', label: 'Mean', type: 'number' as const },
  ];
  const rows = [
    { metric: 'psnr', mean: 19.5 },
    { metric: 'ssim', mean: 0.7 },
    { metric: 'mse', mean: null },
    { metric: 'item 10', mean: Number.NaN },
    { metric: 'item 9', mean: 100 },
  ];
  const means = (down: boolean) => readRows(columns, rows, '', { column: 'mean', down }).map(({ mean }) => mean);
  it('are sorted by numbers, missing ones last in both directions', () => {
    expect(means(false)).toEqual([0.7, 19.5, 100, null, Number.NaN]);
    expect(means(true)).toEqual([100, 19.5, 0.7, null, Number.NaN]);
    expect(readRows(columns, rows, 'item', { column: 'metric', down: false }).map(({ metric }) => metric)).toEqual([
      'item 9',
      'item 10',
    ]);
  });
  it('are those that hold every word', () => {
    expect(readRows(columns, rows, 'ITEM 9', null)).toEqual([rows[4]]);
    expect(readRows(columns, rows, 'zzz', null)).toEqual([]);
  });
});
