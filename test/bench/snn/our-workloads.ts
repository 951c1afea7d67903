/**
 * Our WASM kernels on each workload, for Node and for a browser's worker alike: `prepare` wires and warms up (V8 compiles
 * a kernel in two tiers; the second comes after some calls), then each trial is started and run. Only `run` is timed.
 *
 * BRUNEL, BRUNEL-F32, ENCODE and ENCODE-POISSON go through the product's network; its `runItem` draws the item's initial state
 * itself, so for images that counts, as it does in the yardsticks.
 */
import { fillUniform, Purpose } from '../../../src/core/random/draws';
import { defaultNetworkParams, type NetworkParams } from '../../../src/kernels/balanced-snn/params';
import { etaOfImage, pixelOfUnit } from '../../../src/kernels/balanced-snn/retinotopy';
import { createNetwork, NetworkRunner } from '../../../src/kernels/balanced-snn/simulate';
import { cobaParams, cubaParams, type LifParams } from '../../../src/kernels/lif-benchmarks/models';
import { LifReference } from '../../../src/kernels/lif-benchmarks/reference';
import { LifRunner } from '../../../src/kernels/lif-benchmarks/wasm-runner';
import { wireLifNetwork } from '../../../src/kernels/lif-benchmarks/wiring';
import { cvOfIntervals, eventsOf } from './spike-statistics';
import type { Sample, WorkloadId } from './workloads';

/** A sample without its time. */
type Outcome = Omit<Sample, 'seconds'>;

export interface PreparedWorkload {
  readonly trials: number;
  /** Before the clock starts. */
  start(): void;
  /** The simulation loop. */
  run(): void;
  /** What the trial that was run has shown. */
  outcome(): Outcome;
}

/** First graphs whose rate and CV lie within the bounds of workloads.ts. */
const cubaGraph = 6;
const cobaGraph = 5;
const brunelGraph = 2;
const encodeGraph = 2;

const side = 28;
const pixels = side * side;
const imageCount = 100;

/** The WASM kernels, or what runs in their place where there is no WebAssembly with SIMD. */
export type OurKind = 'wasm' | 'plain';

async function lifNetwork(params: LifParams, kind: OurKind): Promise<PreparedWorkload> {
  const wiring = wireLifNetwork(params);
  const runner = kind === 'plain' ? new LifReference(params, wiring) : await LifRunner.create(params, wiring);
  const duration = 1000;
  const start = (): void => runner.start(0);
  start();
  runner.advance(2000);
  return {
    trials: 10,
    start,
    run: () => runner.advance(duration / params.dt),
    outcome: () => {
      const { unitCount } = runner.constants;
      return {
        biologicalSeconds: duration / 1000,
        images: 0,
        events: eventsOf(runner.log, wiring.sourceStart),
        rate: runner.log.count / unitCount / (duration / 1000),
        cv: cvOfIntervals(runner.log, unitCount, duration, params.dt),
      };
    },
  };
}

/** Brunel 2000, fig. 8C: g = 5, external rate twice the threshold rate. `connectivity` as the other simulators draw it. */
export const brunelParams: NetworkParams = { ...defaultNetworkParams, nExc: 10_000, nInh: 2_500, jExc: 0.1 };

/** A spread so small that 1 + spread^2 is 1: every synapse has a weight of its own, and all have the same. */
const vanishingSpread = 1e-9;

async function brunel(weightSpread: number, kind: OurKind): Promise<PreparedWorkload> {
  const params: NetworkParams = {
    ...brunelParams,
    weightSpread,
    connectivity: 'bernoulli',
    duration: 1000,
    seedNetwork: brunelGraph,
  };
  const wiring = await createNetwork(params);
  const runner = new NetworkRunner(kind, params, wiring);
  await runner.ready;
  const eta = new Float32Array(wiring.unitCount).fill(2);
  const start = (): void => runner.start(0, { eta });
  start();
  for (let k = 0; k < 5; k++) runner.step(100);
  return {
    trials: 1,
    start,
    run: () => {
      for (let left = runner.constants.stepCount; left > 0; left -= 100) runner.step(Math.min(left, 100));
    },
    outcome: () => {
      const spikes = runner.spikes();
      return {
        biologicalSeconds: params.duration / 1000,
        images: 0,
        events: eventsOf(spikes, wiring.sourceStart),
        rate: spikes.count / wiring.unitCount / (params.duration / 1000),
        cv: cvOfIntervals(spikes, wiring.unitCount, params.duration, params.dt),
      };
    },
  };
}

/** Images through one network; `drives[k]` is image k's. */
async function encoder(
  params: NetworkParams,
  kind: OurKind,
  driveOf: (image: number) => { eta: Float32Array } | { mu: Float32Array },
): Promise<PreparedWorkload> {
  const wiring = await createNetwork(params);
  const runner = new NetworkRunner(kind, params, wiring);
  await runner.ready;
  const none = { count: 0, events: 0 };
  let seen = none;
  const encode = (image: number): void => {
    const spikes = runner.runItem(image, driveOf(image));
    seen = { count: seen.count + spikes.count, events: seen.events + eventsOf(spikes, wiring.sourceStart) };
  };
  for (let image = 0; image < 10; image++) encode(image);
  return {
    trials: 1,
    start: () => {
      seen = none;
    },
    run: () => {
      for (let image = 0; image < imageCount; image++) encode(image);
    },
    outcome: () => ({
      biologicalSeconds: (imageCount * params.duration) / 1000,
      images: imageCount,
      events: seen.events,
      rate: (1000 * seen.count) / wiring.unitCount / imageCount / params.duration,
      cv: Number.NaN,
    }),
  };
}

function encode(kind: OurKind): Promise<PreparedWorkload> {
  const params: NetworkParams = {
    ...defaultNetworkParams,
    nExc: 800,
    nInh: 200,
    connectionProbability: 0.15,
    connectivity: 'bernoulli',
    jExc: 0.5,
    duration: 100,
    seedNetwork: encodeGraph,
  };
  const currents = Array.from({ length: imageCount }, (_, image) => {
    const mu = new Float32Array(params.nExc + params.nInh);
    fillUniform(mu, { seed: 1, purpose: Purpose.sample, item: image });
    return { mu: mu.map((u) => 20 + 20 * u) };
  });
  return encoder(params, kind, (image) => currents[image] as { mu: Float32Array });
}

function encodePoisson(digits: Uint8Array, kind: OurKind): Promise<PreparedWorkload> {
  const params = defaultNetworkParams;
  const looksAt = pixelOfUnit(params.nExc, params.nInh, side, side);
  const images = Array.from({ length: imageCount }, (_, k) =>
    Float32Array.from(digits.subarray(k * pixels, (k + 1) * pixels), (byte) => byte / 255),
  );
  return encoder(params, kind, (image) => ({ eta: etaOfImage(images[image] as Float32Array, looksAt, 1, 2) }));
}

/** `digits`: at least 100 MNIST images, one byte per pixel. */
export function prepareWorkload(id: WorkloadId, digits: Uint8Array, kind: OurKind = 'wasm'): Promise<PreparedWorkload> {
  switch (id) {
    case 'cuba':
      return lifNetwork({ ...cubaParams, seedNetwork: cubaGraph }, kind);
    case 'coba':
      return lifNetwork({ ...cobaParams, seedNetwork: cobaGraph }, kind);
    case 'brunel':
      return brunel(0, kind);
    case 'brunel-f32':
      return brunel(vanishingSpread, kind);
    case 'encode':
      return encode(kind);
    case 'encode-poisson':
      return encodePoisson(digits, kind);
  }
}
