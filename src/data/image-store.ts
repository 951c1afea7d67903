/**
 * A data set as a source of images sees it, wherever its pixels come from: prepared files (prepared-set.ts) or drawn on
 * demand (procedural/). Two files, as data sets have them; a validation set is taken out of `train` by the caller.
 */
export type SetFile = 'train' | 'test';

export interface ImageStore {
  /** height, width, channels of an image as stored. */
  readonly shape: readonly [number, number, number];
  readonly classNames: readonly string[];
  /** Class index of every image of a file, in its order. */
  labels(file: SetFile): Promise<Uint8Array>;
  /**
   * Writes the images at `positions` of a file, in that order, to `target`. `onStep` is awaited now and then with how many
   * of how many steps are done.
   */
  images(
    file: SetFile,
    positions: ArrayLike<number>,
    target: ImageTarget,
    onStep?: (done: number, of: number) => Promise<void>,
  ): Promise<void>;
}

/** Where images go: to `out` from element `at` on, in 0..1, channel last. */
export interface ImageTarget {
  readonly out: Float32Array;
  readonly at: number;
  /** One channel, 0.299 R + 0.587 G + 0.114 B, instead of those that the set has. */
  readonly grey: boolean;
}

/** Elements of one image as it is written to a target. */
export const imageSize = ({ shape: [height, width, channels] }: Pick<ImageStore, 'shape'>, grey: boolean): number =>
  height * width * (grey ? 1 : channels);
