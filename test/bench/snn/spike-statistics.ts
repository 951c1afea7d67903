/** Rate, CV of the intervals and synaptic events of a simulated trial, as the yardstick programs compute them. */

export interface SpikeTrains {
  readonly units: ArrayLike<number>;
  readonly steps: ArrayLike<number>;
  readonly count: number;
}

/**
 * Standard deviation over mean of a unit's intervals, averaged over units with at least 3 intervals after the first 200 ms
 * (or fifth of the trial, if that is less).
 */
export function cvOfIntervals(spikes: SpikeTrains, unitCount: number, duration: number, dt: number): number {
  const from = Math.min(200, 0.2 * duration) / dt;
  const last = new Float64Array(unitCount).fill(-1);
  const sum = new Float64Array(unitCount);
  const squares = new Float64Array(unitCount);
  const intervals = new Float64Array(unitCount);
  for (let k = 0; k < spikes.count; k++) {
    const step = spikes.steps[k] as number;
    if (step < from) continue;
    const unit = spikes.units[k] as number;
    const before = last[unit] as number;
    last[unit] = step;
    if (before < 0) continue;
    const interval = step - before;
    sum[unit] = (sum[unit] as number) + interval;
    squares[unit] = (squares[unit] as number) + interval * interval;
    intervals[unit] = (intervals[unit] as number) + 1;
  }
  let total = 0;
  let counted = 0;
  for (let unit = 0; unit < unitCount; unit++) {
    const n = intervals[unit] as number;
    if (n < 3) continue;
    const mean = (sum[unit] as number) / n;
    total += Math.sqrt(Math.max(0, (squares[unit] as number) / n - mean * mean)) / mean;
    counted++;
  }
  return total / counted;
}

/** Synaptic events that the spikes cause, delivered or still under way at the end. */
export function eventsOf(spikes: SpikeTrains, sourceStart: Uint32Array): number {
  let events = 0;
  for (let k = 0; k < spikes.count; k++) {
    const unit = spikes.units[k] as number;
    events += (sourceStart[unit + 1] as number) - (sourceStart[unit] as number);
  }
  return events;
}
