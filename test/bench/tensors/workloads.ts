/**
 * What is timed, and how fast is fast enough. Trainings are a step of Adam on the mean squared error of 28 x 28 images,
 * 1,000 inputs (images for the U-Net), batch 64, through our own loop: data in, loss out.
 */
import type { BlockSpec, ItemShape } from '../../../src/kit/blocks';
import { mlpParams } from '../../../src/kit/blocks/mlp';
import { unetParams } from '../../../src/kit/blocks/unet';
import { vaeParams } from '../../../src/kit/blocks/vae';
import { defaultParams } from '../../../src/kit/params';

export type SystemId = 'ours' | 'tfjs-wasm' | 'tfjs-cpu' | 'torch' | 'torch-avx2';
export const systemTitles: Readonly<Record<SystemId, string>> = {
  ours: 'ours, WASM',
  'tfjs-wasm': 'tfjs wasm',
  'tfjs-cpu': 'tfjs cpu',
  torch: 'torch, one thread',
  /** The bars of products are set against AVX2; with AVX-512 OpenBLAS is up to twice as fast. */
  'torch-avx2': 'torch, one thread, AVX2',
};

/** [M, K, N] */
export type Product = readonly [number, number, number];

export interface Training {
  readonly input: ItemShape;
  readonly blocks: readonly BlockSpec[];
}

export interface Workload {
  readonly title: string;
  readonly product?: Product;
  readonly training?: Training;
  /** Systems that it is measured on. tfjs wasm has no gradient of a convolution's filter. */
  readonly systems: readonly SystemId[];
  /** How many times as fast as a system ours must be, and what is aimed at. */
  readonly bars: Partial<Readonly<Record<SystemId, { readonly must: number; readonly stretch: number }>>>;
  /** GFLOP/s of ours. */
  readonly floor?: { readonly must: number; readonly stretch: number };
}

const block = (type: string, params: Readonly<Record<string, unknown>>): BlockSpec => ({ type, version: 1, params });
const image: ItemShape = [28, 28, 1];
export const target = image;

const gemm = (product: Product, title: string): Workload => ({
  title,
  product,
  systems: ['ours', 'tfjs-wasm', 'torch', 'torch-avx2'],
  bars: { 'torch-avx2': { must: 0.3, stretch: 0.5 } },
  floor: { must: 20, stretch: 35 },
});
const dense = { 'tfjs-wasm': { must: 4, stretch: 4 }, torch: { must: 0.3, stretch: 0.45 } };

export const workloads = {
  'gemm-mlp': gemm([64, 1000, 512], 'GEMM 64x1000x512'),
  'gemm-unet': gemm([12544, 144, 16], 'GEMM 12544x144x16'),
  'gemm-deep': gemm([3136, 288, 32], 'GEMM 3136x288x32'),
  'gemm-square': gemm([512, 512, 512], 'GEMM 512x512x512'),
  mlp: {
    title: 'MLP 1000-512-512-784',
    training: {
      input: [1000],
      blocks: [
        block('mlp', { ...defaultParams(mlpParams), hiddenLayers: 2, hiddenUnits: 512, batchNorm: false, dropout: 0 }),
      ],
    },
    systems: ['ours', 'tfjs-wasm', 'tfjs-cpu', 'torch'],
    bars: dense,
  },
  vae: {
    title: 'VAE 1000-512-32-512-784',
    training: { input: [1000], blocks: [block('vae', { ...defaultParams(vaeParams), hiddenUnits: 512 })] },
    systems: ['ours', 'tfjs-wasm', 'tfjs-cpu', 'torch'],
    bars: dense,
  },
  unet: {
    title: 'U-Net c = 16',
    training: { input: image, blocks: [block('unet', { ...defaultParams(unetParams), baseChannels: 16, levels: 2 })] },
    systems: ['ours', 'tfjs-cpu', 'torch'],
    bars: { 'tfjs-cpu': { must: 100, stretch: 100 }, torch: { must: 0.25, stretch: 0.45 } },
  },
} as const satisfies Readonly<Record<string, Workload>>;
export type WorkloadId = keyof typeof workloads;
export const workloadIds = Object.keys(workloads) as WorkloadId[];

/** One measurement: CPU seconds of a product, or of training on one image. */
export interface Sample {
  readonly seconds: number;
  /** Of trainings: loss of the first step and of the last. */
  readonly losses?: readonly [number, number];
}
