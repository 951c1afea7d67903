/** uPlot options for a series preview: axes with names and units, one scale per unit, our type and colours. */
import type uPlot from 'uplot';
import { axisTitle, exponent, tickLabels } from '../../figure/ticks';
import type { SeriesPreview } from '../../kit/preview';
import type { ColourScheme } from '../kind-style';
import { typeScale } from '../type-scale';
import { plotFont, plotStyles } from './plot-style';
import type { PreviewSize } from './preview-props';
import { canBeLog, scaleTitle, unitsOf } from './series-data';

export interface SeriesOptions {
  readonly preview: SeriesPreview;
  readonly size: PreviewSize;
  readonly scheme: ColourScheme;
  readonly width: number;
  readonly height: number;
  readonly log: boolean;
  readonly onCursor: (index: number | null) => void;
}

const dashes: readonly (number[] | undefined)[] = [undefined, [7, 4], [2, 3], [9, 3, 2, 3]];

export function seriesOptions({ preview, size, scheme, width, height, log, onCursor }: SeriesOptions): uPlot.Options {
  const style = plotStyles[scheme];
  const node = size === 'node';
  const fontSize = size === 'full' ? typeScale.text : typeScale.caption;
  const units = unitsOf(preview.curves);
  const isLog = (unit: string): boolean => log && canBeLog(preview.curves, unit);
  const xTitle = axisTitle(preview.xLabel, preview.xUnit);
  // A card has no room for a title along the y axis.
  const yTitle = units.length === 1 ? scaleTitle(preview.curves, units[0] ?? '1') : '';
  const common = {
    font: plotFont(fontSize),
    labelFont: plotFont(fontSize),
    stroke: style.muted,
    labelGap: 2,
    gap: 4,
    ticks: { show: true, size: 3, stroke: style.axis, width: 1 },
    border: { show: true, stroke: style.axis, width: 1 },
  };
  const labels = (_: uPlot, splits: number[]): (string | null)[] => {
    const shown = splits.filter((split) => split !== null);
    const texts = tickLabels(shown);
    let next = 0;
    return splits.map((split) => (split === null ? null : (texts[next++] ?? null)));
  };
  const yAxes = units.slice(0, 2).map(
    (unit, index): uPlot.Axis => ({
      ...common,
      scale: `y:${unit}`,
      side: index === 0 ? 3 : 1,
      grid: { show: index === 0, stroke: style.grid, width: 1 },
      space: node ? 26 : 34,
      size: (plot, values) => widthOf(plot, values, fontSize) + 12,
      values: isLog(unit)
        ? (_plot, splits) => splits.map((split) => (split !== null && isDecade(split) ? logLabel(split) : null))
        : labels,
      ...(node ? {} : { label: axisTitle(scaleTitle(preview.curves, unit), unit), labelSize: fontSize + 6 }),
    }),
  );
  // A point alone (a loss in closed form) stands in the middle, with its own place as the only tick.
  const single = preview.curves.every((curve) => curve.x.length <= 1);
  const places = [...new Set(preview.curves.flatMap(({ x }) => [...x]))].sort((a, b) => a - b);
  return {
    width,
    height,
    padding: [8, yAxes.length > 1 ? 0 : 10, 0, 2],
    legend: { show: false },
    cursor: { show: !node, drag: { x: false, y: false }, points: { size: 6 } },
    scales: {
      x: {
        time: false,
        range: (_: uPlot, min: number, max: number): [number, number] =>
          single ? [(places[0] ?? 0) - 1, (places.at(-1) ?? 0) + 1] : [min, max],
      },
      ...Object.fromEntries(
        units.map((unit) => [`y:${unit}`, isLog(unit) ? { distr: 3 as const, log: 10 as const } : {}]),
      ),
    },
    axes: [
      {
        ...common,
        grid: { show: !node, stroke: style.grid, width: 1 },
        space: node ? 44 : 60,
        size: fontSize + 10,
        values: labels,
        ...(single ? { splits: () => places } : {}),
        label: node && yTitle && yTitle !== 'value' ? `${yTitle} over ${xTitle}` : xTitle,
        labelSize: fontSize + 5,
      },
      ...yAxes,
    ],
    series: [
      {},
      ...preview.curves.map(
        (curve, index): uPlot.Series => ({
          label: curve.name,
          scale: `y:${curve.unit}`,
          stroke: style.curves[index % style.curves.length],
          width: node ? 1.6 : 2,
          dash: dashes[Math.floor(index / style.curves.length) % dashes.length],
          spanGaps: true,
          points: { show: curve.x.length <= 2, size: 6, fill: style.curves[index % style.curves.length] },
        }),
      ),
    ],
    hooks: { setCursor: [(plot) => onCursor(plot.cursor.idx ?? null)] },
  };
}

const isDecade = (value: number): boolean => Math.abs(Math.log10(value) - Math.round(Math.log10(value))) < 1e-6;
const logLabel = (value: number): string =>
  value >= 1e-3 && value < 1e5 ? (tickLabels([value])[0] ?? '') : exponent(value);

function widthOf(plot: uPlot, values: string[] | null, fontSize: number): number {
  const longest = (values ?? []).reduce((most, text) => ((text ?? '').length > most.length ? text : most), '');
  plot.ctx.save();
  plot.ctx.font = plotFont(fontSize);
  const width = plot.ctx.measureText(longest ?? '').width;
  plot.ctx.restore();
  return Math.max(14, width);
}
