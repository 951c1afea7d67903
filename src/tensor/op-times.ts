/**
 * Where a tensor computation spends its time: every kernel of the current backend is wrapped once by a clock that runs
 * only between `begin` and `end`. A clock reading costs some ten nanoseconds, a kernel microseconds at least.
 *
 * On `wasm` and `cpu` a kernel is done when it returns. On `webgpu` it only hands its work to the device, so the time there
 * is that of handing over; the rest shows as waiting outside kernels.
 */
import { tf } from './tf';

export interface OpTime {
  /** tfjs's name of the kernel: "Conv2DBackpropFilter". */
  readonly name: string;
  readonly calls: number;
  readonly ms: number;
  /** Bytes of what it gave, over all calls. */
  readonly bytes: number;
}
export interface OpTimes {
  /** Most time first. */
  readonly ops: readonly OpTime[];
  /** Most bytes of tensors alive after any kernel. */
  readonly peakBytes: number;
}

interface Entry {
  calls: number;
  ms: number;
  bytes: number;
}

const wrapped = new WeakSet<object>();
let current: Map<string, Entry> | null = null;
let peakBytes = 0;
/** A kernel that runs others counts alone. */
let within = false;

function add(name: string, ms: number, bytes: number): void {
  if (!current) return;
  const entry = current.get(name) ?? { calls: 0, ms: 0, bytes: 0 };
  entry.calls++;
  entry.ms += ms;
  entry.bytes += bytes;
  current.set(name, entry);
  peakBytes = Math.max(peakBytes, tf.engine().state.numBytes);
}

const bytesOf = (out: tf.TensorInfo | tf.TensorInfo[]): number =>
  (Array.isArray(out) ? out : [out]).reduce(
    (sum, { shape, dtype }) => sum + tf.util.sizeFromShape(shape) * (dtype === 'bool' ? 1 : 4),
    0,
  );

/** Times work that is no kernel of tfjs, under a name of its own. */
export function timed<T>(name: string, bytes: number, work: () => T): T {
  if (!current || within) return work();
  const from = performance.now();
  within = true;
  try {
    return work();
  } finally {
    within = false;
    add(name, performance.now() - from, bytes);
  }
}

/** Wraps the kernels of the current backend that are not wrapped yet. */
function wrapKernels(): void {
  for (const kernel of tf.getKernelsForBackend(tf.getBackend())) {
    if (wrapped.has(kernel.kernelFunc)) continue;
    const kernelFunc: tf.KernelFunc = (call) => {
      if (!current || within) return kernel.kernelFunc(call);
      const from = performance.now();
      within = true;
      try {
        const out = kernel.kernelFunc(call);
        add(kernel.kernelName, performance.now() - from, bytesOf(out));
        return out;
      } finally {
        within = false;
      }
    };
    wrapped.add(kernelFunc);
    tf.unregisterKernel(kernel.kernelName, kernel.backendName);
    tf.registerKernel({ ...kernel, kernelFunc });
  }
}

/** Starts the clock; what an earlier one has counted is dropped. */
export function beginOpTimes(): void {
  wrapKernels();
  current = new Map();
  peakBytes = 0;
}

/** Stops the clock and gives what was counted. */
export function endOpTimes(): OpTimes {
  const ops = [...(current ?? [])].map(([name, entry]) => ({ name, ...entry })).sort((a, b) => b.ms - a.ms);
  current = null;
  return { ops, peakBytes };
}
