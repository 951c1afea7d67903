/** Convolution and matrix product under tfjs's kernel names, fused forms included. */
import { tf } from '../../tensor/tf';
import { type HeapKernel, input } from '../heap/replace';
import type { TensorHeap, TensorInfo } from '../heap/tensor-heap';
import type { LayerExports } from '../layers/exports';
import {
  type ConvAttributes,
  convolutionInfo,
  convolve,
  convolveFilterGradient,
  convolveInputGradient,
} from './conv2d';
import type { GemmExports } from './exports';
import { matMul, type Transposes } from './matmul';

interface Fusion {
  readonly activation?: string;
  readonly leakyreluAlpha?: number;
}

export function gemmKernels(gemm: GemmExports, layers: LayerExports): Readonly<Record<string, HeapKernel<never>>> {
  const conv2d: HeapKernel<ConvAttributes> = ({ inputs, attributes, heap }) => {
    const x = input(inputs, 'x');
    const filter = input(inputs, 'filter');
    return convolve(heap, gemm, x, filter, convolutionInfo(x.shape, filter.shape, attributes));
  };

  const fusedConv2d: HeapKernel<ConvAttributes & Fusion> = ({ inputs, attributes, heap }) => {
    const x = input(inputs, 'x');
    const filter = input(inputs, 'filter');
    const info = convolutionInfo(x.shape, filter.shape, attributes);
    const relu = attributes.activation === 'relu' ? 1 : 0;
    const out = convolve(heap, gemm, x, filter, info, inputs['bias'] ?? null, relu);
    return activate(out, attributes, inputs['preluActivationWeights'], heap);
  };

  const inputGradient: HeapKernel<ConvAttributes & { inputShape: number[] }> = ({ inputs, attributes, heap }) => {
    const filter = input(inputs, 'filter');
    const info = convolutionInfo(attributes.inputShape, filter.shape, attributes);
    return convolveInputGradient(heap, gemm, input(inputs, 'dy'), filter, info);
  };

  const filterGradient: HeapKernel<ConvAttributes & { filterShape: number[] }> = ({ inputs, attributes, heap }) => {
    const x = input(inputs, 'x');
    const info = convolutionInfo(x.shape, attributes.filterShape, attributes);
    return convolveFilterGradient(heap, gemm, x, input(inputs, 'dy'), info);
  };

  const batchMatMul: HeapKernel<Transposes> = ({ inputs, attributes, heap }) =>
    matMul(heap, gemm, layers, input(inputs, 'a'), input(inputs, 'b'), attributes);

  const fusedMatMul: HeapKernel<Transposes & Fusion> = ({ inputs, attributes, heap }) => {
    const relu = attributes.activation === 'relu' ? 1 : 0;
    const bias = inputs['bias'] ?? null;
    const out = matMul(heap, gemm, layers, input(inputs, 'a'), input(inputs, 'b'), attributes, bias, relu);
    return activate(out, attributes, inputs['preluActivationWeights'], heap);
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

const activationKernels: Readonly<Record<string, string>> = {
  relu6: 'Relu6',
  elu: 'Elu',
  sigmoid: 'Sigmoid',
  tanh: 'Tanh',
  leakyrelu: 'LeakyRelu',
  prelu: 'Prelu',
};

/** Applies a fused activation that our epilogue lacks, by tfjs's own kernel. */
function activate(out: TensorInfo, fusion: Fusion, alpha: TensorInfo | undefined, heap: TensorHeap): TensorInfo {
  const { activation = 'linear', leakyreluAlpha = 0.2 } = fusion;
  if (activation === 'linear' || activation === 'relu') return out;
  const name = activationKernels[activation];
  const kernel = name ? tf.getKernel(name, 'wasm') : null;
  if (!kernel) throw new Error(`The activation ${activation} cannot be fused on the wasm backend.`);
  const inputs = alpha ? { x: out, alpha } : { x: out };
  const result = kernel.kernelFunc({ inputs, attrs: { alpha: leakyreluAlpha }, backend: heap.backend });
  heap.backend.disposeData(out.dataId);
  return result as TensorInfo;
}
