/**
 * What one node may take while it computes, unless somebody set it: half of the memory that the browser reports, at most
 * what a page gets before it is ended. Browsers round the memory and stop at 8 GB (or more), and some do not tell it.
 */
import { formatBytes } from '../core/units';
import type { Meters } from '../scheduler/protocol';
import type { MetersPoll } from './meters-store';
import type { Notices } from './notices';

export interface RunBudget {
  /** MB */
  readonly megabytes: number;
  /** A sentence: where the number comes from. */
  readonly reason: string;
}

/** MB; about what a page gets before it is ended. */
const most = 4000;
const unknown = 2000;
const smallest = 250;

/** `deviceMemory`: GB, as navigator tells it. */
export function usualRunBudget(deviceMemory: number | undefined): RunBudget {
  if (deviceMemory === undefined || !(deviceMemory > 0)) {
    return { megabytes: unknown, reason: 'This browser does not tell how much memory the device has.' };
  }
  const half = Math.max(smallest, 500 * deviceMemory);
  if (half > most) return { megabytes: most, reason: 'About the most that a page gets before a browser ends it.' };
  return { megabytes: half, reason: `Half of the ${deviceMemory} GB of memory that this browser reports.` };
}

/** In a page; elsewhere nothing is told. */
export const reportedMemory = (): number | undefined =>
  (globalThis.navigator as { readonly deviceMemory?: number } | undefined)?.deviceMemory;

/** From here on tensors are told to come near the budget. */
const nearShare = 0.8;
export const isNearBudget = ({ peakTensorBytes, runBudget }: Meters): boolean =>
  runBudget > 0 && peakTensorBytes > nearShare * runBudget;

/** Says once for each run when the tensors come near the budget. */
export function watchBudget(meters: Pick<MetersPoll, 'store'>, notices: Pick<Notices, 'announce'>): () => void {
  return meters.store.subscribe(({ meters: now }, { meters: before }) => {
    if (!now || !isNearBudget(now) || (before && isNearBudget(before))) return;
    notices.announce(
      `Tensors took ${formatBytes(now.peakTensorBytes)}, more than 80 % of the budget for a run of ${formatBytes(now.runBudget)}.`,
    );
  });
}
