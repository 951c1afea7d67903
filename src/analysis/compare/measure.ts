/** A quantity by which results are compared: one number for each item (or row, unit, point), with who each belongs to. */
import type { Interval } from '../bootstrap';
import type { Keys } from './sample';

export interface Measure {
  /** Measures of one name are compared with each other. */
  readonly name: string;
  readonly label: string;
  /** '1' for a pure number. */
  readonly unit: string;
  /** Which way is better; null where neither is. */
  readonly better: 'higher' | 'lower' | null;
  readonly values: ArrayLike<number>;
  /** By position where null. */
  readonly keys: Keys | null;
  /** What is counted: "images", "items", "points". */
  readonly of: string;
  /** An interval that came with a single value. */
  readonly interval?: Interval | null;
  /** Points of a curve or weights of a model are no sample: their mean has no interval. */
  readonly sampled: boolean;
}

const higher = /^(psnr|ssim|accuracy|correct|r2|r²|decodab|information|bits|d'|dprime|cohen)/i;
const lower = /^(mse|mae|loss|test loss|train loss|validation loss|error|rmse|nrmse)/i;

/** Which way is better, told by the usual names of scores. */
export function betterOf(name: string): Measure['better'] {
  const text = name.trim();
  if (higher.test(text)) return 'higher';
  return lower.test(text) || /\bloss\b|\berror\b/i.test(text) ? 'lower' : null;
}
