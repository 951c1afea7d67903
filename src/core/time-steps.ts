/** Durations as whole numbers of time steps, safe from the rounding of decimal fractions. */

/** How many steps of `dt` make up `width` (both ms); null when it is no whole number of at least 1. */
export function stepsPerBin(width: number, dt: number): number | null {
  const steps = Math.round(width / dt);
  return steps >= 1 && Math.abs(steps * dt - width) < 1e-9 * width ? steps : null;
}
