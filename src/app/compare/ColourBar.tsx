/** The scale of a signed difference: its colours from below to above 0, with its ends. */
import { useCallback } from 'react';
import { divergingColour } from '../../figure/colour-map';
import { Drawing } from '../../panels/preview/Drawing';
import { plotFont, plotStyles } from '../../panels/preview/plot-style';
import { typeScale } from '../../panels/type-scale';
import classes from './Compare.module.css';

interface Props {
  /** What is subtracted from what. */
  readonly title: string;
  readonly end: number;
  readonly scheme: 'light' | 'dark';
  readonly height: number;
}

export function ColourBar({ title, end, scheme, height }: Props) {
  const draw = useCallback(
    (context: CanvasRenderingContext2D, _width: number, h: number) => {
      const [top, bottom] = [8, h - 8];
      for (let y = top; y < bottom; y++) {
        const [r, g, b] = divergingColour(1 - (y - top) / (bottom - top - 1), scheme);
        context.fillStyle = `rgb(${r} ${g} ${b})`;
        context.fillRect(0, y, 12, 1);
      }
      const style = plotStyles[scheme];
      context.font = plotFont(typeScale.caption);
      context.fillStyle = style.muted;
      context.textBaseline = 'middle';
      for (const value of [end, end / 2, 0, -end / 2, -end]) {
        const y = top + ((end - value) / (2 * end)) * (bottom - top);
        context.fillText(
          value === 0 ? '0' : `${value > 0 ? '+' : '−'}${Number(Math.abs(value).toPrecision(2))}`,
          16,
          y,
        );
      }
    },
    [end, scheme],
  );
  const label = `${title}: colours from ${-end} (blue, darker) to +${end} (orange, lighter)`;
  return (
    <div className={classes.bar}>
      {title}
      <Drawing draw={draw} height={Math.max(60, height - 14)} width={50} label={label} />
    </div>
  );
}
