/** How much of the study is done: images, graphs and decoders. The report states what was used. */
import type { EtaPair } from '../match-drive';

/** eta of the published comparison: 1 at a dark pixel, 3 at a bright one. */
export const publishedDrive: EtaPair = [1, 2];

export interface Sizes {
  readonly name: 'full' | 'quick' | 'miniature';
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  /** Images on which drives are matched. */
  readonly matchImages: number;
  /** Drive of the balanced network, and of those that are compared with it at the same drive. */
  readonly drive: EtaPair;
  /** Graphs of the arms that the conclusion rests on, by ridge regression. */
  readonly graphs: number;
  /** Graphs of the shuffled arm, which holds nothing that could differ. */
  readonly shuffled: number;
  /** Graphs of the curve over g, at the same and at a matched drive. */
  readonly curve: { readonly same: number; readonly matched: number };
  readonly gs: readonly number[];
  readonly information: { readonly arms: number; readonly curve: number };
  /** Other readouts of the same spikes, by ridge regression. */
  readonly other: number;
  /** Spikes that are cut short, moved or lost. */
  readonly changed: number;
  /** Trials at either end of the step of contrast, and neurons of its Fisher information. */
  readonly step: { readonly graphs: number; readonly trials: number; readonly units: number };
  /** Trained decoders on the same images. */
  readonly trained: number;
  /** The seed's comparison with larger sets. */
  readonly large: { readonly train: number; readonly test: number; readonly graphs: number };
  readonly cifar: { readonly train: number; readonly test: number; readonly graphs: number };
  /** Variants of what the trained decoder of the larger set is given. */
  readonly limits: number;
  /** MLP and U-Net with as many images as an hour allows: epochs of the MLP alone, then with the U-Net. */
  readonly largest: {
    readonly train: number;
    readonly alone: number;
    readonly joint: number;
    readonly graphs: number;
  };
  /** ms that count in an encoder with these settings. */
  readonly counted: number;
  /** Further settings of the images, such as another data set. */
  readonly imageSettings: readonly string[];
  /** Further settings of every trained decoder: only the miniature of the tests has any. */
  readonly decoderSettings: readonly string[];
  /** Further settings of every balanced network. */
  readonly encoderSettings: readonly string[];
}

const gs = [2, 3, 3.5, 4, 4.5, 5, 6, 8];

export const full: Sizes = {
  name: 'full',
  train: 1200,
  validation: 300,
  test: 300,
  matchImages: 100,
  drive: publishedDrive,
  graphs: 10,
  shuffled: 3,
  curve: { same: 10, matched: 10 },
  gs,
  information: { arms: 10, curve: 3 },
  other: 10,
  changed: 10,
  step: { graphs: 10, trials: 500, units: 400 },
  trained: 6,
  large: { train: 3000, test: 500, graphs: 3 },
  cifar: { train: 1000, test: 200, graphs: 3 },
  limits: 3,
  largest: { train: 30_000, alone: 16, joint: 2, graphs: 1 },
  counted: 200,
  imageSettings: [],
  decoderSettings: [],
  encoderSettings: [],
};

export const quick: Sizes = {
  ...full,
  name: 'quick',
  graphs: 3,
  curve: { same: 1, matched: 1 },
  gs: [3.5, 5, 8],
  information: { arms: 1, curve: 0 },
  other: 1,
  changed: 0,
  step: { graphs: 1, trials: 500, units: 400 },
  trained: 1,
  large: { train: 600, test: 100, graphs: 1 },
  cifar: { train: 200, test: 50, graphs: 1 },
  limits: 0,
  largest: { train: 3000, alone: 4, joint: 1, graphs: 0 },
};

/** Seconds: for the tests. Its numbers mean nothing. */
export const miniature: Sizes = {
  ...quick,
  name: 'miniature',
  train: 40,
  validation: 10,
  test: 15,
  matchImages: 10,
  graphs: 2,
  changed: 1,
  step: { graphs: 2, trials: 30, units: 20 },
  gs: [3.5, 5],
  large: { train: 20, test: 5, graphs: 1 },
  cifar: { train: 8, test: 4, graphs: 0 },
  largest: { train: 30, alone: 1, joint: 1, graphs: 1 },
  // Drawn, so that no data set need be prepared.
  imageSettings: ['dataset=glyphs'],
  decoderSettings: ['epochs=2', 'warmUpEpochs=1'],
  encoderSettings: ['nExc=144', 'nInh=36', 'jExc=2.8', 'duration=100'],
  counted: 50,
};

export const sizesOf = (flags: { readonly quick: boolean; readonly miniature: boolean }): Sizes =>
  flags.miniature ? miniature : flags.quick ? quick : full;
