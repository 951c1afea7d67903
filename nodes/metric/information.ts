/**
 * Information: what features tell of classes, of a step of the stimulus and of images, each measured on items that the
 * decoder has not seen, and per spike where the spikes are wired. The definitions are in src/analysis: class-decoder.ts,
 * confusion.ts, discriminability.ts, fisher-information.ts, gaussian-bound.ts, unit-pixels.ts.
 */
import { refuse } from '../../src/core/validity';
import { defineNode, input, optionalInput, output } from '../../src/kit/define-node';
import { choice, integer, quantity, seed, text } from '../../src/kit/params';
import { axis, sizeOf } from '../../src/kit/port-type';

export default defineNode({
  type: 'metric.information',
  version: 1,
  title: 'Information',
  inputs: {
    features: input('features', 'Features', 'One vector for each item, from a spike readout.'),
    labels: optionalInput('labels', 'Labels', "Classes to decode; without a wire, the items' own column of labels."),
    images: optionalInput('images', 'Images', 'The images that the spikes encode.'),
    spikes: optionalInput('spikes', 'Spikes', 'The spikes that the features were read from: gives values per spike.'),
  },
  outputs: {
    table: output('table', 'Information', 'One row for each measure, with its interval; empty with the reason.'),
    figure: output('figure', 'Figure', "Confusion matrix, image components, d' and Fisher information."),
  },
  params: {
    split: choice({
      label: 'Items',
      help: 'Which items are used. All of them are decoded in turn, by decoders fitted to the others.',
      options: [
        { value: 'all', label: 'All' },
        { value: 'train', label: 'Training' },
        { value: 'validation', label: 'Validation' },
        { value: 'test', label: 'Test' },
      ],
      default: 'all',
    }),
    folds: integer({
      label: 'Folds',
      help: 'Parts of the cross-validation. Trials of one stimulus stay in one part.',
      min: 2,
      max: 20,
      default: 5,
    }),
    shrinkage: choice({
      label: 'Shrinkage',
      help: 'How the covariance of the features is regularised.',
      options: [
        { value: 'auto', label: 'Ledoit and Wolf', help: 'Estimated in each training part by itself.' },
        { value: 'fixed', label: 'Fixed', help: 'The same share everywhere.' },
      ],
      default: 'auto',
    }),
    shrinkageShare: quantity('1', {
      label: 'Share',
      symbol: 'δ',
      help: 'Of the identity in the covariance: 1 uses variances alone.',
      min: 0,
      max: 1,
      step: 0.01,
      default: 0.1,
      visibleWhen: { param: 'shrinkage', is: ['fixed'] },
    }),
    stepColumn: text({
      label: 'Step column',
      help: 'The item column whose two values are told apart, such as a contrast. Empty: two classes.',
      default: '',
      group: 'Step',
    }),
    stepFrom: quantity('1', {
      label: 'Step from',
      help: 'Value of the column, or number of the class.',
      min: -1e9,
      max: 1e9,
      default: 0,
      group: 'Step',
    }),
    stepTo: quantity('1', {
      label: 'Step to',
      help: 'Value of the column, or number of the class.',
      min: -1e9,
      max: 1e9,
      default: 1,
      group: 'Step',
    }),
    fisherUnits: integer({
      label: 'Units of the Fisher information',
      help: 'So many units, drawn at random. 0 takes all; both conditions together need 6 trials more than units.',
      min: 0,
      max: 100_000,
      default: 0,
      group: 'Step',
    }),
    components: integer({
      label: 'Image components',
      help: 'Principal components of the images in the Gaussian bound. 0 leaves it out.',
      min: 0,
      max: 200,
      default: 20,
      group: 'Images',
    }),
    pixels: integer({
      label: 'Pixels',
      help: "At most so many pixels, drawn at random, for the pooled d'. 0 leaves it out.",
      min: 0,
      max: 1000,
      default: 32,
      group: 'Images',
    }),
    dark: quantity('1', {
      label: 'Dark up to',
      help: 'A pixel is dark at or below this value.',
      min: 0,
      max: 1,
      step: 0.05,
      default: 0.25,
      group: 'Images',
    }),
    bright: quantity('1', {
      label: 'Bright from',
      help: 'A pixel is bright at or above this value.',
      min: 0,
      max: 1,
      step: 0.05,
      default: 0.75,
      group: 'Images',
    }),
    population: choice({
      label: 'Spikes of',
      help: 'Whose spikes are counted for the values per spike.',
      options: [
        { value: 'all', label: 'All units' },
        { value: 'excitatory', label: 'Excitatory' },
        { value: 'inhibitory', label: 'Inhibitory' },
      ],
      default: 'all',
    }),
    shuffles: integer({
      label: 'Shuffles',
      help: 'Permutations of the decoded classes whose mean bits are taken off. 0 leaves the bias in.',
      min: 0,
      max: 10_000,
      default: 100,
      advanced: true,
    }),
    resamples: integer({
      label: 'Bootstrap resamples',
      help: 'For the 95 % intervals. 0 leaves them out.',
      min: 0,
      max: 20_000,
      step: 100,
      default: 500,
      advanced: true,
    }),
    seed: seed({ help: 'Of the folds, shuffles, bootstrap and of every other random choice here.', advanced: true }),
  },
  numerics: 'exact',
  docs: {
    summary: 'Measures what a population of neurons tells of classes, of a step of the stimulus and of images.',
    description: [
      'Every decoder is linear and is tested on items it has not seen. Items are dealt into folds by the seed, classes spread evenly, trials of one stimulus together (unless each class is one stimulus, whose trials are then dealt). Scaling, covariance, shrinkage, image components and the choice of pixels are fitted inside each training part, so that noise features of any number score at chance.',
      'Classes: linear discriminant analysis with a covariance shrunk by the share of Ledoit and Wolf. Accuracy is the share of held-out items decoded right; chance is what the same answers, shuffled over items, would get. Bits are the information in the confusion matrix, less its mean over shuffled answers (more than the bias where few errors are made, so that good decoders are not overrated). It is a lower bound on what the features tell, since it counts what one linear decoder finds.',
      "Step: two classes, or two values of an item column. d' of single units is the root mean square over units, each square without the bias of few trials; d' pooled is that of held-out items along the linear decoder's axis. Linear Fisher information is bias-corrected and needs at least 6 trials more than units, both conditions together; choose a number of units where there are fewer. Its twin for shuffled trials counts every unit as if independent: correlations lower the information where the first is smaller. Per squared unit of the column; for classes the step is 1. Items of one class with different images count as trials, so that their differences are noise.",
      "Images: principal component scores and pixels are decoded by a linear map with a shrunk covariance. The Gaussian bound adds the information of the components' held-out correlations; it is a lower bound as far as scores are Gaussian. Pixel d' compares dark and bright items of one pixel: pooled, of the decoded value, mean over pixels; for a unit, of its response, the pixel (and the sign) being the one it follows most in the other folds, mean over units.",
      "Intervals are 95 %: standard bootstrap intervals over stimuli (accuracy, bits, pooled d', Gaussian bound), block jackknife over items (d' of units, shuffled Fisher information), and normal theory for the Fisher information, where resampling would make the covariance singular. They cover the choice of items, not of the network: compare networks with the paired test over seeds.",
      'Per spike divides by the mean number of spikes per item in the time that counts, per event by the recurrent synaptic events they cause (each spike times the mean number of its targets). Where a measure is not defined its value is empty and the note says why.',
    ],
    equations: [
      '\\delta_k(x) = m_k^\\top C^{-1} x - \\tfrac12 m_k^\\top C^{-1} m_k + \\ln \\pi_k, \\quad C = (1-\\delta) S + \\delta \\tfrac{\\mathrm{tr} S}{p} I',
      'I_{\\mathrm{conf}} = \\sum_{t,d} p(t,d) \\log_2 \\frac{p(t,d)}{p(t)\\,p(d)} - \\langle I \\rangle_{\\mathrm{shuffled}}',
      "d' = (\\mu_1 - \\mu_0) / \\sqrt{(\\sigma_0^2 + \\sigma_1^2)/2}",
      "I_F = f'^\\top S^{-1} f' \\, \\frac{2T - N - 3}{2T - 2} - \\frac{2N}{T\\,\\delta\\theta^2}",
      "I_{\\mathrm{shuffled}} = \\frac{T-2}{T-1} \\sum_i f_i'^2 / s_i^2 - \\frac{2N}{T\\,\\delta\\theta^2}",
      'I_{\\mathrm{Gauss}} = -\\tfrac12 \\sum_k \\log_2 (1 - \\rho_k^2)',
    ],
    references: [
      'I. Kanitscheider, R. Coen-Cagli, A. Kohn, A. Pouget (2015), Measuring Fisher information accurately in correlated neural populations, PLoS Comput. Biol. 11:e1004218.',
      'O. Ledoit, M. Wolf (2004), A well-conditioned estimator for large-dimensional covariance matrices, J. Multivariate Anal. 88:365-411.',
      'T. Hastie, R. Tibshirani, J. Friedman (2009), The Elements of Statistical Learning, sections 4.3 and 7.10.',
      'S. Panzeri, R. Senatore, M. A. Montemurro, R. S. Petersen (2007), Correcting for the sampling bias problem in spike train information measures, J. Neurophysiol. 98:1064-1072.',
      'R. Q. Quiroga, S. Panzeri (2009), Extracting information from neuronal populations, Nat. Rev. Neurosci. 10:173-185.',
      'B. B. Averbeck, P. E. Latham, A. Pouget (2006), Neural correlations, population coding and computation, Nat. Rev. Neurosci. 7:358-366.',
    ],
    keywords: [
      'decoding',
      'accuracy',
      'confusion',
      'bits',
      "d'",
      'Fisher information',
      'mutual information',
      'per spike',
    ],
  },
  keyInfo: (p) => `${p.folds} folds${p.stepColumn ? `, ${p.stepColumn} ${p.stepFrom} to ${p.stepTo}` : ''}`,
  infer({ features }, p) {
    if (p.stepFrom === p.stepTo) {
      const reason = `The step goes from ${p.stepFrom} to ${p.stepTo}.`;
      return { ...refuse('information.step', reason, 'Choose two values.'), param: 'stepTo' };
    }
    if (p.dark >= p.bright) {
      const reason = `A pixel of ${p.dark} would be both dark and bright.`;
      return { ...refuse('information.thresholds', reason, 'Let bright begin above dark.'), param: 'bright' };
    }
    const items = features ? sizeOf(features, 'item') : null;
    if (items !== null && items < 2) {
      const reason = `Features of ${items} ${items === 1 ? 'item' : 'items'} leave none to test a decoder on.`;
      return { ...refuse('information.few', reason, 'Encode more items.'), port: 'features' };
    }
    return {
      ok: true,
      outputs: {
        table: { kind: 'table', axes: [axis('item', null)], unit: '1', note: 'one row per measure' },
        figure: { kind: 'figure', axes: [], unit: '1', note: "confusion, components, d'" },
      },
    };
  },
  compute: () => import('./information.compute'),
});
