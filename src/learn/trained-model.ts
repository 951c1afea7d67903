/** A trained model over the items of a wire: checks that it fits, chooses the items, and gives normalised rows. */
import { NodeComputeError, ShapeMismatchError } from '../core/errors';
import { type ItemTable, itemsOf, type Split, selectItems } from '../kit/item-table';
import type { ModelValue, TrainedModel } from '../kit/values';
import { buildChain, type Chain, sameShape } from './chain';
import { normalise } from './normalise';
import { rowsOf, type SampleValue } from './samples';
import type { ArrayValues } from './weights';

export interface ReadyModel {
  readonly chain: Chain;
  readonly trained: TrainedModel;
  readonly values: ArrayValues;
  /** The chosen items. */
  readonly items: ItemTable;
  readonly count: number;
  /** Normalised inputs of places among the chosen items. */
  readonly inputs: (places: readonly number[]) => Float32Array;
}

/** Throws in words where the model is untrained, the inputs do not fit, or no item is left. */
export function readyModel(model: ModelValue, inputs: SampleValue, split: Split | 'all'): ReadyModel {
  const { trained } = model;
  if (!trained) {
    throw new NodeComputeError({
      code: 'predict.untrained',
      message: 'This model has not been trained.',
      port: 'model',
      cure: 'Wire it through learn.train first.',
    });
  }
  const rows = rowsOf(inputs);
  if (!sameShape(rows.shape, trained.inputShape)) {
    throw new ShapeMismatchError({
      code: 'predict.shape',
      message: 'The inputs are not of the size that the model was trained with.',
      port: 'inputs',
      found: rows.shape.join(' × '),
      expected: trained.inputShape.join(' × '),
      cure: 'Wire inputs made in the same way as those of learn.train.',
    });
  }
  const positions = itemsOf(rows.items, split);
  if (positions.length === 0) {
    throw new NodeComputeError({
      code: 'predict.no-items',
      message: split === 'all' ? 'There are no items.' : `None of the items belongs to the ${split} split.`,
      port: 'inputs',
      param: 'split',
      found: `${rows.items.ids.length} items`,
      expected: `at least one ${split === 'all' ? '' : `${split} `}item`,
      cure: 'Choose other items here, or other images at the source.',
    });
  }
  const normalisation = { mean: trained.inputMean, scale: trained.inputScale };
  return {
    chain: buildChain(model.blocks, trained.inputShape, trained.targetShape),
    trained,
    values: new Map(trained.weights.map(({ name, data }) => [name, data])),
    items: selectItems(rows.items, positions),
    count: positions.length,
    inputs: (places) => normalise(rows.gather(places.map((place) => positions[place] as number)), normalisation),
  };
}
