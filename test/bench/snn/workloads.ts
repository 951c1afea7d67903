/**
 * The workloads by which the spiking kernels are judged, and what a right simulation of each shows. A wrong rate or CV
 * fails the benchmark before any speed is looked at.
 *
 * CUBA, COBA, BRUNEL and ENCODE are defined so that other simulators run them too; ENCODE-POISSON is the product's image
 * encoder as it is used. BRUNEL-F32 is BRUNEL with a weight for each synapse. All have dt = 0.1 ms.
 */

export const workloadIds = ['cuba', 'coba', 'brunel', 'brunel-f32', 'encode', 'encode-poisson'] as const;
export type WorkloadId = (typeof workloadIds)[number];

interface Workload {
  readonly title: string;
  readonly size: string;
  /** What speed is divided by: CPU time per biological second, per image, or per synaptic event. */
  readonly per: 'biological second' | 'image' | 'million events';
  /** Hz. */
  readonly rate: readonly [number, number];
  /** Coefficient of variation of the intervals; null where none is known. */
  readonly cv: readonly [number, number] | null;
}

/**
 * Bounds are those of simulators on one graph, given with as many decimals as here; a value is rounded to them first. They
 * are narrower than the spread over graphs (CUBA 5.60 +- 0.17 Hz, COBA 19.0 +- 1.1 Hz over 30 graphs of the yardstick),
 * so each workload has a fixed graph; the mean over graphs is tested apart (test/unit/kernels/lif-benchmarks).
 */
export const workloads: Readonly<Record<WorkloadId, Workload>> = {
  cuba: {
    title: 'CUBA',
    size: '4,000 neurons, 320,000 synapses, exponential currents, exact integration',
    per: 'biological second',
    rate: [5.6, 5.8],
    cv: [0.48, 0.5],
  },
  coba: {
    title: 'COBA',
    size: '4,000 neurons, 320,000 synapses, exponential conductances, Euler',
    per: 'biological second',
    rate: [19.5, 20.9],
    cv: [1.48, 1.57],
  },
  brunel: {
    title: 'BRUNEL',
    size: '12,500 neurons, 15.6 M synapses (Bernoulli), delay 1.5 ms, Poisson input',
    per: 'biological second',
    rate: [34, 40],
    cv: [0.4, 0.42],
  },
  'brunel-f32': {
    title: 'BRUNEL-F32',
    size: 'BRUNEL with a float32 weight for each synapse',
    per: 'biological second',
    rate: [34, 40],
    cv: [0.4, 0.42],
  },
  encode: {
    title: 'ENCODE',
    size: '100 images x 100 ms, 1,000 neurons, 150,000 synapses, one current per neuron',
    per: 'million events',
    rate: [36, 46],
    cv: null,
  },
  'encode-poisson': {
    title: 'ENCODE-POISSON',
    size: '100 MNIST digits x 250 ms, 1,280 neurons, 163,840 synapses, per-pixel Poisson input',
    per: 'image',
    rate: [28, 32],
    cv: null,
  },
};

/** One timed run, by whatever system. */
export interface Sample {
  /** CPU seconds of the simulation loop. */
  readonly seconds: number;
  readonly biologicalSeconds: number;
  readonly images: number;
  /** Synaptic events delivered. */
  readonly events: number;
  readonly rate: number;
  /** NaN where the system does not say. */
  readonly cv: number;
}

/** Cost of a sample in the unit of its workload, ms. */
export function costOf(id: WorkloadId, { seconds, biologicalSeconds, images, events }: Sample): number {
  const amounts = { 'biological second': biologicalSeconds, image: images, 'million events': events / 1e6 };
  return (1000 * seconds) / amounts[workloads[id].per];
}

const decimals = (x: number): number => (String(x).split('.')[1] ?? '').length;

function within(value: number, [low, high]: readonly [number, number]): boolean {
  const scale = 10 ** Math.max(decimals(low), decimals(high));
  const rounded = Math.round(value * scale) / scale;
  return rounded >= low && rounded <= high;
}

/** What is wrong with the dynamics of a sample; null if nothing. */
export function wrongDynamics(id: WorkloadId, { rate, cv }: Sample): string | null {
  const bounds = workloads[id];
  if (!within(rate, bounds.rate)) return `rate ${rate.toFixed(2)} Hz, expected ${bounds.rate.join(' to ')} Hz`;
  if (bounds.cv && !within(cv, bounds.cv)) return `CV ${cv.toFixed(3)}, expected ${bounds.cv.join(' to ')}`;
  return null;
}
