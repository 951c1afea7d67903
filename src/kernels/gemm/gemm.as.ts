/**
 * Matrix product and 2-D convolution in f32, SIMD128, for tfjs's own heap. Every argument is a raw byte address or a
 * size; the caller owns all memory, scratch included. Nothing here allocates.
 *
 *   product       C[M,N] (+)= A[M,K] B[K,N]         row-major; B in packed panels of 8 columns
 *   convolution   y[o,:] = sum over (ky,kx,c) of x[o*stride + (ky,kx) - pad, c] w[ky,kx,c,:]   NHWC, dilation 1
 *
 * One 4x8 register block does both. In a zero-padded NHWC image the kw*cin numbers under one filter row lie side by
 * side, so a row of the (never built) im2col matrix is kh contiguous runs: the block takes four row addresses, a run
 * length and a step from run to run, and a plain product is the case of one run (the indirect convolution of
 * Dukhan 2019, arXiv:1907.02129, with the runs of a whole filter row instead of single taps).
 * The filter gradient is the mirror image: the block walks along output pixels instead of along the run.
 *
 * The order of additions depends on shapes only, never on addresses, so equal inputs give equal bits.
 */

/** Columns of a packed panel. */
const PANEL: i32 = 8;
/** Longest stretch of K kept in one pass: a panel of 512 x 8 floats is 16 KiB and stays in L1. */
const K_BLOCK: i32 = 512;
/** Rows that share a panel while it is in L1. */
const ROW_BLOCK: i32 = 64;
/** Bytes of image and gradient rows that the filter gradient keeps in L1 at a time. */
const L1_BUDGET: i32 = 24576;

function fma(c: v128, a: v128, b: v128): v128 {
  return f32x4.add(c, f32x4.mul(a, b));
}

function finish(c: v128, bias: v128, activation: i32): v128 {
  c = f32x4.add(c, bias);
  if (activation == 1) c = f32x4.max(c, f32x4.splat(0));
  return c;
}

/**
 * The 4x8 block: four rows at p0..p3, `runs` runs of `length` floats, `step` bytes from run to run, against the panel
 * at q. `load` starts from what c holds; `bias` is 0 or the address of 8 floats; activation 1 is ReLU.
 */
function block(
  p0: usize, p1: usize, p2: usize, p3: usize, runs: i32, length: i32, step: usize, q: usize,
  c: usize, ldc: usize, load: bool, bias: usize, activation: i32,
): void {
  const zero = f32x4.splat(0);
  let c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero, c30 = zero, c31 = zero;
  if (load) {
    let o = c;
    c00 = v128.load(o); c01 = v128.load(o, 16); o += ldc;
    c10 = v128.load(o); c11 = v128.load(o, 16); o += ldc;
    c20 = v128.load(o); c21 = v128.load(o, 16); o += ldc;
    c30 = v128.load(o); c31 = v128.load(o, 16);
  }
  const back = <usize>length << 2;
  const skip = step - back;
  for (let run = 0; run < runs; run++) {
    const end = p0 + back;
    while (p0 < end) {
      const b0 = v128.load(q), b1 = v128.load(q, 16);
      let a = v128.load_splat<f32>(p0); c00 = fma(c00, a, b0); c01 = fma(c01, a, b1);
      a = v128.load_splat<f32>(p1); c10 = fma(c10, a, b0); c11 = fma(c11, a, b1);
      a = v128.load_splat<f32>(p2); c20 = fma(c20, a, b0); c21 = fma(c21, a, b1);
      a = v128.load_splat<f32>(p3); c30 = fma(c30, a, b0); c31 = fma(c31, a, b1);
      p0 += 4; p1 += 4; p2 += 4; p3 += 4; q += 32;
    }
    p0 += skip; p1 += skip; p2 += skip; p3 += skip;
  }
  if (bias != 0 || activation != 0) {
    const v0 = bias ? v128.load(bias) : zero, v1 = bias ? v128.load(bias, 16) : zero;
    c00 = finish(c00, v0, activation); c01 = finish(c01, v1, activation);
    c10 = finish(c10, v0, activation); c11 = finish(c11, v1, activation);
    c20 = finish(c20, v0, activation); c21 = finish(c21, v1, activation);
    c30 = finish(c30, v0, activation); c31 = finish(c31, v1, activation);
  }
  v128.store(c, c00); v128.store(c, c01, 16); c += ldc;
  v128.store(c, c10); v128.store(c, c11, 16); c += ldc;
  v128.store(c, c20); v128.store(c, c21, 16); c += ldc;
  v128.store(c, c30); v128.store(c, c31, 16);
}

/**
 * The transposed 4x8 block: C[i,:] (+)= sum over rows r and pixels m of a_i[r,m] * b[r,m,:]. Four addresses p0..p3
 * advance by `stepA` a pixel, the 8 columns at q by `stepB`; `rowA` and `rowB` lead from row to row. Always adds to c.
 */
function outerBlock(
  p0: usize, p1: usize, p2: usize, p3: usize, stepA: usize, rowA: usize, q: usize, stepB: usize, rowB: usize,
  rows: i32, count: i32, c: usize, ldc: usize,
): void {
  let o = c;
  let c00 = v128.load(o), c01 = v128.load(o, 16); o += ldc;
  let c10 = v128.load(o), c11 = v128.load(o, 16); o += ldc;
  let c20 = v128.load(o), c21 = v128.load(o, 16); o += ldc;
  let c30 = v128.load(o), c31 = v128.load(o, 16);
  const skipA = rowA - stepA * count, skipB = rowB - stepB * count;
  for (let row = 0; row < rows; row++) {
    const end = q + stepB * count;
    while (q != end) {
      const b0 = v128.load(q), b1 = v128.load(q, 16);
      let a = v128.load_splat<f32>(p0); c00 = fma(c00, a, b0); c01 = fma(c01, a, b1);
      a = v128.load_splat<f32>(p1); c10 = fma(c10, a, b0); c11 = fma(c11, a, b1);
      a = v128.load_splat<f32>(p2); c20 = fma(c20, a, b0); c21 = fma(c21, a, b1);
      a = v128.load_splat<f32>(p3); c30 = fma(c30, a, b0); c31 = fma(c31, a, b1);
      p0 += stepA; p1 += stepA; p2 += stepA; p3 += stepA; q += stepB;
    }
    p0 += skipA; p1 += skipA; p2 += skipA; p3 += skipA; q += skipB;
  }
  v128.store(c, c00); v128.store(c, c01, 16); c += ldc;
  v128.store(c, c10); v128.store(c, c11, 16); c += ldc;
  v128.store(c, c20); v128.store(c, c21, 16); c += ldc;
  v128.store(c, c30); v128.store(c, c31, 16);
}

/** Copies the valid part of a 4x8 block between C and an edge buffer of 4 rows of 32 bytes. */
function edge(from: usize, fromStep: usize, to: usize, toStep: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) store<f32>(to + (j << 2), load<f32>(from + (j << 2)));
    from += fromStep; to += toStep;
  }
}

/** Packs B[K,N] (or its transpose, stored [N,K]) into ceil(N/8) panels of [K][8], zeros beyond N. */
export function pack(b: usize, k: i32, n: i32, transposed: bool, out: usize): void {
  for (let j = 0; j < n; j += PANEL) {
    const width = min(PANEL, n - j);
    if (!transposed) {
      let from = b + (<usize>j << 2);
      const step = <usize>n << 2;
      if (width == PANEL) {
        for (let i = 0; i < k; i++) {
          v128.store(out, v128.load(from)); v128.store(out, v128.load(from, 16), 16);
          from += step; out += 32;
        }
      } else {
        for (let i = 0; i < k; i++) {
          for (let l = 0; l < PANEL; l++) store<f32>(out + (l << 2), l < width ? load<f32>(from + (l << 2)) : 0);
          from += step; out += 32;
        }
      }
    } else {
      const step = <usize>k << 2;
      for (let l = 0; l < PANEL; l++) {
        let to = out + (l << 2);
        if (l < width) {
          let from = b + <usize>(j + l) * step;
          for (let i = 0; i < k; i++) { store<f32>(to, load<f32>(from)); from += 4; to += 32; }
        } else {
          for (let i = 0; i < k; i++) { store<f32>(to, 0); to += 32; }
        }
      }
      out += <usize>k << 5;
    }
  }
}

/** Writes A[K,M] column block i..i+3 as [K][4], repeating the last column beyond M. */
function packColumns(a: usize, k: i32, m: i32, i: i32, out: usize): void {
  let from = a + (<usize>i << 2);
  const step = <usize>m << 2;
  if (i + 4 <= m) {
    for (let l = 0; l < k; l++) { v128.store(out, v128.load(from)); from += step; out += 16; }
  } else {
    const last = m - i - 1;
    for (let l = 0; l < k; l++) {
      for (let r = 0; r < 4; r++) store<f32>(out + (r << 2), load<f32>(from + (min(r, last) << 2)));
      from += step; out += 16;
    }
  }
}

/** C[M,N] = A[M,K] B, B packed. `bias` is 0 or 8*ceil(N/8) floats. `tile` is 128 bytes of scratch. */
export function product(
  a: usize, packed: usize, c: usize, m: i32, n: i32, k: i32, bias: usize, activation: i32, tile: usize,
): void {
  const lda = <usize>k << 2, ldc = <usize>n << 2;
  for (let k0 = 0; k0 < k; k0 += K_BLOCK) {
    const kb = min(K_BLOCK, k - k0);
    const first = k0 == 0, last = k0 + kb == k;
    const act = last ? activation : 0;
    for (let i0 = 0; i0 < m; i0 += ROW_BLOCK) {
      const i1 = min(i0 + ROW_BLOCK, m);
      for (let j = 0; j < n; j += PANEL) {
        const q = packed + ((<usize>j * k + <usize>(k0 << 3)) << 2);
        const v = last && bias ? bias + (<usize>j << 2) : 0;
        const columns = min(PANEL, n - j);
        for (let i = i0; i < i1; i += 4) {
          const rows = min(4, i1 - i);
          const p0 = a + <usize>i * lda + (<usize>k0 << 2);
          const p1 = rows > 1 ? p0 + lda : p0, p2 = rows > 2 ? p1 + lda : p1, p3 = rows > 3 ? p2 + lda : p2;
          const o = c + <usize>i * ldc + (<usize>j << 2);
          if (rows == 4 && columns == PANEL) {
            block(p0, p1, p2, p3, 1, kb, 0, q, o, ldc, !first, v, act);
          } else {
            if (!first) edge(o, ldc, tile, 32, rows, columns);
            block(p0, p1, p2, p3, 1, kb, 0, q, tile, 32, !first, v, act);
            edge(tile, 32, o, ldc, rows, columns);
          }
        }
      }
    }
  }
}

/**
 * C[M,N] = A^T B with A stored [K,M], B packed. `tile` is 128 bytes of scratch and `columns` 16 * min(K, 512) bytes.
 */
export function productTransposed(
  a: usize, packed: usize, c: usize, m: i32, n: i32, k: i32, tile: usize, columns: usize,
): void {
  const ldc = <usize>n << 2;
  memory.fill(c, 0, <usize>m * ldc);
  for (let k0 = 0; k0 < k; k0 += K_BLOCK) {
    const kb = min(K_BLOCK, k - k0);
    for (let i = 0; i < m; i += 4) {
      packColumns(a + (((<usize>k0 * m)) << 2), kb, m, i, columns);
      const rows = min(4, m - i);
      for (let j = 0; j < n; j += PANEL) {
        const q = packed + ((<usize>j * k + <usize>(k0 << 3)) << 2);
        const o = c + <usize>i * ldc + (<usize>j << 2);
        const width = min(PANEL, n - j);
        if (rows == 4 && width == PANEL) {
          outerBlock(columns, columns + 4, columns + 8, columns + 12, 16, 0, q, 32, 0, 1, kb, o, ldc);
        } else {
          edge(o, ldc, tile, 32, rows, width);
          outerBlock(columns, columns + 4, columns + 8, columns + 12, 16, 0, q, 32, 0, 1, kb, tile, 32);
          edge(tile, 32, o, ldc, rows, width);
        }
      }
    }
  }
}

/**
 * Copies one image [h,w,c] into a zero-padded one [ph,pw,c] at (top, left), clipped to it. The caller has zeroed `out`
 * once; the border is never written, so the next image may reuse it.
 */
function inset(x: usize, h: i32, w: i32, c: i32, top: i32, left: i32, ph: i32, pw: i32, out: usize): void {
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

/** Adds a bias row to C[M,N] in place and applies the activation, where the product could not. `bias` may be 0. */
export function epilogue(c: usize, m: i32, n: i32, bias: usize, activation: i32): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      const at = c + (j << 2);
      let value = load<f32>(at) + (bias ? load<f32>(bias + (j << 2)) : 0);
      if (activation == 1) value = max(value, 0);
      store<f32>(at, value);
    }
    c += <usize>n << 2;
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
