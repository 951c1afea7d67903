/**
 * Convolutional autoencoder: appends an `autoencoder` block to a model. Layers, parameters, counts and what it refuses:
 * src/kit/blocks/autoencoder.ts.
 *
 *   h <- dropout(relu(batchNorm(W * h)))  four times down, four times up
 */
import { autoencoderBlock, autoencoderParams } from '../../src/kit/blocks/autoencoder';
import { defineNode, optionalInput, output } from '../../src/kit/define-node';
import { inferAppended } from './model-type';

export default defineNode({
  type: 'model.autoencoder',
  version: 1,
  title: 'Autoencoder',
  inputs: { model: optionalInput('model', 'Model', 'Blocks that come before this one; they must give an image.') },
  outputs: { model: output('model', 'Model', 'The chain with this block at its end, untrained.') },
  params: autoencoderParams,
  docs: {
    summary: 'The convolutional autoencoder of Zhang et al.: refines an image through a bottleneck.',
    description: [
      'Four convolutions of stride 2 (7 × 7, 5 × 5, 3 × 3, 3 × 3) squeeze the image to a sixteenth of its size; four times ' +
        'nearest up-sampling and a convolution (3 × 3, 3 × 3, 5 × 5, 7 × 7) bring it back. Each has batch normalisation, ' +
        'ReLU and dropout, except that the first has no dropout and the last only the normalisation. Where halving leaves an ' +
        'odd size, the up-sampled image is cut to what the way down had.',
      'Zhang et al. train it end to end on the error of the final image alone: set the weight of earlier images of learn.train ' +
        'to 0 and its warm-up to 0. With 64 channels it costs much more than the U-Net; 8 or 16 train on a CPU. Batch ' +
        'normalisation sees the micro-batch, so a small one makes it noisy.',
    ],
    equations: ['h \\leftarrow \\mathrm{dropout}\\big(\\mathrm{relu}(\\mathrm{BN}(W * h))\\big)'],
    references: [
      'Zhang et al. 2020, Reconstruction of natural visual scenes from neural spikes with deep neural networks, Neural Networks 125:19-30',
      'Ioffe and Szegedy 2015, Batch normalization, ICML',
    ],
    keywords: ['decoder', 'convolution', 'image', 'refine', 'denoise', 'bottleneck', 'neural network'],
  },
  bypass: { model: 'model' },
  numerics: 'exact',
  keyInfo: ({ baseChannels, dropout }) => `c = ${baseChannels}, dropout ${dropout}`,
  infer: ({ model }, params) =>
    inferAppended(model, { type: autoencoderBlock.type, version: autoencoderBlock.version, params }),
  compute: () => import('./autoencoder.compute'),
});
