/** A comparison as files: one figure with its caption as SVG or PNG, the pipeline in it, and the numbers as CSV. */
import { comparisonTable } from '../../analysis/compare/comparison';
import { type ComparisonShown, comparisonFigure, type ShownPicture } from '../../analysis/compare/comparison-figure';
import { differencesOf } from '../../analysis/compare/conclude';
import { histograms } from '../../analysis/compare/histogram';
import { overlayOf } from '../../analysis/compare/overlay';
import { curvesByResult, weightArrays } from '../../analysis/compare/shown';
import { letterOf } from '../../core/letter';
import { writeCsv } from '../../data/csv';
import type { DifferenceRow } from '../../editor/difference-rows';
import { download } from '../../editor/file-io';
import type { EditorSession } from '../../editor/session';
import type { Figure } from '../../kit/figure';
import { saveFigure } from '../dialogs/save-figure';
import { originOfAll } from '../keeping/origin';
import type { Picture } from './image-pixels';
import type { Conclusion } from './use-conclusion';
import type { ComparedResult } from './use-results';

export interface ShownNow {
  readonly pictures: readonly Picture[];
  /** "item 60011". */
  readonly item: string;
}

export interface ExportedComparison {
  readonly results: readonly ComparedResult[];
  readonly conclusion: Conclusion;
  readonly differences: readonly DifferenceRow[];
  readonly shown: ShownNow;
}

const differencesAtMost = 8;

export function figureOfComparison({ results, conclusion, differences, shown }: ExportedComparison): Figure {
  // Letters are those of the figure's panels; the results go by their names.
  const labels = results.map(({ entry }) => entry.label);
  const { rows, main, verdict } = conclusion;
  const models = results.every(({ value }) => value?.kind === 'model');
  const weights = models
    ? histograms(results.map(({ value }) => (value ? weightArrays(value) : new Float32Array(0))))
    : null;
  const pairs = main ? differencesOf(main, conclusion.results) : null;
  const content: ComparisonShown = {
    title: `Comparison of ${labels.join(' and ')}`,
    caption: captionOf(labels, verdict.sentence, differences, shown),
    labels,
    rows,
    pictures: shown.pictures.map(toPicture),
    curves: curvesByResult(results.map(({ value, look }) => (value ? overlayOf(value, look) : null))),
    weights: weights ? { name: 'weight', histogram: weights } : null,
    ...(pairs ? { differences: pairs } : {}),
  };
  return comparisonFigure(content);
}

const toPicture = ({ label, name, height, width, grey, signed }: Picture): ShownPicture => ({
  label: name ?? label,
  height,
  width,
  pixels: grey,
  signed: signed !== null,
});

function captionOf(
  labels: readonly string[],
  verdict: string,
  differences: readonly DifferenceRow[],
  { pictures, item }: ShownNow,
): string {
  const shownDifferences = differences
    .slice(0, differencesAtMost)
    .map(({ node, label, unit, values }) => `${node}, ${label}: ${values.join(' / ')}${unit ? ` ${unit}` : ''}`);
  const more = differences.length > differencesAtMost ? ` and ${differences.length - differencesAtMost} more` : '';
  return [
    `${labels.join(', ')}.`,
    verdict,
    shownDifferences.length > 0 ? `They differ in ${shownDifferences.join('; ')}${more}.` : '',
    pictures.length > 0 ? `Pictures: ${item}.` : '',
    'Points are means, bars 95 % intervals, bands one standard deviation.',
  ]
    .filter(Boolean)
    .join(' ');
}

export async function exportComparison(
  session: Pick<EditorSession, 'document' | 'library'>,
  comparison: ExportedComparison,
  format: 'svg' | 'png' | 'csv',
): Promise<void> {
  const name = 'comparison';
  if (format !== 'csv') {
    const origins = comparison.results.map(({ entry: { node, run }, cone, key }) => ({
      node: cone?.node ?? node,
      key,
      text: run?.text ?? null,
    }));
    const embedded = await originOfAll(session, origins);
    await saveFigure(figureOfComparison(comparison), name, format, { caption: true, embedded });
    return;
  }
  download(new Blob([comparisonCsv(comparison)], { type: 'text/csv' }), `${name}.csv`);
}

export function comparisonCsv({ results, conclusion }: Pick<ExportedComparison, 'results' | 'conclusion'>): string {
  const table = comparisonTable(
    conclusion.rows,
    results.map(({ entry, place }) => `${letterOf(place)}: ${entry.label}`),
  );
  const names = table.columns.map(({ name }) => name);
  return writeCsv(
    names,
    table.rows.map((row) => names.map((column) => row[column] ?? null)),
  );
}
