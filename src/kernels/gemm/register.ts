/**
 * Puts our kernels in the place of tfjs's on the `wasm` backend. Called once when that backend has started; `gemmVersion`
 * belongs in result keys and goes up whenever an answer may change by a bit.
 */
import { type BackendWasm, tf } from '../../tensor/tf';
import { loadKernel } from '../load-wasm';
import { type ConvAttributes, convolutionInfo, convolve, convolveFilterGradient, convolveInputGradient } from './conv2d';
import type { GemmExports } from './exports';
import gemmBinary from './gemm.wasm';
import { heapMemory, TensorHeap, type TensorInfo } from './heap';
import { matMul, type Transposes } from './matmul';

/** Part of the numeric mode in result keys. */
export const gemmVersion = 'gemm 1';

type Inputs = Readonly<Record<string, TensorInfo>>;
/** A kernel over tensors on the heap, with the attributes that tfjs passes to it. */
export type HeapKernel<A> = (inputs: Inputs, attributes: A, heap: TensorHeap) => TensorInfo;

const registered = new WeakSet<BackendWasm>();

/** Registers every kernel of this folder on a started WASM backend; a second call does nothing. */
export async function registerWasmKernels(backend: BackendWasm): Promise<string> {
  if (registered.has(backend)) return gemmVersion;
  registered.add(backend);
  const gemm = await loadKernel<GemmExports>(gemmBinary, heapMemory(backend));
  const heap = new TensorHeap(backend);
  for (const [name, kernel] of Object.entries(kernels(gemm))) replace(name, kernel, heap);
  return gemmVersion;
}

function replace(name: string, kernel: HeapKernel<never>, heap: TensorHeap): void {
  if (tf.getKernel(name, 'wasm')) tf.unregisterKernel(name, 'wasm');
  tf.registerKernel({
    kernelName: name,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) => kernel(inputs as Inputs, attrs as never, heap),
  });
}

interface Fusion {
  readonly activation: string;
  readonly leakyreluAlpha?: number;
}

function kernels(gemm: GemmExports): Record<string, HeapKernel<never>> {
  const conv2d: HeapKernel<ConvAttributes> = ({ x, filter }, attributes, heap) =>
    convolve(heap, gemm, given(x), given(filter), convolutionInfo(given(x).shape, given(filter).shape, attributes));

  const fusedConv2d: HeapKernel<ConvAttributes & Fusion> = (inputs, attributes, heap) => {
    const x = given(inputs['x']);
    const filter = given(inputs['filter']);
    const info = convolutionInfo(x.shape, filter.shape, attributes);
    const activation = attributes.activation === 'relu' ? 1 : 0;
    const out = convolve(heap, gemm, x, filter, info, inputs['bias'] ?? null, activation);
    return activate(out, attributes, inputs['preluActivationWeights'], heap);
  };

  const inputGradient: HeapKernel<ConvAttributes & { inputShape: number[] }> = ({ dy, filter }, attributes, heap) => {
    const info = convolutionInfo(attributes.inputShape, given(filter).shape, attributes);
    return convolveInputGradient(heap, gemm, given(dy), given(filter), info);
  };

  const filterGradient: HeapKernel<ConvAttributes & { filterShape: number[] }> = ({ x, dy }, attributes, heap) => {
    const info = convolutionInfo(given(x).shape, attributes.filterShape, attributes);
    return convolveFilterGradient(heap, gemm, given(x), given(dy), info);
  };

  const batchMatMul: HeapKernel<Transposes> = ({ a, b }, attributes, heap) =>
    matMul(heap, gemm, given(a), given(b), attributes);

  const fusedMatMul: HeapKernel<Transposes & Fusion> = ({ a, b, bias, preluActivationWeights }, attributes, heap) => {
    const activation = attributes.activation === 'relu' ? 1 : 0;
    const out = matMul(heap, gemm, given(a), given(b), attributes, bias ?? null, activation);
    return activate(out, attributes, preluActivationWeights, heap);
  };

  return {
    Conv2D: conv2d,
    FusedConv2D: fusedConv2d,
    Conv2DBackpropInput: inputGradient,
    Conv2DBackpropFilter: filterGradient,
    BatchMatMul: batchMatMul,
    _FusedMatMul: fusedMatMul,
  };
}

const activationKernels: Record<string, string> = {
  relu6: 'Relu6',
  elu: 'Elu',
  sigmoid: 'Sigmoid',
  tanh: 'Tanh',
  leakyrelu: 'LeakyRelu',
  prelu: 'Prelu',
};

/** Applies a fused activation that our epilogue lacks, by tfjs's own kernel. */
function activate(out: TensorInfo, fusion: Fusion, alpha: TensorInfo | undefined, heap: TensorHeap): TensorInfo {
  if (fusion.activation === 'linear' || fusion.activation === 'relu') return out;
  const name = activationKernels[fusion.activation];
  const kernel = name ? tf.getKernel(name, 'wasm') : null;
  if (!kernel) throw new Error(`The activation ${fusion.activation} cannot be fused on the wasm backend.`);
  const inputs = alpha ? { x: out, alpha } : { x: out };
  const result = kernel.kernelFunc({ inputs, attrs: { alpha: fusion.leakyreluAlpha ?? 0.2 }, backend: heap.backend });
  heap.backend.disposeData(out.dataId);
  return result as TensorInfo;
}

function given(tensor: TensorInfo | undefined): TensorInfo {
  if (!tensor) throw new Error('A kernel input is missing.');
  return tensor;
}
