/**
 * Honest timing on a shared machine: CPU seconds of this process, not the clock, in several rounds, with the machine's
 * load beside them. Used by the benchmarks here.
 */
import { readFileSync } from 'node:fs';

/** CPU seconds of this process so far. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Load averages and running tasks as the system tells them, or "unknown". */
export function machineLoad(): string {
  try {
    return readFileSync('/proc/loadavg', 'utf8').trim();
  } catch {
    return 'unknown';
  }
}

/** CPU seconds per call of `work`: median and quietest of `rounds`, each about `seconds` long, after a warm-up. */
export function measure(work: () => void, rounds = 41, seconds = 0.03): { median: number; best: number } {
  const start = cpuSeconds();
  let calls = 0;
  while (cpuSeconds() - start < seconds) {
    work();
    calls++;
  }
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const from = cpuSeconds();
    for (let i = 0; i < calls; i++) work();
    times.push((cpuSeconds() - from) / calls);
  }
  times.sort((a, b) => a - b);
  return { median: times[rounds >> 1] ?? 0, best: times[0] ?? 0 };
}
