/** The seed's comparison on larger sets, on CIFAR-10, variants that show what limits the decoder, and the largest set. */
import { counted } from '../markdown';
import type { Job } from '../session';
import { type Arm, balanced, encoderSettings, imageSettings, trainedJob } from './arms';
import type { Sizes } from './sizes';

export const largeImages = (sizes: Sizes): string[] =>
  imageSettings(sizes, { train: sizes.large.train, validation: 0, test: sizes.large.test });

export function cifarJob(arm: Arm, graph: number, sizes: Sizes): Job {
  const { train, test } = sizes.cifar;
  return {
    pipeline: 'cifar10-balanced-vs-unbalanced',
    settings: [
      ...imageSettings({ ...sizes, imageSettings: [] }, { train, validation: 0, test }),
      ...encoderSettings('balanced', arm, graph, null, sizes),
      ...sizes.decoderSettings.map((setting) => `train-balanced.${setting}`),
    ],
    targets: ['quality-balanced', 'predict-balanced'],
  };
}

export interface Variant {
  readonly name: string;
  /** What is different from the decoder of the larger set. */
  readonly label: string;
  readonly branch: string;
  readonly job: Job;
}

/** The balanced network, MLP and U-Net; each differs in one thing from the decoder of the larger set. */
export function variants(sizes: Sizes, graph: number): Variant[] {
  const { train, test } = sizes.large;
  const job = (images: readonly string[], ...more: string[]): Job => {
    const plain = trainedJob('unet', balanced, graph, null, sizes, images);
    return { ...plain, settings: [...plain.settings, ...more] };
  };
  const images = largeImages(sizes);
  const fewer = imageSettings(sizes, { train: Math.round(train / 3), validation: 0, test });
  const more = imageSettings(sizes, { train: Math.round((10 * train) / 3), validation: 0, test });
  return [
    {
      name: 'more',
      label: `${Math.round((10 * train) / 3).toLocaleString('en-US')} training images`,
      branch: 'balanced',
      job: job(more),
    },
    {
      name: 'third',
      label: `${Math.round(train / 3).toLocaleString('en-US')} training images`,
      branch: 'balanced',
      job: job(fewer),
    },
    {
      name: 'time',
      label: 'twice the time that counts (450 ms), so twice the spikes',
      branch: 'balanced',
      job: job(images, 'balanced.duration=450'),
    },
    {
      name: 'excitatory',
      label: 'excitatory neurons alone',
      branch: 'balanced',
      job: job(images, 'readout-balanced.population=excitatory'),
    },
    {
      name: 'scores',
      label: 'inputs as z-scores',
      branch: 'balanced',
      job: job(images, 'train-balanced.inputScale=each'),
    },
  ];
}

/** The balanced network with the largest set, without dropout: the MLP alone, and what the U-Net adds to it. */
export function largest(sizes: Sizes, graph: number): Variant[] {
  const { train, alone, joint } = sizes.largest;
  const images = imageSettings(sizes, { train, validation: 0, test: sizes.large.test });
  const plain = trainedJob('unet', balanced, graph, null, sizes, images);
  const job = (epochs: number): Job => ({
    ...plain,
    settings: [
      ...plain.settings,
      'mlp.dropout=0',
      `train-balanced.warmUpEpochs=${alone}`,
      `train-balanced.epochs=${epochs}`,
    ],
  });
  const much = `${train.toLocaleString('en-US')} training images, no dropout`;
  return [
    {
      name: 'largest-mlp',
      label: `${much}, ${counted(alone, 'epoch')} of the MLP alone`,
      branch: 'balanced',
      job: job(alone),
    },
    {
      name: 'largest-unet',
      label: `${much}, ${counted(joint, 'epoch')} more with the U-Net`,
      branch: 'balanced',
      job: job(alone + joint),
    },
  ];
}
