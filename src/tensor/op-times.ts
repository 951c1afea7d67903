/**
 * Where a tensor computation spends its time: every kernel of the current backend is wrapped once by a clock that runs
 * only between `begin` and `end`. A clock reading costs some ten nanoseconds, a kernel microseconds at least.
 *
 * On `wasm` and `cpu` a kernel is done when it returns. On `webgpu` it only hands its work to the device, so the time there
 * is that of handing over; the rest shows as waiting outside kernels.
 *
 * The same wrap holds a node to its limit of memory: looked at before a kernel runs, so that what it would have made does not
 * exist yet, and scopes free the rest.
 */
import { NodeComputeError } from '../core/errors';
import { formatBytes } from '../core/units';
import { raiseBudget } from '../kit/memory-need';
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

interface Limit {
  readonly bytes: number;
  readonly onNear: (bytes: number) => void;
}

/** Share of the limit from which on it is told to be near. */
const nearShare = 0.8;

interface Entry {
  calls: number;
  ms: number;
  bytes: number;
}

const wrapped = new WeakSet<object>();
let current: Map<string, Entry> | null = null;
let peakBytes = 0;
/** Over all nodes since the last reset. */
let runPeak = { tensors: 0, bytes: 0 };
let limit: Limit | null = null;
let near = false;
/** A kernel that runs others counts alone. */
let within = false;

function add(name: string, ms: number, bytes: number, fresh: readonly tf.TensorInfo[] = []): void {
  if (!current) return;
  const entry = current.get(name) ?? { calls: 0, ms: 0, bytes: 0 };
  entry.calls++;
  entry.ms += ms;
  entry.bytes += bytes;
  current.set(name, entry);
  note(fresh);
}

/** Counts what is alive; what a kernel has just given (`fresh`) becomes a tensor only after it. */
function note(fresh: readonly tf.TensorInfo[] = []): number {
  const { numBytes, numTensors, tensorInfo } = tf.engine().state;
  const bytes = numBytes + bytesOf(fresh.filter(({ dataId }) => !tensorInfo.has(dataId)));
  peakBytes = Math.max(peakBytes, bytes);
  runPeak = { tensors: Math.max(runPeak.tensors, numTensors + fresh.length), bytes: Math.max(runPeak.bytes, bytes) };
  if (limit && bytes > nearShare * limit.bytes && !near) {
    near = true;
    limit.onNear(bytes);
  }
  return bytes;
}

/** Throws when the tensors take more than they may; nothing has been made yet. */
function hold(): void {
  if (!limit) return;
  const bytes = note();
  if (bytes <= limit.bytes) return;
  throw new NodeComputeError({
    code: 'memory.tensors',
    message: `The tensors of this node took ${formatBytes(bytes)}, more than the budget for a run, so it was stopped. What was finished before is kept.`,
    found: formatBytes(bytes),
    expected: `at most ${formatBytes(limit.bytes)}`,
    cure: `Lower the batch or the micro-batch, the width of the model, or the number of items. ${raiseBudget}`,
  });
}

const bytesOf = (out: readonly tf.TensorInfo[]): number =>
  out.reduce((sum, { shape, dtype }) => sum + tf.util.sizeFromShape(shape) * (dtype === 'bool' ? 1 : 4), 0);

/** Times work that is no kernel of tfjs, under a name of its own. */
export function timed<T>(name: string, bytes: number, work: () => T): T {
  if (!current || within) return work();
  hold();
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
      hold();
      const from = performance.now();
      within = true;
      try {
        const out = kernel.kernelFunc(call);
        const fresh = Array.isArray(out) ? out : [out];
        add(kernel.kernelName, performance.now() - from, bytesOf(fresh), fresh);
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
export function beginOpTimes(most: Limit | null = null): void {
  wrapKernels();
  current = new Map();
  peakBytes = 0;
  limit = most;
  near = false;
}

export const tensorPeak = (): { readonly tensors: number; readonly bytes: number } => runPeak;
export function resetTensorPeak(): void {
  runPeak = { tensors: 0, bytes: 0 };
}

/** Stops the clock and gives what was counted. */
export function endOpTimes(): OpTimes {
  const ops = [...(current ?? [])].map(([name, entry]) => ({ name, ...entry })).sort((a, b) => b.ms - a.ms);
  current = null;
  limit = null;
  return { ops, peakBytes };
}
