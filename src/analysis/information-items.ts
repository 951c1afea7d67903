/** The items that information is measured on, with what is known of each: features, class, stimulus, image. */
import { DataError, NodeComputeError, ParameterError } from '../core/errors';
import { itemsOf, joinItems, type Split } from '../kit/item-table';
import type { FeaturesValue, ImagesValue, LabelsValue } from '../kit/values';
import type { FeatureMatrix } from './feature-scaling';

export interface InformationItems {
  /** Positions in the features. */
  readonly positions: Int32Array;
  readonly features: FeatureMatrix;
  /** What each item repeats: the same number for the trials of one stimulus. */
  readonly stimuli: Float64Array;
  readonly labels: Int32Array | null;
  readonly images: FeatureMatrix | null;
}

interface Given {
  readonly features: FeaturesValue;
  readonly labels?: LabelsValue | undefined;
  readonly images?: ImagesValue | undefined;
}

/** More numbers than this would take minutes and gigabytes. */
const maxNumbers = 4e7;

export function collectItems({ features, labels, images }: Given, split: Split | 'all'): InformationItems {
  const positions = itemsOf(features.items, split);
  if (positions.length === 0) {
    throw new DataError({
      code: 'information.no-items',
      message: split === 'all' ? 'There are no items.' : `There are no ${split} items.`,
      port: 'features',
      cure: 'Choose another split, or wire features of more items.',
    });
  }
  const width = features.shape[1] as number;
  if (positions.length * width > maxNumbers) {
    throw new ParameterError({
      code: 'information.too-large',
      message: 'That is more than a linear decoder can be fitted to here.',
      param: 'split',
      found: `${positions.length} items of ${width} features`,
      expected: `at most ${maxNumbers} numbers`,
      cure: 'Choose one split, fewer items, or the readout of one population.',
    });
  }
  const data = takeRows(features.data, width, positions);
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new NodeComputeError({
      code: 'information.not-finite',
      message: `Item ${features.items.ids[positions[Math.floor(bad / width)] as number]} has features that are no numbers.`,
      port: 'features',
    });
  }
  const stimulus = features.items.columns['stimulus'];
  const shown = images && sourceOf(features, images, positions, 'images');
  return {
    positions,
    features: { data, width },
    stimuli: Float64Array.from(positions, (at) => (stimulus ? stimulus[at] : features.items.ids[at]) as number),
    labels: labelsOf(features, labels, positions),
    images: images && shown ? imageRows(images, shown) : null,
  };
}

function takeRows(data: Float32Array, width: number, positions: Int32Array): Float32Array {
  const out = new Float32Array(positions.length * width);
  positions.forEach((at, k) => {
    out.set(data.subarray(at * width, (at + 1) * width), k * width);
  });
  return out;
}

/** The class of each item: from the wire, else from the item's own column. */
function labelsOf(features: FeaturesValue, labels: LabelsValue | undefined, positions: Int32Array): Int32Array | null {
  const column = features.items.columns['label'];
  if (!labels) return column ? Int32Array.from(positions, (at) => column[at] as number) : null;
  const from = sourceOf(features, labels, positions, 'labels');
  return Int32Array.from(from, (at) => labels.data[at] as number);
}

function imageRows(images: ImagesValue, from: Int32Array): FeatureMatrix {
  const width = images.shape.slice(1).reduce((all, n) => all * n, 1);
  return { data: takeRows(images.data, width, from), width };
}

/** Where each item is found in another value. */
function sourceOf(
  features: FeaturesValue,
  other: LabelsValue | ImagesValue,
  positions: Int32Array,
  port: 'labels' | 'images',
): Int32Array {
  const joined = joinItems(features.items, other.items);
  const where = new Int32Array(features.items.ids.length).fill(-1);
  joined.a.forEach((at, k) => {
    where[at] = joined.b[k] as number;
  });
  const found = Int32Array.from(positions, (at) => where[at] as number);
  const lacking = found.indexOf(-1);
  if (lacking < 0) return found;
  throw new DataError({
    code: 'information.unmatched',
    message: `Item ${features.items.ids[positions[lacking] as number]} has no ${port === 'labels' ? 'label' : 'image'}.`,
    port,
    found: `${found.filter((at) => at >= 0).length} of ${found.length} items`,
    cure: `Wire the ${port} of the source that the spikes were made from.`,
  });
}
