/**
 * Variational autoencoder as a block: what it is given is drawn through a narrow Gaussian code and painted anew.
 *
 *   h = relu(W1 x + b1),  mu = W2 h + b2,  logvar = W3 h + b3
 *   z = mu + exp(logvar / 2) eps, eps ~ N(0, 1) while training;  z = mu afterwards
 *   image = sigmoid(W5 relu(W4 z + b4) + b5)
 *   loss = MSE + (beta / P) KL,  KL = -1/2 sum_d (1 + logvar_d - mu_d^2 - exp(logvar_d)),  P numbers per target
 *
 * With the error averaged over the P pixels this has the same optimum as the summed error plus beta KL. Source: Kingma and
 * Welling 2014; science reference 2.3. The arithmetic is in src/learn/blocks/vae.ts.
 */
import { refuse } from '../../core/validity';
import { integer, type ParamValues, quantity } from '../params';
import { type BlockDefinition, type ItemShape, type LayerRow, sizeOfShape } from './index';

export const vaeParams = {
  latentUnits: integer({
    label: 'Latent units',
    help: 'Length of the code between encoder and decoder.',
    symbol: 'd_z',
    unit: 'units',
    min: 1,
    max: 1024,
    default: 32,
    scale: 'log',
  }),
  hiddenUnits: integer({
    label: 'Hidden units',
    help: 'Units of the layer before the code and of the one behind it.',
    unit: 'units',
    min: 1,
    max: 4096,
    default: 256,
    scale: 'log',
  }),
  beta: quantity('1', {
    label: 'Beta',
    help: 'Weight of the divergence from the unit Gaussian against the error summed over the pixels. 0 leaves it out.',
    symbol: 'beta',
    min: 0,
    max: 100,
    default: 1,
    step: 0.1,
  }),
};
export type VaeParams = ParamValues<typeof vaeParams>;

function resolve({ latentUnits, hiddenUnits }: VaeParams, input: ItemShape, target: ItemShape) {
  const [inputs, outputs] = [sizeOfShape(input), sizeOfShape(target)];
  if (inputs === 0 || outputs === 0) {
    return refuse(
      'vae.empty',
      `The VAE cannot map ${inputs} numbers to ${outputs}.`,
      'Wire inputs and targets that are not empty.',
    );
  }
  const dense = (name: string, from: number, to: number, outputShape: ItemShape = [to]): LayerRow => ({
    name,
    outputShape,
    parameters: (from + 1) * to,
  });
  const layers = [
    dense('Dense encoder, ReLU', inputs, hiddenUnits),
    dense('Dense mean', hiddenUnits, latentUnits),
    dense('Dense log variance', hiddenUnits, latentUnits),
    { name: 'Sample (mean in prediction)', outputShape: [latentUnits], parameters: 0 },
    dense('Dense decoder, ReLU', latentUnits, hiddenUnits),
    dense('Dense out, sigmoid', hiddenUnits, outputs, target),
  ];
  return { ok: true as const, outputShape: target, layers };
}

const describe = ({ latentUnits, hiddenUnits, beta }: VaeParams): string =>
  `${latentUnits} latent ${latentUnits === 1 ? 'unit' : 'units'}, ${hiddenUnits.toLocaleString('en-US')} hidden, beta ${beta}`;

export const vaeBlock: BlockDefinition = { type: 'vae', version: 1, params: vaeParams, describe, resolve };
