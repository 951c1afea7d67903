/** The picture of a raster window: one pixel per cell, shaded by how many spikes lie in it, or marks where they are few. */
import type { RasterLook } from '../../kit/look';
import type { Population } from '../../kit/values';
import type { RasterWindow } from './raster-window';

export interface RasterPicture {
  readonly window: RasterWindow;
  readonly columns: number;
  readonly rows: number;
  readonly counts: Uint16Array;
  readonly spikes: number;
  /** Each spike, while they are few. */
  readonly marks: { readonly units: Uint32Array; readonly steps: Uint32Array } | null;
}

export const emptyPicture = (window: RasterWindow, columns: number, rows: number): RasterPicture => ({
  window,
  columns,
  rows,
  counts: new Uint16Array(columns * rows),
  spikes: 0,
  marks: { units: new Uint32Array(0), steps: new Uint32Array(0) },
});

const joined = (a: Uint32Array, b: Uint32Array): Uint32Array => {
  const both = new Uint32Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
};

/** With a further part. Above `most` spikes the marks are given up. */
export function withPart(before: RasterPicture, part: RasterLook, most: number): RasterPicture {
  const counts = before.counts.slice();
  for (let i = 0; i < counts.length; i++) counts[i] = Math.min(0xffff, (counts[i] as number) + (part.counts[i] ?? 0));
  const spikes = before.spikes + part.spikes;
  const marks =
    before.marks && part.units && part.steps && spikes <= most
      ? { units: joined(before.marks.units, part.units), steps: joined(before.marks.steps, part.steps) }
      : null;
  return { ...before, counts, spikes, marks };
}

type Rgb = readonly [number, number, number];

export const rgbOf = (hex: string): Rgb => {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
};

/** RGBA, top row first. A cell with one spike is already plain to see; the fullest one is solid. */
export function densityPixels(
  { counts, columns, rows, window }: RasterPicture,
  populations: readonly Population[],
  colours: readonly string[],
  rest: string,
): Uint8ClampedArray<ArrayBuffer> {
  let most = 1;
  for (const count of counts) if (count > most) most = count;
  const scale = 1 / Math.log1p(most);
  const pixels = new Uint8ClampedArray(columns * rows * 4);
  const palette = colours.map(rgbOf);
  const other = rgbOf(rest);
  for (let row = 0; row < rows; row++) {
    const unit = window.fromUnit + ((row + 0.5) * (window.toUnit - window.fromUnit)) / rows;
    const population = populations.findIndex(({ start, count }) => unit >= start && unit < start + count);
    const [r, g, b] = palette[population] ?? other;
    const line = (rows - 1 - row) * columns;
    for (let column = 0; column < columns; column++) {
      const count = counts[row * columns + column] as number;
      if (count === 0) continue;
      const at = 4 * (line + column);
      pixels[at] = r;
      pixels[at + 1] = g;
      pixels[at + 2] = b;
      pixels[at + 3] = 255 * (0.3 + 0.7 * Math.log1p(count) * scale);
    }
  }
  return pixels;
}
