/**
 * Puts a kernel of ours in the place of tfjs's on the `wasm` backend. The kernel sees tensors on the heap and may hand
 * a case that it does not cover back to the kernel it replaced.
 */
import { tf } from '../../tensor/tf';
import type { TensorHeap, TensorInfo } from './tensor-heap';

export type KernelInputs = Readonly<Record<string, TensorInfo>>;

interface KernelCall<A> {
  readonly inputs: KernelInputs;
  /** What tfjs passes along: strides, axes and so on. */
  readonly attributes: A;
  readonly heap: TensorHeap;
  /** Runs the kernel that was registered before. */
  readonly fallback: () => TensorInfo | TensorInfo[];
}

export type HeapKernel<A> = (call: KernelCall<A>) => TensorInfo | TensorInfo[];

/** Registers `kernels` by tfjs kernel name, replacing what is there. */
export function replaceKernels(heap: TensorHeap, kernels: Readonly<Record<string, HeapKernel<never>>>): void {
  for (const [name, kernel] of Object.entries(kernels)) {
    const before = tf.getKernel(name, 'wasm');
    if (before) tf.unregisterKernel(name, 'wasm');
    tf.registerKernel({
      kernelName: name,
      backendName: 'wasm',
      kernelFunc: (call) =>
        kernel({
          inputs: call.inputs as KernelInputs,
          attributes: call.attrs as never,
          heap,
          fallback: () => {
            if (!before) throw new Error(`${name} has no such case on the wasm backend.`);
            return before.kernelFunc(call);
          },
        }),
    });
  }
}

/** The named input, which tfjs always passes. */
export function input(inputs: KernelInputs, name: string): TensorInfo {
  const tensor = inputs[name];
  if (!tensor) throw new Error(`The kernel input ${name} is missing.`);
  return tensor;
}
