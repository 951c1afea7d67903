/** What items can be ranked by: every score of every result, and its difference from the first. */
import { letterOf } from '../../core/letter';
import type { Conclusion } from './use-conclusion';

export interface Rank {
  readonly id: string;
  readonly label: string;
  readonly measure: string;
  readonly measureLabel: string;
  readonly unit: string;
  readonly better: 'higher' | 'lower' | null;
  /** The result it is the score of; null for a difference. */
  readonly place: number | null;
  /** By item id. */
  readonly scores: ReadonlyMap<number, number>;
}

export function rankings(conclusion: Conclusion | null, count: number): readonly Rank[] {
  if (!conclusion) return [];
  const sampled = conclusion.rows.filter(({ measure }) => measure.sampled);
  return sampled.flatMap(({ measure }) => {
    const { name, label, unit, better } = measure;
    const common = { measure: name, measureLabel: label, unit, better };
    const scores = Array.from({ length: count }, (_, place) => scoresOf(conclusion, place, name));
    const first = scores[0] ?? new Map<number, number>();
    const own = scores.map(
      (found, place): Rank => ({
        ...common,
        id: `${name} ${place}`,
        label: `${label} of ${letterOf(place)}`,
        place,
        scores: found,
      }),
    );
    const differences = scores.slice(1).map((found, k): Rank => {
      const map = new Map(
        [...found].flatMap(([id, value]) => (first.has(id) ? [[id, value - (first.get(id) as number)]] : [])),
      );
      return {
        ...common,
        id: `${name} -${k + 1}`,
        label: `${label}, ${letterOf(k + 1)} − ${letterOf(0)}`,
        place: null,
        scores: map,
      };
    });
    return [...own, ...differences].filter((rank) => rank.scores.size > 0);
  });
}

function scoresOf({ results }: Conclusion, place: number, name: string): Map<number, number> {
  const measure = results[place]?.measures.find((each) => each.name === name);
  const map = new Map<number, number>();
  if (!measure?.keys) return map;
  for (let k = 0; k < measure.values.length; k++) map.set(Number(measure.keys[k]), measure.values[k] as number);
  return map;
}
