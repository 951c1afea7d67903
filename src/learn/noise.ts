/**
 * Normal draws for latent variables: a draw depends on seed, item, epoch and unit alone, so neither batch nor order changes
 * it, and a slice that is run again under the tape sees the same numbers.
 */
import { fillNormal, Purpose } from '../core/random/draws';
import type { NoiseSite } from './block';
import type { DropoutDraw } from './dropout';

/** Row-major [item, unit]. `unitsInChain` counts normal draws here. */
export function latentNoise(site: NoiseSite & { readonly offset: number }, draw: DropoutDraw): Float32Array {
  const { units, offset } = site;
  const noise = new Float32Array(draw.ids.length * units);
  draw.ids.forEach((id, row) => {
    const key = { seed: draw.seed, purpose: Purpose.latentNoise, item: id };
    fillNormal(noise.subarray(row * units, (row + 1) * units), key, draw.epoch * draw.unitsInChain + offset);
  });
  return noise;
}
