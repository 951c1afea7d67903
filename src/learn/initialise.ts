/**
 * Initial arrays from the seed: a draw depends on seed, block, array and element, so a block starts the same whatever
 * stands behind it in the chain.
 */
import { fillNormal, fillUniform, Purpose } from '../core/random/draws';
import { sizeOfShape } from '../kit/blocks';
import type { ArraySpec } from './block';

/** Arrays per block that keep apart in the key; more would overlap with the next block's. */
const arraysPerBlock = 4096;

export function initialArray(spec: ArraySpec, seed: number, block: number, array: number): Float32Array {
  const values = new Float32Array(sizeOfShape(spec.shape));
  const key = { seed, purpose: Purpose.weightInit, item: block * arraysPerBlock + array };
  const { initial } = spec;
  if (initial.kind === 'constant') return values.fill(initial.value);
  if (initial.kind === 'he') {
    fillNormal(values, key);
    const sd = Math.sqrt(2 / initial.fanIn);
    return values.map((z) => z * sd);
  }
  fillUniform(values, key);
  const limit = Math.sqrt(6 / (initial.fanIn + initial.fanOut));
  return values.map((u) => (2 * u - 1) * limit);
}
