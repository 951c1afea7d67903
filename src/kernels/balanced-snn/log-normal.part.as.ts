/**
 * Part of the wiring kernel: relative-weights.ts and the functions of src/core/random/elementary.ts that it needs, with the
 * same operations in the same order, so that the bits are the same. Two numbers go at once, one in each lane, and loops are
 * written out: the chains of divisions of several vectors then overlap.
 */

/** exactLog for 0 < x <= 1. */
export function exactLog(x: f64): f64 {
  const bits = reinterpret<i64>(x);
  let exponent = <f64>(<i32>(bits >>> 52) - 1023);
  let m = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (m > 1.4142135623730951) {
    m /= 2;
    exponent += 1;
  }
  const s = (m - 1) / (m + 1);
  const q = s * s;
  let sum: f64 = 0;
  for (let k: i32 = 21; k >= 3; k -= 2) sum = (sum + 1 / <f64>k) * q;
  return exponent * 0.6931471803691238 + (2 * s * (1 + sum) + exponent * 1.9082149292705877e-10);
}

/** exactLog in both lanes, for normal 0 < x <= 1. */
// @ts-expect-error: decorator
@inline
function exactLog2(x: v128): v128 {
  const one = f64x2.splat(1);
  const high = i64x2.shr_u(x, 52);
  let exponent = f64x2.sub(f64x2.convert_low_i32x4_s(i32x4.shuffle(high, high, 0, 2, 0, 2)), f64x2.splat(1023));
  let m = v128.or(v128.and(x, i64x2.splat(0x000fffffffffffff)), i64x2.splat(0x3ff0000000000000));
  const large = f64x2.gt(m, f64x2.splat(1.4142135623730951));
  m = v128.bitselect(f64x2.mul(m, f64x2.splat(0.5)), m, large);
  exponent = f64x2.add(exponent, v128.and(large, one));
  const s = f64x2.div(f64x2.sub(m, one), f64x2.add(m, one));
  const q = f64x2.mul(s, s);
  let sum = f64x2.splat(0);
  sum = f64x2.mul(f64x2.add(sum, f64x2.splat(1 / <f64>21)), q);
  sum = f64x2.mul(f64x2.add(sum, f64x2.splat(1 / <f64>19)), q);
  sum = f64x2.mul(f64x2.add(sum, f64x2.splat(1 / <f64>17)), q);
  sum = f64x2.mul(f64x2.add(sum, f64x2.splat(1 / <f64>15)), q);
  sum = f64x2.mul(f64x2.add(sum, f64x2.splat(1 / <f64>13)), q);
  sum = f64x2.mul(f64x2.add(sum, f64x2.splat(1 / <f64>11)), q);
  sum = f64x2.mul(f64x2.add(sum, f64x2.splat(1 / <f64>9)), q);
  sum = f64x2.mul(f64x2.add(sum, f64x2.splat(1 / <f64>7)), q);
  sum = f64x2.mul(f64x2.add(sum, f64x2.splat(1 / <f64>5)), q);
  sum = f64x2.mul(f64x2.add(sum, f64x2.splat(1 / <f64>3)), q);
  const fraction = f64x2.mul(f64x2.mul(f64x2.splat(2), s), f64x2.add(one, sum));
  const low = f64x2.mul(exponent, f64x2.splat(1.9082149292705877e-10));
  return f64x2.add(f64x2.mul(exponent, f64x2.splat(0.6931471803691238)), f64x2.add(fraction, low));
}

/** exactExp in both lanes, |x| <= 708. */
// @ts-expect-error: decorator
@inline
function exactExp2(x: v128): v128 {
  const one = f64x2.splat(1);
  const n = f64x2.floor(f64x2.add(f64x2.div(x, f64x2.splat(0.6931471805599453)), f64x2.splat(0.5)));
  const high = f64x2.mul(n, f64x2.splat(0.6931471803691238));
  const r = f64x2.sub(f64x2.sub(x, high), f64x2.mul(n, f64x2.splat(1.9082149292705877e-10)));
  let sum = one;
  sum = f64x2.add(one, f64x2.div(f64x2.mul(sum, r), f64x2.splat(14)));
  sum = f64x2.add(one, f64x2.div(f64x2.mul(sum, r), f64x2.splat(13)));
  sum = f64x2.add(one, f64x2.div(f64x2.mul(sum, r), f64x2.splat(12)));
  sum = f64x2.add(one, f64x2.div(f64x2.mul(sum, r), f64x2.splat(11)));
  sum = f64x2.add(one, f64x2.div(f64x2.mul(sum, r), f64x2.splat(10)));
  sum = f64x2.add(one, f64x2.div(f64x2.mul(sum, r), f64x2.splat(9)));
  sum = f64x2.add(one, f64x2.div(f64x2.mul(sum, r), f64x2.splat(8)));
  sum = f64x2.add(one, f64x2.div(f64x2.mul(sum, r), f64x2.splat(7)));
  sum = f64x2.add(one, f64x2.div(f64x2.mul(sum, r), f64x2.splat(6)));
  sum = f64x2.add(one, f64x2.div(f64x2.mul(sum, r), f64x2.splat(5)));
  sum = f64x2.add(one, f64x2.div(f64x2.mul(sum, r), f64x2.splat(4)));
  sum = f64x2.add(one, f64x2.div(f64x2.mul(sum, r), f64x2.splat(3)));
  sum = f64x2.add(one, f64x2.div(f64x2.mul(sum, r), f64x2.splat(2)));
  sum = f64x2.add(one, f64x2.mul(sum, r));
  const exponent = i64x2.add(i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(n)), i64x2.splat(1023));
  return f64x2.mul(sum, i64x2.shl(exponent, 52));
}

/** 1 - sum q / d, with the cosine's d where `cosine` is set and the sine's elsewhere. */
// @ts-expect-error: decorator
@inline
function taylor(sum: v128, q: v128, cosine: v128, dCosine: f64, dSine: f64): v128 {
  const d = v128.bitselect(f64x2.splat(dCosine), f64x2.splat(dSine), cosine);
  return f64x2.sub(f64x2.splat(1), f64x2.div(f64x2.mul(sum, q), d));
}

/** cosineOfTurn in both lanes: `near` is set where the cosine's own polynomial is used, on the first eighth of a turn. */
// @ts-expect-error: decorator
@inline
function cosineOfTurn2(turn: v128): v128 {
  let t = v128.bitselect(f64x2.sub(f64x2.splat(1), turn), turn, f64x2.gt(turn, f64x2.splat(0.5)));
  const negative = f64x2.gt(t, f64x2.splat(0.25));
  t = v128.bitselect(f64x2.sub(f64x2.splat(0.5), t), t, negative);
  const near = f64x2.le(t, f64x2.splat(0.125));
  const x = f64x2.mul(f64x2.splat(6.283185307179586), v128.bitselect(t, f64x2.sub(f64x2.splat(0.25), t), near));
  const q = f64x2.mul(x, x);
  let sum = f64x2.splat(1);
  // The cosine has one term more than the sine, whose first is 1 - q / Infinity.
  sum = taylor(sum, q, near, 306, Infinity);
  sum = taylor(sum, q, near, 240, 272);
  sum = taylor(sum, q, near, 182, 210);
  sum = taylor(sum, q, near, 132, 156);
  sum = taylor(sum, q, near, 90, 110);
  sum = taylor(sum, q, near, 56, 72);
  sum = taylor(sum, q, near, 30, 42);
  sum = taylor(sum, q, near, 12, 20);
  sum = taylor(sum, q, near, 2, 6);
  const value = f64x2.mul(sum, v128.bitselect(f64x2.splat(1), x, near));
  return v128.bitselect(f64x2.neg(value), value, negative);
}

/** float32 relative weights, in the first two lanes, of the standard normals z, which are rounded to float32 before. */
// @ts-expect-error: decorator
@inline
function weightsOf(z: v128, scale: v128, shift: v128): v128 {
  const rounded = f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(z));
  return f32x4.demote_f64x2_zero(exactExp2(f64x2.sub(f64x2.mul(scale, rounded), shift)));
}

/** Turns 8 words, two for each pair of standard normals, into 8 relative weights in their place. */
export function relativeWeights(words: usize, logSd: f64): void {
  const scale = f64x2.splat(logSd);
  const shift = f64x2.splat((logSd * logSd) / 2);
  const unit = f64x2.splat(1 / <f64>4294967296);
  const quarter = f64x2.splat(0.25);
  for (const end = words + 32; words < end; words += 16) {
    const w = v128.load(words);
    const u = f64x2.convert_low_i32x4_u(i32x4.shuffle(w, w, 0, 2, 0, 2));
    const turn = f64x2.mul(f64x2.convert_low_i32x4_u(i32x4.shuffle(w, w, 1, 3, 1, 3)), unit);
    const logarithm = exactLog2(f64x2.mul(f64x2.add(u, f64x2.splat(0.5)), unit));
    const radius = f64x2.sqrt(f64x2.mul(f64x2.splat(-2), logarithm));
    // The sine is the cosine three quarters of a turn on.
    const back = f64x2.sub(turn, quarter);
    const on = f64x2.add(turn, f64x2.splat(0.75));
    const shifted = v128.bitselect(back, on, f64x2.ge(turn, quarter));
    const even = weightsOf(f64x2.mul(radius, cosineOfTurn2(turn)), scale, shift);
    const odd = weightsOf(f64x2.mul(radius, cosineOfTurn2(shifted)), scale, shift);
    v128.store(words, i32x4.shuffle(even, odd, 0, 4, 1, 5));
  }
}
