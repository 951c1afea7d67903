/**
 * The step from gradients to new weights, over the blocks of a chain:
 *
 *   Adam    g <- g + decay w, then Adam's step (src/kernels/adam)
 *   AdamW   w <- (1 - rate * decay) w, then Adam's step with the gradient as it is
 *   SGD     g <- g + decay w;  m <- momentum m + g;  w <- w - rate m
 *
 * Sources: Kingma and Ba 2015; Loshchilov and Hutter 2019; Polyak 1964 in the form of Sutskever et al. 2013 without
 * Nesterov's look-ahead. The state is m (and v) of every array and the count of updates of each block, all of which
 * checkpoints hold. A block that joins late starts its count, and with it Adam's bias correction, at 1.
 */
import { adamStep } from '../kernels/adam/adam';
import { tf } from '../tensor/tf';
import { learns } from './block';
import { arrayName, type Chain, type ChainBlock } from './chain';
import type { Weights } from './weights';

export type OptimiserName = 'adamw' | 'adam' | 'sgd';

const constants = { beta1: 0.9, beta2: 0.999, eps: 1e-8 };

export interface UpdateOptions {
  readonly learningRate: number;
  /** Applies to arrays with the role "weight". */
  readonly weightDecay: number;
  /** Factor on every gradient: below 1 where the gradient is clipped. */
  readonly gradientScale: number;
  /** Of SGD: share of the last step that the next keeps. */
  readonly momentum: number;
}

export class Optimiser {
  /** m, and v for Adam, of every array that learns, by "m/name" and "v/name". */
  private readonly moments = new Map<string, tf.Variable>();
  /** Updates so far, by block. */
  readonly updates: Int32Array;

  constructor(
    chain: Chain,
    private readonly kind: OptimiserName,
    restored?: { readonly updates: Int32Array; readonly moments: ReadonlyMap<string, Float32Array> },
  ) {
    this.updates = restored ? restored.updates.slice() : new Int32Array(chain.blocks.length);
    for (const block of chain.blocks) {
      for (const spec of block.arrays.filter(learns)) {
        for (const moment of kind === 'sgd' ? ['m'] : ['m', 'v']) {
          const name = `${moment}/${arrayName(block, spec)}`;
          const value = restored?.moments.get(name);
          const shape = [...spec.shape];
          this.moments.set(
            name,
            tf.tidy(() => tf.variable(value ? tf.tensor(value, shape) : tf.zeros(shape), false)),
          );
        }
      }
    }
  }

  /** One update of every array of `block` that has a gradient. */
  update(block: ChainBlock, weights: Weights, gradients: ReadonlyMap<string, tf.Tensor>, options: UpdateOptions): void {
    const { learningRate, weightDecay, gradientScale } = options;
    const t = (this.updates[block.index] as number) + 1;
    this.updates[block.index] = t;
    tf.tidy(() => {
      for (const spec of block.arrays) {
        const name = arrayName(block, spec);
        const gradient = gradients.get(name);
        if (!gradient) continue;
        const param = weights.get(name);
        const decay = spec.role === 'weight' ? weightDecay : 0;
        let grad = gradientScale === 1 ? gradient : tf.mul(gradient, gradientScale);
        if (decay > 0 && this.kind === 'adamw') param.assign(tf.mul(param, 1 - learningRate * decay));
        else if (decay > 0) grad = tf.add(grad, tf.mul(param, decay));
        const m = this.moments.get(`m/${name}`) as tf.Variable;
        if (this.kind === 'sgd') {
          m.assign(tf.add(tf.mul(m, options.momentum), grad));
          param.assign(tf.sub(param, tf.mul(m, learningRate)));
        } else {
          const v = this.moments.get(`v/${name}`) as tf.Variable;
          adamStep({ param, grad, m, v }, { ...constants, lr: learningRate, t });
        }
      }
    });
  }

  async read(): Promise<Map<string, Float32Array>> {
    const values = new Map<string, Float32Array>();
    for (const [name, variable] of this.moments) values.set(name, (await variable.data<'float32'>()).slice());
    return values;
  }

  dispose(): void {
    for (const variable of this.moments.values()) variable.dispose();
    this.moments.clear();
  }
}
