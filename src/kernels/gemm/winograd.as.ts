/**
 * 3x3 convolution at stride 1 by Winograd's F(2x2, 3x3) (Lavin and Gray 2016, arXiv:1509.09308): 16 products for each
 * 2x2 square of outputs instead of 36, f32 NHWC.
 *
 *   Y = A^T [ (G g G^T) . (B^T d B) ] A      summed over input channels: 16 matrix products, one per place
 *   dg = G^T [ (B^T d B) . (A dY A^T) ] G    summed over squares: the adjoint
 *
 * d is the 4x4 patch under a square. All constants are 0, 1/2 and 1, so the error is of the size of the direct sum's.
 * Channels: cin and cout are multiples of 8.
 */
import { outerBlock, PANEL } from './block.as';
import { inset } from './direct.as';
import { pack, product } from './product.as';

/** Bytes of patches and results at one of the 16 places that are in work at a time: half of a small L1 cache. */
const L1_BUDGET: i32 = 24576;

/** How many rows of squares are in work at a time. */
function rowsAtOnce(down: i32, across: i32, cin: i32, cout: i32): i32 {
  return min(down, max(1, L1_BUDGET / (across * (cin + cout) * 4)));
}

/** B^T d B of `count` squares along a row, at 16 places `place` bytes apart; `row` and `cin * 4` step through the image. */
function transformInput(x: usize, row: usize, cin: i32, count: i32, out: usize, place: usize): void {
  const pixel = <usize>cin << 2;
  for (let tile = 0; tile < count; tile++) {
    for (let c: usize = 0; c < pixel; c += 16) {
      let p = x + c;
      let q = p + row, r = q + row, s = r + row;
      let d0 = v128.load(p), d1 = v128.load(q), d2 = v128.load(r), d3 = v128.load(s);
      const a0 = f32x4.sub(d0, d2), a1 = f32x4.add(d1, d2), a2 = f32x4.sub(d2, d1), a3 = f32x4.sub(d1, d3);
      p += pixel; q += pixel; r += pixel; s += pixel;
      d0 = v128.load(p); d1 = v128.load(q); d2 = v128.load(r); d3 = v128.load(s);
      const b0 = f32x4.sub(d0, d2), b1 = f32x4.add(d1, d2), b2 = f32x4.sub(d2, d1), b3 = f32x4.sub(d1, d3);
      p += pixel; q += pixel; r += pixel; s += pixel;
      d0 = v128.load(p); d1 = v128.load(q); d2 = v128.load(r); d3 = v128.load(s);
      const c0 = f32x4.sub(d0, d2), c1 = f32x4.add(d1, d2), c2 = f32x4.sub(d2, d1), c3 = f32x4.sub(d1, d3);
      p += pixel; q += pixel; r += pixel; s += pixel;
      d0 = v128.load(p); d1 = v128.load(q); d2 = v128.load(r); d3 = v128.load(s);
      const e0 = f32x4.sub(d0, d2), e1 = f32x4.add(d1, d2), e2 = f32x4.sub(d2, d1), e3 = f32x4.sub(d1, d3);
      let o = out + c;
      v128.store(o, f32x4.sub(a0, c0)); o += place;
      v128.store(o, f32x4.add(b0, c0)); o += place;
      v128.store(o, f32x4.sub(c0, b0)); o += place;
      v128.store(o, f32x4.sub(b0, e0)); o += place;
      v128.store(o, f32x4.sub(a1, c1)); o += place;
      v128.store(o, f32x4.add(b1, c1)); o += place;
      v128.store(o, f32x4.sub(c1, b1)); o += place;
      v128.store(o, f32x4.sub(b1, e1)); o += place;
      v128.store(o, f32x4.sub(a2, c2)); o += place;
      v128.store(o, f32x4.add(b2, c2)); o += place;
      v128.store(o, f32x4.sub(c2, b2)); o += place;
      v128.store(o, f32x4.sub(b2, e2)); o += place;
      v128.store(o, f32x4.sub(a3, c3)); o += place;
      v128.store(o, f32x4.add(b3, c3)); o += place;
      v128.store(o, f32x4.sub(c3, b3)); o += place;
      v128.store(o, f32x4.sub(b3, e3));
    }
    x += pixel << 1;
    out += pixel;
  }
}

/**
 * G g G^T of a filter [3,3,cin,cout], packed place by place for `winograd`. `turned` gives that of the filter turned about
 * both axes with its channels exchanged, for the input gradient: since G turned is G with its outer rows exchanged, only
 * places and channels change their order. `spread` holds the 16 places unpacked (16*cin*cout floats).
 */
export function transformFilter(filter: usize, cin: i32, cout: i32, turned: bool, spread: usize, out: usize): void {
  const tap = <usize>(cin * cout) << 2;
  const half = f32x4.splat(0.5);
  for (let at: usize = 0; at < tap; at += 16) {
    for (let x: usize = 0; x < 4; x++) {
      const g = filter + at;
      const a = row3(g, tap, x, half), b = row3(g + 3 * tap, tap, x, half), c = row3(g + 6 * tap, tap, x, half);
      const ends = f32x4.mul(half, f32x4.add(a, c)), middle = f32x4.mul(half, b);
      const o = spread + x * tap + at;
      v128.store(o, a);
      v128.store(o + 4 * tap, f32x4.add(ends, middle));
      v128.store(o + 8 * tap, f32x4.sub(ends, middle));
      v128.store(o + 12 * tap, c);
    }
  }
  for (let y: usize = 0; y < 4; y++) {
    for (let x: usize = 0; x < 4; x++) {
      if (turned) pack(spread + (4 * swapEnds(y) + swapEnds(x)) * tap, cout, cin, true, out);
      else pack(spread + (4 * y + x) * tap, cin, cout, false, out);
      out += tap;
    }
  }
}

function swapEnds(i: usize): usize {
  return i == 0 ? 3 : i == 3 ? 0 : i;
}

/** Place x of G applied to three taps in a row. */
function row3(g: usize, tap: usize, x: usize, half: v128): v128 {
  if (x == 0) return v128.load(g);
  if (x == 3) return v128.load(g + 2 * tap);
  const ends = f32x4.add(v128.load(g), v128.load(g + 2 * tap));
  const middle = v128.load(g + tap);
  return f32x4.mul(half, x == 1 ? f32x4.add(ends, middle) : f32x4.sub(ends, middle));
}

/** A^T m A of `count` squares along a row of the output, with bias and activation, clipped to `rows` and `columns`. */
function transformOutput(
  m: usize, place: usize, cout: i32, count: i32, rows: i32, columns: i32, bias: usize, activation: i32, out: usize, row: usize,
): void {
  const pixel = <usize>cout << 2;
  const zero = f32x4.splat(0);
  for (let tile = 0; tile < count; tile++) {
    const wide = columns - 2 * tile > 1;
    for (let c: usize = 0; c < pixel; c += 16) {
      let p = m + c;
      let q = p + (place << 2), r = q + (place << 2), s = r + (place << 2);
      let m0 = v128.load(p), m1 = v128.load(q), m2 = v128.load(r), m3 = v128.load(s);
      const a0 = f32x4.add(f32x4.add(m0, m1), m2), a1 = f32x4.sub(f32x4.sub(m1, m2), m3);
      p += place; q += place; r += place; s += place;
      m0 = v128.load(p); m1 = v128.load(q); m2 = v128.load(r); m3 = v128.load(s);
      const b0 = f32x4.add(f32x4.add(m0, m1), m2), b1 = f32x4.sub(f32x4.sub(m1, m2), m3);
      p += place; q += place; r += place; s += place;
      m0 = v128.load(p); m1 = v128.load(q); m2 = v128.load(r); m3 = v128.load(s);
      const c0 = f32x4.add(f32x4.add(m0, m1), m2), c1 = f32x4.sub(f32x4.sub(m1, m2), m3);
      p += place; q += place; r += place; s += place;
      m0 = v128.load(p); m1 = v128.load(q); m2 = v128.load(r); m3 = v128.load(s);
      const d0 = f32x4.add(f32x4.add(m0, m1), m2), d1 = f32x4.sub(f32x4.sub(m1, m2), m3);
      const v = bias ? v128.load(bias + c) : zero;
      let y00 = f32x4.add(f32x4.add(f32x4.add(a0, b0), c0), v), y01 = f32x4.add(f32x4.sub(f32x4.sub(b0, c0), d0), v);
      let y10 = f32x4.add(f32x4.add(f32x4.add(a1, b1), c1), v), y11 = f32x4.add(f32x4.sub(f32x4.sub(b1, c1), d1), v);
      if (activation == 1) {
        y00 = f32x4.max(y00, zero); y01 = f32x4.max(y01, zero);
        y10 = f32x4.max(y10, zero); y11 = f32x4.max(y11, zero);
      }
      const o = out + c;
      v128.store(o, y00);
      if (wide) v128.store(o + pixel, y01);
      if (rows > 1) {
        v128.store(o + row, y10);
        if (wide) v128.store(o + row + pixel, y11);
      }
    }
    m += pixel;
    out += pixel << 1;
  }
}

/** A dy A^T of `count` squares along a row; pixels beyond `rows` and `columns` count as zero. */
function transformGradient(
  dy: usize, row: usize, cout: i32, count: i32, rows: i32, columns: i32, out: usize, place: usize,
): void {
  const pixel = <usize>cout << 2;
  const zero = f32x4.splat(0);
  for (let tile = 0; tile < count; tile++) {
    const wide = columns - 2 * tile > 1, high = rows > 1;
    for (let c: usize = 0; c < pixel; c += 16) {
      const p = dy + c;
      const y00 = v128.load(p), y01 = wide ? v128.load(p + pixel) : zero;
      const y10 = high ? v128.load(p + row) : zero, y11 = wide && high ? v128.load(p + row + pixel) : zero;
      let o = out + c;
      o = spread(y00, y01, o, place);
      o = spread(f32x4.add(y00, y10), f32x4.add(y01, y11), o, place);
      o = spread(f32x4.sub(y00, y10), f32x4.sub(y01, y11), o, place);
      spread(f32x4.sub(zero, y10), f32x4.sub(zero, y11), o, place);
    }
    dy += pixel << 1;
    out += pixel;
  }
}

/** One row of A: y0, y0 + y1, y0 - y1, -y1. */
function spread(y0: v128, y1: v128, o: usize, place: usize): usize {
  v128.store(o, y0); o += place;
  v128.store(o, f32x4.add(y0, y1)); o += place;
  v128.store(o, f32x4.sub(y0, y1)); o += place;
  v128.store(o, f32x4.sub(f32x4.splat(0), y1));
  return o + place;
}

/**
 * Convolution of `batch` images [h,w,cin] with a filter from `transformFilter`, zero-padded by `top` and `left`, to
 * [oh,ow,cout]. Scratch: `padded` ((oh+3)*(ow+3)*cin floats), `work` (winogradBytes in conv2d.ts), `tile` (128 bytes).
 */
export function winograd(
  x: usize, batch: i32, h: i32, w: i32, cin: i32, filter: usize, cout: i32, top: i32, left: i32, oh: i32, ow: i32,
  bias: usize, activation: i32, out: usize, padded: usize, work: usize, tile: usize,
): void {
  const across = (ow + 1) >> 1, down = (oh + 1) >> 1;
  const ph = 2 * down + 2, pw = 2 * across + 2;
  const row = <usize>(pw * cin) << 2, outRow = <usize>(ow * cout) << 2;
  const atOnce = rowsAtOnce(down, across, cin, cout);
  const results = work + ((<usize>(16 * atOnce * across * cin)) << 2);
  const weights = <usize>(cin * cout) << 2;
  memory.fill(padded, 0, <usize>ph * row);
  for (let item = 0; item < batch; item++) {
    inset(x, h, w, cin, top, left, ph, pw, padded);
    for (let y = 0; y < down; y += atOnce) {
      const lines = min(atOnce, down - y);
      const squares = lines * across;
      const place = <usize>(squares * cin) << 2, place2 = <usize>(squares * cout) << 2;
      for (let line = 0; line < lines; line++) {
        transformInput(padded + <usize>(2 * (y + line)) * row, row, cin, across, work + (<usize>(line * across * cin) << 2), place);
      }
      for (let e: usize = 0; e < 16; e++) {
        product(work + e * place, filter + e * weights, results + e * place2, squares, cout, cin, 0, 0, tile);
      }
      for (let line = 0; line < lines; line++) {
        const oy = 2 * (y + line);
        transformOutput(
          results + (<usize>(line * across * cout) << 2), place2, cout, across, oh - oy, ow, bias, activation,
          out + <usize>oy * outRow, outRow,
        );
      }
    }
    x += <usize>(h * w * cin) << 2;
    out += <usize>oh * outRow;
  }
}

/**
 * Filter gradient dw [3,3,cin,cout] of the same convolution. `work` as above, followed by the sums at the 16 places
 * (16*cin*cout floats).
 */
export function winogradFilterGradient(
  x: usize, batch: i32, h: i32, w: i32, cin: i32, dy: usize, cout: i32, top: i32, left: i32, oh: i32, ow: i32, dw: usize,
  padded: usize, work: usize,
): void {
  const across = (ow + 1) >> 1, down = (oh + 1) >> 1;
  const ph = 2 * down + 2, pw = 2 * across + 2;
  const row = <usize>(pw * cin) << 2, dyRow = <usize>(ow * cout) << 2;
  const stepA = <usize>cin << 2, stepB = <usize>cout << 2;
  const atOnce = rowsAtOnce(down, across, cin, cout);
  const gradients = work + ((<usize>(16 * atOnce * across * cin)) << 2);
  const sums = gradients + ((<usize>(16 * atOnce * across * cout)) << 2);
  const weights = <usize>(cin * cout) << 2;
  memory.fill(padded, 0, <usize>ph * row);
  memory.fill(sums, 0, 16 * weights);
  for (let item = 0; item < batch; item++) {
    inset(x, h, w, cin, top, left, ph, pw, padded);
    for (let y = 0; y < down; y += atOnce) {
      const lines = min(atOnce, down - y);
      const squares = lines * across;
      const place = <usize>(squares * cin) << 2, place2 = <usize>(squares * cout) << 2;
      for (let line = 0; line < lines; line++) {
        const oy = 2 * (y + line);
        transformInput(padded + <usize>oy * row, row, cin, across, work + (<usize>(line * across * cin) << 2), place);
        transformGradient(
          dy + <usize>oy * dyRow, dyRow, cout, across, oh - oy, ow, gradients + (<usize>(line * across * cout) << 2), place2,
        );
      }
      for (let e: usize = 0; e < 16; e++) {
        const a = work + e * place, b = gradients + e * place2, sum = sums + e * weights;
        for (let i = 0; i < cin; i += 4) {
          const p = a + (<usize>i << 2);
          for (let j = 0; j < cout; j += PANEL) {
            const o = sum + (<usize>(i * cout + j) << 2);
            outerBlock(p, p + 4, p + 8, p + 12, stepA, 0, b + (<usize>j << 2), stepB, 0, 1, squares, o, stepB);
          }
        }
      }
    }
    x += <usize>(h * w * cin) << 2;
    dy += <usize>oh * dyRow;
  }
  gatherFilter(sums, weights, dw);
}

/** G^T s G: 16 places to 9 taps. */
function gatherFilter(sums: usize, weights: usize, dw: usize): void {
  const half = f32x4.splat(0.5);
  for (let at: usize = 0; at < weights; at += 16) {
    for (let x = 0; x < 3; x++) {
      const s = sums + at;
      const g0 = column3(s, weights, x, half), g1 = column3(s + 4 * weights, weights, x, half);
      const g2 = column3(s + 8 * weights, weights, x, half), g3 = column3(s + 12 * weights, weights, x, half);
      const both = f32x4.mul(half, f32x4.add(g1, g2));
      const o = dw + <usize>x * weights + at;
      v128.store(o, f32x4.add(g0, both));
      v128.store(o + 3 * weights, f32x4.mul(half, f32x4.sub(g1, g2)));
      v128.store(o + 6 * weights, f32x4.add(both, g3));
    }
  }
}

function column3(s: usize, weights: usize, x: i32, half: v128): v128 {
  const s1 = v128.load(s + weights), s2 = v128.load(s + 2 * weights);
  if (x == 1) return f32x4.mul(half, f32x4.sub(s1, s2));
  const both = f32x4.mul(half, f32x4.add(s1, s2));
  return x == 0 ? f32x4.add(v128.load(s), both) : f32x4.add(both, v128.load(s + 3 * weights));
}
