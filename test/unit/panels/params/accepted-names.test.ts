import { expect, test } from 'vitest';
import images from '../../../../nodes/source/images';
import { paramMeta } from '../../../../src/kit/params';
import { acceptedNames, dialogueFilter } from '../../../../src/panels/params/AssetsControl';

const accept = paramMeta(images.params.files).accept ?? [];

test.each([
  'train-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
  'train-images-idx3-ubyte.gz',
  't10k-labels.idx1-ubyte',
  'cat/7.PNG',
  'digits.npz',
])('an image source takes "%s"', (name) => expect(acceptedNames(name, accept)).toBe(true));

test.each(['notes.txt', 'archive.zip', 'idx'])('an image source does not take "%s"', (name) =>
  expect(acceptedNames(name, accept)).toBe(false),
);

test('a file dialogue offers names without an ending too, where they are accepted', () => {
  expect(dialogueFilter(accept)).toBe('');
  expect(dialogueFilter(['.png', '.jpg'])).toBe('.png,.jpg');
});
