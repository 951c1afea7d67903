/** Places images of one size in a box and turns their bytes into RGBA. Enlarging is by whole device pixels, so edges stay crisp. */

export interface TileLayout {
  readonly columns: number;
  readonly rows: number;
  /** How many of the images fit. */
  readonly shown: number;
  /** CSS pixels of one tile. */
  readonly tileWidth: number;
  readonly tileHeight: number;
  /** CSS pixels of the whole grid, captions included. */
  readonly width: number;
  readonly height: number;
}

export interface TileRequest {
  readonly count: number;
  readonly imageWidth: number;
  readonly imageHeight: number;
  readonly boxWidth: number;
  /** Absent: as tall as needed. */
  readonly boxHeight?: number;
  /** Wished tile width, CSS pixels. */
  readonly target: number;
  readonly gap: number;
  readonly caption: number;
  readonly pixelRatio: number;
}

/** Largest scale not above `wish` that maps one image pixel to whole device pixels; below 1 any scale will do. */
export function crispScale(wish: number, pixelRatio: number): number {
  const device = wish * pixelRatio;
  return device >= 1 ? Math.floor(device + 1e-9) / pixelRatio : wish;
}

export function layOutTiles(request: TileRequest): TileLayout {
  const { count, imageWidth, imageHeight, boxWidth, boxHeight = Infinity, target, gap, caption, pixelRatio } = request;
  const widest = Math.min(boxWidth, ((boxHeight - caption) * imageWidth) / imageHeight);
  const scale = crispScale(Math.min(Math.max(1, target), widest) / imageWidth, pixelRatio);
  const tileWidth = scale * imageWidth;
  const tileHeight = scale * imageHeight;
  const places = (space: number, tile: number): number => Math.max(1, Math.floor((space + gap + 1e-6) / (tile + gap)));
  const columns = Math.max(1, Math.min(count, places(boxWidth, tileWidth)));
  const needed = Math.ceil(count / columns);
  const rows = Number.isFinite(boxHeight) ? Math.min(needed, places(boxHeight, tileHeight + caption)) : needed;
  return {
    columns,
    rows,
    shown: Math.min(count, rows * columns),
    tileWidth,
    tileHeight,
    width: columns * (tileWidth + gap) - gap,
    height: rows * (tileHeight + caption + gap) - gap,
  };
}

/** RGBA bytes of image `index`; one channel is grey, three are colour, a fourth is opacity. */
export function imageToRgba(
  pixels: Uint8Array,
  index: number,
  width: number,
  height: number,
  channels: number,
): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(width * height * 4);
  const start = index * width * height * channels;
  for (let i = 0; i < width * height; i++) {
    const from = start + i * channels;
    const first = pixels[from] ?? 0;
    rgba[4 * i] = first;
    rgba[4 * i + 1] = channels >= 3 ? (pixels[from + 1] ?? 0) : first;
    rgba[4 * i + 2] = channels >= 3 ? (pixels[from + 2] ?? 0) : first;
    rgba[4 * i + 3] = channels === 4 ? (pixels[from + 3] ?? 255) : 255;
  }
  return rgba;
}
