/**
 * A whole training: takes up the newest checkpoint, runs epochs, keeps a checkpoint after each, stops early if asked to,
 * and tells how it goes. What an epoch does is in trainer.ts; which items are learnt from is the caller's choice.
 */
import type { ComputeContext } from '../kit/context';
import type { SeriesValue } from '../kit/values';
import type { Chain } from './chain';
import { type BestState, pack, unpack } from './checkpoint';
import { type LossHistory, lossSeries } from './curves';
import { losses } from './losses';
import { type SampleSet, Trainer, type TrainingOptions } from './trainer';
import type { ArrayValues } from './weights';

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
}

export type TrainingContext = Pick<ComputeContext, 'breathe' | 'progress' | 'partial' | 'notice' | 'checkpoints'>;

/** Shortest time between two live curves, ms. */
const partialInterval = 100;

export async function train(request: TrainingRequest, context: TrainingContext): Promise<TrainingOutcome> {
  const { chain, samples, validation, epochs, options } = request;
  const stored = await context.checkpoints.latest(epochs);
  const saved = stored ? unpack(stored.state) : null;
  if (saved && saved.state.epoch > 0) context.notice(`Training goes on after epoch ${saved.state.epoch}.`);
  const trainer = new Trainer(chain, options, saved?.state);
  try {
    let best = saved?.best ?? null;
    let state = saved?.state ?? null;
    const { unit } = losses[options.loss];
    const count = samples.ids.length;
    let shown = 0;
    const show = (history: LossHistory) => {
      const now = performance.now();
      if (now - shown < partialInterval) return;
      shown = now;
      context.partial('loss', lossSeries(history, unit));
    };
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
      await context.breathe();
    }
    if (trainer.epoch < epochs) {
      context.notice(
        `Stopped early after epoch ${trainer.epoch}; the weights of epoch ${best?.epoch} are the best and are used.`,
      );
    }
    state ??= await trainer.snapshot();
    return {
      arrays: best?.arrays ?? state.arrays,
      epochs: best?.epoch ?? state.epoch,
      loss: lossSeries(trainer, unit),
    };
  } finally {
    trainer.dispose();
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
  const joint = chain.blocks.length === 1 || epoch > options.warmUpEpochs;
  if (patience === 0 || loss === undefined || !joint) return before;
  return before && before.loss <= loss ? before : { epoch, loss, arrays };
}
