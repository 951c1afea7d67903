/**
 * One Adam step for one array of weights (Kingma and Ba 2015, arXiv:1412.6980), resumable to the bit from the saved
 * arrays and the step number: nothing else is remembered.
 *
 *   m <- b1 m + (1 - b1) g          v <- b2 v + (1 - b2) g^2
 *   p <- p - lr * sqrt(1 - b2^t) / (1 - b1^t) * m / (sqrt(v) + eps * sqrt(1 - b2^t))
 *
 * which is the paper's step with its two bias corrections, arranged so that the loop needs one division. On `wasm` a
 * kernel writes all three arrays in place; elsewhere the same operations run as tensor operations.
 */
import { timed } from '../../tensor/op-times';
import { type BackendWasm, tf } from '../../tensor/tf';
import { heapMemory, TensorHeap } from '../heap/tensor-heap';
import { loadKernel } from '../load-wasm';
import adamBinary from './adam.wasm';

/** Arrays of one shape, float32. All but the gradient change. */
export interface AdamArrays {
  readonly param: tf.Variable;
  readonly grad: tf.Tensor;
  /** Running mean of the gradient; zeros at first. */
  readonly m: tf.Variable;
  /** Running mean of its square; zeros at first. */
  readonly v: tf.Variable;
}

export interface AdamOptions {
  /** Learning rate. */
  readonly lr: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
  /** Number of this step, from 1. */
  readonly t: number;
}

/** Part of the numeric mode in result keys. */
const adamVersion = 'adam 1';

interface AdamExports {
  adam(
    p: number,
    g: number,
    m: number,
    v: number,
    n: number,
    rate: number,
    beta1: number,
    beta2: number,
    eps: number,
  ): void;
}

interface Prepared {
  readonly heap: TensorHeap;
  readonly kernel: AdamExports;
}

const prepared = new WeakMap<object, Prepared>();

/** Loads the kernel on a started WASM backend; without it `adamStep` uses tensor operations there too. */
export async function prepareAdam(backend: BackendWasm): Promise<string> {
  if (!prepared.has(backend)) {
    const kernel = await loadKernel<AdamExports>(adamBinary, heapMemory(backend));
    prepared.set(backend, { heap: new TensorHeap(backend), kernel });
  }
  return adamVersion;
}

/** Takes one step. Throws if the four shapes differ. */
export function adamStep(arrays: AdamArrays, options: AdamOptions): void {
  const { param, grad, m, v } = arrays;
  for (const other of [grad, m, v]) tf.util.assertShapesMatch(param.shape, other.shape, 'Adam: ');
  const correction = Math.sqrt(1 - options.beta2 ** options.t);
  const rate = (options.lr * correction) / (1 - options.beta1 ** options.t);
  const eps = options.eps * correction;
  const backend = tf.backend();
  const onHeap = prepared.get(backend);
  if (!onHeap) {
    stepByOperations(arrays, options.beta1, options.beta2, rate, eps);
    return;
  }
  const { heap, kernel } = onHeap;
  // A variable may still share its data with the tensor it was made from; writing in place would change that too.
  for (const variable of [param, m, v]) {
    if (onHeap.heap.backend.refCount(variable.dataId) > 1) unshare(variable);
  }
  const { beta1, beta2 } = options;
  timed('Adam', 4 * param.size, () =>
    kernel.adam(
      heap.address(param),
      heap.address(grad),
      heap.address(m),
      heap.address(v),
      param.size,
      rate,
      beta1,
      beta2,
      eps,
    ),
  );
  for (const variable of [param, m, v]) heap.touched(variable);
}

function unshare(variable: tf.Variable): void {
  const copy = tf.tidy(() => tf.tensor(variable.dataSync(), variable.shape, 'float32'));
  variable.assign(copy);
  copy.dispose();
}

function stepByOperations(
  { param, grad, m, v }: AdamArrays,
  beta1: number,
  beta2: number,
  rate: number,
  eps: number,
): void {
  tf.tidy(() => {
    const [b1, b2, c1, c2] = [beta1, beta2, 1 - Math.fround(beta1), 1 - Math.fround(beta2)];
    m.assign(tf.add(tf.mul(b1, m), tf.mul(c1, grad)));
    v.assign(tf.add(tf.mul(b2, v), tf.mul(c2, tf.mul(grad, grad))));
    param.assign(tf.sub(param, tf.div(tf.mul(rate, m), tf.add(tf.sqrt(v), eps))));
  });
}
