/** Figures on their way to the page: at most 64 KB, short marks whole, long ones thinned evenly. */
import { describe, expect, it } from 'vitest';
import { encodeValue } from '../../../src/cache/value-codec';
import type { CellsMark, FigureMark, LineMark, PointsMark, RasterMark } from '../../../src/kit/figure';
import type { FigureValue } from '../../../src/kit/values';
import { makePreview } from '../../../src/scheduler/preview';
import { figureSamples, grid } from '../../support/figure-samples';

const axis = { label: 'x', unit: '1' };
const figureOf = (...marks: FigureMark[]): FigureValue => ({
  kind: 'figure',
  title: 'T',
  caption: 'C',
  columns: 1,
  width: 85,
  rowHeight: 50,
  panels: [{ x: axis, y: axis, marks }],
});
const bytesOf = (value: unknown): number => encodeValue(value).parts.reduce((sum, part) => sum + part.byteLength, 0);

async function marksOf(...marks: FigureMark[]): Promise<readonly FigureMark[]> {
  const preview = await makePreview(figureOf(...marks), {});
  if (preview.kind !== 'figure') throw new Error(preview.kind);
  expect(bytesOf(preview)).toBeLessThanOrEqual(64_000);
  return preview.panels[0]?.marks ?? [];
}

const line = (n: number): LineMark => ({ type: 'line', x: grid(0, 1, n), y: grid(5, 6, n) });
const raster = (rows: number, perRow: number): RasterMark => ({
  type: 'raster',
  x: Float64Array.from({ length: rows * perRow }, (_, i) => i),
  y: Float64Array.from({ length: rows * perRow }, (_, i) => i % rows),
});

describe('previews of figures', () => {
  it('are the figure itself where it is small', async () => {
    for (const sample of Object.values(figureSamples)) {
      const value: FigureValue = { kind: 'figure', ...sample };
      if (bytesOf(value) < 50_000) expect(await makePreview(value, {})).toEqual(value);
    }
    expect(await marksOf()).toEqual([]);
  });
  it('carry copies: a view into a large buffer would take it along', async () => {
    const large = grid(0, 1, 100_000);
    const [mark] = await marksOf({ type: 'line', x: large.subarray(0, 10), y: large.subarray(10, 20) });
    expect((mark as LineMark).x.buffer.byteLength).toBe(80);
    expect((mark as LineMark).y[0]).toBe(large[10]);
  });
  it('keep every k-th point of what is long, and short marks whole', async () => {
    const [short, long] = (await marksOf(line(100), line(1_000_000))) as [LineMark, LineMark];
    expect(short.x.length).toBe(100);
    expect(long.x.length).toBeGreaterThan(2000);
    const step = (long.x[1] as number) - (long.x[0] as number);
    expect((long.x[7] as number) - (long.x[6] as number)).toBeCloseTo(step, 12);
    expect(long.x.at(-1)).toBeGreaterThan(0.99);
  });
  it('thin error bars with their points, and widen bars', async () => {
    const n = 40_000;
    const x = grid(0, n - 1, n);
    const [points, bars] = await marksOf(
      { type: 'points', x, y: x, low: x.map((v) => v - 1), high: x.map((v) => v + 1) },
      { type: 'bars', x, y: x, width: 1 },
    );
    const { x: at, low, high } = points as PointsMark;
    expect([at.length, low?.[9], high?.[9]]).toEqual([low?.length, (at[9] as number) - 1, (at[9] as number) + 1]);
    expect(bars).toMatchObject({ width: (bars as LineMark).x[1] });
  });
  it('keep whole rows of a raster, evenly', async () => {
    const [mark] = (await marksOf(raster(1000, 100))) as [RasterMark];
    const rows = [...new Set(mark.y)].sort((a, b) => a - b);
    expect(rows.length).toBeGreaterThanOrEqual(24);
    const step = (rows[1] as number) - (rows[0] as number);
    expect(rows.every((row, i) => row === i * step)).toBe(true);
    expect(mark.x.length).toBe(rows.length * 100);
  });
  it('thin the spikes of few but busy rows', async () => {
    const [mark] = (await marksOf(raster(10, 100_000))) as [RasterMark];
    expect(new Set(mark.y).size).toBe(10);
    expect(mark.x.at(-1)).toBeGreaterThan(990_000);
  });
  it('coarsen a heat map in both directions', async () => {
    const side = 200;
    const at = Array.from({ length: side * side }, (_, i) => i);
    const cells: CellsMark = {
      type: 'cells',
      x: Float64Array.from(at, (i) => i % side),
      y: Float64Array.from(at, (i) => Math.floor(i / side)),
      value: Float64Array.from(at),
      width: 1,
      height: 1,
      valueLabel: 'v',
      valueUnit: '1',
      colours: 'sequential',
    };
    const [mark] = (await marksOf(cells)) as [CellsMark];
    expect(new Set(mark.x).size).toBe(new Set(mark.y).size);
    expect(mark.width).toBe(mark.height);
    expect(mark.width * new Set(mark.x).size).toBeGreaterThanOrEqual(side);
  });
  it('stay small with many marks and many words', async () => {
    await marksOf(...Array.from({ length: 40 }, () => line(20_000)), {
      type: 'text',
      x: grid(0, 1, 5000),
      y: grid(0, 1, 5000),
      text: Array.from({ length: 5000 }, (_, i) => `word ${i}`),
    });
  });
});
