/** Who takes whose spikes in a shuffle. */

import { DataError } from '../../../src/core/errors';
import { type DrawKey, integerBelow, Purpose } from '../../../src/core/random/draws';
import { type ItemTable, splits } from '../../../src/kit/item-table';

/**
 * For each item another one of its split, by a random cycle through the split (Sattolo): nobody keeps its own unless it is
 * alone. Trials of one stimulus count as items of their own.
 */
export function otherItems({ ids, split }: ItemTable, seed: number): Uint32Array {
  const source = new Uint32Array(ids.length);
  for (let s = 0; s < splits.length; s++) {
    const members = Array.from(ids, (_, i) => i).filter((i) => split[i] === s);
    const order = [...members];
    const key: DrawKey = { seed, purpose: Purpose.shuffle, item: s };
    for (let i = order.length - 1; i > 0; i--) {
      const j = integerBelow(key, i, i);
      const held = order[i] as number;
      order[i] = order[j] as number;
      order[j] = held;
    }
    for (const [k, item] of members.entries()) source[item] = order[k] as number;
  }
  return source;
}

export interface TrialSources {
  /** Items that repeat the same stimulus. */
  readonly trials: readonly number[];
  /** Of each unit: the item that its train is taken from. */
  readonly sources: Uint32Array;
}

/** For each item and unit the trial of the same stimulus whose train it takes; each unit has an order of its own. */
export function trialOrders(items: ItemTable, unitCount: number, seed: number): (item: number) => TrialSources {
  const stimulus = items.columns['stimulus'];
  const groups = new Map<number, number[]>();
  if (stimulus) {
    for (let i = 0; i < items.ids.length; i++) {
      const known = groups.get(stimulus[i] as number);
      if (known) known.push(i);
      else groups.set(stimulus[i] as number, [i]);
    }
  }
  if (![...groups.values()].some(({ length }) => length > 1)) {
    throw new DataError({
      code: 'transform.no-trials',
      message: 'There are no repeated trials to shuffle.',
      port: 'spikes',
      found: `${items.ids.length} items, each of another stimulus`,
      expected: 'several trials of a stimulus',
      cure: 'Raise the number of trials of the encoder, or shuffle stimuli.',
    });
  }
  // An order for each unit of a stimulus, kept while its trials are written.
  let present: { readonly stimulus: number; readonly orders: readonly Uint32Array[] } | null = null;
  return (item) => {
    const which = stimulus?.[item] as number;
    const trials = groups.get(which) as number[];
    if (present?.stimulus !== which) {
      const orders = Array.from({ length: unitCount }, (_, unit) => orderOf(seed, which, unit, trials.length));
      present = { stimulus: which, orders };
    }
    const place = trials.indexOf(item);
    const sources = Uint32Array.from(present.orders, (order) => trials[order[place] as number] as number);
    return { trials, sources };
  };
}

/** Fisher and Yates; unit u draws at the places u trials, u trials + 1, ... */
function orderOf(seed: number, stimulus: number, unit: number, trials: number): Uint32Array {
  const key: DrawKey = { seed, purpose: Purpose.shuffle, item: stimulus };
  const order = Uint32Array.from({ length: trials }, (_, k) => k);
  for (let i = trials - 1; i > 0; i--) {
    const j = integerBelow(key, unit * trials + i, i + 1);
    const held = order[i] as number;
    order[i] = order[j] as number;
    order[j] = held;
  }
  return order;
}
