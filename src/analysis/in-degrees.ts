/** In-degrees of a directed graph of two populations, excitatory units first, given as compressed rows by source. */

export interface InDegrees {
  /** Inputs of each unit from the excitatory and from the inhibitory population, [unit]. */
  readonly fromExc: Uint32Array;
  readonly fromInh: Uint32Array;
}

/** `sourceStart` has one entry more than there are units; targets of j are targets[sourceStart[j] .. sourceStart[j + 1]]. */
export function countInDegrees(sourceStart: ArrayLike<number>, targets: ArrayLike<number>, nExc: number): InDegrees {
  const unitCount = sourceStart.length - 1;
  const fromExc = new Uint32Array(unitCount);
  const fromInh = new Uint32Array(unitCount);
  const firstInh = sourceStart[Math.min(nExc, unitCount)] as number;
  const end = sourceStart[unitCount] as number;
  for (let k = 0; k < end; k++) {
    const counts = k < firstInh ? fromExc : fromInh;
    const target = targets[k] as number;
    counts[target] = (counts[target] as number) + 1;
  }
  return { fromExc, fromInh };
}

export interface PairStatistics {
  readonly from: 'excitatory' | 'inhibitory';
  readonly to: 'excitatory' | 'inhibitory';
  readonly synapses: number;
  /** Of the possible connections, self-connections left out; null where none is possible. */
  readonly probability: number | null;
  /** Inputs of a target from this population. */
  readonly mean: number;
  readonly sd: number;
  readonly min: number;
  readonly max: number;
  /** mV per spike, negative where inhibitory. */
  readonly weight: number;
}

/** One entry for each pair of populations that both have neurons. */
export function pairStatistics(
  degrees: InDegrees,
  nExc: number,
  nInh: number,
  weightExc: number,
  weightInh: number,
): PairStatistics[] {
  const pairs: PairStatistics[] = [];
  for (const to of ['excitatory', 'inhibitory'] as const) {
    const [first, count] = to === 'excitatory' ? [0, nExc] : [nExc, nInh];
    for (const from of ['excitatory', 'inhibitory'] as const) {
      const sources = from === 'excitatory' ? nExc : nInh;
      if (count === 0 || sources === 0) continue;
      const values = (from === 'excitatory' ? degrees.fromExc : degrees.fromInh).subarray(first, first + count);
      let [sum, squares, min, max] = [0, 0, Number.POSITIVE_INFINITY, 0];
      for (const value of values) {
        sum += value;
        squares += value * value;
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
      const mean = sum / count;
      const possible = count * (from === to ? sources - 1 : sources);
      pairs.push({
        from,
        to,
        synapses: sum,
        probability: possible > 0 ? sum / possible : null,
        mean,
        sd: Math.sqrt(Math.max(0, squares / count - mean * mean)),
        min,
        max,
        weight: from === 'excitatory' ? weightExc : -weightInh,
      });
    }
  }
  return pairs;
}
