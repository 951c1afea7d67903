/** How well classes are decoded from features: accuracy, and bits from the confusion matrix. */
import { exactLog } from '../core/random/elementary';
import { decodeClasses } from './class-decoder';
import { bitsOf, chanceAccuracy, confusionOf, shuffledBits } from './confusion';
import type { FeatureMatrix } from './feature-scaling';
import { drawFolds, foldCount } from './folds';
import { foldGroups, groupInterval, groupPositions } from './grouped-items';
import { type Measure, type MeasureName, measured, undefinedMeasure } from './measure';
import { meanOf } from './moments';
import type { Shrinkage } from './shrunk-covariance';
import type { Rest } from './symmetric';

/** What every measure of information is told. */
export interface InformationOptions {
  readonly folds: number;
  readonly shrinkage: Shrinkage;
  readonly resamples: number;
  readonly seed: number;
  readonly rest: Rest;
}

export interface ClassInformation {
  readonly measures: readonly Measure[];
  /** Row = true, column = decoded; null where nothing could be decoded. */
  readonly confusion: Float64Array | null;
  /** Class indices of its rows. */
  readonly present: readonly number[];
}

const accuracyName: MeasureName = {
  measure: 'accuracy',
  label: 'Decoded classes',
  unit: '1',
  overWhat: 'classes',
  perSpike: false,
};
const bitsName: MeasureName = {
  measure: 'confusion bits',
  label: 'Information in the confusion matrix',
  unit: 'bit',
  overWhat: 'classes',
  perSpike: true,
};

/** `labels` is a class for each item, `stimuli` what each item repeats. */
export async function classInformation(
  features: FeatureMatrix,
  labels: ArrayLike<number>,
  stimuli: ArrayLike<number>,
  shuffles: number,
  options: InformationOptions,
): Promise<ClassInformation> {
  const n = labels.length;
  const present = [...new Set(Array.from(labels))].sort((a, b) => a - b);
  const index = new Map(present.map((label, k) => [label, k]));
  const classes = Int32Array.from(labels, (label) => index.get(label) as number);
  const groups = foldGroups(stimuli, classes);
  const why = reasonAgainst(classes, groups, present);
  if (why !== null) {
    return {
      measures: [accuracyName, bitsName].map((name) => undefinedMeasure(name, n, why)),
      confusion: null,
      present,
    };
  }
  const count = present.length;
  const folds = drawFolds(groups, classes, options.folds, options.seed);
  const { predicted, shrinkage } = await decodeClasses(
    features,
    classes,
    count,
    folds,
    options.shrinkage,
    options.rest,
  );
  const together = groupPositions(groups);
  const share = (positions: Int32Array) => {
    let right = 0;
    for (const item of positions) if (predicted[item] === classes[item]) right++;
    return right / positions.length;
  };
  const accuracy = share(Int32Array.from({ length: n }, (_, i) => i));
  const confusion = confusionOf(classes, predicted, count);
  const plain = bitsOf(confusion, count);
  const chanceBits =
    shuffles > 0 ? await shuffledBits(classes, predicted, count, shuffles, options.seed, options.rest) : 0;
  const bits = plain - chanceBits;
  const { resamples, seed, rest } = options;
  return {
    measures: [
      measured(accuracyName, {
        value: accuracy,
        interval: await groupInterval(accuracy, together, share, { resamples, seed, stream: 0, within: [0, 1], rest }),
        chance: chanceAccuracy(classes, predicted, count),
        n,
        over: count,
        note: `${foldCount(folds)} folds, shrinkage ${meanOf(shrinkage).toPrecision(2)}.`,
      }),
      measured(bitsName, {
        value: bits,
        // A resample repeats items, which adds to its bits as such: only their spread is used, around the estimate.
        interval: await groupInterval(
          bits,
          together,
          (positions) => bitsOf(confusionAt(classes, predicted, positions, count), count),
          { resamples, seed, stream: 1, within: [-Infinity, exactLog(count) / Math.LN2], rest },
        ),
        chance: 0,
        n,
        over: count,
        note:
          shuffles > 0
            ? `${chanceBits.toPrecision(2)} bits of shuffled decoding taken off.`
            : 'Not corrected for bias.',
      }),
    ],
    confusion,
    present,
  };
}

function confusionAt(truth: Int32Array, decoded: Int32Array, positions: Int32Array, classes: number): Float64Array {
  const counts = new Float64Array(classes * classes);
  for (const item of positions) {
    const at = (truth[item] as number) * classes + (decoded[item] as number);
    counts[at] = (counts[at] as number) + 1;
  }
  return counts;
}

/** Why classes cannot be decoded, or null. */
function reasonAgainst(classes: Int32Array, groups: Int32Array, present: readonly number[]): string | null {
  if (present.length < 2) return `All items are of ${present.length === 1 ? 'one class' : 'no class'}.`;
  const held = present.map(() => new Set<number>());
  for (let i = 0; i < classes.length; i++) held[classes[i] as number]?.add(groups[i] as number);
  const short = held.findIndex((set) => set.size < 2);
  return short < 0 ? null : `Class ${present[short]} has a single stimulus, so none is left to test a decoder on.`;
}
