/** Selects the items, normalises as in training, runs the chain and cuts the images off at 0 and 1. */
import { NodeComputeError, ShapeMismatchError } from '../../src/core/errors';
import type { ComputeOf } from '../../src/kit/define-node';
import { itemsOf, selectItems } from '../../src/kit/item-table';
import { buildChain, sameShape } from '../../src/learn/chain';
import { normalise } from '../../src/learn/normalise';
import { predictAll } from '../../src/learn/predict';
import { rowsOf } from '../../src/learn/samples';
import type definition from './predict';

const compute: ComputeOf<typeof definition> = async ({ model, inputs }, { split }, context) => {
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
  const chain = buildChain(model.blocks, trained.inputShape, trained.targetShape);
  const values = new Map(trained.weights.map(({ name, data }) => [name, data]));
  const normalisation = { mean: trained.inputMean, scale: trained.inputScale };
  const chosen = (places: readonly number[]) => places.map((place) => positions[place] as number);
  const result = await predictAll(
    chain,
    values,
    positions.length,
    (places) => normalise(rows.gather(chosen(places)), normalisation),
    context,
  );
  return {
    images: {
      kind: 'images',
      shape: [positions.length, ...trained.targetShape],
      data: result.map((value) => Math.min(1, Math.max(0, value))),
      items: selectItems(rows.items, positions),
    },
  };
};
export default compute;
