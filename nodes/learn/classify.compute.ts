/** Runs the chain, then softmax on the host in float64: the answer does not depend on how a backend rounds exponentials. */
import { NodeComputeError } from '../../src/core/errors';
import { exactExp } from '../../src/core/random/elementary';
import type { ComputeOf } from '../../src/kit/define-node';
import { predictAll } from '../../src/learn/predict';
import { readyModel } from '../../src/learn/trained-model';
import type definition from './classify';

const compute: ComputeOf<typeof definition> = async ({ model, inputs }, { split }, context) => {
  const ready = readyModel(model, inputs, split);
  const { classNames } = ready.trained;
  if (!classNames) {
    throw new NodeComputeError({
      code: 'classify.images',
      message: 'This model gives images and tells no classes.',
      port: 'model',
      cure: 'Use learn.predict, or train on labels.',
    });
  }
  const { count, items } = ready;
  const classes = classNames.length;
  const probabilities = await predictAll(ready.chain, ready.values, count, ready.inputs, context);
  const answers = new Int32Array(count);
  for (let i = 0; i < count; i++) answers[i] = softmax(probabilities.subarray(i * classes, (i + 1) * classes));
  return {
    labels: { kind: 'labels', shape: [count], data: answers, classNames, items },
    probabilities: { kind: 'features', unit: '1', shape: [count, classes], data: probabilities, items },
  };
};

/** In place; gives the place of the largest, the first of equal ones. */
function softmax(scores: Float32Array): number {
  const best = scores.reduce((at, score, k) => (score > (scores[at] as number) ? k : at), 0);
  const top = scores[best] as number;
  const raised = Float64Array.from(scores, (score) => exactExp(score - top));
  const sum = raised.reduce((all, value) => all + value, 0);
  for (let k = 0; k < scores.length; k++) scores[k] = (raised[k] as number) / sum;
  return best;
}
export default compute;
