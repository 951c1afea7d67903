/**
 * Inverted dropout: each unit is kept with probability 1 - rate and then scaled by 1 / (1 - rate). Whether a unit is kept
 * depends on seed, image, epoch and unit alone, so neither batch nor micro-batch nor order changes it.
 */
import { fillUniform, Purpose } from '../core/random/draws';
import type { DropoutSite } from './block';

export interface DropoutDraw {
  readonly seed: number;
  /** Counted from 0. */
  readonly epoch: number;
  /** Ids of the images, one per row. */
  readonly ids: Int32Array;
  /** Units under dropout in the whole chain. */
  readonly unitsInChain: number;
}

/** Row-major [image, unit]. */
export function dropoutMask(site: DropoutSite & { readonly offset: number }, draw: DropoutDraw): Float32Array {
  const { units, rate, offset } = site;
  const mask = new Float32Array(draw.ids.length * units);
  const scale = 1 / (1 - rate);
  draw.ids.forEach((id, row) => {
    const kept = mask.subarray(row * units, (row + 1) * units);
    const key = { seed: draw.seed, purpose: Purpose.dropout, item: id };
    fillUniform(kept, key, draw.epoch * draw.unitsInChain + offset);
    for (let unit = 0; unit < units; unit++) kept[unit] = (kept[unit] as number) < rate ? 0 : scale;
  });
  return mask;
}
