/**
 * How a network is split among threads: each owns consecutive neurons and the connections that end at them. Rows are in
 * ascending order of targets, so a share of a row (or, where delays differ, of each of its parts) is a piece of it.
 */
import type { Share } from './kernel-state';
import type { Wiring } from './wiring';

/** `size` shares of about as many units each, all but the last a multiple of 8, as the kernel computes them. */
export function sharesOf(unitCount: number, size: number): Share[] {
  const border = (k: number): number => (k === size ? unitCount : 8 * Math.round((k * unitCount) / (8 * size)));
  return Array.from({ length: size }, (_, k) => ({ first: border(k), count: border(k + 1) - border(k) }));
}

/** The first place from `from` to `end` whose target is at least `unit`. */
function lowerBound(targets: Wiring['targets'], from: number, end: number, unit: number): number {
  let low = from;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((targets[middle] as number) < unit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The connections that end at the units of `share`, their targets counted from its first. */
export function wiringOfShare(wiring: Wiring, { first, count }: Share): Wiring {
  const { unitCount, nExc, targets, weights } = wiring;
  const starts = wiring.segmentStart ?? wiring.sourceStart;
  const parts = starts.length - 1;
  const from = new Uint32Array(parts);
  const own = new Uint32Array(parts + 1);
  for (let p = 0; p < parts; p++) {
    const start = starts[p] as number;
    const end = starts[p + 1] as number;
    const begin = lowerBound(targets, start, end, first);
    from[p] = begin;
    own[p + 1] = (own[p] as number) + lowerBound(targets, begin, end, first + count) - begin;
  }
  const total = own[parts] as number;
  const ownTargets = count <= 65_536 ? new Uint16Array(total) : new Uint32Array(total);
  const ownWeights = weights ? new Float32Array(total) : null;
  for (let p = 0; p < parts; p++) {
    const shift = (from[p] as number) - (own[p] as number);
    const end = own[p + 1] as number;
    for (let k = own[p] as number; k < end; k++) ownTargets[k] = (targets[k + shift] as number) - first;
    ownWeights?.set((weights as Float32Array).subarray(from[p], shift + end), own[p]);
  }
  const synapses = { targets: ownTargets, ...(ownWeights ? { weights: ownWeights } : {}) };
  if (!wiring.segmentStart) return { unitCount, nExc, sourceStart: own, ...synapses };
  const delayCount = parts / unitCount;
  const sourceStart = Uint32Array.from({ length: unitCount + 1 }, (_, j) => own[j * delayCount] as number);
  return { unitCount, nExc, sourceStart, ...synapses, segmentStart: own };
}
