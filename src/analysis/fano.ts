/**
 * Fano factor of spike counts: variance over mean of the counts of a unit in windows that follow each other. 1 for a
 * Poisson process, 0 for a clock whose period fits the window. The variance is the sample's (divided by n - 1), so that a
 * Poisson process gives 1 on average however few windows there are.
 */

/**
 * Fano factor of units 0 .. unitCount - 1 in windows of `windowSteps` from step `from` to step `to`; what is left after
 * the last whole window is not counted. NaN for a unit without spikes, and for all with fewer than two windows.
 */
export function fanoFactors(
  units: ArrayLike<number>,
  steps: ArrayLike<number>,
  unitCount: number,
  windowSteps: number,
  from: number,
  to: number,
): Float64Array {
  const windows = Math.floor((to - from) / windowSteps);
  const fano = new Float64Array(unitCount).fill(Number.NaN);
  if (windows < 2) return fano;
  const total = new Float64Array(unitCount);
  const squares = new Float64Array(unitCount);
  // Events come in step order, so one window is open at a time.
  const open = new Uint32Array(unitCount);
  const touched: number[] = [];
  const close = () => {
    for (const unit of touched) {
      const count = open[unit] as number;
      total[unit] = (total[unit] as number) + count;
      squares[unit] = (squares[unit] as number) + count * count;
      open[unit] = 0;
    }
    touched.length = 0;
  };
  let end = from + windowSteps;
  for (let k = 0; k < units.length; k++) {
    const step = steps[k] as number;
    if (step < from) continue;
    if (step >= from + windows * windowSteps) break;
    if (step >= end) {
      close();
      end = from + (Math.floor((step - from) / windowSteps) + 1) * windowSteps;
    }
    const unit = units[k] as number;
    if (open[unit] === 0) touched.push(unit);
    open[unit] = (open[unit] as number) + 1;
  }
  close();
  for (let unit = 0; unit < unitCount; unit++) {
    const sum = total[unit] as number;
    if (sum === 0) continue;
    fano[unit] = ((squares[unit] as number) - (sum * sum) / windows) / (windows - 1) / (sum / windows);
  }
  return fano;
}
