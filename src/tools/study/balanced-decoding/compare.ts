/**
 * Paired differences between two arms: the replicate is the graph, images are shared by all of them. Hierarchical
 * bootstrap and equivalence test of stats.test (src/analysis/paired-bootstrap.ts); with few graphs its intervals are too
 * narrow, so the t interval over graphs is given too and the verdict follows the wider of both.
 */
import { meanOf, sampleSd } from '../../../analysis/moments';
import {
  differencesOf,
  meanDifference,
  percentileInterval,
  resampledDifferences,
} from '../../../analysis/paired-bootstrap';
import type { Replicate } from '../../../analysis/paired-table';
import { studentPoint } from '../../../analysis/student';
import type { Scores } from './measures';

/** dB, fixed before the data were seen (science of the study: an effect below this is of no interest). */
export const margin = 0.3;

export type ByGraph = ReadonlyMap<number, Scores>;
export type Metric = 'psnr' | 'ssim' | 'mse';

export interface Difference {
  /** Mean over graphs of the mean over images. */
  readonly estimate: number;
  /** 95 %, the wider of bootstrap and t interval on either side. */
  readonly low: number;
  readonly high: number;
  readonly graphs: readonly { readonly graph: number; readonly difference: number }[];
  readonly verdict: 'higher' | 'lower' | 'undecided';
  /** Whether the 90 % interval lies within the margin. */
  readonly equivalent: boolean;
}

/** First less second over the graphs that both have; null without any. */
export async function compare(
  first: ByGraph | undefined,
  second: ByGraph | undefined,
  metric: Metric = 'psnr',
  resamples = 2000,
): Promise<Difference | null> {
  const replicates = pairsOf(first, second, metric);
  if (replicates.length === 0) return null;
  const options = { resamples, seed: 1, shared: true, rest: async () => {} };
  const sorted = await resampledDifferences(replicates, options);
  const graphs = replicates.map((replicate) => ({
    graph: Number(replicate.name),
    difference: meanOf(differencesOf(replicate)),
  }));
  const estimate = meanDifference(replicates);
  const means = graphs.map(({ difference }) => difference);
  const half = means.length > 1 ? (studentPoint(means.length - 1) * sampleSd(means)) / Math.sqrt(means.length) : 0;
  const [low, high] = percentileInterval(sorted, 0.95) ?? [estimate, estimate];
  const [low90, high90] = percentileInterval(sorted, 0.9) ?? [estimate, estimate];
  const wide = { low: Math.min(low, estimate - half), high: Math.max(high, estimate + half) };
  return {
    estimate,
    ...wide,
    graphs,
    verdict: wide.low > 0 ? 'higher' : wide.high < 0 ? 'lower' : 'undecided',
    equivalent: low90 > -margin && high90 < margin,
  };
}

function pairsOf(first: ByGraph | undefined, second: ByGraph | undefined, metric: Metric): Replicate[] {
  const found: Replicate[] = [];
  for (const [graph, a] of first ?? []) {
    const b = second?.get(graph);
    if (!b) continue;
    const other = new Map(b.items.map((item, k) => [item, b[metric][k] as number]));
    const pairs = a.items.flatMap((item, k) => {
      const [x, y] = [a[metric][k] as number, other.get(item)];
      return y !== undefined && Number.isFinite(x) && Number.isFinite(y)
        ? [{ key: String(item), first: x, second: y }]
        : [];
    });
    if (pairs.length > 0) found.push({ name: String(graph), pairs });
  }
  return found;
}

export interface Summary {
  readonly mean: number;
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/** Over all images of all graphs; infinite values count for median and range alone. */
export function summaryOf(scores: ByGraph | undefined, metric: Metric): Summary | null {
  const values = [...(scores?.values() ?? [])].flatMap((of) => [...of[metric]]).sort((a, b) => a - b);
  const finite = values.filter(Number.isFinite);
  const middle = values.length / 2;
  const at = (k: number) => values[k] as number;
  if (values.length === 0) return null;
  return {
    mean: finite.length > 0 ? meanOf(finite) : Number.POSITIVE_INFINITY,
    median: Number.isInteger(middle) ? (at(middle - 1) + at(middle)) / 2 : at(Math.floor(middle)),
    low: at(0),
    high: at(values.length - 1),
    n: values.length,
  };
}

/** Mean of each graph, in order of graphs. */
export const graphMeans = (scores: ByGraph | undefined, metric: Metric): { graph: number; mean: number }[] =>
  [...(scores ?? [])]
    .sort(([a], [b]) => a - b)
    .map(([graph, of]) => ({ graph, mean: meanOf(of[metric].filter(Number.isFinite)) }));

export function meanRate(scores: ByGraph | undefined): number | null {
  const rates = [...(scores?.values() ?? [])].flatMap(({ rate }) => (rate === null ? [] : [rate]));
  return rates.length > 0 ? meanOf(rates) : null;
}
