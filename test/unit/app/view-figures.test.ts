/** Figures of what the large viewer shows: every spike where it stands, cells that add up, a panel for each unit. */
import { describe, expect, it } from 'vitest';
import type { RasterPicture } from '../../../src/app/viewer/raster-picture';
import { everything, wholeItem } from '../../../src/app/viewer/raster-window';
import { curvesFigure, matrixFigure, rasterFigure } from '../../../src/app/viewer/view-figures';
import { figureToSvg } from '../../../src/figure/figure-to-svg';
import { nodeDocument } from '../../../src/figure/node-document';
import type { CellsMark, Figure, FigureMark } from '../../../src/kit/figure';
import type { MatrixLook, SeriesLook } from '../../../src/kit/look';
import type { MatrixPreview, SpikesPreview } from '../../../src/kit/preview';

const text = { title: 'encoder.spikes', caption: 'Item 2 of 3.' };
const size = { stepCount: 100, itemCount: 3, unitCount: 8 };
const spikes: SpikesPreview = {
  kind: 'spikes',
  item: 0,
  itemId: 0,
  ...size,
  discardSteps: 20,
  dt: 0.5,
  populations: [
    { name: 'excitatory', start: 0, count: 6 },
    { name: 'inhibitory', start: 6, count: 2 },
  ],
  units: new Uint32Array(0),
  rows: new Uint16Array(0),
  steps: new Uint32Array(0),
  spikesInItem: 0,
  spikeCount: 0,
  rates: [],
};
const drawn = (figure: Figure): string => figureToSvg(figure, { theme: 'print', document: nodeDocument() });
const marksOf = (figure: Figure, type: FigureMark['type']) =>
  figure.panels.flatMap(({ marks }) => marks.filter((mark) => mark.type === type));

describe('the figure of a raster', () => {
  it('has a tick per spike, at its time within the item, in the colour of its population, and where counting begins', () => {
    const picture: RasterPicture = {
      window: wholeItem(size, 1),
      columns: 100,
      rows: 8,
      counts: new Uint16Array(800),
      spikes: 3,
      marks: { units: Uint32Array.of(0, 5, 7), steps: Uint32Array.of(100, 150, 199) },
    };
    const figure = rasterFigure(picture, spikes, text);
    expect(marksOf(figure, 'raster')).toEqual([
      {
        type: 'raster',
        name: 'excitatory',
        hue: 'excitatory',
        x: Float64Array.of(0.25, 25.25),
        y: Float64Array.of(0, 5),
      },
      { type: 'raster', name: 'inhibitory', hue: 'inhibitory', x: Float64Array.of(49.75), y: Float64Array.of(7) },
    ]);
    expect(marksOf(figure, 'rule')).toMatchObject([{ axis: 'x', at: 10 }]);
    expect(figure.panels[0]?.x).toEqual({ label: 'time in item 2', unit: 'ms', domain: [0, 50] });
    expect(drawn(figure).includes('>Time in item 2 (ms)<')).toBe(true);
  });

  it('counts spikes in cells where they are too many, and loses none', () => {
    // As wide as a screen, and not a multiple of the printed cells.
    const [columns, rows] = [299 * 3 + 1, 8];
    const counts = Uint16Array.from({ length: columns * rows }, (_, i) => (i % 7 === 0 ? 2 : 0));
    const total = counts.reduce((sum, count) => sum + count, 0);
    const figure = rasterFigure(
      { window: everything(size), columns, rows, counts, spikes: total, marks: null },
      spikes,
      text,
    );
    const [mark] = marksOf(figure, 'cells') as CellsMark[];
    if (!mark) throw new Error('No cells are drawn.');
    const shown = mark.value.filter((value) => Number.isFinite(value));
    expect(shown.reduce((sum, value) => sum + value, 0)).toBe(total);
    expect(mark.value.length).toBeLessThanOrEqual(300 * 160);
    // The first cell begins where the items do; the last one ends at their end or less than a cell beyond.
    expect((mark.x[0] ?? 0) - mark.width / 2).toBeCloseTo(1, 10);
    const end = Math.max(...mark.x) + mark.width / 2;
    expect(end).toBeGreaterThanOrEqual(4);
    expect(end - 4).toBeLessThan(mark.width);
    expect(figure.panels[0]?.x.domain).toEqual([1, 4]);
  });
});

describe('the figure of a matrix', () => {
  it('has means of cells in the unit of the values, row 0 on top', () => {
    const values = Float32Array.from({ length: 320 * 2 }, (_, i) => (i < 320 ? 1 : 3));
    const look: MatrixLook = {
      what: 'matrix',
      rows: 320,
      columns: 2,
      totalRows: 640,
      totalColumns: 2,
      itemCount: 1,
      values,
      min: 1,
      max: 3,
    };
    const preview = { ...look, kind: 'matrix', of: 'rates', rowLabel: 'unit', columnLabel: 'time', unit: 'Hz' };
    const figure = matrixFigure(look, preview as unknown as MatrixPreview, text);
    const [mark] = marksOf(figure, 'cells') as CellsMark[];
    expect([...(mark?.value ?? [])]).toEqual([...Array(160).fill(1), ...Array(160).fill(3)]);
    expect([mark?.y[0], mark?.height]).toEqual([2, 4]);
    expect([mark?.valueUnit, figure.panels[0]?.y.domain]).toEqual(['Hz', [640, 0]]);
    expect(drawn(figure).includes('>Rate (Hz)<')).toBe(true);
  });
});

describe('the figure of curves', () => {
  it('has a panel for each unit, with the names that the viewer shows', () => {
    const curve = (index: number) => ({ index, x: Float64Array.of(0, 1), y: Float64Array.of(index, index) });
    const look: SeriesLook = {
      what: 'series',
      xLabel: 'epoch',
      xUnit: '1',
      xMin: 0,
      xMax: 1,
      names: ['loss', 'psnr', ''],
      units: ['1', 'dB', '1'],
      curves: [curve(0), curve(1), curve(2)],
    };
    const { panels } = curvesFigure(look, text);
    expect(panels.map(({ y, marks }) => [y.unit, marks.map(({ name }) => name)])).toEqual([
      ['1', ['loss', 'curve 3']],
      ['dB', ['psnr']],
    ]);
  });
});
