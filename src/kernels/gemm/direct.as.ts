/**
 * 2-D convolution in f32 NHWC, dilation 1, with both gradients, for any filter and stride:
 *
 *   y[o,:] = sum over (ky,kx,c) of x[o*stride + (ky,kx) - pad, c] w[ky,kx,c,:]
 *
 * In a zero-padded NHWC image the kw*cin numbers under one filter row lie side by side, so a row of the (never built)
 * im2col matrix is kh contiguous runs: the block takes four row addresses, a run length and a step from run to run
 * (the indirect convolution of Dukhan 2019, arXiv:1907.02129, with the runs of a whole filter row instead of single taps).
 * The filter gradient is the mirror image: its block walks along output pixels instead of along the run.
 */
import { block, edge, fma, outerBlock, PANEL } from './block.as';
import { product } from './product.as';

/** Pixels that share a panel of the filter while it is in L1. */
const ROW_BLOCK: i32 = 64;
/** Bytes of image and gradient rows that the filter gradient keeps in L1 at a time. */
const L1_BUDGET: i32 = 24576;

/**
 * Copies one image [h,w,c] into a zero-padded one [ph,pw,c] at (top, left), clipped to it. The caller has zeroed `out`
 * once; the border is never written, so the next image may reuse it.
 */
export function inset(x: usize, h: i32, w: i32, c: i32, top: i32, left: i32, ph: i32, pw: i32, out: usize): void {
  const row = <usize>w * c << 2, prow = <usize>pw * c << 2;
  const bytes = <usize>min(w, pw - left) * c << 2;
  const rows = min(h, ph - top);
  out += <usize>top * prow + (<usize>left * c << 2);
  for (let y = 0; y < rows; y++) { memory.copy(out, x, bytes); x += row; out += prow; }
}

/** Dot products against one column: four pixels at a time, for filters with a single output channel. */
function dots(
  p0: usize, p1: usize, p2: usize, p3: usize, runs: i32, length: i32, step: usize, w: usize, c: usize, rows: i32,
  bias: f32, activation: i32,
): void {
  let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
  let t0: f32 = bias, t1 = bias, t2 = bias, t3 = bias;
  const by4 = (length & ~3) << 2;
  const bytes = length << 2;
  for (let run = 0; run < runs; run++) {
    let o = 0;
    for (; o < by4; o += 16) {
      const b = v128.load(w + o);
      s0 = fma(s0, v128.load(p0 + o), b); s1 = fma(s1, v128.load(p1 + o), b);
      s2 = fma(s2, v128.load(p2 + o), b); s3 = fma(s3, v128.load(p3 + o), b);
    }
    for (; o < bytes; o += 4) {
      const b = load<f32>(w + o);
      t0 += load<f32>(p0 + o) * b; t1 += load<f32>(p1 + o) * b;
      t2 += load<f32>(p2 + o) * b; t3 += load<f32>(p3 + o) * b;
    }
    w += bytes; p0 += step; p1 += step; p2 += step; p3 += step;
  }
  t0 += f32x4.extract_lane(s0, 0) + f32x4.extract_lane(s0, 1) + (f32x4.extract_lane(s0, 2) + f32x4.extract_lane(s0, 3));
  t1 += f32x4.extract_lane(s1, 0) + f32x4.extract_lane(s1, 1) + (f32x4.extract_lane(s1, 2) + f32x4.extract_lane(s1, 3));
  t2 += f32x4.extract_lane(s2, 0) + f32x4.extract_lane(s2, 1) + (f32x4.extract_lane(s2, 2) + f32x4.extract_lane(s2, 3));
  t3 += f32x4.extract_lane(s3, 0) + f32x4.extract_lane(s3, 1) + (f32x4.extract_lane(s3, 2) + f32x4.extract_lane(s3, 3));
  if (activation == 1) { t0 = max(t0, 0); t1 = max(t1, 0); t2 = max(t2, 0); t3 = max(t3, 0); }
  store<f32>(c, t0);
  if (rows > 1) store<f32>(c, t1, 4);
  if (rows > 2) store<f32>(c, t2, 8);
  if (rows > 3) store<f32>(c, t3, 12);
}

/**
 * Convolution of `batch` images. `filter` is packed as [kh*kw*cin, cout] (plain if cout is 1). The padded image has
 * ph x pw pixels with the image at (top, left), which may be negative for a cropping pad. Scratch: `padded`
 * (ph*pw*cin floats), `tile` (128 bytes).
 */
export function convolve(
  x: usize, batch: i32, h: i32, w: i32, cin: i32, filter: usize, kh: i32, kw: i32, cout: i32, sy: i32, sx: i32,
  top: i32, left: i32, ph: i32, pw: i32, oh: i32, ow: i32, bias: usize, activation: i32, out: usize, padded: usize,
  tile: usize,
): void {
  const plain = top == 0 && left == 0 && ph == h && pw == w;
  const image = <usize>h * w * cin << 2;
  const row = <usize>pw * cin << 2;
  const run = kw * cin;
  const k = kh * run;
  const pixels = oh * ow;
  const ldc = <usize>cout << 2;
  const across = <usize>sx * cin << 2, down = <usize>sy * row;
  // A 1x1 filter at stride 1 is a plain product over all pixels.
  if (plain && kh == 1 && kw == 1 && sy == 1 && sx == 1 && cout > 1) {
    product(x, filter, out, batch * pixels, cout, cin, bias, activation, tile);
    return;
  }
  if (!plain) memory.fill(padded, 0, <usize>ph * row);
  const bias0: f32 = bias ? load<f32>(bias) : 0;
  for (let item = 0; item < batch; item++) {
    let from = x;
    if (!plain) { inset(x, h, w, cin, top, left, ph, pw, padded); from = padded; }
    for (let i0 = 0; i0 < pixels; i0 += ROW_BLOCK) {
      const i1 = min(i0 + ROW_BLOCK, pixels);
      for (let j = 0; j < cout; j += PANEL) {
        const q = filter + (<usize>j * k << 2);
        const v = bias ? bias + (<usize>j << 2) : 0;
        const columns = min(PANEL, cout - j);
        let oy = i0 / ow, ox = i0 - oy * ow;
        for (let i = i0; i < i1; i += 4) {
          const rows = min(4, i1 - i);
          const p0 = from + <usize>oy * down + <usize>ox * across;
          if (++ox == ow) { ox = 0; oy++; }
          let p1 = p0, p2 = p0, p3 = p0;
          if (rows > 1) { p1 = from + <usize>oy * down + <usize>ox * across; if (++ox == ow) { ox = 0; oy++; } }
          if (rows > 2) { p2 = from + <usize>oy * down + <usize>ox * across; if (++ox == ow) { ox = 0; oy++; } }
          if (rows > 3) { p3 = from + <usize>oy * down + <usize>ox * across; if (++ox == ow) { ox = 0; oy++; } }
          const o = out + <usize>i * ldc + (<usize>j << 2);
          if (cout == 1) {
            dots(p0, p1, p2, p3, kh, run, row, q, o, rows, bias0, activation);
          } else if (rows == 4 && columns == PANEL) {
            block(p0, p1, p2, p3, kh, run, row, q, o, ldc, false, v, activation);
          } else {
            block(p0, p1, p2, p3, kh, run, row, q, tile, 32, false, v, activation);
            edge(tile, 32, o, ldc, rows, columns);
          }
        }
      }
    }
    x += image;
    out += <usize>pixels * ldc;
  }
}

/** Filter [kh,kw,cin,cout] turned about both axes with channels exchanged: [kh,kw,cout,cin], for the input gradient. */
export function flip(filter: usize, kh: i32, kw: i32, cin: i32, cout: i32, out: usize): void {
  const taps = kh * kw;
  for (let t = 0; t < taps; t++) {
    const from = filter + (<usize>(taps - 1 - t) * cin * cout << 2);
    for (let o = 0; o < cout; o++) {
      for (let i = 0; i < cin; i++) {
        store<f32>(out, load<f32>(from + (<usize>(i * cout + o) << 2)));
        out += 4;
      }
    }
  }
}

/**
 * Filter gradient dw[kh*kw*cin, cout] = sum over images and pixels of x[pixel + tap] dy[pixel]. `padded` as in
 * `convolve`; `wide` holds oh*ow*8*ceil(cout/8) floats and is used only if cout is no multiple of 8.
 */
export function convolveFilterGradient(
  x: usize, batch: i32, h: i32, w: i32, cin: i32, dy: usize, kh: i32, kw: i32, cout: i32, sy: i32, sx: i32,
  top: i32, left: i32, ph: i32, pw: i32, oh: i32, ow: i32, dw: usize, padded: usize, wide: usize, tile: usize,
): void {
  const plain = top == 0 && left == 0 && ph == h && pw == w;
  const image = <usize>h * w * cin << 2;
  const row = <usize>pw * cin << 2;
  const k = kh * kw * cin;
  const run = kw * cin;
  const ldc = <usize>cout << 2;
  const across = <usize>sx * cin << 2, down = <usize>sy * row;
  const ragged = (cout & 7) != 0;
  const full = (cout + 7) & ~7;
  const stepB = <usize>full << 2, rowB = stepB * ow;
  const budget = max(1, (L1_BUDGET - (kh - sy) * <i32>row) / <i32>(down + rowB));
  memory.fill(dw, 0, <usize>k * ldc);
  if (!plain) memory.fill(padded, 0, <usize>ph * row);
  if (ragged) memory.fill(wide, 0, <usize>oh * rowB);
  for (let item = 0; item < batch; item++) {
    let from = x, grad = dy;
    if (!plain) { inset(x, h, w, cin, top, left, ph, pw, padded); from = padded; }
    if (ragged) { edge(dy, ldc, wide, stepB, oh * ow, cout); grad = wide; }
    for (let y0 = 0; y0 < oh; y0 += budget) {
      const rows = min(budget, oh - y0);
      const base = from + <usize>y0 * down;
      const gradRows = grad + <usize>y0 * rowB;
      for (let i = 0; i < k; i += 4) {
        const valid = min(4, k - i);
        const p0 = base + <usize>(i / run) * row + (<usize>(i % run) << 2);
        const i1 = min(i + 1, k - 1), i2 = min(i + 2, k - 1), i3 = min(i + 3, k - 1);
        const p1 = base + <usize>(i1 / run) * row + (<usize>(i1 % run) << 2);
        const p2 = base + <usize>(i2 / run) * row + (<usize>(i2 % run) << 2);
        const p3 = base + <usize>(i3 / run) * row + (<usize>(i3 % run) << 2);
        for (let j = 0; j < cout; j += PANEL) {
          const o = dw + <usize>i * ldc + (<usize>j << 2);
          const q = gradRows + (<usize>j << 2);
          const columns = min(PANEL, cout - j);
          if (valid == 4 && columns == PANEL) {
            outerBlock(p0, p1, p2, p3, across, down, q, stepB, rowB, rows, ow, o, ldc);
          } else {
            edge(o, ldc, tile, 32, valid, columns);
            outerBlock(p0, p1, p2, p3, across, down, q, stepB, rowB, rows, ow, tile, 32);
            edge(tile, 32, o, ldc, valid, columns);
          }
        }
      }
    }
    x += image;
    dy += <usize>oh * ow * ldc;
  }
}

/**
 * Input gradient at a stride above 1, by columns: columns[pixel, kh*kw*cin] = dy W^T (packed), then col2im adds each
 * column to the padded image, whose inside is dx. Scratch: `columns` (ow*kh*kw*cin floats), `padded`, `tile`.
 */
export function convolveInputGradientStrided(
  dy: usize, batch: i32, h: i32, w: i32, cin: i32, packed: usize, kh: i32, kw: i32, cout: i32, sy: i32, sx: i32,
  top: i32, left: i32, ph: i32, pw: i32, oh: i32, ow: i32, dx: usize, padded: usize, columns: usize, tile: usize,
): void {
  const row = <usize>pw * cin << 2;
  const run = kw * cin;
  const k = kh * run;
  const line = <usize>w * cin << 2;
  for (let item = 0; item < batch; item++) {
    memory.fill(padded, 0, <usize>ph * row);
    for (let oy = 0; oy < oh; oy++) {
      product(dy, packed, columns, ow, k, cout, 0, 0, tile);
      dy += <usize>ow * cout << 2;
      let from = columns;
      for (let ox = 0; ox < ow; ox++) {
        let to = padded + <usize>(oy * sy) * row + (<usize>(ox * sx) * cin << 2);
        for (let ky = 0; ky < kh; ky++) {
          for (let l = 0; l < run; l++) {
            const at = to + (l << 2);
            store<f32>(at, load<f32>(at) + load<f32>(from));
            from += 4;
          }
          to += row;
        }
      }
    }
    const inside = padded + <usize>top * row + (<usize>left * cin << 2);
    const bytes = <usize>max(0, min(w, pw - left)) * cin << 2;
    for (let y = 0; y < h; y++) {
      if (y + top < ph) {
        memory.copy(dx, inside + <usize>y * row, bytes);
        if (bytes < line) memory.fill(dx + bytes, 0, line - bytes);
      } else memory.fill(dx, 0, line);
      dx += line;
    }
  }
}

/** Spreads a filter by zeros between its taps, so that a dilated convolution becomes a plain one. */
export function dilate(filter: usize, kh: i32, kw: i32, depth: i32, dy: i32, dx: i32, out: usize): void {
  const width = (kw - 1) * dx + 1, bytes = <usize>depth << 2;
  memory.fill(out, 0, <usize>((kh - 1) * dy + 1) * width * bytes);
  for (let y = 0; y < kh; y++) {
    for (let x = 0; x < kw; x++) {
      memory.copy(out + <usize>(y * dy * width + x * dx) * bytes, filter, bytes);
      filter += bytes;
    }
  }
}
