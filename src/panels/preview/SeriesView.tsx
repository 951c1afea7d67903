/**
 * Live curves by uPlot: axes with names and units, a legend that reads the values under the cursor, else the last ones,
 * and a logarithmic y axis where every value is positive. New points update the plot; it is rebuilt only when curves,
 * theme or scale change, and destroyed on unmount.
 */
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatNumber, withUnit } from '../../core/units';
import type { SeriesPreview } from '../../kit/preview';
import { type CompactLegend, compactLegend } from './compact-legend';
import { useWidth } from './Drawing';
import { drawLater } from './draw-later';
import { plotStyles } from './plot-style';
import classes from './preview.module.css';
import { nodeBox, type ViewProps } from './preview-props';
import { alignCurves, canBeLog, commonWord, prefersLog, unitsOf } from './series-data';
import { summarise } from './summary';
import { seriesOptions } from './uplot-options';

const heights = { panel: 210, full: 420 } as const;
const noteHeight = 18;

export function SeriesView({ preview, size, scheme }: ViewProps<SeriesPreview>) {
  const node = size === 'node';
  const [box, width] = useWidth<HTMLDivElement>(node ? nodeBox.width : undefined);
  const [asked, setAsked] = useState<boolean | null>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef({ preview, width });
  latest.current = { preview, width };

  const possible = unitsOf(preview.curves).some((unit) => canBeLog(preview.curves, unit));
  const log = possible && (asked ?? prefersLog(preview.curves));
  const names = legendNames(preview.curves, node);
  const legend = compactLegend(names, nodeBox.width);
  const height = node ? nodeBox.height - legend.lines * noteHeight : heights[size];
  // What the options are made of; points are not in it.
  const shape = JSON.stringify([
    preview.xLabel,
    preview.xUnit,
    preview.curves.map(({ name, unit, x }) => [name, unit, x.length > 2]),
  ]);
  const ready = width > 40;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for the parts of the preview that matter
  useEffect(() => {
    const element = box.current;
    if (!ready || !element) return;
    const forget = drawLater(() => {
      const now = latest.current;
      const options = seriesOptions({ ...now, size, scheme, height, log, onCursor: setCursor });
      plot.current = new uPlot(options, aligned(now.preview), element);
    });
    return () => {
      forget();
      plot.current?.destroy();
      plot.current = null;
    };
  }, [shape, size, scheme, log, height, ready]);

  useEffect(() => plot.current?.setSize({ width, height }), [width, height]);
  useEffect(() => plot.current?.setData(aligned(preview)), [preview]);

  return (
    <div className={classes.stack} data-size={size}>
      <div
        role="img"
        aria-label={summarise(preview)}
        ref={box}
        className={classes.plot}
        style={{ height, width: node ? width : '100%' }}
      />
      {node ? (
        <CompactLegendView preview={preview} names={names} legend={legend} colours={plotStyles[scheme].curves} />
      ) : (
        <Legend preview={preview} names={names} cursor={cursor} colours={plotStyles[scheme].curves} />
      )}
      {!node && possible && (
        <Button
          className={classes.logToggle}
          size="compact-xs"
          variant={log ? 'light' : 'default'}
          aria-pressed={log}
          onClick={() => setAsked(!log)}
        >
          log y
        </Button>
      )}
    </div>
  );
}

const aligned = (preview: SeriesPreview): uPlot.AlignedData => {
  const { x, y } = alignCurves(preview.curves);
  return [x, ...y] as uPlot.AlignedData;
};

/** In a card, what all names end with is said once, by the axis. */
function legendNames(curves: SeriesPreview['curves'], compact: boolean): readonly string[] {
  const shared = compact ? commonWord(curves.map((curve) => curve.name)) : '';
  return curves.map(({ name }) => (shared ? name.slice(0, -shared.length).trim() : name));
}

interface LegendProps {
  readonly preview: SeriesPreview;
  readonly names: readonly string[];
  readonly colours: readonly string[];
}

interface EntryProps {
  readonly colour: string | undefined;
  readonly name: string | undefined;
  readonly value: string;
}

const Entry = ({ colour, name, value }: EntryProps) => (
  <span className={classes.rate}>
    <span className={classes.swatch} style={{ background: colour }} />
    <span>{name}</span>
    {value && <b>{value}</b>}
  </span>
);

const written = (value: number | undefined, unit?: string): string =>
  value === undefined ? '' : withUnit(formatNumber(value, 3), unit);

function CompactLegendView({ preview, names, legend, colours }: LegendProps & { readonly legend: CompactLegend }) {
  const rest = preview.totalCurves - legend.shown;
  return (
    <div
      className={`${classes.note} ${classes.notes}`}
      data-values={legend.values}
      style={{ height: legend.lines * noteHeight }}
      aria-hidden
    >
      {preview.curves.slice(0, legend.shown).map((curve, index) => (
        <Entry
          key={curve.name}
          colour={colours[index % colours.length]}
          name={names[index]}
          value={legend.values === 'none' ? '' : written(curve.y.at(-1))}
        />
      ))}
      {rest > 0 && <span>+ {rest} more</span>}
    </div>
  );
}

function Legend({ preview, names, cursor, colours }: LegendProps & { readonly cursor: number | null }) {
  const { x, y } = alignCurves(preview.curves);
  const at = cursor === null ? null : (x[cursor] ?? null);
  return (
    <div className={classes.legend} aria-hidden>
      {preview.curves.map((curve, index) => {
        const under = cursor === null ? null : y[index]?.[cursor];
        return (
          <Entry
            key={curve.name}
            colour={colours[index % colours.length]}
            name={names[index]}
            value={written(under ?? curve.y.at(-1), curve.unit)}
          />
        );
      })}
      <span className={classes.dim}>
        {at === null ? 'last values' : `at ${preview.xLabel} ${withUnit(formatNumber(at), preview.xUnit)}`}
      </span>
    </div>
  );
}
