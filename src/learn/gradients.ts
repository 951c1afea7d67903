/**
 * Loss and gradients of one batch through the first blocks of a chain.
 *
 *   L = loss(last) + stageWeight * sum over earlier stages that already have the target's shape of loss(stage)
 *       + each block's own terms (a VAE's divergence)
 *
 * Each block is cut into slices of its own liking (whole batches for dense blocks, micro-batches for convolutional ones).
 * First every block but the last runs forward; then, from the last to the first, each slice is run again under the tape and
 * pulled back, so only one slice of one block is ever taped. Slice losses are weighted by their share of the batch and
 * summed, which makes the gradient that of the whole batch (batch normalisation apart: it sees the slice).
 */
import { tf } from '../tensor/tf';
import type { Chain, ChainBlock } from './chain';
import { runBlock } from './forward';
import type { Moments } from './layers/batch-norm';
import type { Loss } from './losses';
import { type PullBack, pullBack } from './pull-back';
import { joined, rows, slicesOf } from './slices';
import { TensorBag } from './tensor-bag';
import type { Weights } from './weights';

export interface Batch {
  /** What the first block that learns is given, and the targets: [n, ...]. */
  readonly x: tf.Tensor;
  readonly target: tf.Tensor;
  readonly ids: Int32Array;
}

export interface PassOptions {
  /** Blocks that run, from the first; of these, all but the solved ones learn. */
  readonly active: number;
  readonly stageWeight: number;
  readonly microBatch: number;
  readonly loss: Loss;
  readonly seed: number;
  /** From 0; for the dropout masks. */
  readonly epoch: number;
}

/** Moments of one slice, for the running values of the array pair `name`. */
interface Observed extends Moments {
  readonly name: string;
  /** Share of the batch that the slice is. */
  readonly share: number;
}

export interface PassResult {
  /** Loss of the last active block's output. */
  readonly loss: number;
  /** The blocks' own terms of the objective, by name. */
  readonly terms: ReadonlyMap<string, number>;
  /** By array name; the caller frees them. */
  readonly gradients: ReadonlyMap<string, tf.Tensor>;
  /** In the order seen; the caller frees them. */
  readonly observed: readonly Observed[];
}

/** Throws what `breathe` throws, with every tensor freed. */
export async function batchGradients(
  chain: Chain,
  weights: Weights,
  batch: Batch,
  options: PassOptions,
  breathe: () => Promise<void>,
): Promise<PassResult> {
  const pass = new Pass(chain, weights, batch, options, breathe);
  try {
    return await pass.run();
  } finally {
    pass.bag.dispose();
  }
}

class Pass {
  readonly bag = new TensorBag();
  private readonly gradients = new Map<string, tf.Tensor>();
  private readonly observed: Observed[] = [];
  private readonly lossParts: tf.Tensor[] = [];
  private readonly termParts: { readonly name: string; readonly value: tf.Tensor }[] = [];

  constructor(
    private readonly chain: Chain,
    private readonly weights: Weights,
    private readonly batch: Batch,
    private readonly options: PassOptions,
    private readonly breathe: () => Promise<void>,
  ) {}

  async run(): Promise<PassResult> {
    const blocks = this.chain.blocks.slice(this.chain.solved, this.options.active);
    const inputs = [this.batch.x];
    const inputOf = ({ index }: ChainBlock) => inputs[index - this.chain.solved] as tf.Tensor;
    for (const block of blocks.slice(0, -1)) inputs.push(await this.forward(block, inputOf(block)));
    let upstream: tf.Tensor | null = null;
    for (const block of blocks.toReversed()) upstream = await this.backward(block, inputOf(block), upstream);
    const parts = await Promise.all(this.lossParts.map((part) => part.data<'float32'>()));
    const loss = parts.reduce((sum, [value = Number.NaN]) => sum + value, 0);
    const terms = new Map<string, number>();
    for (const { name, value } of this.termParts) {
      const [term = Number.NaN] = await value.data<'float32'>();
      terms.set(name, (terms.get(name) ?? 0) + term);
    }
    this.bag.release(this.gradients.values());
    for (const { mean, variance } of this.observed) this.bag.release([mean, variance]);
    return { loss, terms, gradients: this.gradients, observed: this.observed };
  }

  private async forward(block: ChainBlock, x: tf.Tensor): Promise<tf.Tensor> {
    const { seed, epoch, microBatch } = this.options;
    const parts: tf.Tensor[] = [];
    for (const slice of slicesOf(block, this.batch.ids, microBatch)) {
      const draw = { seed, epoch, ids: slice.ids, unitsInChain: this.chain.dropoutUnits };
      const mode = { draw, inputGradient: false, noiseUnits: this.chain.noiseUnits };
      parts.push(this.bag.keep(() => runBlock(block, this.weights, rows(x, slice), mode)));
      await this.breathe();
    }
    return this.bag.keep(() => joined(parts));
  }

  /** dL/dx for the whole batch, or null before the first block. */
  private async backward(block: ChainBlock, x: tf.Tensor, upstream: tf.Tensor | null): Promise<tf.Tensor | null> {
    const { target, ids } = this.batch;
    const inputGradients: tf.Tensor[] = [];
    for (const slice of slicesOf(block, ids, this.options.microBatch)) {
      const result = pullBack(this.chain, block, this.weights, { slice, x, target, upstream }, this.options);
      this.take(result, slice.count / ids.length, block.index === this.options.active - 1);
      if (result.input) inputGradients.push(result.input);
      await this.breathe();
    }
    return inputGradients.length > 0 ? this.bag.keep(() => joined(inputGradients)) : null;
  }

  private take(result: PullBack, share: number, last: boolean): void {
    this.bag.adopt([result.value, ...result.gradients.values()]);
    this.bag.adopt(result.terms.map(({ value }) => value));
    this.termParts.push(...result.terms);
    if (result.input) this.bag.adopt([result.input]);
    if (result.own) this.bag.adopt([result.own]);
    for (const entry of result.observed) {
      this.bag.adopt([entry.mean, entry.variance]);
      this.observed.push({ ...entry, share });
    }
    if (last && result.own) this.lossParts.push(result.own);
    for (const [name, gradient] of result.gradients) {
      const before = this.gradients.get(name);
      this.gradients.set(name, before ? this.bag.keep(() => tf.add(before, gradient)) : gradient);
      if (before) this.bag.free([before, gradient]);
    }
  }
}
