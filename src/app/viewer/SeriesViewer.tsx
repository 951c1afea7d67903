/** Curves at the resolution of the screen, at any zoom: a range of x, which curves, and a cursor that reads values. */
import { Button, Loader, MultiSelect, RangeSlider } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { formatNumber, withUnit } from '../../core/units';
import type { SeriesPreview } from '../../kit/preview';
import type { ColourScheme } from '../../panels/kind-style';
import { SeriesView } from '../../panels/preview/SeriesView';
import { FigureButtons } from './FigureButtons';
import { type ResultAt, useLook } from './use-look';
import classes from './Viewer.module.css';
import { curvesFigure } from './view-figures';

const points = 2400;
const firstCurves = 8;
/** Stretches that the range is set in. */
const stretches = 1000;

interface Props {
  readonly at: ResultAt;
  readonly scheme: ColourScheme;
  readonly node: string;
  readonly name: string;
}

export function SeriesViewer({ at, scheme, node, name }: Props) {
  const [range, setRange] = useState<readonly [number, number]>([0, stretches]);
  const [settled, setSettled] = useState(range);
  const [chosen, setChosen] = useState<readonly number[]>(() => Array.from({ length: firstCurves }, (_, k) => k));
  const [extent, setExtent] = useState<readonly [number, number] | null>(null);
  const xAt = (stretch: number): number =>
    extent ? extent[0] + ((extent[1] - extent[0]) * stretch) / stretches : stretch;
  const [from, to] = extent ? [xAt(settled[0]), xAt(settled[1])] : [-Number.MAX_VALUE, Number.MAX_VALUE];
  const { look, state } = useLook(at, { what: 'series', from, to, points, curves: chosen });
  useEffect(() => {
    if (look && !extent) setExtent([look.xMin, look.xMax]);
  }, [look, extent]);

  const preview = useMemo<SeriesPreview | null>(
    () =>
      look && {
        kind: 'series',
        totalCurves: look.names.length,
        xLabel: look.xLabel,
        xUnit: look.xUnit,
        curves: look.curves.map(({ index, x, y }) => ({
          name: look.names[index] ?? '',
          unit: look.units[index] ?? '1',
          x: Float32Array.from(x),
          y: Float32Array.from(y),
        })),
      },
    [look],
  );
  if (!look || !preview)
    return state === 'gone' ? (
      <p className={classes.gone}>The curves are no longer in the store: run again.</p>
    ) : (
      <Loader size="sm" />
    );
  const text = (stretch: number): string => withUnit(formatNumber(xAt(stretch)), look.xUnit);
  const [low, high] = settled;
  const told = `${look.xLabel} ${text(low)} to ${text(high)}, ${preview.curves.length} of ${look.names.length} curves`;
  const zoom = (factor: number) => {
    const [middle, half] = [(low + high) / 2, Math.max(2, ((high - low) / 2) * factor)];
    const next: readonly [number, number] = [
      Math.max(0, Math.round(middle - half)),
      Math.min(stretches, Math.round(middle + half)),
    ];
    setRange(next);
    setSettled(next);
  };
  return (
    <div className={classes.viewer}>
      <div className={classes.tools}>
        <Button size="compact-sm" variant="default" onClick={() => zoom(0.5)}>
          Zoom in
        </Button>
        <Button size="compact-sm" variant="default" disabled={low === 0 && high === stretches} onClick={() => zoom(2)}>
          Zoom out
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            setRange([0, stretches]);
            setSettled([0, stretches]);
          }}
        >
          Whole
        </Button>
        <FigureButtons
          figure={() => curvesFigure(look, { title: name, caption: `${told}.` })}
          what="what is in view"
          name={name}
          node={node}
          contentKey={at.resultKey}
          disabled={state !== 'ready' || look.curves.length === 0}
        />
        <span className={classes.told} role="status" aria-label="What is in view">
          {told}
          {state === 'loading' && <Loader size={11} ml={6} />}
        </span>
      </div>
      <RangeSlider
        className={classes.range}
        size="sm"
        min={0}
        max={stretches}
        step={1}
        minRange={2}
        label={text}
        value={[...range]}
        onChange={setRange}
        onChangeEnd={setSettled}
        thumbFromLabel={`First ${look.xLabel}`}
        thumbToLabel={`Last ${look.xLabel}`}
      />
      <div className={classes.curves}>
        <SeriesView preview={preview} size="full" scheme={scheme} />
      </div>
      {look.names.length > 1 && (
        <MultiSelect
          label="Curves"
          size="xs"
          searchable
          clearable
          maxValues={24}
          data={look.names.map((name, index) => ({ value: String(index), label: name || `curve ${index + 1}` }))}
          value={chosen.filter((index) => index < look.names.length).map(String)}
          onChange={(values) => setChosen(values.map(Number).toSorted((a, b) => a - b))}
        />
      )}
    </div>
  );
}
