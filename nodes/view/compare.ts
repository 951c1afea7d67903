/**
 * Compare: statistics of any number of results of one kind beside each other, and the difference of each from the first.
 * Items that two results share are pairs. The definitions are in src/analysis/compare.
 *
 *   mean -+ t(0.975, n - 1) s / sqrt(n),    d = 1/n sum_i (y_i - x_i)
 */
import { refuse } from '../../src/core/validity';
import { defineNode, optionalInput, output, variadicInput } from '../../src/kit/define-node';
import { text } from '../../src/kit/params';
import { axis, formatShape, type PortType, sizeOf } from '../../src/kit/port-type';

export const comparableKinds = ['images', 'labels', 'rates', 'spikes', 'features', 'model', 'series', 'table'] as const;

const sizes = ['height', 'width', 'channel'] as const;
const imageShape = (type: PortType): string =>
  formatShape({ ...type, axes: sizes.map((name) => axis(name, sizeOf(type, name))) });

const differ = (a: PortType, b: PortType): boolean =>
  sizes.some((name) => {
    const [x, y] = [sizeOf(a, name), sizeOf(b, name)];
    return x !== null && y !== null && x !== y;
  });

/** "A, B" as a list; empty entries are kept so that a later name keeps its place. */
export const readNames = (names: string): readonly string[] =>
  names.trim() === '' ? [] : names.split(',').map((name) => name.trim());

export default defineNode({
  type: 'view.compare',
  version: 1,
  title: 'Compare',
  inputs: {
    values: variadicInput(
      comparableKinds,
      'Results',
      'Two or more results of one kind, in order; differences are taken from the first.',
    ),
    reference: optionalInput(
      ['images', 'labels'],
      'Reference',
      'The truth: images are scored against it by PSNR, SSIM and MSE, labels by accuracy.',
    ),
  },
  outputs: {
    table: output(
      'table',
      'Comparison',
      'One row for each measure and result: statistics, and the difference from the first.',
    ),
    figure: output('figure', 'Figure', 'The results over each other, their scores, and the paired differences.'),
  },
  params: {
    names: text({
      label: 'Names',
      help: 'What the results are called, in the order of their wires, with commas between. Empty: input 1, input 2, ...',
      default: '',
    }),
  },
  shownFirst: 'figure',
  numerics: 'exact',
  docs: {
    summary: 'Compares results of one kind: mean, median, range, interval and paired difference.',
    description: [
      'Each result is brought to measures, one number for each item. Images with a reference: PSNR, SSIM (Gaussian window of 11 pixels) and MSE; without one, mean intensity and contrast. Labels with a reference: accuracy. Spikes: the rate of every population in each item, without the part left out at the start. Rates and features: the mean over time and units. Tables with a column "item": every number column. Other tables: every row is a quantity of its own, compared one by one. Curves: the last value and all points, or mean and peak where there are many. Trained models: the number of parameters and every array of weights.',
      'Where two results hold the same items, by id, the difference is paired: the mean over items of the second less the first. Otherwise it is the difference of the means, with the degrees of freedom of Welch.',
      "Intervals are 95 % by Student's t and cover the choice of items only: another seed of the network or of training varies the result further. Points of a curve and weights are no sample, so their means have no interval.",
      'Infinite scores, such as the PSNR of equal images, are counted and left out of means, intervals and paired differences.',
      'The compare panel shows the same numbers of any results without this node; the node keeps them in the pipeline, and works headless.',
    ],
    equations: ['\\bar{x} \\pm t_{0.975,\\,n-1}\\, s / \\sqrt{n}', '\\bar{d} = \\frac{1}{n} \\sum_i (y_i - x_i)'],
    references: [
      'Student (1908), The probable error of a mean, Biometrika 6:1-25.',
      "B. L. Welch (1947), The generalization of Student's problem when several different population variances are involved, Biometrika 34:28-35.",
      'Z. Wang, A. C. Bovik, H. R. Sheikh, E. P. Simoncelli (2004), Image quality assessment, IEEE Trans. Image Process. 13:600-612.',
    ],
    keywords: ['versus', 'difference', 'paired', 'side by side', 'A/B', 'branches', 'statistics'],
  },
  keyInfo: (p) => (readNames(p.names).filter(Boolean).length > 1 ? readNames(p.names).join(' / ') : ''),
  infer({ values, reference }, _) {
    const kinds = [...new Set(values.map(({ kind }) => kind))];
    if (kinds.length > 1) {
      const reason = `Results of one kind are compared with each other; these are ${kinds.join(' and ')}.`;
      return { ...refuse('compare.kinds', reason, 'Use a Compare node for each kind.'), port: 'values' };
    }
    if (values.length === 1) {
      const reason = 'One result alone has nothing to be compared with.';
      return { ...refuse('compare.single', reason, 'Wire a second one.'), port: 'values' };
    }
    const [kind] = kinds;
    if (reference && kind && reference.kind !== kind) {
      const reason = `A reference of ${reference.kind} says nothing about ${kind}.`;
      return {
        ...refuse('compare.reference-kind', reason, 'Remove it, or wire one of the same kind.'),
        port: 'reference',
      };
    }
    const odd = reference?.kind === 'images' ? values.find((type) => differ(type, reference)) : undefined;
    if (reference && odd) {
      const reason = `The reference is ${imageShape(reference)} and a result ${imageShape(odd)}.`;
      const cure = 'Wire the images that the results are to come close to.';
      return { ...refuse('compare.shape', reason, cure), port: 'reference' };
    }
    return {
      ok: true,
      outputs: {
        table: { kind: 'table', axes: [axis('item', null)], unit: '1', note: 'one row per measure and result' },
        figure: { kind: 'figure', axes: [], unit: '1', note: 'results over each other' },
      },
    };
  },
  compute: () => import('./compare.compute'),
});
