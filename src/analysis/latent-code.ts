/**
 * What the units of a Gaussian code tell of the items, and a plane to look at the codes in.
 *
 *   KL_d = 1/2 mean(mu_d^2 + s_d^2 - 1 - ln s_d^2), in nats; a unit is active above 0.01
 *
 * (Kingma and Welling 2014; active units: Burda, Grosse and Salakhutdinov 2016, here by divergence.)
 */
import { exactExp } from '../core/random/elementary';
import { principalComponents } from './principal-components';
import type { Rest } from './symmetric';

const activeAbove = 0.01;
/** The iteration's start; codes are few and it converges from anywhere. */
const startSeed = 1;

export interface CodeUnit {
  /** From 1. */
  readonly unit: number;
  /** Nats per item. */
  readonly divergence: number;
  /** Standard deviation of the mean over items. */
  readonly spread: number;
  /** Root mean square of the code's own standard deviation. */
  readonly noise: number;
  readonly active: boolean;
}

/** `mean` and `logVariance`: [item, unit]. */
export function codeUnits(mean: Float32Array, logVariance: Float32Array, units: number): CodeUnit[] {
  const count = mean.length / units;
  return Array.from({ length: units }, (_, d) => {
    let [sum, squares, variance, logs] = [0, 0, 0, 0];
    for (let i = 0; i < count; i++) {
      const mu = mean[i * units + d] as number;
      const log = logVariance[i * units + d] as number;
      sum += mu;
      squares += mu * mu;
      variance += exactExp(log);
      logs += log;
    }
    const divergence = (squares + variance - logs) / (2 * count) - 0.5;
    return {
      unit: d + 1,
      divergence,
      spread: Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2)),
      noise: Math.sqrt(variance / count),
      active: divergence > activeAbove,
    };
  });
}

export interface Plane {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly xLabel: string;
  readonly yLabel: string;
}

/** Codes in two dimensions; the second is 0 where the code has only one. */
export async function planeOf(
  mean: Float32Array,
  units: number,
  kind: 'components' | 'units',
  tells: readonly CodeUnit[],
  rest: Rest,
): Promise<Plane> {
  const count = mean.length / units;
  if (kind === 'units' || units <= 2) {
    const order = units <= 2 ? [...tells] : tells.toSorted((a, b) => b.divergence - a.divergence);
    const column = (unit: number | undefined) =>
      Float64Array.from({ length: count }, (_, i) => (unit ? (mean[i * units + unit - 1] as number) : 0));
    const [first, second] = order.map(({ unit }) => unit);
    return {
      x: column(first),
      y: column(second),
      xLabel: `unit ${first}`,
      yLabel: second ? `unit ${second}` : 'none',
    };
  }
  const centred = Float64Array.from(mean);
  for (let d = 0; d < units; d++) {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += mean[i * units + d] as number;
    for (let i = 0; i < count; i++) centred[i * units + d] = (centred[i * units + d] as number) - sum / count;
  }
  const total = centred.reduce((sum, value) => sum + value * value, 0) / count;
  const { directions, variances } = await principalComponents(centred, count, units, 2, startSeed, rest);
  const score = (k: number) =>
    Float64Array.from({ length: count }, (_, i) => {
      let sum = 0;
      for (let d = 0; d < units; d++) {
        sum += (centred[i * units + d] as number) * (directions[k * units + d] ?? 0);
      }
      return sum;
    });
  const label = (k: number) => {
    const share = total > 0 ? (100 * (variances[k] ?? 0)) / total : 0;
    return `component ${k + 1} (${share.toFixed(0)} % of the variance)`;
  };
  return { x: score(0), y: score(1), xLabel: label(0), yLabel: label(1) };
}
