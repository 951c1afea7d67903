/**
 * One Dense layer without a hidden one, y = activation(W x + b), trained by gradient. Shapes and counts only; the arithmetic
 * is in src/learn/blocks/linear.ts.
 */
import { refuse } from '../../core/validity';
import { choice, type ParamValues } from '../params';
import { type BlockDefinition, type ItemShape, sizeOfShape } from './index';

export const linearParams = {
  outputActivation: choice({
    label: 'Output',
    help: 'What the layer ends with.',
    options: [
      { value: 'linear', label: 'Linear', help: 'Any number.' },
      {
        value: 'clip',
        label: 'Clipped to 0..1',
        help: 'Linear, cut off at 0 and 1; a cut-off value is still pulled back while training.',
      },
      { value: 'sigmoid', label: 'Sigmoid', help: 'Always between 0 and 1.' },
    ],
    default: 'linear',
  }),
};
export type LinearParams = ParamValues<typeof linearParams>;

function resolve({ outputActivation }: LinearParams, input: ItemShape, target: ItemShape) {
  const [inputs, outputs] = [sizeOfShape(input), sizeOfShape(target)];
  if (inputs === 0 || outputs === 0) {
    return refuse(
      'linear.empty',
      `The linear layer cannot map ${inputs} numbers to ${outputs}.`,
      'Wire inputs and targets that are not empty.',
    );
  }
  const end = { sigmoid: ', sigmoid', clip: ', clipped', linear: '' }[outputActivation];
  const layers = [{ name: `Dense${end}`, outputShape: target, parameters: (inputs + 1) * outputs }];
  return { ok: true as const, outputShape: target, layers };
}

const describe = ({ outputActivation }: LinearParams): string =>
  `one layer, ${{ sigmoid: 'sigmoid', clip: 'clipped', linear: 'linear' }[outputActivation]} output`;

const range = ({ outputActivation }: LinearParams) => (outputActivation === 'linear' ? 'any' : 'pixels');

export const linearBlock: BlockDefinition = {
  type: 'linear',
  version: 1,
  params: linearParams,
  range,
  describe,
  resolve,
};
