/**
 * exp, log and sine/cosine of a full turn, built from + - * / alone. IEEE arithmetic is the same everywhere, while
 * Math.exp, Math.log and Math.cos may differ in the last bit between JavaScript engines and their versions; seeded
 * draws and propagators must not. Each is within 4 units in the last place of the true value over its range.
 *
 * Only what seeded computation needs: finite arguments, no special values beyond those named below.
 */

// ln 2 in two parts, the first short enough that an integer up to 2^11 times it is exact.
const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;
const bits = new DataView(new ArrayBuffer(8));

/** 2^n for an integer n in -1022..1023. */
function powerOfTwo(n: number): number {
  bits.setUint32(0, (n + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}

/** e^x for finite x; 0 below -708 (the smallest normal numbers), Infinity above 709. */
export function exactExp(x: number): number {
  if (x < -708) return 0;
  if (x > 709) return Infinity;
  const n = Math.floor(x / Math.LN2 + 0.5);
  const r = x - n * ln2High - n * ln2Low;
  // |r| <= ln 2 / 2: 14 Taylor terms leave an error below 1e-18.
  let sum = 1;
  for (let k = 14; k >= 1; k--) sum = 1 + (sum * r) / k;
  return sum * powerOfTwo(n);
}

/** Natural logarithm of a normal x > 0; -Infinity at 0. */
export function exactLog(x: number): number {
  if (x === 0) return -Infinity;
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  let exponent = (high >>> 20) - 1023;
  bits.setUint32(0, (high & 0xfffff) | 0x3ff00000);
  let m = bits.getFloat64(0);
  if (m > Math.SQRT2) {
    m /= 2;
    exponent += 1;
  }
  // log m = 2 atanh(s), s = (m - 1) / (m + 1), |s| <= 0.172: terms to s^21.
  const s = (m - 1) / (m + 1);
  const q = s * s;
  let sum = 0;
  for (let k = 21; k >= 3; k -= 2) sum = (sum + 1 / k) * q;
  return exponent * ln2High + (2 * s * (1 + sum) + exponent * ln2Low);
}

/** Taylor polynomials on 0..pi/4. */
function sineNear(x: number): number {
  const q = x * x;
  let sum = 1;
  for (let k = 16; k >= 2; k -= 2) sum = 1 - (sum * q) / (k * (k + 1));
  return x * sum;
}

function cosineNear(x: number): number {
  const q = x * x;
  let sum = 1;
  for (let k = 17; k >= 1; k -= 2) sum = 1 - (sum * q) / (k * (k + 1));
  return sum;
}

/** cos(2 pi turn) for turn in 0..1. */
export function cosineOfTurn(turn: number): number {
  // Folds into one octant with exact operations, so that quarter turns give exactly 0, 1 and -1.
  let t = turn > 0.5 ? 1 - turn : turn;
  const negative = t > 0.25;
  if (negative) t = 0.5 - t;
  const value = t <= 0.125 ? cosineNear(2 * Math.PI * t) : sineNear(2 * Math.PI * (0.25 - t));
  return negative ? -value : value;
}

/** sin(2 pi turn) for turn in 0..1. */
export function sineOfTurn(turn: number): number {
  return cosineOfTurn(turn >= 0.25 ? turn - 0.25 : turn + 0.75);
}
