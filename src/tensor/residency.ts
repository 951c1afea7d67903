/**
 * Device copies of arrays: at most one per array, freed when its last consumer in the run is done. The scheduler counts
 * consumers; compute functions ask for the tensor. Nothing is lost when a device is: copies are made again from the
 * arrays on whatever backend is current.
 *
 * An array is known by its object, so pass port values on as they are.
 */
import { tf } from './tf';
import { type AnyArray, toTensor } from './values';

interface Entry {
  consumers: number;
  copy: { readonly tensor: tf.Tensor; readonly backend: object } | null;
}

export class Residency {
  private readonly entries = new Map<object, Entry>();

  /** Says that `consumers` more nodes of the run will read the array. */
  retain(array: AnyArray, consumers: number): void {
    if (consumers <= 0) return;
    const entry = this.entries.get(array);
    if (entry) entry.consumers += consumers;
    else this.entries.set(array, { consumers, copy: null });
  }

  /** Says that one of them is done. The last one frees the copy. */
  release(array: AnyArray): void {
    const entry = this.entries.get(array);
    if (!entry) return;
    entry.consumers--;
    if (entry.consumers > 0) return;
    this.entries.delete(array);
    entry.copy?.tensor.dispose();
  }

  /**
   * The array as a tensor on the current backend. Retained: shared and kept until the last release, so never dispose
   * it. Not retained: a copy that belongs to the current scope.
   */
  resident(array: AnyArray): tf.Tensor {
    const entry = this.entries.get(array);
    if (!entry) return toTensor(array);
    const backend = tf.backend();
    if (entry.copy && (entry.copy.backend !== backend || entry.copy.tensor.isDisposed)) {
      entry.copy.tensor.dispose();
      entry.copy = null;
    }
    entry.copy ??= { tensor: tf.keep(toTensor(array)), backend };
    return entry.copy.tensor;
  }

  /** Frees every copy and forgets all counts: at the end of a run, or when a device is lost. */
  dispose(): void {
    for (const { copy } of this.entries.values()) copy?.tensor.dispose();
    this.entries.clear();
  }

  /** What tfjs holds in all, and how many of it are copies kept here. */
  memory(): { readonly numTensors: number; readonly numBytes: number; readonly copies: number } {
    const { numTensors, numBytes } = tf.memory();
    let copies = 0;
    for (const { copy } of this.entries.values()) if (copy) copies++;
    return { numTensors, numBytes, copies };
  }
}

/** The one of this worker: scheduler and compute functions share it. */
export const residency = new Residency();
