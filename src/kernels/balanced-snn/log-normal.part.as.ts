/**
 * Part of the wiring kernel: relative-weights.ts and the functions of src/core/random/elementary.ts that it needs, with the
 * same operations in the same order, so that the bits are the same. Exponentials go two at once.
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

/** exactExp in both lanes, |x| <= 708. */
// @ts-expect-error: decorator
@inline
function exactExp2(x: v128): v128 {
  const n = f64x2.floor(f64x2.add(f64x2.div(x, f64x2.splat(0.6931471805599453)), f64x2.splat(0.5)));
  const high = f64x2.mul(n, f64x2.splat(0.6931471803691238));
  const r = f64x2.sub(f64x2.sub(x, high), f64x2.mul(n, f64x2.splat(1.9082149292705877e-10)));
  const one = f64x2.splat(1);
  let sum = one;
  for (let k: f64 = 14; k >= 1; k--) sum = f64x2.add(one, f64x2.div(f64x2.mul(sum, r), f64x2.splat(k)));
  const exponent = i64x2.add(i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(n)), i64x2.splat(1023));
  return f64x2.mul(sum, i64x2.shl(exponent, 52));
}

// @ts-expect-error: decorator
@inline
function sineNear(x: f64): f64 {
  const q = x * x;
  let sum: f64 = 1;
  for (let k: f64 = 16; k >= 2; k -= 2) sum = 1 - (sum * q) / (k * (k + 1));
  return x * sum;
}

// @ts-expect-error: decorator
@inline
function cosineNear(x: f64): f64 {
  const q = x * x;
  let sum: f64 = 1;
  for (let k: f64 = 17; k >= 1; k -= 2) sum = 1 - (sum * q) / (k * (k + 1));
  return sum;
}

function cosineOfTurn(turn: f64): f64 {
  let t = turn > 0.5 ? 1 - turn : turn;
  const negative = t > 0.25;
  if (negative) t = 0.5 - t;
  const value = t <= 0.125 ? cosineNear(6.283185307179586 * t) : sineNear(6.283185307179586 * (0.25 - t));
  return negative ? -value : value;
}

/** Turns 8 words, two for each pair of standard normals, into 8 relative weights in their place. */
export function relativeWeights(words: usize, logSd: f64): void {
  const scale = f64x2.splat(logSd);
  const shift = f64x2.splat((logSd * logSd) / 2);
  for (const end = words + 32; words < end; words += 8) {
    const radius = Math.sqrt(-2 * exactLog((<f64>load<u32>(words) + 0.5) / 4294967296));
    const turn = <f64>load<u32>(words, 4) / 4294967296;
    // Normals are rounded to float32 before they are used, as fillNormal does.
    const even = <f64>(<f32>(radius * cosineOfTurn(turn)));
    const odd = <f64>(<f32>(radius * cosineOfTurn(turn >= 0.25 ? turn - 0.25 : turn + 0.75)));
    const z = f64x2.replace_lane(f64x2.splat(even), 1, odd);
    const factors = f32x4.demote_f64x2_zero(exactExp2(f64x2.sub(f64x2.mul(scale, z), shift)));
    store<f32>(words, f32x4.extract_lane(factors, 0));
    store<f32>(words, f32x4.extract_lane(factors, 1), 4);
  }
}
