/**
 * What is known of each data set before it is read, so that sizes are told, and counts that cannot be met are refused,
 * before a run. Item ids count the training images from 0; those of the test images follow.
 */
export interface ImageSet {
  readonly title: string;
  /** What its images show, for people: "images of the digit 3". */
  readonly shows: string;
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  readonly classNames: readonly string[];
  /** Images of each class in each file. */
  readonly train: readonly number[];
  readonly test: readonly number[];
}

const digits = Array.from({ length: 10 }, (_, digit) => String(digit));
const each = (count: number): number[] => new Array<number>(10).fill(count);

export const imageSets = {
  mnist: {
    title: 'MNIST',
    shows: 'digit',
    height: 28,
    width: 28,
    channels: 1,
    classNames: digits,
    train: [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
    test: [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
  },
  cifar10: {
    title: 'CIFAR-10',
    shows: 'class',
    height: 32,
    width: 32,
    channels: 3,
    classNames: ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
    train: each(5000),
    test: each(1000),
  },
  textures: {
    title: 'Coloured shapes',
    shows: 'class',
    height: 32,
    width: 32,
    channels: 3,
    classNames: ['disc', 'square', 'triangle', 'ring', 'plus', 'star', 'diamond', 'saltire', 'crescent', 'bar'],
    train: each(5000),
    test: each(1000),
  },
  glyphs: {
    title: 'Drawn digits',
    shows: 'digit',
    height: 28,
    width: 28,
    channels: 1,
    classNames: digits,
    train: each(6000),
    test: each(1000),
  },
} as const satisfies Readonly<Record<string, ImageSet>>;
export type ImageSetName = keyof typeof imageSets;

export const imageSetNames = Object.keys(imageSets) as readonly ImageSetName[];

/** Id of a set's first test image. */
export const firstTestId = ({ train }: ImageSet): number => train.reduce((sum, count) => sum + count, 0);

/** The classes asked for, by number or by name, or null when the text is no list of them. */
export function parseClasses(list: string, classNames: readonly string[]): number[] | null {
  const parts = list.split(/[\s,;]+/).filter(Boolean);
  if (parts.length === 0) return classNames.map((_, label) => label);
  const labels = parts.map((part) => (/^\d+$/.test(part) ? Number(part) : classNames.indexOf(part.toLowerCase())));
  if (labels.some((label) => label < 0 || label >= classNames.length)) return null;
  return [...new Set(labels)].sort((a, b) => a - b);
}
