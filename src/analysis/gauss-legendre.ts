/**
 * Gauss-Legendre quadrature: n nodes integrate polynomials up to degree 2n - 1 exactly. Nodes are roots of the Legendre
 * polynomial P_n, by Newton's method from Tricomi's estimate.
 */

interface Rule {
  /** In -1..1. */
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

export function gaussLegendre(n: number): Rule {
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    let x = Math.cos((Math.PI * (k + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let round = 0; round < 100; round++) {
      let [before, value] = [0, 1];
      for (let m = 1; m <= n; m++) [before, value] = [value, ((2 * m - 1) * x * value - (m - 1) * before) / m];
      slope = (n * (x * value - before)) / (x * x - 1);
      const step = value / slope;
      x -= step;
      if (Math.abs(step) < 1e-15) break;
    }
    nodes[k] = x;
    weights[k] = 2 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}

/** Integral of `f` from `a` to `b`. */
export function integrate(f: (x: number) => number, a: number, b: number, { nodes, weights }: Rule): number {
  const middle = (a + b) / 2;
  const half = (b - a) / 2;
  let sum = 0;
  for (let k = 0; k < nodes.length; k++) sum += (weights[k] as number) * f(middle + half * (nodes[k] as number));
  return half * sum;
}
