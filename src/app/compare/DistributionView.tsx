/**
 * Scores of items as distributions over each other, and the distribution of the paired differences: for tables of items,
 * features and whatever else is a sample.
 */
import { NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import { differencesOf } from '../../analysis/compare/conclude';
import { binsFor, histograms } from '../../analysis/compare/histogram';
import { letterOf } from '../../core/letter';
import { formatNumber } from '../../core/units';
import { Letter } from '../../panels/Letter';
import classes from './Compare.module.css';
import { OverlayPlot } from './OverlayPlot';
import type { PlotCurve } from './paint-overlay';
import { useBox } from './use-box';
import type { Conclusion } from './use-conclusion';

export function DistributionView({
  conclusion,
  labels,
}: {
  readonly conclusion: Conclusion;
  readonly labels: readonly string[];
}) {
  const [box, { width, height }] = useBox<HTMLDivElement>();
  const sampled = conclusion.rows.filter(({ measure }) => measure.sampled);
  const [chosen, setChosen] = useState('');
  const row =
    sampled.find(({ measure }) => measure.name === chosen) ??
    sampled.find(({ measure }) => measure.name === conclusion.main?.measure.name) ??
    sampled[0];
  const name = row?.measure.name ?? '';
  const curves = useMemo(() => scoreCurves(conclusion, name), [conclusion, name]);
  const pairs = useMemo(() => (row ? differencesOf(row, conclusion.results) : null), [conclusion, row]);
  const differences = useMemo(() => differenceCurves(pairs?.byResult ?? []), [pairs]);
  if (!row) return null;
  const title = row.measure.unit === '1' ? row.measure.label : `${row.measure.label} (${row.measure.unit})`;
  const wide = width > 560 && differences.length > 0;
  const each = wide || differences.length === 0 ? height : Math.floor(height / 2);
  return (
    <div className={classes.view}>
      <div className={classes.tools}>
        {sampled.length > 1 && (
          <NativeSelect
            size="xs"
            aria-label="Measure"
            value={name}
            data={sampled.map(({ measure }) => ({ value: measure.name, label: measure.label }))}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
        )}
        <div className={classes.legend}>
          {labels.map((label, place) => (
            <span key={letterOf(place)} className={classes.legendEntry}>
              <Letter place={place} />
              {label}
            </span>
          ))}
          <small className={classes.dim}>share of {row.measure.of} per bin</small>
        </div>
      </div>
      <div className={wide ? classes.split : classes.stacked} ref={box}>
        <OverlayPlot
          curves={curves}
          xTitle={title}
          yTitle={`${row.measure.of} (%)`}
          height={each}
          label={`Distribution of ${row.measure.label} of ${labels.join(' and ')}`}
        />
        {differences.length > 0 && (
          <OverlayPlot
            curves={differences}
            xTitle={`${title}, less that of ${letterOf(0)}: ${formatNumber(pairs?.byResult[0]?.length ?? 0)} pairs`}
            yTitle="pairs (%)"
            height={each}
            label={`Distribution of the paired differences of ${row.measure.label} from ${labels[0] ?? 'the first'}`}
            origin
          />
        )}
      </div>
    </div>
  );
}

function scoreCurves({ results }: Conclusion, name: string): readonly PlotCurve[] {
  const values = results.map(({ measures }) => measures.find((measure) => measure.name === name)?.values ?? []);
  return shares(values, 0);
}

const differenceCurves = (byResult: readonly Float64Array[]): readonly PlotCurve[] =>
  byResult.some(({ length }) => length > 1) ? shares(byResult, 1) : [];

function shares(values: readonly ArrayLike<number>[], firstPlace: number): readonly PlotCurve[] {
  const counted = histograms(values, binsFor(Math.max(...values.map(({ length }) => length))));
  if (!counted) return [];
  return counted.density.map((density, k) => ({
    place: k + firstPlace,
    x: counted.x,
    y: density.map((value) => value * counted.width * 100),
    sd: null,
    steps: true,
  }));
}
