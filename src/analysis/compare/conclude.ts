/** From rows of a comparison to its conclusion: the measure it rests on, the verdict, and the paired differences. */
import { type Compared, type ComparisonRow, fairDifference } from './comparison';
import type { Measure } from './measure';
import { pairUp } from './sample';
import { mainMeasure, type Verdict, verdictOf } from './verdict';

export { mainMeasure };

const measureIn = (result: Compared | undefined, name: string): Measure | undefined =>
  result?.measures.find((measure) => measure.name === name);

export const verdictBetween = (row: ComparisonRow | null, results: readonly Compared[]): Verdict =>
  verdictOf(
    row,
    results.map(({ label }) => label),
    (first, second) => {
      const [a, b] = [
        measureIn(results[first], row?.measure.name ?? ''),
        measureIn(results[second], row?.measure.name ?? ''),
      ];
      return a && b ? fairDifference(a, b) : null;
    },
  );

/** Differences of pairs from the first result; null for what is no sample. */
export function differencesOf(
  { measure }: ComparisonRow,
  results: readonly Compared[],
): { readonly label: string; readonly unit: string; readonly byResult: readonly Float64Array[] } | null {
  const first = measureIn(results[0], measure.name);
  if (!measure.sampled || !first) return null;
  const byResult = results.slice(1).map((result) => {
    const other = measureIn(result, measure.name);
    if (!other) return new Float64Array(0);
    const pairs = pairUp(first, other);
    return pairs.second.map((value, k) => value - (pairs.first[k] as number));
  });
  return { label: measure.label, unit: measure.unit, byResult };
}
