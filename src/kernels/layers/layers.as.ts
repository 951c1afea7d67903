/**
 * The passes between matrix products that tfjs 4.22 does slowly on `wasm`: column sums (bias gradients), the gradient of
 * max-pooling, up-sampling by whole factors and its gradient, and strided copies (joining and splitting channels).
 * f32 NHWC, SIMD128, raw addresses on tfjs's heap; nothing is allocated.
 */

/** Rows summed in f32 before the partial sum joins the total in f64: keeps long columns as exact as short ones. */
const SUM_BLOCK: i32 = 32;

/** out[j] = sum over rows of a[r] x[r,j], x being [rows, n]; `a` may be 0 for a plain sum. */
export function columnSum(a: usize, x: usize, rows: i32, n: i32, out: usize): void {
  const step = <usize>n << 2;
  let j = 0;
  for (; j + 8 <= n; j += 8) columnSum8(a, x + (<usize>j << 2), rows, step, out + (<usize>j << 2));
  for (; j < n; j++) columnSum1(a, x + (<usize>j << 2), rows, step, out + (<usize>j << 2));
}

function columnSum8(a: usize, x: usize, rows: i32, step: usize, out: usize): void {
  const zero = f32x4.splat(0), one = f32x4.splat(1);
  let t0 = f64x2.splat(0), t1 = t0, t2 = t0, t3 = t0;
  for (let from = 0; from < rows; from += SUM_BLOCK) {
    let s0 = zero, s1 = zero;
    for (let left = min(SUM_BLOCK, rows - from); left > 0; left--) {
      let w = one;
      if (a) { w = v128.load_splat<f32>(a); a += 4; }
      s0 = f32x4.add(s0, f32x4.mul(w, v128.load(x)));
      s1 = f32x4.add(s1, f32x4.mul(w, v128.load(x, 16)));
      x += step;
    }
    t0 = f64x2.add(t0, f64x2.promote_low_f32x4(s0));
    t1 = f64x2.add(t1, f64x2.promote_low_f32x4(i8x16.shuffle(s0, s0, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15)));
    t2 = f64x2.add(t2, f64x2.promote_low_f32x4(s1));
    t3 = f64x2.add(t3, f64x2.promote_low_f32x4(i8x16.shuffle(s1, s1, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15)));
  }
  store<f32>(out, <f32>f64x2.extract_lane(t0, 0));
  store<f32>(out, <f32>f64x2.extract_lane(t0, 1), 4);
  store<f32>(out, <f32>f64x2.extract_lane(t1, 0), 8);
  store<f32>(out, <f32>f64x2.extract_lane(t1, 1), 12);
  store<f32>(out, <f32>f64x2.extract_lane(t2, 0), 16);
  store<f32>(out, <f32>f64x2.extract_lane(t2, 1), 20);
  store<f32>(out, <f32>f64x2.extract_lane(t3, 0), 24);
  store<f32>(out, <f32>f64x2.extract_lane(t3, 1), 28);
}

function columnSum1(a: usize, x: usize, rows: i32, step: usize, out: usize): void {
  let total: f64 = 0;
  for (let from = 0; from < rows; from += SUM_BLOCK) {
    let sum: f32 = 0;
    for (let left = min(SUM_BLOCK, rows - from); left > 0; left--) {
      let w: f32 = 1;
      if (a) { w = load<f32>(a); a += 4; }
      sum += w * load<f32>(x);
      x += step;
    }
    total += <f64>sum;
  }
  store<f32>(out, <f32>total);
}

/** Copies `rows` rows of `bytes` (a multiple of 4), from rows `fromStep` apart to rows `toStep` apart. */
export function copyRows(from: usize, fromStep: usize, to: usize, toStep: usize, bytes: usize, rows: i32): void {
  if (fromStep == bytes && toStep == bytes) { memory.copy(to, from, bytes * rows); return; }
  if (bytes > 512) {
    for (; rows > 0; rows--) { memory.copy(to, from, bytes); from += fromStep; to += toStep; }
    return;
  }
  const by16 = bytes & ~15;
  for (; rows > 0; rows--) {
    let i: usize = 0;
    for (; i < by16; i += 16) v128.store(to + i, v128.load(from + i));
    for (; i < bytes; i += 4) store<u32>(to + i, load<u32>(from + i));
    from += fromStep; to += toStep;
  }
}

/**
 * dx of max-pooling: each window's dy goes to its first largest pixel in reading order. x and dx are [batch,h,w,c],
 * dy is [batch,oh,ow,c]; the window is fh x fw at strides sy, sx with pads above and to the left.
 */
export function maxPoolGradient(
  x: usize, dy: usize, dx: usize, batch: i32, h: i32, w: i32, c: i32, oh: i32, ow: i32, fh: i32, fw: i32, sy: i32, sx: i32,
  top: i32, left: i32,
): void {
  const pixel = <usize>c << 2, row = <usize>w * pixel, image = <usize>h * row;
  memory.fill(dx, 0, <usize>batch * image);
  for (let item = 0; item < batch; item++) {
    for (let oy = 0; oy < oh; oy++) {
      const y0 = max(0, oy * sy - top), y1 = min(h, oy * sy - top + fh);
      for (let ox = 0; ox < ow; ox++) {
        const x0 = max(0, ox * sx - left), x1 = min(w, ox * sx - left + fw);
        const corner = <usize>y0 * row + <usize>x0 * pixel;
        let i = 0;
        for (; i + 4 <= c; i += 4) {
          const at = corner + (<usize>i << 2);
          let most = v128.load(x + at);
          let line = x + at;
          for (let yy = y0; yy < y1; yy++) {
            let p = line;
            for (let xx = x0; xx < x1; xx++) { most = f32x4.max(most, v128.load(p)); p += pixel; }
            line += row;
          }
          let grad = v128.load(dy + (<usize>i << 2));
          let offset = at;
          for (let yy = y0; yy < y1; yy++) {
            let o = offset;
            for (let xx = x0; xx < x1; xx++) {
              const hit = f32x4.eq(v128.load(x + o), most);
              v128.store(dx + o, f32x4.add(v128.load(dx + o), v128.and(grad, hit)));
              grad = v128.andnot(grad, hit);
              o += pixel;
            }
            offset += row;
          }
        }
        for (; i < c; i++) {
          const at = corner + (<usize>i << 2);
          let most = load<f32>(x + at);
          let best = at;
          let offset = at;
          for (let yy = y0; yy < y1; yy++) {
            let o = offset;
            for (let xx = x0; xx < x1; xx++) {
              const value = load<f32>(x + o);
              if (value > most) { most = value; best = o; }
              o += pixel;
            }
            offset += row;
          }
          store<f32>(dx + best, load<f32>(dx + best) + load<f32>(dy + (<usize>i << 2)));
        }
        dy += pixel;
      }
    }
    x += image;
    dx += image;
  }
}

/** Repeats every pixel of x [rows,w,c] (batch and height joined) fy times down and fx times across. */
export function upSample(x: usize, rows: i32, w: i32, c: i32, fy: i32, fx: i32, out: usize): void {
  const pixel = <usize>c << 2, line = pixel * w * fx, by16 = pixel & ~15;
  for (; rows > 0; rows--) {
    const first = out;
    for (let i = 0; i < w; i++) {
      for (let r = 0; r < fx; r++) {
        let b: usize = 0;
        for (; b < by16; b += 16) v128.store(out + b, v128.load(x + b));
        for (; b < pixel; b += 4) store<u32>(out + b, load<u32>(x + b));
        out += pixel;
      }
      x += pixel;
    }
    for (let r = 1; r < fy; r++) { memory.copy(out, first, line); out += line; }
  }
}

/** dx [rows,w,c] of `upSample`: the sum of dy over each pixel's fy x fx square. */
export function upSampleGradient(dy: usize, rows: i32, w: i32, c: i32, fy: i32, fx: i32, dx: usize): void {
  const pixel = <usize>c << 2, line = pixel * w * fx;
  for (; rows > 0; rows--) {
    for (let i = 0; i < w; i++) {
      let j = 0;
      for (; j + 4 <= c; j += 4) {
        let sum = f32x4.splat(0);
        let p = dy + (<usize>j << 2);
        for (let r = 0; r < fy; r++) {
          let q = p;
          for (let s = 0; s < fx; s++) { sum = f32x4.add(sum, v128.load(q)); q += pixel; }
          p += line;
        }
        v128.store(dx + (<usize>j << 2), sum);
      }
      for (; j < c; j++) {
        let sum: f32 = 0;
        let p = dy + (<usize>j << 2);
        for (let r = 0; r < fy; r++) {
          let q = p;
          for (let s = 0; s < fx; s++) { sum += load<f32>(q); q += pixel; }
          p += line;
        }
        store<f32>(dx + (<usize>j << 2), sum);
      }
      dy += pixel * fx;
      dx += pixel;
    }
    dy += line * (fy - 1);
  }
}

/** out[b,i,j,:] = x[b,down[i],across[j],:] for tables of source rows and columns (int32). */
export function gatherPixels(
  x: usize, batch: i32, h: i32, w: i32, c: i32, down: usize, across: usize, oh: i32, ow: i32, out: usize,
): void {
  const pixel = <usize>c << 2, row = pixel * w;
  for (let b = 0; b < batch; b++) {
    for (let i = 0; i < oh; i++) {
      const line = x + <usize>load<i32>(down + (<usize>i << 2)) * row;
      for (let j = 0; j < ow; j++) {
        const from = line + <usize>load<i32>(across + (<usize>j << 2)) * pixel;
        for (let k: usize = 0; k < pixel; k += 4) store<f32>(out + k, load<f32>(from + k));
        out += pixel;
      }
    }
    x += row * h;
  }
}

/** The gradient of `gatherPixels`: dx[b,down[i],across[j],:] += dy[b,i,j,:]. */
export function scatterPixels(
  dy: usize, batch: i32, h: i32, w: i32, c: i32, down: usize, across: usize, oh: i32, ow: i32, dx: usize,
): void {
  const pixel = <usize>c << 2, row = pixel * w;
  memory.fill(dx, 0, <usize>batch * h * row);
  for (let b = 0; b < batch; b++) {
    for (let i = 0; i < oh; i++) {
      const line = dx + <usize>load<i32>(down + (<usize>i << 2)) * row;
      for (let j = 0; j < ow; j++) {
        const to = line + <usize>load<i32>(across + (<usize>j << 2)) * pixel;
        for (let k: usize = 0; k < pixel; k += 4) store<f32>(to + k, load<f32>(to + k) + load<f32>(dy + k));
        dy += pixel;
      }
    }
    dx += row * h;
  }
}

/** out[id] = sum of the rows x[r,:] with ids[r] = id, over [segments, inner]; other ids are dropped. */
export function segmentSum(x: usize, ids: usize, rows: i32, inner: i32, segments: i32, out: usize): void {
  const bytes = <usize>inner << 2;
  memory.fill(out, 0, bytes * segments);
  for (let r = 0; r < rows; r++) {
    const id = load<i32>(ids);
    if (id >= 0 && id < segments) {
      const to = out + <usize>id * bytes;
      for (let i: usize = 0; i < bytes; i += 4) store<f32>(to + i, load<f32>(to + i) + load<f32>(x + i));
    }
    x += bytes;
    ids += 4;
  }
}
