/**
 * Results as curves over each other, with bands, and below them the difference from the first; both share a cursor, whose
 * numbers stand in the legend. Results that differ in nothing but seeds can be drawn as one, with a band over the seeds.
 */
import { Button, NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import { curveDifference, type Overlay, type OverlayCurve, poolCurves, valueAt } from '../../analysis/compare/overlay';
import { letterOf } from '../../core/letter';
import { formatNumber, withUnit } from '../../core/units';
import { Letter } from '../../panels/Letter';
import classes from './Compare.module.css';
import { OverlayPlot } from './OverlayPlot';
import type { PlotCurve } from './paint-overlay';
import { useBox } from './use-box';

interface Props {
  readonly labels: readonly string[];
  /** By result. */
  readonly overlays: readonly (Overlay | null)[];
  /** Places of results that differ in seeds alone. */
  readonly groups?: readonly (readonly number[])[];
  readonly cursor?: number | null;
  readonly onCursor?: (x: number | null) => void;
  readonly steps?: boolean;
}

interface Drawn {
  readonly places: readonly number[];
  readonly curve: OverlayCurve;
}

const none: readonly (readonly number[])[] = [];

export function CurvesView({ labels, overlays, groups = none, steps = false, ...shared }: Props) {
  const [own, setOwn] = useState<number | null>(null);
  const cursor = shared.onCursor ? (shared.cursor ?? null) : own;
  const onCursor = shared.onCursor ?? setOwn;
  const [chosen, setChosen] = useState<string | null>(null);
  const [pooled, setPooled] = useState(true);
  const [log, setLog] = useState(false);
  const [box, { height }] = useBox<HTMLDivElement>();

  const names = [...new Set(overlays.flatMap((overlay) => overlay?.curves.map(({ name }) => name) ?? []))];
  const name = chosen !== null && names.includes(chosen) ? chosen : (names[0] ?? '');
  const known = overlays.find((overlay) => overlay !== null);
  const canPool = groups.some(({ length }) => length > 1);
  const drawn = useMemo(
    () => drawnOf(overlays, name, canPool && pooled ? groups : overlays.map((_, place) => [place])),
    [overlays, name, groups, canPool, pooled],
  );
  const curves = useMemo(() => drawn.map((each) => toPlot(each, steps)), [drawn, steps]);
  const differences = useMemo(() => {
    const [first, ...rest] = drawn;
    return first ? rest.map(({ places, curve }) => ({ places, curve: curveDifference(first.curve, curve) })) : [];
  }, [drawn]);
  const differenceCurves = useMemo(() => differences.map((each) => toPlot(each, steps)), [differences, steps]);
  const positive = curves.length > 0 && curves.every(({ y }) => y.every((value) => value > 0));
  const unit = drawn[0]?.curve.unit ?? '1';
  const xTitle = known ? withParens(known.xLabel, known.xUnit) : '';
  const lower = differences.length > 0 ? Math.max(96, Math.round(height * 0.38)) : 0;
  const upper = height - lower;
  return (
    <div className={classes.view}>
      <div className={classes.tools}>
        {names.length > 1 && (
          <NativeSelect
            size="xs"
            aria-label="Curve"
            value={name}
            data={names}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
        )}
        {canPool && (
          <Button
            size="compact-xs"
            variant={pooled ? 'light' : 'default'}
            aria-pressed={pooled}
            onClick={() => setPooled(!pooled)}
          >
            Band over seeds
          </Button>
        )}
        {positive && !steps && (
          <Button size="compact-xs" variant={log ? 'light' : 'default'} aria-pressed={log} onClick={() => setLog(!log)}>
            log y
          </Button>
        )}
        <Legend
          drawn={drawn}
          labels={labels}
          cursor={cursor}
          xLabel={known?.xLabel ?? ''}
          xUnit={known?.xUnit ?? '1'}
        />
      </div>
      <div className={classes.stacked} ref={box}>
        {drawn.length === 0 && <p className={classes.nothing}>These results hold no curve.</p>}
        {drawn.length > 0 && upper > 60 && (
          <OverlayPlot
            curves={curves}
            xTitle={xTitle}
            yTitle={withParens(name, unit)}
            height={upper}
            label={`${name} of ${labels.join(' and ')}`}
            cursor={cursor}
            onCursor={onCursor}
            log={log && positive}
          />
        )}
        {lower > 0 && (
          <OverlayPlot
            curves={differenceCurves}
            xTitle={xTitle}
            yTitle={`less ${letterOf(drawn[0]?.places[0] ?? 0)}${unit === '1' ? '' : ` (${unit})`}`}
            height={lower}
            label={`Difference of ${name} from ${labels[0] ?? 'the first'}`}
            cursor={cursor}
            onCursor={onCursor}
            zero
          />
        )}
      </div>
    </div>
  );
}

const withParens = (text: string, unit: string): string => (unit === '1' || unit === '' ? text : `${text} (${unit})`);

function drawnOf(
  overlays: readonly (Overlay | null)[],
  name: string,
  groups: readonly (readonly number[])[],
): readonly Drawn[] {
  const curveAt = (place: number) => overlays[place]?.curves.find((curve) => curve.name === name);
  return groups.flatMap((places): Drawn[] => {
    const found = places.flatMap((place) => {
      const curve = curveAt(place);
      return curve ? [{ places: [place], curve }] : [];
    });
    const pool = poolCurves(
      found.map(({ curve }) => curve),
      'seeds',
    );
    return pool ? [{ places, curve: pool }] : found;
  });
}

const toPlot = ({ places, curve }: Drawn, steps: boolean): PlotCurve => ({
  place: places[0] ?? 0,
  x: curve.x,
  y: curve.mean,
  sd: curve.sd,
  steps,
});

interface LegendProps {
  readonly drawn: readonly Drawn[];
  readonly labels: readonly string[];
  readonly cursor: number | null;
  readonly xLabel: string;
  readonly xUnit: string;
}

function Legend({ drawn, labels, cursor, xLabel, xUnit }: LegendProps) {
  const band = drawn.find(({ curve }) => curve.sd)?.curve;
  return (
    <div className={classes.legend}>
      {drawn.map(({ places, curve }) => {
        const value = cursor === null ? null : valueAt(curve, curve.mean, cursor);
        return (
          <span key={places.join()} className={classes.legendEntry}>
            {places.map((place) => (
              <Letter key={place} place={place} />
            ))}
            {places.map((place) => labels[place]).join(', ')}
            {value !== null && !Number.isNaN(value) && <b>{withUnit(formatNumber(value, 3), curve.unit)}</b>}
          </span>
        );
      })}
      <small className={classes.dim}>
        {cursor !== null
          ? `at ${xLabel} ${withUnit(formatNumber(cursor, 3), xUnit)}`
          : band
            ? `mean ± SD over ${formatNumber(band.n)} ${band.over}`
            : ''}
      </small>
    </div>
  );
}
