/**
 * Variational autoencoder: appends a `vae` block to a model. Layers, parameters, counts: src/kit/blocks/vae.ts.
 *
 *   z = mu + exp(logvar / 2) eps;  L = MSE + (beta / P) KL
 */
import { vaeBlock, vaeParams } from '../../src/kit/blocks/vae';
import { defineNode, optionalInput, output } from '../../src/kit/define-node';
import { inferAppended } from './model-type';

export default defineNode({
  type: 'model.vae',
  version: 1,
  title: 'VAE',
  inputs: {
    model: optionalInput(
      'model',
      'Model',
      'Blocks that come before this one, such as an MLP. Without a wire, this is the first.',
    ),
  },
  outputs: { model: output('model', 'Model', 'The chain with this block at its end, untrained.') },
  params: vaeParams,
  docs: {
    summary: 'A variational autoencoder: paints the image anew from a short Gaussian code.',
    description: [
      'A dense encoder gives mean and log variance of a code, a dense decoder turns the code into an image. While training the ' +
        'code is sampled, with noise that depends on the seed, the item and the epoch; afterwards it is its mean.',
      'The divergence of the code from a unit Gaussian is added to the loss of learn.train as beta / P times its sum over the ' +
        'code, P being the numbers per image: since the error is averaged over the pixels, this is the usual bound of the ' +
        'summed error plus beta times the divergence, divided by P. The loss curves show the error and this KL term apart. ' +
        'With another loss than the mean squared error, beta keeps the same factor.',
      'Beta 1 stands for pixel noise of variance 1/2 and so for a short code. On MNIST (4,000 digits, pixels as inputs, 60 epochs at ' +
        'a constant rate of 0.001) it ends at 17.8 dB for held-out digits, beta 0.1 at 21.0 dB; PyTorch gives 17.7 and 21.1. A ' +
        'learning rate that halves every 6 epochs stops it about 0.6 dB earlier: train a VAE at a constant rate.',
    ],
    equations: [
      'z = \\mu + e^{\\frac12 \\log\\sigma^2}\\, \\varepsilon, \\quad \\varepsilon \\sim N(0, 1)',
      'L = \\mathrm{MSE} + \\frac{\\beta}{P}\\, \\mathrm{KL}, \\quad \\mathrm{KL} = -\\tfrac12 \\sum_d \\big(1 + \\log\\sigma_d^2 - \\mu_d^2 - \\sigma_d^2\\big)',
    ],
    references: [
      'Kingma and Welling 2014, Auto-encoding variational Bayes, ICLR',
      'Higgins et al. 2017, beta-VAE, ICLR',
    ],
    keywords: ['decoder', 'variational', 'autoencoder', 'latent', 'generative', 'neural network'],
  },
  bypass: { model: 'model' },
  numerics: 'exact',
  keyInfo: ({ latentUnits, hiddenUnits, beta }) =>
    `${latentUnits} latent, ${hiddenUnits.toLocaleString('en-US')} hidden, β = ${beta}`,
  infer: ({ model }, params) => inferAppended(model, { type: vaeBlock.type, version: vaeBlock.version, params }),
  compute: () => import('./vae.compute'),
});
