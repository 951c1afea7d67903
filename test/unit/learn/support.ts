/** Tiny chains, data and hooks for the tests of the training loop. */
import type { BlockSpec, ItemShape } from '../../../src/kit/blocks';
import { type AutoencoderParams, autoencoderParams } from '../../../src/kit/blocks/autoencoder';
import { type LinearParams, linearParams } from '../../../src/kit/blocks/linear';
import { type MlpParams, mlpParams } from '../../../src/kit/blocks/mlp';
import { type UnetParams, unetParams } from '../../../src/kit/blocks/unet';
import { type VaeParams, vaeParams } from '../../../src/kit/blocks/vae';
import type { CheckpointState } from '../../../src/kit/context';
import { defaultParams } from '../../../src/kit/params';
import { buildChain, type Chain } from '../../../src/learn/chain';
import type { TrainingContext } from '../../../src/learn/train';
import type { SampleSet, TrainingOptions } from '../../../src/learn/trainer';

export const mlpSpec = (params: Partial<MlpParams> = {}): BlockSpec => ({
  type: 'mlp',
  version: 1,
  params: { ...defaultParams(mlpParams), hiddenUnits: 6, ...params },
});
export const unetSpec = (params: Partial<UnetParams> = {}): BlockSpec => ({
  type: 'unet',
  version: 1,
  params: { ...defaultParams(unetParams), baseChannels: 2, levels: 1, ...params },
});
export const vaeSpec = (params: Partial<VaeParams> = {}): BlockSpec => ({
  type: 'vae',
  version: 1,
  params: { ...defaultParams(vaeParams), hiddenUnits: 6, latentUnits: 3, ...params },
});
export const autoencoderSpec = (params: Partial<AutoencoderParams> = {}): BlockSpec => ({
  type: 'autoencoder',
  version: 1,
  params: { ...defaultParams(autoencoderParams), baseChannels: 2, ...params },
});
export const linearSpec = (params: Partial<LinearParams> = {}): BlockSpec => ({
  type: 'linear',
  version: 1,
  params: { ...defaultParams(linearParams), ...params },
});

const tinyTarget: ItemShape = [4, 4, 1];
export const tinyChain = (mlp: Partial<MlpParams> = {}, unet: Partial<UnetParams> | null = {}, features = 5): Chain =>
  buildChain(unet ? [mlpSpec(mlp), unetSpec(unet)] : [mlpSpec(mlp)], [features], tinyTarget);

/** Deterministic numbers in 0..1 that follow no seed of ours. */
export function pattern(count: number, salt = 0): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => {
    const x = Math.sin((i + 1) * 12.9898 + salt * 78.233) * 43758.5453;
    return x - Math.floor(x);
  });
}

/** `count` items whose targets, of `outputs` numbers, depend on their inputs. */
export function tinySamples(count: number, features = 5, salt = 0, outputs = 16): SampleSet {
  const inputs = pattern(count * features, salt).map((u) => 4 * u - 2);
  const targets = new Float32Array(count * outputs).map((_, i) => {
    const x = inputs[Math.floor(i / outputs) * features + ((i % outputs) % features)] as number;
    return 1 / (1 + Math.exp(-2 * x));
  });
  const gather = (values: Float32Array, width: number) => (places: ArrayLike<number>) =>
    Float32Array.from({ length: places.length * width }, (_, at) => {
      const place = places[Math.floor(at / width)] as number;
      return values[place * width + (at % width)] as number;
    });
  return {
    ids: Int32Array.from({ length: count }, (_, i) => 1000 + 3 * i),
    inputs: gather(inputs, features),
    targets: gather(targets, outputs),
  };
}

export const options = (changes: Partial<TrainingOptions> = {}): TrainingOptions => ({
  warmUpEpochs: 0,
  batchSize: 8,
  microBatch: 3,
  learningRate: 0.01,
  halfLife: 0,
  gradientClip: 0,
  weightDecay: 0,
  stageWeight: 0.5,
  optimiser: 'adamw',
  momentum: 0.9,
  loss: 'mse',
  ssimWeight: 0.1,
  seed: 7,
  ...changes,
});

export const freely = { breathe: async () => {} };

/** A context that keeps checkpoints in memory and records what it is told. */
export function recordingContext(breathe: () => Promise<void> = async () => {}) {
  const kept = new Map<number, CheckpointState>();
  const notices: string[] = [];
  const progress: [number, number][] = [];
  const context: TrainingContext = {
    breathe,
    progress: (done, total) => progress.push([done, total]),
    partial: () => {},
    notice: (message) => notices.push(message),
    checkpoints: {
      latest: async (extent) => {
        const extents = [...kept.keys()].filter((known) => known <= extent);
        if (extents.length === 0) return null;
        const largest = Math.max(...extents);
        return { extent: largest, state: structuredClone(kept.get(largest) as CheckpointState) };
      },
      save: async (extent, state) => void kept.set(extent, structuredClone(state)),
    },
  };
  return { context, kept, notices, progress };
}

/** Bits of every array, as hexadecimal text by name. */
export const bitsOf = (arrays: ReadonlyMap<string, Float32Array>): Record<string, string> =>
  Object.fromEntries(
    [...arrays].map(([name, values]) => [
      name,
      Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex'),
    ]),
  );
