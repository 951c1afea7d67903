/** A few neurons that stand for all: what a raster shows. */
import type { Population } from '../kit/values';

/**
 * About `wanted` units spread evenly over the populations, each with its share and at least one; rising. All of them
 * where there are no more.
 */
export function chosenUnits(populations: readonly Population[], wanted: number): Uint32Array {
  const total = populations.reduce((sum, { count }) => sum + count, 0);
  const units: number[] = [];
  for (const { start, count } of populations) {
    if (count === 0) continue;
    const share = Math.min(count, Math.max(1, Math.round((wanted * count) / total)));
    for (let k = 0; k < share; k++) units.push(start + Math.floor(((k + 0.5) * count) / share));
  }
  return Uint32Array.from(units);
}
