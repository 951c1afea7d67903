/**
 * Presets of the balanced encoder: science names them, each with what it gives at eta = 2 (sources drawn without repeats).
 * Brunel 2000 for the full-size network; the smaller ones keep J C_E and so the mean input.
 */
import type { Preset } from '../../src/kit/define-node';

const network = (
  nExc: number,
  nInh: number,
  connectionProbability: number,
  jExc: number,
  inhExcRatio: number,
  vThreshold = 20,
) => ({
  nExc,
  nInh,
  connectionProbability,
  jExc,
  inhExcRatio,
  vThreshold,
});

/** Expected rates and CVs: at eta = 2, sources drawn without repeats unless said otherwise; see docs of each. */
export const presets: readonly Preset[] = [
  {
    id: 'image-balanced',
    label: 'Images, balanced (g = 5)',
    help: 'The default: 1,024 E and 256 I neurons. About 31 Hz on MNIST.',
    params: network(1024, 256, 0.1, 0.4, 5),
  },
  {
    id: 'image-unbalanced',
    label: 'Images, unbalanced (g = 3.5)',
    help: 'Excitation dominates: 71 to 77 Hz on MNIST, regular firing.',
    params: network(1024, 256, 0.1, 0.4, 3.5),
  },
  {
    id: 'balanced_small',
    label: 'Balanced, small',
    help: '67 Hz, CV 0.54 at eta = 2.',
    params: network(1000, 250, 0.1, 0.4, 5),
  },
  {
    id: 'balanced_irregular',
    label: 'Balanced, irregular',
    help: '62 Hz, CV 0.97 at eta = 2.',
    params: network(1000, 250, 0.1, 0.6, 5),
  },
  {
    id: 'balanced_g6',
    label: 'Balanced, g = 6',
    help: '42 Hz, CV 1.16 at eta = 2.',
    params: network(1000, 250, 0.1, 0.6, 6),
  },
  {
    id: 'balanced_5k',
    label: 'Balanced, 5,000 neurons',
    help: 'About 47 Hz, CV 0.58 at eta = 2.',
    params: network(4000, 1000, 0.1, 0.2, 5),
  },
  {
    id: 'unbalanced_seed_g3.5',
    label: 'Unbalanced (g = 3.5)',
    help: '153 Hz, CV 0.24 at eta = 2.',
    params: network(1000, 250, 0.1, 0.4, 3.5),
  },
  {
    id: 'unbalanced_1_excitation',
    label: 'Unbalanced 1: excitation',
    help: 'About 271 Hz, CV 0.18 at eta = 2: runaway excitation.',
    params: network(1000, 250, 0.1, 0.6, 3),
  },
  {
    id: 'unbalanced_2_threshold',
    label: 'Unbalanced 2: threshold',
    help: 'Silent until eta is about 2.5.',
    params: network(1000, 250, 0.1, 0.4, 5, 60),
  },
  {
    id: 'sparse_p0.01',
    label: 'Nearly uncoupled',
    help: 'About 100 Hz, CV 0.21 at eta = 2: regular, no E/I correlation.',
    params: network(1000, 250, 0.01, 0.4, 5),
  },
  {
    id: 'brunel_ai',
    label: 'Brunel 2000, asynchronous irregular',
    help: '12,500 neurons; about 38 Hz, CV 0.42 at eta = 2. Slow for many images.',
    params: network(10_000, 2500, 0.1, 0.1, 5),
  },
];
