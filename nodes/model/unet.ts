/**
 * U-Net: appends a `unet` block to a model. Layers, parameters, counts and what it refuses: src/kit/blocks/unet.ts.
 *
 *   image = clip(x + U(x), 0, 1), with the last 1x1 convolution of U starting at zero
 */
import { unetBlock, unetParams } from '../../src/kit/blocks/unet';
import { defineNode, optionalInput, output } from '../../src/kit/define-node';
import { inferAppended } from './model-type';

export default defineNode({
  type: 'model.unet',
  version: 1,
  title: 'U-Net',
  inputs: { model: optionalInput('model', 'Model', 'Blocks that come before this one; they must give an image.') },
  outputs: { model: output('model', 'Model', 'The chain with this block at its end, untrained.') },
  params: unetParams,
  docs: {
    summary: 'A U-Net: refines an image with convolutions at several resolutions.',
    description: [
      'The contracting path applies two 3 × 3 convolutions with ReLU and halves the image by max-pooling, doubling the ' +
        'channels at every level; the expanding path doubles it again by nearest up-sampling and a 3 × 3 convolution, ' +
        'joins what the same level of the contracting path saw, and applies two more convolutions. Convolutions are ' +
        'padded, so the size stays.',
      'As a correction of its input it starts from exactly that input, since its last convolution starts at zero. The ' +
        'clip to 0..1 lets gradients through unchanged while training, so that a pixel beyond the range can come back.',
    ],
    equations: ['\\mathrm{image} = \\mathrm{clip}\\big(x + U(x),\\ 0,\\ 1\\big)'],
    references: [
      'Ronneberger, Fischer and Brox 2015, U-Net: convolutional networks for biomedical image segmentation, MICCAI',
      'Zhang et al. 2020, Neural Networks 125:19-30 (second stage of the spike-image decoder)',
    ],
    keywords: ['decoder', 'convolution', 'image', 'refine', 'denoise', 'neural network'],
  },
  bypass: { model: 'model' },
  numerics: 'exact',
  keyInfo: ({ baseChannels, levels }) => `c = ${baseChannels}, ${levels} ${levels === 1 ? 'level' : 'levels'}`,
  infer: ({ model }, params) => inferAppended(model, { type: unetBlock.type, version: unetBlock.version, params }),
  compute: () => import('./unet.compute'),
});
