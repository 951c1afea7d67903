/** Bins of a rate over time: the parameter, and why a bin does not fit the time step. */
import { stepsPerBin } from '../../src/core/time-steps';
import { refuse } from '../../src/core/validity';
import { quantity } from '../../src/kit/params';

export const binWidth = (own: { readonly help: string }) =>
  quantity('ms', { label: 'Bin', min: 0.1, max: 100, step: 0.5, default: 1, scale: 'log', ...own });

/** Null for a bin that fits, or while the time step is unknown. */
export function refuseBin(width: number, dt: number | undefined) {
  if (dt === undefined || stepsPerBin(width, dt) !== null) return null;
  const reason = `A bin of ${width} ms is no whole number of steps of ${dt} ms.`;
  return { ...refuse('analysis.bin-step', reason, `Choose a multiple of ${dt} ms.`), param: 'binWidth' };
}
