/**
 * What a learnable block has to say to the training loop: which arrays it holds, how they start, and its forward pass.
 * Gradients follow from the forward pass by tfjs's tape. Shapes, parameters and layer tables of the same block types are
 * in src/kit/blocks; the loop knows no block by name.
 */
import type { ItemShape } from '../kit/blocks';
import type { tf } from '../tensor/tf';
import type { Moments } from './layers/batch-norm';

type Initial =
  /** Normal with variance 2 / fanIn (He et al. 2015), before ReLU. */
  | { readonly kind: 'he'; readonly fanIn: number }
  /** Uniform within sqrt(6 / (fanIn + fanOut)) (Glorot and Bengio 2010). */
  | { readonly kind: 'glorot'; readonly fanIn: number; readonly fanOut: number }
  | { readonly kind: 'constant'; readonly value: number };

export interface ArraySpec {
  /** Unique within the block: "dense1.weights". */
  readonly name: string;
  readonly shape: readonly number[];
  readonly initial: Initial;
  /**
   * weight: learns, and weight decay applies. offset: learns. running: kept by the loop, e.g. a running mean. solved: found
   * before the first epoch by the block's `solve`.
   */
  readonly role: 'weight' | 'offset' | 'running' | 'solved';
}

/** Whether gradients change the array. */
export const learns = ({ role }: ArraySpec): boolean => role === 'weight' || role === 'offset';

/** Where in a chain a block stands. */
export interface BlockPlace<P> {
  readonly params: P;
  readonly input: ItemShape;
  readonly output: ItemShape;
}

/** What the forward pass may ask for. */
export interface ForwardContext {
  readonly training: boolean;
  /** False where the gradient towards the block's input is not wanted. */
  readonly inputGradient: boolean;
  array(name: string): tf.Tensor;
  /** Standard normal draws [n, units]; the same for the same item and epoch. Only while training. */
  noise(site: number): tf.Tensor2D;
  /**
   * Adds a term of the block's own to what is minimised: a scalar, the mean over the items of the slice, in the unit of the
   * loss. Terms of one name are shown as one curve. Does nothing in prediction.
   */
  addLoss(name: string, term: tf.Tensor): void;
  /** Mask of [n, units] with entries 0 and 1 / (1 - rate); the same for the same image and epoch. Only while training. */
  dropout(site: number): tf.Tensor2D;
  /** Takes note of the moments of this slice for the running arrays `${name}.mean` and `${name}.variance`. */
  observe(name: string, moments: Moments): void;
}

export interface DropoutSite {
  readonly units: number;
  readonly rate: number;
}

/** Where a block draws normal numbers while training. */
export interface NoiseSite {
  readonly units: number;
}

/** Items as rows of numbers: x [count, size of the input], y [count, size of the target]. */
export interface SolveItems {
  readonly count: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

export interface SolveContext {
  readonly validation: SolveItems | null;
  readonly breathe: () => Promise<void>;
  readonly notice: (message: string) => void;
}

/** What a block that goes through a code shows of it; both run as in prediction, inside a tidy. */
export interface LatentCode {
  readonly units: (place: BlockPlace<never>) => number;
  /** [n, ...input] to mean and log variance of the code, [n, unit] each. */
  readonly encode: (
    place: BlockPlace<never>,
    x: tf.Tensor,
    context: ForwardContext,
  ) => { readonly mean: tf.Tensor2D; readonly logVariance: tf.Tensor2D };
  /** [n, unit] to [n, ...output]. */
  readonly decode: (place: BlockPlace<never>, z: tf.Tensor2D, context: ForwardContext) => tf.Tensor;
}

export interface LearnBlock {
  readonly type: string;
  readonly arrays: (place: BlockPlace<never>) => readonly ArraySpec[];
  readonly dropoutSites: (place: BlockPlace<never>) => readonly DropoutSite[];
  readonly noiseSites?: (place: BlockPlace<never>) => readonly NoiseSite[];
  /**
   * batch: takes a whole batch at a time, as matrix products and batch statistics like it. images: takes a micro-batch at
   * a time, since each image costs tens of megaflops.
   */
  readonly slicing: 'batch' | 'images';
  /** x: [n, ...input] to [n, ...output]. Runs inside a tidy and a tape. */
  readonly forward: (place: BlockPlace<never>, x: tf.Tensor, context: ForwardContext) => tf.Tensor;
  /** Of a block with a Gaussian code. */
  readonly latent?: LatentCode;
  /**
   * For blocks in closed form: all arrays, by name, from the training items, before the first epoch; x is what the blocks in
   * front give. Such a block never learns afterwards. Only blocks in closed form stand before it.
   */
  readonly solve?: (
    place: BlockPlace<never>,
    items: SolveItems,
    context: SolveContext,
  ) => Promise<ReadonlyMap<string, Float32Array>>;
}
