/** Measures, statistics and verdict of the compared results, worked out in slices so that the page stays responsive. */
import { useEffect, useMemo, useState } from 'react';
import { createSsim, windowSize } from '../../../nodes/metric/ssim';
import { type Compared, type ComparisonRow, compareResults } from '../../analysis/compare/comparison';
import { mainMeasure, verdictBetween } from '../../analysis/compare/conclude';
import { imageMeasures } from '../../analysis/compare/image-measures';
import type { Measure } from '../../analysis/compare/measure';
import { measuresOf } from '../../analysis/compare/measures-of';
import { spikeMeasures } from '../../analysis/compare/spike-look';
import type { Verdict } from '../../analysis/compare/verdict';
import { createRest } from '../../analysis/pacing';
import { describeFailure, toFailure } from '../../core/errors';
import type { ImagesValue, PortValue } from '../../kit/values';
import type { Reference } from './use-reference';
import type { ComparedResult } from './use-results';

export interface Conclusion {
  readonly results: readonly Compared[];
  readonly rows: readonly ComparisonRow[];
  readonly main: ComparisonRow | null;
  readonly verdict: Verdict;
  /** Why nothing could be measured, in words. */
  readonly problem: string | null;
}

const slice = 12;
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Measures are kept with the value they were made from. */
const known = new WeakMap<
  PortValue,
  { readonly reference: PortValue | null; readonly made: Promise<readonly Measure[]> }
>();

function measure(result: ComparedResult, value: PortValue, reference: PortValue | null): Promise<readonly Measure[]> {
  const before = known.get(value);
  if (before && before.reference === reference) return before.made;
  const made = makeMeasures(result, value, reference);
  known.set(value, { reference, made });
  return made;
}

async function makeMeasures(
  { look }: ComparedResult,
  value: PortValue,
  reference: PortValue | null,
): Promise<readonly Measure[]> {
  if (value.kind === 'spikes') return look ? spikeMeasures(look) : [];
  if (value.kind !== 'images') return measuresOf(value, reference);
  const truth = reference?.kind === 'images' ? reference : null;
  return imageMeasures(value, truth, truth ? similarityFor(value) : null, createRest(pause, slice));
}

function similarityFor({ shape }: ImagesValue) {
  const [, height = 0, width = 0, channels = 1] = shape;
  return Math.min(height, width) < windowSize.gaussian ? null : createSsim('gaussian', height, width, channels).compare;
}

/** Null until all that is there has been measured. */
export function useConclusion(results: readonly ComparedResult[], reference: Reference): Conclusion | null {
  const [measured, setMeasured] = useState<readonly (readonly Measure[])[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { value: truth, loading } = reference;
  useEffect(() => {
    if (loading || results.some(({ state }) => state === 'loading')) return;
    let current = true;
    Promise.all(results.map((result) => (result.value ? measure(result, result.value, truth) : [])))
      .then((made) => {
        if (!current) return;
        setMeasured(made);
        setProblem(null);
      })
      .catch((thrown) => {
        if (!current) return;
        setMeasured(results.map(() => []));
        setProblem(describeFailure(toFailure(thrown)));
      });
    return () => {
      current = false;
    };
  }, [results, truth, loading]);
  return useMemo(() => {
    if (!measured || measured.length !== results.length) return null;
    const compared = results.map(({ entry }, k): Compared => ({ label: entry.label, measures: measured[k] ?? [] }));
    const rows = compareResults(compared);
    const main = mainMeasure(rows);
    return { results: compared, rows, main, verdict: verdictBetween(main, compared), problem };
  }, [measured, results, problem]);
}
