/** Brings every input to measures, compares them, and draws what lies over each other. */
import { type Compared, compareResults, comparisonTable } from '../../src/analysis/compare/comparison';
import { comparisonFigure } from '../../src/analysis/compare/comparison-figure';
import { differencesOf, mainMeasure, verdictBetween } from '../../src/analysis/compare/conclude';
import { histograms } from '../../src/analysis/compare/histogram';
import { canRefer, imageMeasures } from '../../src/analysis/compare/image-measures';
import type { Measure } from '../../src/analysis/compare/measure';
import { measuresOf } from '../../src/analysis/compare/measures-of';
import { type Overlay, overlayOf } from '../../src/analysis/compare/overlay';
import { curvesByResult, weightArrays } from '../../src/analysis/compare/shown';
import { lookAtSpikes, spikeMeasures } from '../../src/analysis/compare/spike-look';
import { createPace } from '../../src/analysis/pacing';
import { DataError } from '../../src/core/errors';
import type { ComputeContext } from '../../src/kit/context';
import type { ComputeOf } from '../../src/kit/define-node';
import type { ImagesValue, PortValue } from '../../src/kit/values';
import { createSsim, windowSize } from '../metric/ssim';
import type definition from './compare';
import { readNames } from './compare';

interface Looked {
  readonly measures: readonly Measure[];
  readonly overlay: Overlay | null;
}

async function look(value: PortValue, reference: PortValue | null, context: ComputeContext): Promise<Looked> {
  const pace = createPace(context);
  const rest = () => pace(0, 1, 'comparing');
  if (value.kind === 'spikes') {
    const seen = await lookAtSpikes(value, rest);
    return { measures: spikeMeasures(seen), overlay: overlayOf(value, seen) };
  }
  if (value.kind === 'images') {
    const truth = reference?.kind === 'images' ? requireReference(value, reference) : null;
    return { measures: await imageMeasures(value, truth, truth ? similarityFor(value) : null, rest), overlay: null };
  }
  return { measures: measuresOf(value, reference), overlay: overlayOf(value) };
}

function requireReference(images: ImagesValue, reference: ImagesValue): ImagesValue {
  if (canRefer(images, reference)) return reference;
  throw new DataError({
    code: 'compare.no-reference',
    message: 'Some images have no counterpart of their size in the reference.',
    port: 'reference',
    found: `${images.items.ids.length} images of ${images.shape.slice(1).join(' x ')}`,
    expected: `among ${reference.items.ids.length} of ${reference.shape.slice(1).join(' x ')}, by item id`,
    cure: 'Wire the source that the images were made from.',
  });
}

/** None for images that hold no window. */
function similarityFor({ shape }: ImagesValue) {
  const [, height = 0, width = 0, channels = 1] = shape;
  return Math.min(height, width) < windowSize.gaussian ? null : createSsim('gaussian', height, width, channels).compare;
}

const compute: ComputeOf<typeof definition> = async ({ values, reference }, params, context) => {
  const names = readNames(params.names);
  const labels = values.map((_, k) => names[k] || `input ${k + 1}`);
  const looked: Looked[] = [];
  for (const value of values) looked.push(await look(value, reference ?? null, context));
  const results = looked.map(({ measures }, k): Compared => ({ label: labels[k] ?? '', measures }));
  const rows = compareResults(results);
  const main = mainMeasure(rows);
  const { sentence } = verdictBetween(main, results);
  const weights = values.every((value) => value.kind === 'model')
    ? histograms(values.map((value) => weightArrays(value)))
    : null;
  const differences = main ? differencesOf(main, results) : null;
  return {
    table: comparisonTable(rows, labels),
    figure: {
      kind: 'figure',
      ...comparisonFigure({
        title: 'Comparison',
        caption: `${labels.join(', ')}. ${sentence} Points: means, bars their 95 % intervals; bands one standard deviation.`,
        labels,
        rows,
        curves: curvesByResult(looked.map(({ overlay }) => overlay)),
        weights: weights ? { name: 'weight', histogram: weights } : null,
        ...(differences ? { differences } : {}),
      }),
    },
  };
};

export default compute;
