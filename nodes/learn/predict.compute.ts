/** Selects the items, normalises as in training, runs the chain and cuts the images off at 0 and 1. */
import { NodeComputeError } from '../../src/core/errors';
import type { ComputeOf } from '../../src/kit/define-node';
import { predictAll } from '../../src/learn/predict';
import { readyModel } from '../../src/learn/trained-model';
import type definition from './predict';

const compute: ComputeOf<typeof definition> = async ({ model, inputs }, { split }, context) => {
  const ready = readyModel(model, inputs, split);
  const { chain, trained, count, items } = ready;
  if (trained.classNames) {
    throw new NodeComputeError({
      code: 'predict.classifier',
      message: 'This model tells classes and gives no images.',
      port: 'model',
      cure: 'Use learn.classify instead.',
    });
  }
  const result = await predictAll(chain, ready.values, count, ready.inputs, context);
  return {
    images: {
      kind: 'images',
      shape: [count, ...trained.targetShape],
      data: result.map((value) => Math.min(1, Math.max(0, value))),
      items,
    },
  };
};
export default compute;
