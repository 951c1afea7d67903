/**
 * Every number drawn once in Spikeloom: wiring, initial states, shuffles, dropout, initial weights, stream seeds.
 *
 * A draw is a pure function of (seed, purpose, item, index): Threefry 2x32 under the key (seed, purpose) at the counter
 * (item, index / 2), of whose two words an even index takes the first. It never depends on call order, batch or node, so two
 * branches with one seed share their draws. Noise inside a simulation is not drawn here: kernels step xoroshiro64* lanes
 * that `streamSeed` starts.
 *
 * Seeds, items and indices are unsigned 32-bit integers.
 */
import { cosineOfTurn, exactLog, sineOfTurn } from './elementary';
import { threefry2x32 } from './threefry';

/** What a draw is for. The numbers are part of every stored result: never reuse or renumber one. At most 65,535. */
export const Purpose = {
  wiring: 1,
  initialState: 2,
  streamSeed: 3,
  shuffle: 4,
  dropout: 5,
  weightInit: 6,
  pixelNoise: 7,
  poissonEncoder: 8,
  bootstrap: 9,
  split: 10,
  sample: 11,
  texture: 12,
  latentNoise: 13,
  augmentation: 14,
  jitter: 15,
  synapticDelay: 16,
  synapticWeight: 17,
} as const;
export type Purpose = (typeof Purpose)[keyof typeof Purpose];

/** A stream: which seed, what for, which item. The index then counts draws within it. */
export interface DrawKey {
  readonly seed: number;
  readonly purpose: Purpose;
  /** Item id, or 0 where there is none. */
  readonly item: number;
}

const words = new Uint32Array(2);

/** The `attempt` lives above the purpose in the key, so that a rejected draw never touches another index's words. */
function word(key: DrawKey, index: number, attempt: number): number {
  threefry2x32(key.seed, key.purpose + attempt * 0x10000, key.item, Math.floor(index / 2), words);
  return words[index % 2] as number;
}

/** Uniform integer in 0..2^32 - 1. */
export function uniformU32(key: DrawKey, index: number): number {
  return word(key, index, 0);
}

/** Uniform in [0, 1) with 24 bits, so that it is exact in float32. */
export function uniform(key: DrawKey, index: number): number {
  return (word(key, index, 0) >>> 8) / 0x1000000;
}

/** Two words of one counter, for seeding a generator with 64 bits of state: `out[at]` and `out[at + 1]`. */
export function streamSeed(key: DrawKey, index: number, out: Uint32Array, at = 0): void {
  threefry2x32(key.seed, key.purpose, key.item, index, out, at);
}

/** Uniform integer in 0..n-1 without modulo bias, 1 <= n <= 2^32. */
export function integerBelow(key: DrawKey, index: number, n: number): number {
  if (!(n >= 1 && n <= 0x100000000)) throw new RangeError(`integerBelow needs 1 <= n <= 2^32, got ${n}.`);
  const accepted = 0x100000000 - (0x100000000 % n);
  for (let attempt = 0; ; attempt++) {
    const drawn = word(key, index, attempt);
    if (drawn < accepted) return drawn % n;
  }
}

/** Standard normal by Box and Muller: an even index takes the cosine, the odd one after it the sine of the same pair. */
export function normal(key: DrawKey, index: number): number {
  threefry2x32(key.seed, key.purpose, key.item, Math.floor(index / 2), words);
  const radius = Math.sqrt(-2 * exactLog(((words[0] as number) + 0.5) / 0x100000000));
  const turn = (words[1] as number) / 0x100000000;
  return radius * (index % 2 === 0 ? cosineOfTurn(turn) : sineOfTurn(turn));
}

/** Fills `out[i]` with `uniform(key, from + i)`. */
export function fillUniform(out: Float32Array, key: DrawKey, from = 0): void {
  const { seed, purpose, item } = key;
  let i = 0;
  if (from % 2 === 1 && out.length > 0) out[i++] = uniform(key, from);
  for (; i + 1 < out.length; i += 2) {
    threefry2x32(seed, purpose, item, (from + i) / 2, words);
    out[i] = ((words[0] as number) >>> 8) / 0x1000000;
    out[i + 1] = ((words[1] as number) >>> 8) / 0x1000000;
  }
  if (i < out.length) out[i] = uniform(key, from + i);
}

/** Fills `out[i]` with `normal(key, from + i)`, rounded to float32. */
export function fillNormal(out: Float32Array, key: DrawKey, from = 0): void {
  const { seed, purpose, item } = key;
  let i = 0;
  if (from % 2 === 1 && out.length > 0) out[i++] = normal(key, from);
  for (; i + 1 < out.length; i += 2) {
    threefry2x32(seed, purpose, item, (from + i) / 2, words);
    const radius = Math.sqrt(-2 * exactLog(((words[0] as number) + 0.5) / 0x100000000));
    const turn = (words[1] as number) / 0x100000000;
    out[i] = radius * cosineOfTurn(turn);
    out[i + 1] = radius * sineOfTurn(turn);
  }
  if (i < out.length) out[i] = normal(key, from + i);
}

/** A permutation of 0..n-1 (Fisher and Yates, from the last place down). */
export function permutation(key: DrawKey, n: number): Uint32Array<ArrayBuffer> {
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  for (let i = n - 1; i > 0; i--) {
    const j = integerBelow(key, i, i + 1);
    const kept = order[i] as number;
    order[i] = order[j] as number;
    order[j] = kept;
  }
  return order;
}
