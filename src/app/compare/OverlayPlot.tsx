/**
 * Curves over each other with one cursor that may be shared with other plots. Arrow keys move the cursor; what it reads
 * there is written by the owner.
 */

import { type KeyboardEvent, type PointerEvent, useCallback, useMemo, useState } from 'react';
import { useColourScheme } from '../../panels/colour-scheme';
import type { Box } from '../../panels/preview/axes';
import { Drawing, useWidth } from '../../panels/preview/Drawing';
import { plotStyles } from '../../panels/preview/plot-style';
import classes from './Compare.module.css';
import { type PlotCurve, paintOverlay, plotFoot, rangesOf } from './paint-overlay';

export interface OverlayPlotProps {
  readonly curves: readonly PlotCurve[];
  readonly xTitle: string;
  readonly yTitle: string;
  readonly height: number;
  readonly label: string;
  /** In units of x. */
  readonly cursor?: number | null;
  readonly onCursor?: (x: number | null) => void;
  readonly zero?: boolean;
  readonly origin?: boolean;
  readonly log?: boolean;
}

export function OverlayPlot(props: OverlayPlotProps) {
  const { curves, xTitle, yTitle, height, label, cursor = null, onCursor } = props;
  const { zero = false, origin = false, log = false } = props;
  const scheme = useColourScheme();
  const [box, width] = useWidth<HTMLDivElement>(undefined);
  const [frame, setFrame] = useState<Box | null>(null);
  const ranges = useMemo(() => rangesOf(curves, { zero, origin, log }), [curves, zero, origin, log]);
  const draw = useCallback(
    (context: CanvasRenderingContext2D, w: number, h: number) => {
      const look = { xTitle, yTitle, zero, origin, log };
      const made = paintOverlay(context, { width: w, height: h }, curves, ranges, look, plotStyles[scheme]);
      setFrame((before) => (before && before.left === made.left && before.width === made.width ? before : made));
    },
    [curves, ranges, scheme, xTitle, yTitle, zero, origin, log],
  );
  const { min, max } = ranges.x;
  const clamp = (x: number): number => Math.min(max, Math.max(min, x));

  const point = (event: PointerEvent) => {
    if (!frame || !onCursor) return;
    const from = event.currentTarget.getBoundingClientRect().left + frame.left;
    onCursor(clamp(min + ((event.clientX - from) / frame.width) * (max - min)));
  };
  const step = (event: KeyboardEvent) => {
    if (!onCursor || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
    event.preventDefault();
    onCursor(clamp((cursor ?? (min + max) / 2) + ((max - min) / 50) * (event.key === 'ArrowRight' ? 1 : -1)));
  };
  const left =
    frame && cursor !== null && cursor >= min && cursor <= max
      ? frame.left + ((cursor - min) / (max - min || 1)) * frame.width
      : null;
  return (
    <div
      ref={box}
      className={classes.plot}
      role="slider"
      aria-label={label}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuenow={cursor ?? (min + max) / 2}
      aria-valuetext={cursor === null ? 'no cursor' : `${xTitle}: ${Number(cursor.toPrecision(4))}`}
      tabIndex={onCursor ? 0 : -1}
      onKeyDown={step}
      onPointerMove={point}
      onPointerLeave={() => onCursor?.(null)}
    >
      {width > 0 && height > 0 && <Drawing draw={draw} height={height} width={width} label="" />}
      {left !== null && <div className={classes.cursor} style={{ left, height: height - plotFoot }} />}
    </div>
  );
}
