/**
 * Gradients of one slice through one block: runs it under tfjs's tape and differentiates
 *
 *   own weight * share of the batch * loss(y, target) + sum(y * dL/dy from the blocks behind)
 *     + share of the batch * the block's own terms
 */
import { tf } from '../tensor/tf';
import { learns } from './block';
import { arrayName, type Chain, type ChainBlock, sameShape } from './chain';
import { runBlock } from './forward';
import type { PassOptions } from './gradients';
import type { Moments } from './layers/batch-norm';
import { rows, type Slice } from './slices';
import type { Weights } from './weights';

export interface PullBackInput {
  readonly slice: Slice;
  /** Input of the block, targets, and dL/dy from the blocks behind (null for the last): all for the whole batch. */
  readonly x: tf.Tensor;
  readonly target: tf.Tensor;
  readonly upstream: tf.Tensor | null;
}

export interface PullBack {
  /** The whole objective of the slice. */
  readonly value: tf.Tensor;
  /** Of it, the weighted loss of the block's own output, where it has a weight. */
  readonly own: tf.Tensor | null;
  /** Of it, the block's own terms. */
  readonly terms: readonly { readonly name: string; readonly value: tf.Tensor }[];
  /** dL/dx, where a block stands before this one. */
  readonly input: tf.Tensor | null;
  readonly gradients: ReadonlyMap<string, tf.Tensor>;
  readonly observed: readonly (Moments & { readonly name: string })[];
}

/** The caller frees every tensor of the result. */
export function pullBack(
  chain: Chain,
  block: ChainBlock,
  weights: Weights,
  { slice, x: inputs, target: targets, upstream }: PullBackInput,
  options: PassOptions,
): PullBack {
  const learned = block.arrays.filter(learns).map((spec) => arrayName(block, spec));
  const inputGradient = block.index > chain.solved;
  const observed: PullBack['observed'][number][] = [];
  const own: PullBack['terms'][number][] = [];
  let loss: tf.Tensor | null = null;
  try {
    const { value, grads } = tf.tidy(() => {
      const x = rows(inputs, slice);
      const target = rows(targets, slice);
      const share = slice.count / (targets.shape[0] as number);
      const ownWeight = weightOf(chain, block, options) * share;
      const objective = () => {
        const terms: tf.Tensor[] = [];
        const y = runBlock(block, weights, x, {
          draw: { seed: options.seed, epoch: options.epoch, ids: slice.ids, unitsInChain: chain.dropoutUnits },
          inputGradient,
          noiseUnits: chain.noiseUnits,
          addLoss: (name, term) => {
            const part = tf.mul(term, share);
            terms.push(part);
            own.push({ name, value: tf.keep(part.clone()) });
          },
          observe: (name, moments) => observed.push({ name, ...moments }),
        });
        if (ownWeight > 0) {
          const part = tf.mul(options.loss.of(y, target), ownWeight);
          terms.push(part);
          loss = tf.keep(part.clone());
        }
        if (upstream) terms.push(tf.sum(tf.mul(y, rows(upstream, slice))));
        return terms.reduce((a, b) => tf.add(a, b)) as tf.Scalar;
      };
      return tf.valueAndGrads(objective)([...learned.map((name) => weights.get(name)), ...(inputGradient ? [x] : [])]);
    });
    return {
      value,
      own: loss,
      terms: own,
      input: inputGradient ? (grads[learned.length] as tf.Tensor) : null,
      gradients: new Map(learned.map((name, i) => [name, grads[i] as tf.Tensor])),
      observed,
    };
  } catch (error) {
    for (const { mean, variance } of observed) tf.dispose([mean, variance]);
    tf.dispose([...own.map(({ value }) => value), ...(loss ? [loss] : [])]);
    throw error;
  }
}

function weightOf(chain: Chain, block: ChainBlock, { active, stageWeight }: PassOptions): number {
  if (block.index === active - 1) return 1;
  return sameShape(block.place.output, chain.output) ? stageWeight : 0;
}
