/**
 * Multilayer perceptron as a block: hidden layers of Dense, BatchNorm, ReLU and Dropout, then a Dense layer to the target
 * size, reshaped to the target.
 *
 *   h = dropout(relu(batchNorm(W1 x + b1)));  y = activation(W2 h + b2)
 *
 * Source: science reference 2.1 (Zhang et al. 2020, sample network, with hidden layers of 512 and dropout 0.2). Shapes and
 * counts only; the arithmetic is in src/learn/blocks/mlp.ts.
 */
import { refuse } from '../../core/validity';
import { choice, integer, type ParamValues, quantity, toggle } from '../params';
import { type BlockDefinition, type ItemShape, type LayerRow, sizeOfShape } from './index';

export const mlpParams = {
  hiddenUnits: integer({
    label: 'Hidden units',
    help: 'Units of each hidden layer.',
    unit: 'units',
    min: 1,
    max: 4096,
    default: 512,
    scale: 'log',
  }),
  hiddenLayers: integer({
    label: 'Hidden layers',
    help: 'Dense layers between input and output. 0 leaves one linear map and the output activation.',
    min: 0,
    max: 4,
    default: 1,
  }),
  batchNorm: toggle({
    label: 'Batch normalisation',
    help: 'Normalises each hidden unit over the batch while training, and by its running mean and variance afterwards.',
    default: true,
  }),
  dropout: quantity('1', {
    label: 'Dropout',
    help: 'Share of hidden units that is silenced, anew for every image and epoch, while training.',
    min: 0,
    max: 0.9,
    default: 0.2,
    step: 0.05,
  }),
  outputActivation: choice({
    label: 'Output',
    help: 'What the last layer ends with.',
    options: [
      { value: 'sigmoid', label: 'Sigmoid', help: 'Always between 0 and 1.' },
      {
        value: 'clip',
        label: 'Clipped to 0..1',
        help: 'Linear, cut off at 0 and 1; a cut-off value is still pulled back while training.',
      },
      { value: 'linear', label: 'Linear', help: 'Any number.' },
    ],
    default: 'sigmoid',
  }),
};
export type MlpParams = ParamValues<typeof mlpParams>;

function resolve(params: MlpParams, input: ItemShape, target: ItemShape) {
  const outputs = sizeOfShape(target);
  const inputs = sizeOfShape(input);
  if (inputs === 0 || outputs === 0) {
    return refuse(
      'mlp.empty',
      `The MLP cannot map ${inputs} numbers to ${outputs}.`,
      'Wire inputs and targets that are not empty.',
    );
  }
  const layers: LayerRow[] = [];
  let size = inputs;
  for (let layer = 1; layer <= params.hiddenLayers; layer++) {
    const units = params.hiddenUnits;
    layers.push({ name: `Dense ${layer}`, outputShape: [units], parameters: (size + 1) * units });
    if (params.batchNorm) layers.push({ name: `BatchNorm ${layer}`, outputShape: [units], parameters: 2 * units });
    layers.push({
      name: params.dropout > 0 ? `ReLU, dropout ${params.dropout}` : 'ReLU',
      outputShape: [units],
      parameters: 0,
    });
    size = units;
  }
  const end = { sigmoid: ', sigmoid', clip: ', clipped', linear: '' }[params.outputActivation];
  layers.push({ name: `Dense out${end}`, outputShape: target, parameters: (size + 1) * outputs });
  return { ok: true as const, outputShape: target, layers };
}

function describe({ hiddenLayers, hiddenUnits, outputActivation }: MlpParams): string {
  const units = `${hiddenUnits.toLocaleString('en-US')} ${hiddenUnits === 1 ? 'unit' : 'units'}`;
  const hidden =
    hiddenLayers === 0
      ? 'no hidden layer'
      : hiddenLayers === 1
        ? `a hidden layer of ${units}`
        : `${hiddenLayers} hidden layers of ${units}`;
  return `${hidden}, ${{ sigmoid: 'sigmoid', clip: 'clipped', linear: 'linear' }[outputActivation]} output`;
}

const range = ({ outputActivation }: MlpParams) => (outputActivation === 'linear' ? 'any' : 'pixels');

export const mlpBlock: BlockDefinition = { type: 'mlp', version: 1, params: mlpParams, range, describe, resolve };
