/**
 * Matrix product as a tfjs kernel: C = act(op(A) op(B) + bias) over any batch dimensions, f32. Replaces tfjs's
 * BatchMatMul and _FusedMatMul on `wasm`. The arithmetic is in gemm.as.ts.
 */
import { tf } from '../../tensor/tf';
import type { TensorHeap, TensorInfo } from '../heap/tensor-heap';
import type { LayerExports } from '../layers/exports';
import { type GemmExports, panels, TILE_BYTES } from './exports';

/** Up to this many rows a matrix is packed stretch by stretch as it is used, not beforehand. */
const FEW_ROWS = 128;

export interface Transposes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/**
 * a: [..., M, K] (or [..., K, M] if transposed), b: [..., K, N] (or [..., N, K]); batch dimensions broadcast. `bias` is
 * a vector of N or null; activation 0 is none, 1 is ReLU.
 */
export function matMul(
  heap: TensorHeap,
  gemm: GemmExports,
  layers: LayerExports,
  a: TensorInfo,
  b: TensorInfo,
  { transposeA, transposeB }: Transposes,
  bias: TensorInfo | null = null,
  activation: 0 | 1 = 0,
): TensorInfo {
  if (a.dtype !== 'float32' || b.dtype !== 'float32') {
    throw new Error(`The matrix product on wasm takes float32 tensors, not ${a.dtype} and ${b.dtype}.`);
  }
  const [m = 0, k = 0] = matrixSize(a.shape, transposeA);
  const [inner = 0, n = 0] = matrixSize(b.shape, transposeB);
  if (k !== inner) throw new Error(`A matrix product needs equal inner sizes, not ${k} and ${inner}.`);
  const batchA = a.shape.slice(0, -2);
  const batchB = b.shape.slice(0, -2);
  const batch = tf.broadcast_util.assertAndGetBroadcastShape(batchA, batchB);
  const biasAt = heap.biasAddress(bias, n);
  const out = heap.output([...batch, m, n]);
  const few = !transposeA && m <= FEW_ROWS;
  const [packed = 0, biases = 0, stretch = 0, tile = 0] = heap.scratch(
    few ? 0 : 4 * k * panels(n),
    4 * panels(n),
    32 * Math.min(k, 512),
    TILE_BYTES,
  );
  if (biasAt) gemm.pack(biasAt, 1, n, 0, biases);
  // One row times a matrix (a bias gradient, say) reads the matrix once; packing it first would cost more than the sum.
  const single = m === 1 && !transposeB;
  const strideOf = offsets(batch);
  const total = tf.util.sizeFromShape(batch);
  const turn = transposeB ? 1 : 0;
  let packedIndex = -1;
  for (let index = 0; index < total; index++) {
    const fromA = heap.address(a) + 4 * m * k * strideOf(index, batchA);
    const indexB = strideOf(index, batchB);
    const fromB = heap.address(b) + 4 * k * n * indexB;
    const to = heap.address(out) + 4 * m * n * index;
    if (!single && !few && indexB !== packedIndex) gemm.pack(fromB, k, n, turn, packed);
    packedIndex = indexB;
    if (single) layers.columnSum(fromA, fromB, k, n, to);
    else if (transposeA) gemm.productTransposed(fromA, packed, to, m, n, k, tile, stretch);
    else if (few)
      gemm.productOfFewRows(fromA, fromB, to, m, n, k, turn, biasAt ? biases : 0, activation, tile, stretch);
    else gemm.product(fromA, packed, to, m, n, k, biasAt ? biases : 0, activation, tile);
    if ((single || transposeA) && (biasAt || activation)) gemm.epilogue(to, m, n, biasAt, activation);
  }
  return out;
}

function matrixSize(shape: readonly number[], transposed: boolean): readonly number[] {
  const size = shape.slice(-2);
  return transposed ? size.reverse() : size;
}

/** Position of a matrix of the broadcast batch within an operand whose own batch dimensions are `own`. */
function offsets(batch: readonly number[]) {
  return (index: number, own: readonly number[]): number => {
    let position = 0;
    let stride = 1;
    let rest = index;
    for (let axis = batch.length - 1, at = own.length - 1; axis >= 0; axis--, at--) {
      const size = batch[axis] ?? 1;
      const coordinate = rest % size;
      rest = (rest - coordinate) / size;
      const mine = at >= 0 ? (own[at] ?? 1) : 1;
      if (mine > 1) position += coordinate * stride;
      stride *= mine;
    }
    return position;
  };
}
