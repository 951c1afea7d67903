/** Arithmetic of the linear layer of src/kit/blocks/linear.ts, x [n, ...] to y [n, ...target]. */
import { sizeOfShape } from '../../kit/blocks';
import type { LinearParams } from '../../kit/blocks/linear';
import { tf } from '../../tensor/tf';
import type { ArraySpec, BlockPlace, ForwardContext, LearnBlock } from '../block';
import { clipStraightThrough } from '../layers/clip';
import { dense, flat } from '../layers/dense';

type Place = BlockPlace<LinearParams>;

function arrays({ input, output }: Place): ArraySpec[] {
  const [fanIn, fanOut] = [sizeOfShape(input), sizeOfShape(output)];
  return [
    { name: 'weights', shape: [fanIn, fanOut], initial: { kind: 'glorot', fanIn, fanOut }, role: 'weight' },
    { name: 'bias', shape: [fanOut], initial: { kind: 'constant', value: 0 }, role: 'offset' },
  ];
}

function forward({ params, output }: Place, x: tf.Tensor, context: ForwardContext): tf.Tensor {
  const options = { relu: false, inputGradient: context.inputGradient };
  const y = dense(flat(x), context.array('weights'), context.array('bias'), options);
  const shaped = tf.reshape(y, [y.shape[0], ...output]);
  if (params.outputActivation === 'sigmoid') return tf.sigmoid(shaped);
  return params.outputActivation === 'clip' ? clipStraightThrough(shaped) : shaped;
}

export const linear: LearnBlock = { type: 'linear', arrays, dropoutSites: () => [], slicing: 'batch', forward };
