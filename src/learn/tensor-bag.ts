/**
 * Tensors that outlive an `await`. tfjs's tidy scopes are global and must not stay open across one, so such tensors are
 * kept here and freed together, also when a cancel or an error ends the work.
 */
import { tf } from '../tensor/tf';

export class TensorBag {
  private readonly held = new Set<tf.Tensor>();

  /** Runs `make` in a scope of its own and keeps what it returns. */
  keep(make: () => tf.Tensor): tf.Tensor {
    const tensor = tf.tidy(make);
    this.adopt([tensor]);
    return tensor;
  }

  /** Takes over tensors made elsewhere. */
  adopt(tensors: Iterable<tf.Tensor>): void {
    for (const tensor of tensors) this.held.add(tf.keep(tensor));
  }

  /** Leaves tensors to the caller. */
  release(tensors: Iterable<tf.Tensor>): void {
    for (const tensor of tensors) this.held.delete(tensor);
  }

  free(tensors: Iterable<tf.Tensor>): void {
    for (const tensor of tensors) {
      this.held.delete(tensor);
      tensor.dispose();
    }
  }

  dispose(): void {
    this.free([...this.held]);
  }
}
