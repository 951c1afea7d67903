/**
 * The register blocks that every product and convolution here is made of: 4 rows by 8 columns of f32, SIMD128. Eight
 * sums, two columns and one row value fit the sixteen registers of x86, so nothing spills; unrolling further makes V8
 * hoist loads and spill (measured 20 % slower).
 */

/** Columns of a block. */
export const PANEL: i32 = 8;

export function fma(c: v128, a: v128, b: v128): v128 {
  return f32x4.add(c, f32x4.mul(a, b));
}

export function finish(c: v128, bias: v128, activation: i32): v128 {
  c = f32x4.add(c, bias);
  if (activation == 1) c = f32x4.max(c, f32x4.splat(0));
  return c;
}

/**
 * The 4x8 block: four rows at p0..p3, `runs` runs of `length` floats, `step` bytes from run to run, against the panel
 * at q. `load` starts from what c holds; `bias` is 0 or the address of 8 floats; activation 1 is ReLU.
 */
export function block(
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
export function outerBlock(
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
export function edge(from: usize, fromStep: usize, to: usize, toStep: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) store<f32>(to + (j << 2), load<f32>(from + (j << 2)));
    from += fromStep; to += toStep;
  }
}
