/**
 * The ridge penalty by held-out error: starts at one step of a logarithmic grid (two steps a decade) and walks towards the
 * smaller mean squared error until both neighbours are worse. The error of ridge regression falls and rises once over lambda,
 * so that this finds the best step with four or five solutions instead of one for each step.
 */
import type { LinearMap } from './ridge-regression';

/** lambda = 10^(step / 2). */
export const lambdaOf = (step: number): number => Number((10 ** (step / 2)).toPrecision(3));
/** Steps of the grid: lambda from 0.1 to 100,000. */
export const lambdaSteps = { first: -2, start: 4, last: 10 };

export interface Chosen {
  readonly lambda: number;
  readonly map: LinearMap;
  /** Mean squared error on the held-out items. */
  readonly error: number;
  /** True where the grid ends at the chosen step, so that a better one may lie beyond. */
  readonly atEdge: boolean;
}

/** Null if no step tried has a solution. */
export async function chooseLambda(
  solve: (lambda: number) => Promise<LinearMap | null>,
  errorOf: (map: LinearMap) => Promise<number>,
): Promise<Chosen | null> {
  const tried = new Map<number, { readonly map: LinearMap | null; readonly error: number }>();
  const at = async (step: number) => {
    const known = tried.get(step);
    if (known) return known;
    const map = step < lambdaSteps.first || step > lambdaSteps.last ? null : await solve(lambdaOf(step));
    const found = { map, error: map ? await errorOf(map) : Number.POSITIVE_INFINITY };
    tried.set(step, found);
    return found;
  };
  let step = lambdaSteps.start;
  for (;;) {
    const here = await at(step);
    const above = await at(step + 1);
    const below = above.error < here.error ? null : await at(step - 1);
    if (above.error < here.error) step += 1;
    else if (below && below.error < here.error) step -= 1;
    else if (!here.map && step < lambdaSteps.last) step += 1;
    else {
      const atEdge = step === lambdaSteps.first || step === lambdaSteps.last;
      return here.map ? { lambda: lambdaOf(step), map: here.map, error: here.error, atEdge } : null;
    }
  }
}
