/** Joins inputs and targets, chooses the items to learn from, normalises, trains and packs the trained model. */
import { NodeComputeError, ParameterError, ShapeMismatchError } from '../../src/core/errors';
import { Purpose, uniform } from '../../src/core/random/draws';
import { givesAnyNumber } from '../../src/kit/blocks';
import { blockRegistry } from '../../src/kit/blocks/registry';
import type { ComputeOf } from '../../src/kit/define-node';
import { joinItems, splitIndex } from '../../src/kit/item-table';
import type { ModelValue, PortValue } from '../../src/kit/values';
import { buildChain } from '../../src/learn/chain';
import { ssimWindow } from '../../src/learn/layers/structural-similarity';
import {
  findNotFinite,
  fitNormalisation,
  identity,
  meanRow,
  type Normalisation,
  normalise,
} from '../../src/learn/normalise';
import { classRows, type Rows, rowsOf } from '../../src/learn/samples';
import { train } from '../../src/learn/train';
import type { SampleSet } from '../../src/learn/trainer';
import { namedArrays } from '../../src/learn/weights';
import type definition from './train';

/** Places of the same items in inputs and targets. */
interface Pairs {
  readonly inputs: Int32Array;
  readonly targets: Int32Array;
}

const compute: ComputeOf<typeof definition> = async (wired, params, context) => {
  const inputs = rowsOf(wired.inputs);
  const targets = wired.targets.kind === 'labels' ? classRows(wired.targets) : rowsOf(wired.targets);
  checkLoss(wired.targets, params.loss, wired.model);
  const { fit, heldOut } = choosePairs(inputs, targets, params.validationFraction, params.seed);
  const breathe = () => context.breathe();
  await checkFinite(inputs, fit.inputs, 'inputs', breathe);
  await checkFinite(targets, fit.targets, 'targets', breathe);
  if (params.loss === 'mse-ssim') checkWindows(targets.shape);
  const chain = buildChain(wired.model.blocks, inputs.shape, targets.shape);
  const normalisation =
    wired.inputs.kind === 'images'
      ? identity(inputs.width)
      : await fitNormalisation(inputs, fit.inputs, breathe, params.inputScale);
  const { epochs, patience, validationFraction: _, inputScale: __, ...options } = params;
  const outcome = await train(
    {
      chain,
      samples: samplesOf(inputs, targets, fit, normalisation),
      validation: heldOut.inputs.length > 0 ? samplesOf(inputs, targets, heldOut, normalisation) : null,
      epochs,
      patience,
      options,
    },
    context,
  );
  return {
    model: {
      kind: 'model',
      blocks: wired.model.blocks,
      trained: {
        weights: namedArrays(chain, outcome.arrays),
        inputShape: inputs.shape,
        targetShape: targets.shape,
        inputMean: normalisation.mean,
        inputScale: normalisation.scale,
        meanTarget: await meanRow(targets, fit.targets, breathe),
        epochs: outcome.epochs,
        ...(wired.targets.kind === 'labels' ? { classNames: wired.targets.classNames } : {}),
      },
    },
    loss: outcome.loss,
    preview: outcome.preview,
  };
};

/** What `infer` refuses beforehand, where it could not tell. */
function checkLoss(targets: PortValue, loss: string, { blocks }: ModelValue): void {
  const classes = targets.kind === 'labels';
  if (classes === (loss === 'cross-entropy') && (!classes || givesAnyNumber(blockRegistry, blocks))) return;
  throw new ParameterError({
    code: 'train.loss',
    message: classes
      ? 'Labels are learnt by the cross-entropy, with a model that ends in a linear output.'
      : 'The cross-entropy tells classes apart, and the targets are images.',
    param: 'loss',
    found: loss,
    cure: classes ? 'Choose the cross-entropy and a linear output.' : 'Choose another loss, or wire labels.',
  });
}

function checkWindows(shape: readonly number[]): void {
  if (shape.slice(0, 2).every((size) => size >= ssimWindow)) return;
  throw new ShapeMismatchError({
    code: 'train.ssim-size',
    message: `SSIM looks at windows of ${ssimWindow} × ${ssimWindow} pixels, and the targets are smaller.`,
    port: 'targets',
    param: 'loss',
    found: shape.join(' × '),
    expected: `at least ${ssimWindow} × ${ssimWindow}`,
    cure: 'Choose the squared error as the loss, or larger images.',
  });
}

/** Items to learn from and items held out; an item's lot does not depend on the order or choice of the others. */
function choosePairs(inputs: Rows, targets: Rows, fraction: number, seed: number): { fit: Pairs; heldOut: Pairs } {
  const joined = joinItems(inputs.items, targets.items);
  const places = Array.from(joined.a, (_, k) => k);
  const splitOf = (k: number) => inputs.items.split[joined.a[k] as number];
  const trained = places.filter((k) => splitOf(k) === splitIndex('train'));
  if (trained.length === 0) {
    throw new NodeComputeError({
      code: joined.a.length === 0 ? 'train.no-common-items' : 'train.no-items',
      message:
        joined.a.length === 0
          ? 'Inputs and targets have no item in common.'
          : 'None of the items that inputs and targets share belongs to the training split.',
      port: 'inputs',
      found: `${inputs.items.ids.length} inputs and ${targets.items.ids.length} targets`,
      expected: 'at least one training item in both',
      cure: 'Wire inputs and targets that come from the same images, and choose training images at the source.',
    });
  }
  const pairs = (chosen: readonly number[]): Pairs => ({
    inputs: Int32Array.from(chosen, (k) => joined.a[k] as number),
    targets: Int32Array.from(chosen, (k) => joined.b[k] as number),
  });
  const own = places.filter((k) => splitOf(k) === splitIndex('validation'));
  if (own.length > 0) return { fit: pairs(trained), heldOut: pairs(own) };
  const isOut = (k: number) => {
    const item = inputs.items.ids[joined.a[k] as number] as number;
    return uniform({ seed, purpose: Purpose.split, item }, 0) < fraction;
  };
  const kept = trained.filter((k) => !isOut(k));
  if (kept.length === 0) return { fit: pairs(trained), heldOut: pairs([]) };
  return { fit: pairs(kept), heldOut: pairs(trained.filter(isOut)) };
}

function samplesOf(inputs: Rows, targets: Rows, pairs: Pairs, normalisation: Normalisation): SampleSet {
  const pick = (from: Int32Array, places: ArrayLike<number>) =>
    Int32Array.from(places, (place) => from[place] as number);
  return {
    ids: Int32Array.from(pairs.inputs, (position) => inputs.items.ids[position] as number),
    split: inputs.items.split[pairs.inputs[0] as number] as number,
    inputs: (places) => normalise(inputs.gather(pick(pairs.inputs, places)), normalisation),
    targets: (places) => targets.gather(pick(pairs.targets, places)),
  };
}

async function checkFinite(
  rows: Rows,
  positions: Int32Array,
  port: string,
  breathe: () => Promise<void>,
): Promise<void> {
  const found = await findNotFinite(rows, positions, breathe);
  if (!found) return;
  throw new NodeComputeError({
    code: 'train.not-finite',
    message: `Item ${rows.items.ids[found.position]} holds a value that is no number.`,
    port,
    found: `${found.value} at place ${found.place}`,
    expected: 'finite numbers',
    cure: 'Look at the node that makes it.',
  });
}

export default compute;
