/**
 * The data sets that `npm run datasets` prepares.
 *
 * MNIST: LeCun, Cortes, Burges, "The MNIST database of handwritten digits"; 60,000 and 10,000 images of 28 x 28, grey.
 * CIFAR-10: Krizhevsky (2009), "Learning multiple layers of features from tiny images"; 50,000 and 10,000 of 32 x 32, RGB.
 */
import type { PreparedSet } from './prepared-set';

export const mnist: PreparedSet = {
  folder: 'mnist',
  title: 'MNIST',
  shape: [28, 28, 1],
  instead: '',
};

export const cifar10: PreparedSet = {
  folder: 'cifar10',
  title: 'CIFAR-10',
  shape: [32, 32, 3],
  instead: 'Or choose the data set "Coloured shapes" of the same size: it is drawn on demand and needs no files.',
};
