/**
 * clip(x, 0, 1) with a straight-through gradient: backwards the layer is the identity.
 *
 * With a squared error this is the gradient of a convex loss that agrees with the clipped error inside 0..1 and goes on as
 * its tangent outside: a pixel cut off on the right side costs nothing, one cut off on the wrong side is pulled back. The true
 * gradient of clip would be zero there, and such a pixel would never come back.
 */
import { tf } from '../../tensor/tf';

export function clipStraightThrough(x: tf.Tensor): tf.Tensor {
  const layer = tf.customGrad((input) => ({
    value: tf.clipByValue(input as tf.Tensor, 0, 1),
    gradFunc: (dy: tf.Tensor) => dy.clone(),
  }));
  return layer(x);
}
