/** Runs blocks of a chain forward, for prediction and inside the training pass. */
import { tf } from '../tensor/tf';
import type { ForwardContext } from './block';
import type { Chain, ChainBlock } from './chain';
import { type DropoutDraw, dropoutMask } from './dropout';
import type { Moments } from './layers/batch-norm';
import { latentNoise } from './noise';
import type { Weights } from './weights';

export interface TrainingMode {
  readonly draw: DropoutDraw;
  readonly inputGradient: boolean;
  /** Normal draws per item and epoch in the whole chain. */
  readonly noiseUnits: number;
  /** Terms of the block's own loss; tensors are the tape's. */
  readonly addLoss?: (name: string, term: tf.Tensor) => void;
  /** Moments of the slice, by the name of the array pair that keeps their running values; tensors are the callee's. */
  readonly observe?: (name: string, moments: Moments) => void;
}

/** One block on one slice. Call inside a tidy. Without `mode` it runs as in prediction. */
export function runBlock(block: ChainBlock, weights: Weights, x: tf.Tensor, mode?: TrainingMode): tf.Tensor {
  return block.block.forward(block.place, x, contextOf(block, weights, mode));
}

/** What the parts of a block may ask for. */
export function contextOf(block: ChainBlock, weights: Weights, mode?: TrainingMode): ForwardContext {
  return {
    training: mode !== undefined,
    inputGradient: mode?.inputGradient ?? false,
    array: (name) => weights.get(`${block.index}/${name}`),
    dropout: (at) => {
      const site = block.dropout[at];
      if (!site || !mode) throw new Error(`The block ${block.block.type} has no dropout site ${at} here.`);
      return tf.tensor2d(dropoutMask(site, mode.draw), [mode.draw.ids.length, site.units]);
    },
    noise: (at) => {
      const site = block.noise[at];
      if (!site || !mode) throw new Error(`The block ${block.block.type} has no noise site ${at} here.`);
      const draw = { ...mode.draw, unitsInChain: mode.noiseUnits };
      return tf.tensor2d(latentNoise(site, draw), [mode.draw.ids.length, site.units]);
    },
    addLoss: (name, term) => mode?.addLoss?.(name, term),
    observe: (name, { mean, variance }) =>
      mode?.observe?.(`${block.index}/${name}`, { mean: tf.keep(mean.clone()), variance: tf.keep(variance.clone()) }),
  };
}

/** The first `count` blocks as in prediction, from `first` on: x, what that block is given, to what the last of them gives. */
export function predictSlice(
  chain: Chain,
  weights: Weights,
  x: tf.Tensor,
  count = chain.blocks.length,
  first = 0,
): tf.Tensor {
  return tf.tidy(() => chain.blocks.slice(first, count).reduce((y, block) => runBlock(block, weights, y), x.clone()));
}
