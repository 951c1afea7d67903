/**
 * A whole training: takes up the newest checkpoint, runs epochs, keeps a checkpoint after each, stops early if asked to,
 * and tells how it goes. Blocks in closed form are solved before the first epoch. What an epoch does is in trainer.ts; which items are learnt from is the caller's choice.
 */
import type { ComputeContext } from '../kit/context';
import type { ImagesValue, SeriesValue } from '../kit/values';
import type { Chain } from './chain';
import { type BestState, pack, unpack } from './checkpoint';
import { type LossHistory, lossSeries } from './curves';
import type { Loss } from './losses';
import { reconstruct, reconstructionImages } from './reconstructions';
import { solveBlocks } from './solve-blocks';
import { type SampleSet, Trainer, type TrainingOptions } from './trainer';
import { type ArrayValues, Weights } from './weights';

export interface TrainingRequest {
  readonly chain: Chain;
  readonly samples: SampleSet;
  /** Held out of the training, or null. */
  readonly validation: SampleSet | null;
  /** Epochs in all, warm-up included. */
  readonly epochs: number;
  /** Stop after so many epochs without a better validation loss, and give the best weights; 0 never stops. */
  readonly patience: number;
  readonly options: TrainingOptions;
}

export interface TrainingOutcome {
  readonly arrays: ArrayValues;
  readonly epochs: number;
  readonly loss: SeriesValue;
  /** Of the first held-out items, or training items where none is held out. */
  readonly preview: ImagesValue;
}

export type TrainingContext = Pick<ComputeContext, 'breathe' | 'progress' | 'partial' | 'notice' | 'checkpoints'>;

/** Shortest time between two live curves, and between two sets of live reconstructions, ms. */
const partialInterval = 100;
const reconstructionInterval = 500;

export async function train(request: TrainingRequest, context: TrainingContext): Promise<TrainingOutcome> {
  const { chain, samples, validation, epochs, options } = request;
  const stored = await context.checkpoints.latest(epochs);
  const saved = stored ? unpack(stored.state) : null;
  if (saved && saved.state.epoch > 0) context.notice(`Training goes on after epoch ${saved.state.epoch}.`);
  const solved = saved ? new Map() : await solveBlocks(chain, samples, validation, context);
  const trainer = new Trainer(chain, options, saved?.state, solved);
  try {
    if (chain.solved === chain.blocks.length) return await outcomeOfSolved(trainer, request, context);
    let best = saved?.best ?? null;
    let state = saved?.state ?? null;
    const { unit } = trainer.loss;
    const count = samples.ids.length;
    let shown = 0;
    const show = (history: LossHistory) => {
      const now = performance.now();
      if (now - shown < partialInterval) return;
      shown = now;
      context.partial('loss', lossSeries(history, unit));
    };
    const paint = livePainter(trainer, request, context);
    context.progress(trainer.epoch * count, epochs * count, 'images');
    while (trainer.epoch < epochs && !isOver(request, trainer.epoch, best)) {
      await trainer.runEpoch(samples, validation, {
        breathe: context.breathe,
        onStep: (done) => {
          context.progress(trainer.epoch * count + done, epochs * count, 'images');
          show(trainer);
        },
      });
      state = await trainer.snapshot();
      best = bestOf(request, best, state.epoch, trainer.validationLoss.at(-1), state.arrays);
      await context.checkpoints.save(state.epoch, pack({ state, best }));
      await paint();
      await context.breathe();
    }
    if (trainer.epoch < epochs) {
      context.notice(
        `Stopped early after epoch ${trainer.epoch}; the weights of epoch ${best?.epoch} are the best and are used.`,
      );
    }
    state ??= await trainer.snapshot();
    const arrays = best?.arrays ?? state.arrays;
    return {
      arrays,
      epochs: best?.epoch ?? state.epoch,
      loss: lossSeries(trainer, unit),
      preview: await preview(request, arrays, trainer.loss),
    };
  } finally {
    trainer.dispose();
  }
}

/** A chain without a block that learns: no epoch, and the losses of what was solved. */
async function outcomeOfSolved(
  trainer: Trainer,
  request: TrainingRequest,
  { breathe }: TrainingContext,
): Promise<TrainingOutcome> {
  const { samples, validation } = request;
  trainer.trainLoss.push(await trainer.evaluate(samples, breathe));
  if (validation) trainer.validationLoss.push(await trainer.evaluate(validation, breathe));
  const { arrays } = await trainer.snapshot();
  return {
    arrays,
    epochs: 0,
    loss: lossSeries(trainer, trainer.loss.unit),
    preview: await preview(request, arrays, trainer.loss),
  };
}

/** Shows what the trainer's weights make of the shown items, now and then. */
function livePainter(
  trainer: Trainer,
  { chain, samples, validation }: TrainingRequest,
  context: TrainingContext,
): () => Promise<void> {
  let shown = Number.NEGATIVE_INFINITY;
  const shownItems = validation ?? samples;
  return async () => {
    if (performance.now() - shown < reconstructionInterval) return;
    shown = performance.now();
    // The epoch just finished is the one before the trainer's count.
    const active = trainer.activeBlocks(Math.max(0, trainer.epoch - 1));
    const data = await reconstruct(chain, trainer.weights, shownItems, trainer.loss, active);
    if (data) context.partial('preview', reconstructionImages(shownItems, chain.output, data));
  };
}

/** What the final weights make of them. */
async function preview(
  { chain, samples, validation }: TrainingRequest,
  arrays: ArrayValues,
  loss: Loss,
): Promise<ImagesValue> {
  const shownItems = validation ?? samples;
  const weights = Weights.of(chain, arrays);
  try {
    const data = await reconstruct(chain, weights, shownItems, loss);
    if (!data) throw new Error('A chain ends at the shape of its targets.');
    return reconstructionImages(shownItems, chain.output, data);
  } finally {
    weights.dispose();
  }
}

const isOver = ({ patience }: TrainingRequest, epoch: number, best: BestState | null): boolean =>
  patience > 0 && best !== null && epoch - best.epoch >= patience;

/** Only epochs in which the whole chain learns count. */
function bestOf(
  { patience, options, chain }: TrainingRequest,
  before: BestState | null,
  epoch: number,
  loss: number | undefined,
  arrays: ArrayValues,
): BestState | null {
  const joint = chain.blocks.length - chain.solved === 1 || epoch > options.warmUpEpochs;
  if (patience === 0 || loss === undefined || !joint) return before;
  return before && before.loss <= loss ? before : { epoch, loss, arrays };
}
