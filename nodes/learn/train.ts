/**
 * Training: fits a chain of blocks to pairs of inputs and targets (images, or classes), joined by item id, on the training
 * items.
 *
 *   L = MSE(final image) + stageWeight * sum over earlier stages that give an image of MSE(stage image)
 *
 * with 1 - SSIM and the blocks' own terms added where asked for, minimised by AdamW, Adam or SGD. Blocks in closed form are
 * solved first. Inputs other than images are z-scored per feature on the training items. The loop is src/learn.
 */

import { refuse } from '../../src/core/validity';
import { type BlockSpec, givesAnyNumber, resolveChain, solvedBlocks } from '../../src/kit/blocks';
import { blockRegistry } from '../../src/kit/blocks/registry';
import { defineNode, type InferredType, input, output } from '../../src/kit/define-node';
import { axis, type PortKind } from '../../src/kit/port-type';
import { chainNote } from '../model/model-type';
import { itemShape, shapeText } from './item-shape';
import { type LossName, trainParams } from './train-params';

const lossNotes: Readonly<Record<LossName, string>> = {
  mse: 'mean squared error',
  'mse-ssim': 'squared error and SSIM',
  'cross-entropy': 'cross-entropy, nats',
};

/** Losses of images compare images, and the cross-entropy tells classes apart; a classifier ends in any numbers. */
function refuseLoss(kind: PortKind | undefined, loss: LossName, blocks: readonly BlockSpec[]) {
  if (kind === undefined) return null;
  const classes = kind === 'labels';
  if (classes !== (loss === 'cross-entropy')) {
    const reason = classes
      ? 'The targets are labels, and this loss compares images.'
      : 'The targets are images, and the cross-entropy tells classes apart.';
    const cure = classes ? 'Choose the cross-entropy as the loss.' : 'Choose another loss, or wire labels.';
    return { ...refuse('train.loss', reason, cure), param: 'loss' };
  }
  if (!classes || blocks.length === 0 || givesAnyNumber(blockRegistry, blocks)) return null;
  const reason = `The last block, "${blocks.at(-1)?.type}", gives pixels in 0..1 and no scores of classes.`;
  const cure = 'End the model with an MLP or a linear layer whose output is "Linear".';
  return { ...refuse('train.scores', reason, cure), port: 'model' };
}

export default defineNode({
  type: 'learn.train',
  version: 1,
  title: 'Train',
  inputs: {
    model: input('model', 'Model', 'The chain of blocks to train.'),
    inputs: input(['features', 'images', 'rates'], 'Inputs', 'What the model is given: one row per item.'),
    targets: input(
      ['images', 'labels'],
      'Targets',
      'The images that the model is to give, or the labels that it is to tell, joined to the inputs by item.',
    ),
  },
  outputs: {
    model: output('model', 'Model', 'The chain with its trained weights.'),
    loss: output(
      'series',
      'Loss',
      'Loss of the output image: at each step, per epoch on the training items (with dropout), and per epoch on the ' +
        "held-out ones; and terms of the blocks' own, such as the KL term of a VAE. During warm-up it is that of the last " +
        'block that learns. A chain in closed form has its losses at epoch 0.',
    ),
    preview: output(
      'images',
      'Reconstructions',
      'What the model makes of the first 8 held-out items (training items where none is held out), shown anew while it trains: ' +
        'images, or for labels a row of pixels, one for each class, as bright as the class is probable.',
    ),
  },
  params: trainParams,
  docs: {
    summary: 'Trains a model on the training items.',
    description: [
      'Inputs and targets are joined by item id, and only items of the training split are learnt from. Rates and features ' +
        'are z-scored per feature on those items, or scaled alike (mean and scale are kept in the model); images are used as they are. ' +
        'Rates become time × unit features.',
      'Blocks in closed form, such as model.ridge, are solved on the training items first and then stay as they are; a chain of ' +
        'them alone needs no epochs. The loss is the mean squared error over pixels, with 1 - SSIM added where asked for. ' +
        'Where the targets are labels it is the cross-entropy, in nats; the last block, ending in a linear output, gives a ' +
        'score for each class, and learn.classify runs the trained model.',
      'During warm-up all blocks but the last learn alone, then all learn together. A checkpoint is kept after every epoch: ' +
        'an interrupted run goes on from there and ends at the same weights, to the last bit on the same backend.',
      'Batch normalisation uses the moments of the batch while training (of the micro-batch inside convolutional blocks) ' +
        'and running moments afterwards, which move by a tenth per full batch.',
    ],
    equations: [
      'L = \\mathrm{MSE}(\\hat y, y) + w_\\mathrm{stage} \\sum_s \\mathrm{MSE}(\\hat y_s, y)',
      'L_\\mathrm{classes} = -\\log \\mathrm{softmax}(\\hat y)_{\\mathrm{class}}',
      'z = (x - \\mathrm{mean}_\\mathrm{train}) / \\mathrm{sd}_\\mathrm{train}',
    ],
    references: [
      'Kingma and Ba 2015, Adam: a method for stochastic optimization, ICLR',
      'Loshchilov and Hutter 2019, Decoupled weight decay regularization, ICLR',
      'Wang et al. 2004, Image quality assessment: from error visibility to structural similarity, IEEE Transactions on Image Processing 13:600-612',
    ],
    keywords: ['fit', 'learn', 'optimise', 'gradient descent', 'Adam', 'backpropagation'],
  },
  shownFirst: 'loss',
  bypass: { model: 'model' },
  numerics: 'tensor',
  keyInfo: ({ epochs, warmUpEpochs }, { model }) => {
    const solved = solvedBlocks(blockRegistry, model?.blocks ?? []);
    const learning = (model?.blocks ?? []).length - solved;
    if (solved > 0 && learning === 0) return 'in closed form, no epochs';
    const length = epochs === 1 ? '1 epoch' : `${epochs} epochs`;
    if (solved > 0) return `closed form, then ${length}`;
    // A block that learns alone has nothing to warm up.
    return warmUpEpochs > 0 && learning !== 1 ? `${length}, ${Math.min(warmUpEpochs, epochs)} warm-up` : length;
  },
  infer: ({ model, inputs, targets }, params) => {
    const input = itemShape(inputs);
    const target = itemShape(targets);
    const blocks = model?.blocks ?? [];
    if (model?.trained) {
      return {
        ok: false,
        code: 'train.trained',
        reason: 'This model is trained already.',
        cure: 'Wire an untrained model here, from a model node.',
        port: 'model',
      };
    }
    if (input && target && model) {
      const chain = resolveChain(blockRegistry, blocks, input, target);
      if (!chain.ok) return { ...chain, port: 'model' };
      if (shapeText(chain.output) !== shapeText(target)) {
        return {
          ok: false,
          code: 'train.output',
          reason: `The model gives ${shapeText(chain.output)}, but the targets are ${shapeText(target)}.`,
          port: 'targets',
        };
      }
    }
    const refused = refuseLoss(targets?.kind, params.loss, blocks);
    if (refused) return refused;
    const trained: InferredType = {
      kind: 'model',
      axes: [],
      unit: '1',
      note: blocks.length > 0 ? chainNote(blocks, input, target) : 'trained',
      blocks,
      trained: { input, target },
    };
    if (params.loss === 'mse-ssim' && target && target.slice(0, 2).some((size) => size < 11)) {
      return {
        ok: false,
        code: 'train.ssim-size',
        reason: `SSIM looks at windows of 11 × 11 pixels, but the targets are ${shapeText(target)}.`,
        cure: 'Choose the squared error as the loss, or larger images.',
        port: 'targets',
      };
    }
    const loss: InferredType = { kind: 'series', axes: [], unit: '1', note: lossNotes[params.loss] };
    const shown = targets?.kind === 'labels' ? [1, target?.[0] ?? null, 1] : (target ?? []);
    const [height = null, width = null, channel = null] = shown;
    const axes = [axis('item', null), axis('height', height), axis('width', width), axis('channel', channel)];
    const preview: InferredType = { kind: 'images', axes, unit: '1' };
    const learning = blocks.length - solvedBlocks(blockRegistry, blocks);
    const remarks =
      learning > 1 && params.warmUpEpochs >= params.epochs
        ? [`All ${params.epochs} epochs are warm-up: the block "${blocks.at(-1)?.type}" does not learn.`]
        : [];
    return { ok: true, outputs: { model: trained, loss, preview }, remarks };
  },
  memory: () => import('./memory').then(({ trainingNeed }) => ({ default: trainingNeed })),
  compute: () => import('./train.compute'),
});
