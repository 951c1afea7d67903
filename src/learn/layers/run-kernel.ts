/** Runs a registered kernel by name: tfjs's own fused operations take their parts one by one while gradients are taped. */
import { tf } from '../../tensor/tf';

export function runKernel(name: string, inputs: Readonly<Record<string, tf.Tensor>>, attributes: object): tf.Tensor {
  return tf.engine().runKernel(name, inputs, attributes as tf.NamedAttrMap) as tf.Tensor;
}
