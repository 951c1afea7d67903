/**
 * Finds the drive (eta_0, eta_1) with which an encoder has the mean rate and the dark-to-bright range of another one: two
 * equations in two unknowns, solved by Broyden's method (Broyden 1965, Math. Comp. 19:577-593) from a finite-difference
 * Jacobian, in relative errors so that both count alike. A step that makes things worse is halved.
 */

/** Drive of a dark pixel, and what a bright one adds. */
export type EtaPair = readonly [etaBase: number, etaGain: number];

export interface Response {
  /** Mean over units and items, Hz. */
  readonly rate: number;
  /** Mean rate of units at bright pixels less that at dark ones, Hz. */
  readonly range: number;
}

export interface MatchOptions {
  readonly measure: (eta: EtaPair) => Promise<Response>;
  readonly target: Response;
  readonly start: EtaPair;
  /** Largest relative error of rate and of range. */
  readonly tolerance: number;
  /** Both drives lie within 0 and this. */
  readonly highest: number;
  /** Measurements at most. */
  readonly budget: number;
}

export type Match =
  | { readonly reached: true; readonly eta: EtaPair; readonly response: Response; readonly measurements: number }
  /** The nearest found, and in words why it is not near enough. */
  | {
      readonly reached: false;
      readonly eta: EtaPair;
      readonly response: Response;
      readonly measurements: number;
      readonly reason: string;
    };

type Vector = readonly [number, number];
type Matrix = readonly [Vector, Vector];

const step = 0.1;
const shortest = 1 / 64;

export async function matchDrive(options: MatchOptions): Promise<Match> {
  const { target, tolerance, highest, budget } = options;
  let measurements = 0;
  const within = (value: number): number => Math.min(highest, Math.max(0, value));
  const at = async (eta: EtaPair): Promise<Point> => {
    measurements++;
    const response = await options.measure(eta);
    const error: Vector = [response.rate / target.rate - 1, response.range / target.range - 1];
    return { eta, response, error, size: Math.max(Math.abs(error[0]), Math.abs(error[1])) };
  };
  let here = await at([within(options.start[0]), within(options.start[1])]);
  let slope = await slopeAt(here, at, highest);
  while (here.size > tolerance && measurements < budget) {
    const wanted = solve(slope, here.error);
    if (!wanted)
      return refused(here, measurements, 'rate and range do not depend on the drive in different ways there.');
    let moved: Point | null = null;
    for (let scale = 1; scale >= shortest && measurements < budget && !moved; scale /= 2) {
      const next: EtaPair = [within(here.eta[0] - scale * wanted[0]), within(here.eta[1] - scale * wanted[1])];
      if (next[0] === here.eta[0] && next[1] === here.eta[1]) break;
      const tried = await at(next);
      slope = updated(slope, here, tried);
      if (tried.size < here.size) moved = tried;
    }
    if (!moved) return refused(here, measurements, edgeOf(here.eta, highest));
    here = moved;
  }
  if (here.size <= tolerance) return { reached: true, eta: here.eta, response: here.response, measurements };
  return refused(here, measurements, `${budget} measurements did not suffice.`);
}

interface Point {
  readonly eta: EtaPair;
  readonly response: Response;
  readonly error: Vector;
  readonly size: number;
}

const refused = (here: Point, measurements: number, reason: string): Match => ({
  reached: false,
  eta: here.eta,
  response: here.response,
  measurements,
  reason,
});

function edgeOf([base, gain]: EtaPair, highest: number): string {
  if (base === 0) return 'even without a drive of dark pixels it cannot be reached.';
  if (gain === 0) return 'even without a drive added by bright pixels it cannot be reached.';
  if (base === highest || gain === highest) return `it would take a drive above ${highest}.`;
  return 'no small change of the drive comes nearer.';
}

/** Change of both errors with both drives. */
async function slopeAt(here: Point, at: (eta: EtaPair) => Promise<Point>, highest: number): Promise<Matrix> {
  const columns: Vector[] = [];
  for (const axis of [0, 1] as const) {
    const by = here.eta[axis] + step > highest ? -step : step;
    const eta: EtaPair = axis === 0 ? [here.eta[0] + by, here.eta[1]] : [here.eta[0], here.eta[1] + by];
    const { error } = await at(eta);
    columns.push([(error[0] - here.error[0]) / by, (error[1] - here.error[1]) / by]);
  }
  const [first, second] = columns as [Vector, Vector];
  return [
    [first[0], second[0]],
    [first[1], second[1]],
  ];
}

function solve([[a, b], [c, d]]: Matrix, [x, y]: Vector): Vector | null {
  const determinant = a * d - b * c;
  if (!(Math.abs(determinant) > 1e-9)) return null;
  return [(d * x - b * y) / determinant, (a * y - c * x) / determinant];
}

/** Broyden's update: the new slope explains the last step and differs least from the old one. */
function updated(slope: Matrix, from: Point, to: Point): Matrix {
  const s: Vector = [to.eta[0] - from.eta[0], to.eta[1] - from.eta[1]];
  const length = s[0] * s[0] + s[1] * s[1];
  if (length === 0) return slope;
  const row = (k: 0 | 1): Vector => {
    const miss = (to.error[k] - from.error[k] - slope[k][0] * s[0] - slope[k][1] * s[1]) / length;
    return [slope[k][0] + miss * s[0], slope[k][1] + miss * s[1]];
  };
  return [row(0), row(1)];
}
