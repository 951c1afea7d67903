/** Types of the functions in gemm.as.ts. Addresses are bytes on tfjs's heap; sizes count elements. */
import type { Numbers } from '../heap/numbers';

export interface GemmExports {
  /** b, k, n, transposed (0 or 1), out */
  pack(...args: Numbers<5>): void;
  /** a, packed, c, m, n, k, bias, activation, tile */
  product(...args: Numbers<9>): void;
  /** a, b, c, m, n, k, transposed (0 or 1), bias, activation, tile, panel */
  productOfFewRows(...args: Numbers<11>): void;
  /** a, packed, c, m, n, k, tile, columns */
  productTransposed(...args: Numbers<8>): void;
  /** c, m, n, bias, activation */
  epilogue(...args: Numbers<5>): void;
  /** filter, cin, cout, turned (0 or 1), spread, out */
  transformFilter(...args: Numbers<6>): void;
  /** x, batch, h, w, cin, transformed filter, cout, top, left, oh, ow, bias, activation, out, padded, work, tile */
  winograd(...args: Numbers<17>): void;
  /** x, batch, h, w, cin, dy, cout, top, left, oh, ow, dw, padded, work */
  winogradFilterGradient(...args: Numbers<14>): void;
  /** filter, kh, kw, cin * cout, dy, dx, out */
  dilate(...args: Numbers<7>): void;
  /** x, batch, h, w, cin, filter, kh, kw, cout, sy, sx, top, left, ph, pw, oh, ow, bias, activation, out, padded, tile */
  convolve(...args: Numbers<22>): void;
  /** filter, kh, kw, cin, cout, out */
  flip(...args: Numbers<6>): void;
  /** x, batch, h, w, cin, dy, kh, kw, cout, sy, sx, top, left, ph, pw, oh, ow, dw, padded, wide, tile */
  convolveFilterGradient(...args: Numbers<21>): void;
  /** dy, batch, h, w, cin, packed, kh, kw, cout, sy, sx, top, left, ph, pw, oh, ow, dx, padded, columns, tile */
  convolveInputGradientStrided(...args: Numbers<21>): void;
}

/** Bytes of the edge tile that most functions ask for. */
export const TILE_BYTES = 128;
/** Columns rounded up to whole panels. */
export const panels = (n: number): number => Math.ceil(n / 8) * 8;
