/**
 * Image quality: how close reconstructions are to their originals, by peak signal-to-noise ratio, structural similarity
 * and mean squared error. The formulas are in ssim.ts, the statistics in statistics.ts.
 *
 * Both inputs are joined by item id; the original usually has more items, and its training items give the baseline: the
 * score that the mean training image would get as the answer to every item.
 */
import { refuse } from '../../src/core/validity';
import { defineNode, input, output } from '../../src/kit/define-node';
import { choice, integer, seed } from '../../src/kit/params';
import { axis, formatShape, type PortType, sizeOf } from '../../src/kit/port-type';
import { windowSize } from './ssim';

const sizes = ['height', 'width', 'channel'] as const;
const shapeWords = (type: PortType): string =>
  formatShape({ ...type, axes: sizes.map((name) => axis(name, sizeOf(type, name))) });

export default defineNode({
  type: 'metric.image-quality',
  version: 2,
  title: 'Image quality',
  inputs: {
    reference: input('images', 'Originals', 'The true images; their training items give the baseline.'),
    reconstruction: input('images', 'Reconstructions', 'Images to score, joined to the originals by item id.'),
  },
  outputs: {
    summary: output('table', 'Summary', 'One row for each metric and one for the test loss.'),
    items: output('table', 'Per image', 'One row for each image.'),
    examples: output(
      'images',
      'Examples',
      'Original on the left, reconstruction on the right: the best images first, then those in the middle, then the worst.',
    ),
  },
  params: {
    window: choice({
      label: 'SSIM window',
      help: 'The Gaussian window is the published definition; the uniform one is what scikit-image computes by default.',
      options: [
        { value: 'gaussian', label: 'Gaussian, 11 × 11', help: 'Standard deviation 1.5 pixels.' },
        { value: 'uniform', label: 'Uniform, 7 × 7', help: 'Equal weights, sample covariance.' },
      ],
      default: 'gaussian',
    }),
    rankBy: choice({
      label: 'Rank by',
      help: 'What the best, median and worst images are chosen by.',
      options: [
        { value: 'psnr', label: 'PSNR' },
        { value: 'ssim', label: 'SSIM' },
      ],
      default: 'psnr',
    }),
    examples: integer({
      label: 'Examples of each',
      help: 'How many best, median and worst images are shown.',
      min: 1,
      max: 16,
      default: 3,
    }),
    resamples: integer({
      label: 'Bootstrap resamples',
      help: 'For the 95 % interval of the mean over images. 0 leaves it out.',
      min: 0,
      max: 20_000,
      step: 100,
      default: 1000,
    }),
    seed: seed({ help: 'Of the bootstrap.' }),
  },
  shownFirst: 'summary',
  numerics: 'exact',
  docs: {
    summary: 'Scores reconstructions against their originals: PSNR, SSIM and MSE.',
    description: [
      'Values are expected in 0..1 and are not clipped, so the peak is L = 1. SSIM is the mean over all windows that lie fully inside the image, and over channels.',
      'Equal images have an infinite PSNR. Such images are counted in the column "infinite" and left out of the mean, its interval and the standard deviation, but not of the median, smallest and largest value; if every image is equal, the mean is infinite.',
      'Baseline is the mean score that the mean training image gets against the same originals: what a decoder reaches without looking at its input. It is empty when the originals hold no training items.',
      'Test loss is the mean squared error over the items of the test split alone: what a loss of MSE amounts to on images that training never saw. It is empty where none of the images is a test item.',
      'Examples show original and reconstruction side by side, values cut to 0..1. Their item table says which item each is, its scores, and its place (0 best, 1 median, 2 worst); with few images each is shown once.',
      'The interval covers the choice of images only; other seeds of the network or of training vary it further.',
    ],
    equations: [
      '\\mathrm{PSNR} = 10 \\log_{10}(L^2 / \\mathrm{MSE})',
      '\\mathrm{SSIM} = \\frac{(2\\mu_x\\mu_y + C_1)(2\\sigma_{xy} + C_2)}{(\\mu_x^2 + \\mu_y^2 + C_1)(\\sigma_x^2 + \\sigma_y^2 + C_2)}',
      'C_1 = (0.01 L)^2, \\quad C_2 = (0.03 L)^2',
    ],
    references: [
      'Z. Wang, A. C. Bovik, H. R. Sheikh, E. P. Simoncelli (2004), Image quality assessment: from error visibility to structural similarity, IEEE Trans. Image Process. 13:600-612.',
      'B. Efron, R. J. Tibshirani (1993), An Introduction to the Bootstrap, chapter 13: percentile intervals.',
    ],
    keywords: ['PSNR', 'SSIM', 'MSE', 'score', 'reconstruction', 'error', 'test loss', 'examples'],
  },
  keyInfo: (p) => `PSNR, SSIM ${windowSize[p.window]} × ${windowSize[p.window]}, MSE`,
  infer({ reference, reconstruction }, p) {
    if (reference && reconstruction) {
      for (const name of sizes) {
        const [a, b] = [sizeOf(reference, name), sizeOf(reconstruction, name)];
        if (a !== null && b !== null && a !== b) {
          const reason = `Originals are ${shapeWords(reference)} and reconstructions ${shapeWords(reconstruction)}.`;
          const cure = 'Wire the images that the decoder was trained to rebuild.';
          return { ...refuse('quality.shape', reason, cure), port: 'reconstruction' };
        }
      }
    }
    const known = reconstruction ?? reference;
    const width = known ? sizeOf(known, 'width') : null;
    const side = windowSize[p.window];
    const short = known && (['height', 'width'] as const).some((name) => (sizeOf(known, name) ?? side) < side);
    if (short) {
      const reason = `Images of ${shapeWords(known)} are smaller than the SSIM window of ${side} × ${side}.`;
      const cure = side > 7 ? 'Choose the 7 × 7 window, or larger images.' : 'Use larger images.';
      return { ...refuse('quality.too-small', reason, cure), param: 'window' };
    }
    return {
      ok: true,
      outputs: {
        summary: { kind: 'table', axes: [axis('item', 4)], unit: '1', note: 'psnr, ssim, mse, test loss' },
        items: {
          kind: 'table',
          axes: [axis('item', reconstruction ? sizeOf(reconstruction, 'item') : null)],
          unit: '1',
          note: 'one row per image',
        },
        examples: {
          kind: 'images',
          axes: [
            axis('item', null),
            axis('height', known ? sizeOf(known, 'height') : null),
            axis('width', width === null ? null : 2 * width),
            axis('channel', known ? sizeOf(known, 'channel') : null),
          ],
          unit: '1',
          note: 'original, reconstruction',
        },
      },
    };
  },
  compute: () => import('./image-quality.compute'),
});
