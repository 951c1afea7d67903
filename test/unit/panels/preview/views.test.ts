/** Pure halves of the views: tile layout, pixels, raster bands, table cells, summaries, log filter, colour maps. */
import { describe, expect, it } from 'vitest';
import { colourMapFor } from '../../../../src/figure/colour-map';
import type { SpikesPreview } from '../../../../src/kit/preview';
import { filterRows, type LogRow } from '../../../../src/panels/log-rows';
import { crispScale, imageToRgba, layOutTiles } from '../../../../src/panels/preview/image-layout';
import { hasNumbers, numbersOf } from '../../../../src/panels/preview/numbers';
import { populationColours } from '../../../../src/panels/preview/plot-style';
import { bandsOf } from '../../../../src/panels/preview/raster';
import { summarise } from '../../../../src/panels/preview/summary';
import { columnFormat, columnsThatFit } from '../../../../src/panels/preview/table-format';
import { transferFigure } from '../../../support/figure-samples';

describe('image tiles', () => {
  it('enlarge by whole device pixels', () => {
    expect(crispScale(2.2, 1)).toBe(2);
    expect(crispScale(2.2, 1.5)).toBe(2);
    expect(crispScale(0.4, 1)).toBe(0.4);
  });
  it('never leave a node box', () => {
    for (const [width, height, count] of [
      [28, 28, 16],
      [224, 96, 9],
      [7, 300, 3],
      [1, 1, 1],
    ] as const) {
      const layout = layOutTiles({
        count,
        imageWidth: width,
        imageHeight: height,
        boxWidth: 248,
        boxHeight: 122,
        target: 58,
        gap: 3,
        caption: 0,
        pixelRatio: 2,
      });
      expect(layout.width).toBeLessThanOrEqual(248);
      expect(layout.height).toBeLessThanOrEqual(122);
      expect(layout.shown).toBeGreaterThanOrEqual(1);
      expect(layout.tileWidth / layout.tileHeight).toBeCloseTo(width / height, 6);
    }
  });
  it('show all images where height is free', () => {
    const layout = layOutTiles({
      count: 16,
      imageWidth: 28,
      imageHeight: 28,
      boxWidth: 290,
      target: 64,
      gap: 6,
      caption: 13,
      pixelRatio: 1,
    });
    expect(layout).toMatchObject({ shown: 16, tileWidth: 56, columns: 4, rows: 4 });
  });
  it('become RGBA from grey, colour and colour with opacity', () => {
    expect([...imageToRgba(Uint8Array.of(0, 9, 200, 255), 1, 2, 1, 1)]).toEqual([
      200, 200, 200, 255, 255, 255, 255, 255,
    ]);
    expect([...imageToRgba(Uint8Array.of(1, 2, 3), 0, 1, 1, 3)]).toEqual([1, 2, 3, 255]);
    expect([...imageToRgba(Uint8Array.of(1, 2, 3, 4), 0, 1, 1, 4)]).toEqual([1, 2, 3, 4]);
  });
});

describe('raster', () => {
  const populations = [
    { name: 'E', start: 0, count: 1024 },
    { name: 'I', start: 1024, count: 256 },
  ];
  it('finds the rows of each population among the drawn units', () => {
    expect(bandsOf(Uint32Array.of(0, 512, 1023, 1024, 1279), populations)).toEqual([
      { population: 0, start: 0, count: 3 },
      { population: 1, start: 3, count: 2 },
    ]);
    expect(bandsOf(Uint32Array.of(5000, 3), populations)).toEqual([{ population: 0, start: 1, count: 1 }]);
  });
  it('colours E and I by name, whatever their order', () => {
    const [i, e] = populationColours(['I', 'E'], 'light');
    expect([e, i]).toEqual([...populationColours(['exc', 'inhibitory'], 'light')]);
  });
});

describe('table cells', () => {
  const rows = [
    { m: 20.3412, k: 'a' },
    { m: 8.5, k: 'b' },
    { m: null, k: 'c' },
  ];
  it('line up where a column has one unit', () => {
    const format = columnFormat({ name: 'm', label: 'M', unit: 'dB', type: 'number' }, rows);
    expect(rows.map((row) => format(row.m))).toEqual(['20.34', '8.50', '–']);
  });
  it('keep four digits each where quantities mix', () => {
    const mixed = [{ m: 20.3412 }, { m: 0.00983 }, { m: 500 }, { m: -1.5 }];
    const format = columnFormat({ name: 'm', label: 'M', type: 'number' }, mixed);
    expect(mixed.map((row) => format(row.m))).toEqual(['20.34', '0.00983', '500', '−1.5']);
  });
  it('write counts without decimals and say what is not a number', () => {
    const format = columnFormat({ name: 'n', label: 'n', unit: 'items', type: 'number' }, [{ n: 60_000 }, { n: 5 }]);
    expect([format(60_000), format(5), format(Number.NaN)]).toEqual(['60,000', '5', 'n/a']);
  });
  it('choose columns by width, at least two', () => {
    const columns = ['metric', 'mean', 'median', 'min'].map((name, index) => ({
      name,
      label: name,
      type: index < 1 ? ('text' as const) : ('number' as const),
    }));
    const data = [{ metric: 'psnr', mean: 1, median: 2, min: 3 }];
    expect(columnsThatFit(columns, data, 130, 6, 10).map((column) => column.name)).toEqual([
      'metric',
      'mean',
      'median',
    ]);
    expect(columnsThatFit(columns, data, 10, 6, 10)).toHaveLength(2);
  });
});

describe('colour maps', () => {
  it('are sequential for one sign and symmetric about zero for both', () => {
    expect(colourMapFor(0, 40, 'light')).toMatchObject({ low: 0, high: 40 });
    const { map, low, high } = colourMapFor(-1, 3, 'light');
    expect([low, high]).toEqual([-3, 3]);
    expect(map(0)).toEqual([246, 246, 246]);
  });
  it('give a constant matrix one colour', () => expect(colourMapFor(2, 2, 'dark').map(2)).toEqual([68, 1, 84]));
});

describe('summaries', () => {
  it('say the picture in a sentence', () => {
    const spikes: SpikesPreview = {
      kind: 'spikes',
      item: 11,
      itemId: 60_011,
      itemCount: 5000,
      unitCount: 1280,
      stepCount: 2500,
      discardSteps: 500,
      dt: 0.1,
      populations: [{ name: 'E', start: 0, count: 1024 }],
      units: new Uint32Array(),
      rows: new Uint16Array(),
      steps: new Uint32Array(),
      spikesInItem: 8123,
      spikeCount: 1,
      rates: [18.43],
    };
    expect(summarise(spikes)).toBe(
      'Raster of item 12 of 5,000: 8,123 spikes of 1,280 neurons in 250 ms; mean rate: E 18.4 Hz.',
    );
    expect(summarise({ kind: 'labels', classes: [{ name: '0', count: 1 }], total: 1 })).toBe(
      '1 label in 1 class; most frequent: 0, 1.',
    );
    expect(summarise({ kind: 'model', blocks: [], parameters: null, trained: false, epochs: 0 })).toBe(
      'Model: no block; parameter count not known yet; not trained.',
    );
  });
});

describe('log filter', () => {
  const rows: LogRow[] = [
    { id: 1, at: 0, level: 'info', node: null, message: 'Run started' },
    { id: 2, at: 0, level: 'error', node: 'train', message: 'The loss is not finite' },
    { id: 3, at: 0, level: 'warning', node: 'encoder', message: 'High rate' },
  ];
  const name = (node: string) => (node === 'train' ? 'Train decoder' : node);
  it('keeps problems', () => expect(filterRows(rows, 'problems', '', name).map((row) => row.id)).toEqual([2, 3]));
  it('finds every word in name or text', () => {
    expect(filterRows(rows, 'all', 'decoder LOSS', name).map((row) => row.id)).toEqual([2]);
    expect(filterRows(rows, 'all', 'decoder rate', name)).toEqual([]);
  });
});

describe('figures', () => {
  it('have the numbers behind them as a table, with the axes as headers where panels agree', () => {
    const preview = { kind: 'figure', ...transferFigure } as const;
    expect(hasNumbers(preview)).toBe(true);
    const table = numbersOf(preview);
    expect(table?.columns.map(({ name }) => name)).toEqual(['panel', 'mark', 'x', 'y', 'low', 'high', 'value']);
    expect(table?.totalRows).toBe(60 + 7 + 2 + 1 + 40 + 40 + 1);
    const alone = numbersOf({ ...preview, panels: preview.panels.slice(1) });
    expect(alone?.columns.map(({ label }) => label)).toEqual(['Mark', 'interval (ms)', 'share of intervals (%)']);
    expect(numbersOf({ ...preview, panels: [] })?.rows).toEqual([]);
  });
  it('say in words what is shown', () => {
    expect(summarise({ kind: 'figure', ...transferFigure })).toMatch(
      /^Figure with 2 panels \(Transfer curve; Inter-spike intervals\): Network activity against external input\. Mean over/,
    );
  });
});
