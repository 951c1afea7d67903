/**
 * What can be done to the spikes of one item without looking at the others. Events come and go in step order. Draw k
 * belongs to the k-th spike of the item.
 */
import { fillUniform, normal, Purpose, permutation } from '../../../src/core/random/draws';
import type { Population } from '../../../src/kit/values';

export interface ItemEvents {
  readonly units: ArrayLike<number>;
  readonly steps: ArrayLike<number>;
}
export type Change = (events: ItemEvents, itemId: number) => ItemEvents;

/** The events for which `keep` holds, with units and steps moved. */
function kept(
  { units, steps }: ItemEvents,
  keep: (unit: number, step: number, event: number) => boolean,
  move: { readonly unit?: (unit: number) => number; readonly step?: (step: number) => number } = {},
): ItemEvents {
  const out = { units: [] as number[], steps: [] as number[] };
  for (let e = 0; e < units.length; e++) {
    const [unit, step] = [units[e] as number, steps[e] as number];
    if (!keep(unit, step, e)) continue;
    out.units.push(move.unit ? move.unit(unit) : unit);
    out.steps.push(move.step ? move.step(step) : step);
  }
  return out;
}

export const eventChange = {
  window:
    (first: number, stepCount: number): Change =>
    (events) =>
      kept(events, (_, step) => step >= first && step < first + stepCount, { step: (step) => step - first }),

  /** `sigma` in steps. Two spikes of a unit that meet in one step stay two. */
  jitter:
    (sigma: number, stepCount: number, seed: number): Change =>
    ({ units, steps }, itemId) => {
      const key = { seed, purpose: Purpose.jitter, item: itemId };
      const moved = Array.from(units, (unit, e) => ({
        unit,
        step: (steps[e] as number) + Math.round(sigma * normal(key, e)),
      }));
      const inside = moved.filter(({ step }) => step >= 0 && step < stepCount);
      inside.sort((a, b) => a.step - b.step || a.unit - b.unit);
      return { units: inside.map(({ unit }) => unit), steps: inside.map(({ step }) => step) };
    },

  delete:
    (share: number, seed: number): Change =>
    (events, itemId) => {
      const draws = new Float32Array(events.units.length);
      fillUniform(draws, { seed, purpose: Purpose.sample, item: itemId });
      return kept(events, (_unit, _step, e) => (draws[e] as number) >= share);
    },

  /** round(share n) units fall silent; more of them with the same seed are the same and others. */
  drop(share: number, unitCount: number, seed: number): Change {
    const order = permutation({ seed, purpose: Purpose.shuffle, item: 0 }, unitCount);
    const silent = new Set(order.subarray(0, Math.round(share * unitCount)));
    return (events) => kept(events, (unit) => !silent.has(unit));
  },

  select(populations: readonly Population[], unitCount: number): Change {
    const place = new Int32Array(unitCount).fill(-1);
    let next = 0;
    for (const { start, count } of populations) for (let u = start; u < start + count; u++) place[u] = next++;
    return (events) => kept(events, (unit) => (place[unit] as number) >= 0, { unit: (unit) => place[unit] as number });
  },
};
