/**
 * Ridge regression: appends a `ridge` block to a model. Parameters, counts and what it refuses: src/kit/blocks/ridge.ts.
 *
 *   W = (X'X + lambda I)^-1 X'Y
 */
import { ridgeBlock, ridgeParams } from '../../src/kit/blocks/ridge';
import { defineNode, optionalInput, output } from '../../src/kit/define-node';
import { inferAppended } from './model-type';

export default defineNode({
  type: 'model.ridge',
  version: 1,
  title: 'Ridge regression',
  inputs: {
    model: optionalInput(
      'model',
      'Model',
      'Blocks in closed form that come before this one. Without a wire, this is the first.',
    ),
  },
  outputs: { model: output('model', 'Model', 'The chain with this block at its end, untrained.') },
  params: ridgeParams,
  docs: {
    summary: 'Ridge regression: the best linear decoder, found in closed form in about a second.',
    description: [
      'learn.train solves it on the training items before any epoch, with an intercept that is not penalised; a chain of ' +
        'this block alone needs no epochs, and no seed or learning rate changes it. That makes it the decoder to compare ' +
        'encoders with. Blocks behind it, such as a U-Net, learn while it stays as it is.',
      'Lambda is added to the diagonal of the summed squares: inputs are z-scored by learn.train, so that the diagonal is ' +
        'the number of items and a lambda of 1 to 100 is small. Chosen by held-out error, it is the step of a grid, two ' +
        'steps a decade, with the smallest squared error on the validation items; where nothing is held out, on every ' +
        'fifth training item, and the answer is then solved on all. With fewer items than features the dual form is used.',
      'Small problems are solved in float64. Large ones use the float32 matrix product of the backend and a float64 ' +
        'Cholesky factor.',
    ],
    equations: ['W = (X^\\top X + \\lambda I)^{-1} X^\\top Y', 'y = \\bar Y + (x - \\bar X)\\, W'],
    references: [
      'Hoerl and Kennard 1970, Ridge regression: biased estimation for nonorthogonal problems, Technometrics 12:55-67',
    ],
    keywords: ['decoder', 'linear', 'least squares', 'regression', 'baseline', 'closed form'],
  },
  bypass: { model: 'model' },
  numerics: 'exact',
  keyInfo: ({ penalty, lambda }) =>
    penalty === 'auto' ? 'λ by held-out error' : `λ = ${lambda.toLocaleString('en-US')}`,
  infer: ({ model }, params) => inferAppended(model, { type: ridgeBlock.type, version: ridgeBlock.version, params }),
  compute: () => import('./ridge.compute'),
});
