/**
 * The scaled complementary error function erfcx(x) = exp(x^2) erfc(x), to about machine precision: what the Siegert
 * integral needs, because exp and erfc apart overflow.
 *
 * For x >= 0, Mills' ratio as an integral, by the trapezoidal rule on the nodes t = (n + 1/2) h, whose only error beyond
 * exp(-pi^2 / h^2) = 7e-18 comes from the pole at t = i x and is known:
 *
 *   erfcx(x) = (x / pi) int exp(-t^2) / (t^2 + x^2) dt
 *            = (2 h x / pi) sum_n exp(-t_n^2) / (t_n^2 + x^2) + 2 exp(x^2) / (1 + exp(2 pi x / h))
 *
 * F. Matta and A. Reichel (1971), Math. Comp. 25:339; D. B. Hunter and T. Regan (1972), Math. Comp. 26:539.
 */

const h = 0.5;
/** Beyond the 13th node a term is below 1e-17 of the sum. */
const squares = Float64Array.from({ length: 13 }, (_, n) => ((n + 0.5) * h) ** 2);
const weights = squares.map((square) => ((2 * h) / Math.PI) * Math.exp(-square));
const poleEnd = Math.PI / h;

/** exp(x^2) with the rounding of x^2 made good: else its relative error would be x^2 units in the last place. */
function expOfSquare(x: number): number {
  const short = Math.fround(x);
  const rest = x - short;
  return Math.exp(short * short) * Math.exp(rest * (x + short));
}

/** exp(x^2) erfc(x); Infinity below about -26.6, 0 at Infinity. */
export function erfcx(x: number): number {
  if (x < 0) {
    const mirrored = 2 * expOfSquare(x);
    return mirrored === Infinity ? Infinity : mirrored - erfcx(-x);
  }
  if (x > 1e8) return 1 / (Math.sqrt(Math.PI) * x);
  const square = x * x;
  let sum = 0;
  for (let n = squares.length - 1; n >= 0; n--) sum += (weights[n] as number) / ((squares[n] as number) + square);
  const pole = x < poleEnd ? 2 / (Math.exp(-square) + Math.exp(x * (2 * poleEnd - x))) : 0;
  return x * sum + pole;
}
