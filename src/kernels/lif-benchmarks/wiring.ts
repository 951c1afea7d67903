/**
 * Connections of a benchmark network: every ordered pair, a neuron with itself included, with probability p, as the
 * published benchmarks draw them. Rows by source, targets ascending. Gaps between targets are geometric,
 * 1 + floor(log(u) / log(1 - p)), so the work is that of the connections and not of the pairs.
 *
 * Word k of source j is Threefry(seedNetwork, wiring) at the counter (j, k / 2): the same connections everywhere.
 */
import { Purpose } from '../../core/random/draws';
import { exactLog } from '../../core/random/elementary';
import { threefry2x32 } from '../../core/random/threefry';
import type { LifParams } from './models';

export interface LifWiring {
  /** [unit + 1]: the targets of source j are targets[sourceStart[j] .. sourceStart[j + 1]]. */
  readonly sourceStart: Uint32Array<ArrayBuffer>;
  readonly targets: Uint16Array<ArrayBuffer>;
}

export function wireLifNetwork({ nExc, nInh, connectionProbability: p, seedNetwork }: LifParams): LifWiring {
  if (!(p > 0 && p < 1)) throw new RangeError(`connectionProbability must lie between 0 and 1, got ${p}.`);
  const unitCount = nExc + nInh;
  const expected = unitCount * unitCount * p;
  // The count is within 8 standard deviations of its mean, so the room suffices but once in 10^15 networks.
  const targets = new Uint16Array(Math.ceil(expected + 8 * Math.sqrt(expected)) + 8);
  const sourceStart = new Uint32Array(unitCount + 1);
  const words = new Uint32Array(2);
  const scale = 1 / exactLog(1 - p);
  let count = 0;
  for (let source = 0; source < unitCount; source++) {
    for (let k = 0, target = -1; ; k++) {
      if (k % 2 === 0) threefry2x32(seedNetwork, Purpose.wiring, source, k / 2, words);
      // u in (0, 1], so that the gap is finite.
      const u = ((words[k % 2] as number) + 1) / 0x100000000;
      target += 1 + Math.floor(exactLog(u) * scale);
      if (target >= unitCount) break;
      if (count === targets.length) throw new RangeError('More connections than the room for them.');
      targets[count++] = target;
    }
    sourceStart[source + 1] = count;
  }
  return { sourceStart, targets: targets.slice(0, count) };
}
