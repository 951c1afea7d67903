/**
 * Ridge regression as a block: the linear map from inputs to targets with the smallest penalised squared error, found in
 * closed form on the training items before any epoch. It does not learn afterwards.
 *
 *   W = (X^T X + lambda I)^-1 X^T Y,  y = mean_Y + (x - mean_X) W
 *
 * Source: Hoerl and Kennard 1970; science reference 2.7 and 2.8. The arithmetic is in src/learn/blocks/ridge.ts.
 */
import { refuse } from '../../core/validity';
import { choice, type ParamValues, quantity } from '../params';
import { type BlockDefinition, type ItemShape, sizeOfShape } from './index';

export const ridgeParams = {
  penalty: choice({
    label: 'Penalty',
    help: 'Who chooses lambda.',
    options: [
      {
        value: 'auto',
        label: 'By held-out error',
        help: 'The lambda with the smallest squared error on the validation items, two steps a decade from 0.1 to 100,000.',
      },
      { value: 'given', label: 'As given' },
    ],
    default: 'auto',
  }),
  lambda: quantity('1', {
    label: 'Lambda',
    help: 'Added to the diagonal of the summed squares of the inputs. For z-scored inputs that diagonal is the number of items.',
    symbol: 'lambda',
    min: 1e-3,
    max: 1e6,
    default: 100,
    scale: 'log',
    visibleWhen: { param: 'penalty', is: ['given'] },
  }),
};
export type RidgeParams = ParamValues<typeof ridgeParams>;

function resolve(_: RidgeParams, input: ItemShape, target: ItemShape) {
  const [inputs, outputs] = [sizeOfShape(input), sizeOfShape(target)];
  if (inputs === 0 || outputs === 0) {
    return refuse(
      'ridge.empty',
      `The ridge regression cannot map ${inputs} numbers to ${outputs}.`,
      'Wire inputs and targets that are not empty.',
    );
  }
  const layers = [{ name: 'Linear, closed form', outputShape: target, parameters: (inputs + 1) * outputs }];
  return { ok: true as const, outputShape: target, layers };
}

const describe = ({ penalty, lambda }: RidgeParams): string =>
  penalty === 'auto' ? 'lambda by held-out error' : `lambda ${lambda.toLocaleString('en-US')}`;

export const ridgeBlock: BlockDefinition = {
  type: 'ridge',
  version: 1,
  params: ridgeParams,
  closedForm: true,
  range: () => 'any',
  describe,
  resolve,
};
