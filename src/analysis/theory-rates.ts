/** What theory predicts for each item of a network's spikes: each drive is solved once. */
import type { SpikesValue } from '../kit/values';
import { constantEta } from './conditions';
import { networkInput, networkState } from './mean-field';

/** Hz for each item; null without a network, without a constant drive, or where the rate has no bound. */
export function theoryRates({ items, network }: Pick<SpikesValue, 'items' | 'network'>): (number | null)[] {
  const known = new Map<number, number | null>();
  return constantEta(items).map((eta) => {
    if (eta === null || !network) return null;
    const before = known.get(eta);
    if (before !== undefined) return before;
    const rate = networkState(network, eta)?.rate ?? null;
    known.set(eta, rate);
    return rate;
  });
}

/**
 * Drive margin of each item by Brunel's mean and noise at the rate that was measured, Hz: the noise is that of Poisson
 * spikes. Null where `theoryRates` is, and without noise.
 */
export function driveMargins(
  { items, network }: Pick<SpikesValue, 'items' | 'network'>,
  rates: readonly (number | null)[],
): (number | null)[] {
  return constantEta(items).map((eta, position) => {
    const rate = rates[position] ?? null;
    return eta === null || rate === null || !network ? null : networkInput(network, eta, rate).margin;
  });
}
