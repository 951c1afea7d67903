/**
 * What an item starts from: the noise lanes and the membrane potentials. Both are pure functions of seed, item, run and
 * unit, so no item depends on which others were simulated, in what order or by which worker.
 *
 * A "run" numbers repetitions of an item that must differ: trials, and the colour channels of one image.
 */
import { type DrawKey, Purpose, streamSeed, uniform } from '../../core/random/draws';

/** Units per run in the draw's index: a unit keeps its noise when the network grows. */
const runStride = 2 ** 20;
export const maxRuns = 4096;

/** Fills the two state words of a xoroshiro64* lane per unit from `first` on. All zero is the one state that lane must not have. */
export function seedLanes(
  seed: number,
  item: number,
  run: number,
  lane0: Uint32Array,
  lane1: Uint32Array,
  first = 0,
): void {
  const key: DrawKey = { seed, purpose: Purpose.streamSeed, item };
  const pair = new Uint32Array(2);
  for (let unit = 0; unit < lane0.length; unit++) {
    streamSeed(key, run * runStride + first + unit, pair);
    lane0[unit] = pair[0] as number;
    lane1[unit] = pair[0] === 0 && pair[1] === 0 ? 1 : (pair[1] as number);
  }
}

/** Membrane potentials of the units from `first` on, uniform between rest (0 mV) and `threshold`, mV, float32. */
export function drawMembrane(
  seed: number,
  item: number,
  run: number,
  threshold: number,
  out: Float32Array,
  first = 0,
): void {
  const key: DrawKey = { seed, purpose: Purpose.initialState, item };
  for (let unit = 0; unit < out.length; unit++) {
    // A float32 product can round up to the threshold itself; uniform < 1 keeps it at or below.
    out[unit] = uniform(key, run * runStride + first + unit) * threshold;
  }
}
