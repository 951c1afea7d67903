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
import { useWidth } from './Drawing';
import { plotStyles } from './plot-style';
import classes from './preview.module.css';
import { nodeBox, type ViewProps } from './preview-props';
import { alignCurves, canBeLog, commonWord, prefersLog, unitsOf } from './series-data';
import { summarise } from './summary';
import { seriesOptions } from './uplot-options';

const heights = { node: nodeBox.height - 18, panel: 210, full: 420 } as const;

export function SeriesView({ preview, size, scheme }: ViewProps<SeriesPreview>) {
  const node = size === 'node';
  const [box, width] = useWidth<HTMLDivElement>(node ? nodeBox.width : undefined);
  const [asked, setAsked] = useState<boolean | null>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef(preview);
  latest.current = preview;

  const possible = unitsOf(preview.curves).some((unit) => canBeLog(preview.curves, unit));
  const log = possible && (asked ?? prefersLog(preview.curves));
  const height = heights[size];
  // What the options are made of; points are not in it.
  const shape = JSON.stringify([
    preview.xLabel,
    preview.xUnit,
    preview.curves.map(({ name, unit, x }) => [name, unit, x.length > 2]),
  ]);
  const ready = width > 40;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for the parts of the preview that matter
  useEffect(() => {
    if (!ready || !box.current) return;
    const options = seriesOptions({ preview: latest.current, size, scheme, width, height, log, onCursor: setCursor });
    const made = new uPlot(options, aligned(latest.current), box.current);
    plot.current = made;
    return () => {
      plot.current = null;
      made.destroy();
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
      <Legend preview={preview} cursor={cursor} colours={plotStyles[scheme].curves} compact={node} />
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

interface LegendProps {
  readonly preview: SeriesPreview;
  readonly cursor: number | null;
  readonly colours: readonly string[];
  readonly compact: boolean;
}

function Legend({ preview, cursor, colours, compact }: LegendProps) {
  const { x, y } = alignCurves(preview.curves);
  const at = cursor === null ? null : (x[cursor] ?? null);
  const shared = compact ? commonWord(preview.curves.map((curve) => curve.name)) : '';
  return (
    <div className={compact ? classes.note : classes.legend} aria-hidden>
      {preview.curves.map((curve, index) => {
        const under = cursor === null ? null : y[index]?.[cursor];
        const value = under ?? curve.y.at(-1);
        return (
          <span key={curve.name} className={classes.rate}>
            <span className={classes.swatch} style={{ background: colours[index % colours.length] }} />
            {shared ? curve.name.slice(0, -shared.length).trim() : curve.name}{' '}
            <b>{value === undefined ? '' : withUnit(formatNumber(value, 3), compact ? undefined : curve.unit)}</b>
          </span>
        );
      })}
      {!compact && (
        <span className={classes.dim}>
          {at === null ? 'last values' : `at ${preview.xLabel} ${withUnit(formatNumber(at), preview.xUnit)}`}
        </span>
      )}
    </div>
  );
}
