/**
 * Other ways to read the same spikes and to fit the same decoder, each different from ridge regression on the rates of all
 * neurons in one thing, for every network of the published comparison. What a conclusion rests on must not hang on these.
 */
import type { EtaPair } from '../match-drive';
import type { Job } from '../session';
import { type Arm, armName, ridgeJob } from './arms';
import type { Sizes } from './sizes';

export interface Reading {
  readonly name: string;
  /** What is different. */
  readonly label: string;
  readonly settings: readonly string[];
  /** Share of the training images that the decoder is fitted to. */
  readonly train?: number;
}

/** ms, of the exponential trace. */
const traceTime = 20;
/** ms, of the time bins. */
const binTime = 50;

export const readings: readonly Reading[] = [
  { name: 'count', label: 'number of spikes instead of the rate', settings: ['readout-balanced.method=count'] },
  {
    name: 'excitatory',
    label: 'excitatory neurons alone',
    settings: ['readout-balanced.population=excitatory'],
  },
  { name: 'scores', label: 'inputs as z-scores', settings: ['train-balanced.inputScale=each'] },
  { name: 'latency', label: 'first spike alone (latency)', settings: ['readout-balanced.method=latency'] },
  {
    name: 'trace',
    label: `trace at the end (${traceTime} ms)`,
    settings: ['readout-balanced.method=trace', `readout-balanced.tauTrace=${traceTime}`],
  },
  {
    name: 'bins',
    label: `rates in bins of ${binTime} ms`,
    settings: ['readout-balanced.method=bins', `readout-balanced.binWidth=${binTime}`],
  },
  { name: 'quarter', label: 'a quarter of the training digits', settings: [], train: 1 / 4 },
];

export const readingName = ({ name }: Reading, arm: Arm): string => `read-${name}/${armName(arm)}`;

export function readingJob(reading: Reading, arm: Arm, graph: number, eta: EtaPair | null, sizes: Sizes): Job {
  const { train = 1 } = reading;
  const { job } = ridgeJob(arm, graph, eta, { ...sizes, train: Math.round(train * sizes.train) });
  return { ...job, settings: [...job.settings, ...reading.settings] };
}
