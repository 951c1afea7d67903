/** One panel: Plot draws marks, axes and frame; letter, titles, legend and colour bar stand around it. */
import * as Plot from '@observablehq/plot';
import type { CellsMark, FigureMark } from '../kit/figure';
import { type Axis, isLog } from './axis-ticks';
import { barColour, barWidth, hexOf } from './colour-bar';
import { type Box, gap, lineHeight, type PlacedPanel, tickLength, titleGap } from './layout';
import { type PlacedEntry, signWidth } from './legend';
import { plotMarks } from './marks';
import { element } from './svg';
import { shorten, textWidth } from './text-width';
import { type FigureStyle, type FigureTheme, type FigureType, fontFamily } from './theme';

export interface Pen {
  readonly document: Document;
  readonly style: FigureStyle;
  readonly theme: FigureTheme;
  readonly type: FigureType;
  readonly weight: number;
  readonly colour: (mark: FigureMark) => string;
  /** Begin of the ids in this picture. */
  readonly id: string;
}

export function drawPanel(placed: PlacedPanel, index: number, pen: Pen): SVGElement {
  const { document } = pen;
  return element(
    document,
    'g',
    { class: 'panel' },
    ...heads(placed, pen),
    plotOf(placed, index, pen),
    ...axisTitles(placed, pen),
    ...placed.legend.flatMap((entry) => legendEntry(entry, placed, pen)),
    ...(placed.bar ? colourBar(placed, pen) : []),
    ...(placed.empty ? [noData(placed.plot, pen)] : []),
  );
}

function heads({ cell, letter, title }: PlacedPanel, { document, style, type }: Pen): SVGElement[] {
  const y = (line: number): number => cell.top + type.panel * 0.82 + line * lineHeight(type.panel);
  if (title.length === 0 && letter === '') return [];
  const indent = letter === '' ? 0 : type.panel * 1.5;
  const look = { fill: style.ink, 'font-size': type.panel };
  return [
    ...(letter === ''
      ? []
      : [element(document, 'text', { x: cell.left, y: y(0), ...look, 'font-weight': 'bold' }, letter)]),
    ...title.map((line, i) => element(document, 'text', { x: cell.left + indent, y: y(i), ...look }, line)),
  ];
}

const scaleOf = (axis: Axis): Plot.ScaleOptions => ({
  type: isLog(axis) ? 'log' : 'linear',
  domain: [...axis.range],
  axis: null,
  nice: false,
  clamp: false,
});

function plotOf(placed: PlacedPanel, index: number, pen: Pen): SVGElement {
  const { plot, x, y, xTicks, yTicks } = placed;
  const { document, style, type, weight } = pen;
  const cells = placed.panel.marks.findLast((mark): mark is CellsMark => mark.type === 'cells') ?? null;
  const drawing = { ...pen, frame: { plot, x, y }, cells };
  const [right, bottom] = [plot.left + plot.width, plot.top + plot.height];
  const stroke = { stroke: style.axis, strokeWidth: 0.6 * weight };
  const ticks = { ...stroke, fontSize: type.tick, fill: style.text, label: null, tickPadding: gap };
  const room = yLabelRoom(placed, pen);
  const svg = Plot.plot({
    document,
    width: right + 1,
    height: bottom + 1,
    marginLeft: plot.left,
    marginTop: plot.top,
    marginRight: 1,
    marginBottom: 1,
    x: scaleOf(x),
    y: scaleOf(y),
    style: { fontFamily },
    marks: [
      ...(placed.empty ? [] : placed.panel.marks.flatMap((mark) => plotMarks(mark, drawing))),
      Plot.frame({ anchor: 'bottom', ...stroke, strokeLinecap: 'square' }),
      Plot.frame({ anchor: 'left', ...stroke, strokeLinecap: 'square' }),
      Plot.axisX([...xTicks.values], {
        ...ticks,
        tickSize: tickLength * weight,
        text: [...placed.names.labels],
        ...(placed.names.slanted ? { tickRotate: -45 } : {}),
      }),
      Plot.axisY([...yTicks.values], {
        ...ticks,
        tickSize: tickLength * weight,
        text: yTicks.labels.map((label) => shorten(label, type.tick, room)),
      }),
      ...minor(xTicks.minor, 'x', pen),
      ...minor(yTicks.minor, 'y', pen),
    ],
  }) as unknown as SVGElement;
  return adopt(svg, index, pen);
}

function minor(values: readonly number[], axis: 'x' | 'y', { style, weight }: Pen): Plot.Markish[] {
  if (values.length === 0) return [];
  const look = { stroke: style.axis, strokeWidth: 0.4 * weight, tickSize: tickLength * 0.6 * weight };
  return [
    axis === 'x'
      ? Plot.axisX([...values], { ...look, label: null, tickFormat: () => '' })
      : Plot.axisY([...values], { ...look, label: null, tickFormat: () => '' }),
  ];
}

/** The contents of Plot's picture without its style sheet, with ids that are the same every time. */
function adopt(svg: SVGElement, index: number, { document, style, id }: Pen): SVGElement {
  const group = element(document, 'g', { class: 'plot', fill: style.ink, 'text-anchor': 'middle' });
  for (const child of [...svg.childNodes]) {
    if ((child as Element).tagName?.toLowerCase() !== 'style') group.appendChild(child);
  }
  const renamed = new Map<string, string>();
  for (const clip of Array.from(group.querySelectorAll('clipPath, clippath'))) {
    const name = `${id}-${index}-${renamed.size}`;
    renamed.set(clip.getAttribute('id') ?? '', name);
    clip.setAttribute('id', name);
  }
  for (const user of Array.from(group.querySelectorAll('[clip-path]'))) {
    const name = /url\(#(.+)\)/.exec(user.getAttribute('clip-path') ?? '')?.[1] ?? '';
    user.setAttribute('clip-path', `url(#${renamed.get(name) ?? name})`);
  }
  for (const user of Array.from(group.querySelectorAll('[aria-hidden]'))) user.removeAttribute('aria-hidden');
  return group;
}

/** Between the y title and the ticks. */
const yLabelRoom = ({ cell, plot, yTitle }: PlacedPanel, { type, weight }: Pen): number =>
  plot.left -
  cell.left -
  tickLength * weight -
  gap -
  (yTitle.length > 0 ? yTitle.length * lineHeight(type.title) + 2 : 0);

function axisTitles(placed: PlacedPanel, pen: Pen): SVGElement[] {
  const { cell, plot, xTitle, yTitle, yTicks } = placed;
  const { document, style, type, weight } = pen;
  const look = { fill: style.text, 'font-size': type.title, 'text-anchor': 'middle' };
  const step = lineHeight(type.title);
  const under = tickLength * weight + gap + placed.names.height + gap;
  const bottom = plot.top + plot.height + under + type.title * 0.82;
  const widest = Math.max(0, ...yTicks.labels.map((label) => textWidth(label, type.tick)));
  const labels = Math.min(widest, yLabelRoom(placed, pen));
  // Beside the labels rather than at the far edge, where another panel of the column has longer ones.
  const last = plot.left - tickLength * weight - gap - labels - titleGap - type.title * 0.22;
  const first = Math.max(cell.left + type.title * 0.76, last - (yTitle.length - 1) * step);
  const middle = plot.top + plot.height / 2;
  return [
    ...xTitle.map((line, i) =>
      element(document, 'text', { x: plot.left + plot.width / 2, y: bottom + i * step, ...look }, line),
    ),
    ...yTitle.map((line, i) => turned(first + i * step, middle, line, look, document)),
  ];
}

const turned = (
  x: number,
  y: number,
  line: string,
  look: Readonly<Record<string, string | number>>,
  document: Document,
): SVGElement =>
  element(document, 'text', { transform: `translate(${x.toFixed(2)},${y.toFixed(2)}) rotate(-90)`, ...look }, line);

function legendEntry(entry: PlacedEntry, { cell, plot, legendTop }: PlacedPanel, pen: Pen): SVGElement[] {
  const { document, style, type, weight } = pen;
  const x = plot.left + entry.x;
  const y = cell.top + legendTop + entry.line * lineHeight(type.tick) + type.tick * 0.5;
  const { sign, colour } = entry;
  const width = signWidth(sign);
  const stroke = { stroke: colour, 'stroke-width': 1.2 * weight, fill: 'none' };
  const bit = 2 * weight;
  const drawn: SVGElement[] = [];
  if (sign === 'area' || sign === 'line and area')
    drawn.push(
      element(document, 'rect', {
        x,
        y: y - 3 * weight,
        width,
        height: 6 * weight,
        fill: colour,
        'fill-opacity': sign === 'area' ? 0.85 : 0.25,
      }),
    );
  if (sign.startsWith('line') || sign === 'dashed')
    drawn.push(
      element(document, 'path', {
        d: `M${x},${y}h${width}`,
        ...stroke,
        'stroke-dasharray': sign === 'dashed' ? `${3 * weight} ${1.8 * weight}` : undefined,
      }),
    );
  if (sign === 'dot' || sign === 'line and dot')
    drawn.push(element(document, 'circle', { cx: x + width / 2, cy: y, r: bit, fill: colour }));
  if (sign === 'tick') drawn.push(element(document, 'path', { d: `M${x + width / 2},${y - 3}v6`, ...stroke }));
  if (sign === 'cross') {
    const d = `M${x + width / 2 - bit},${y - bit}l${2 * bit},${2 * bit}m0,${-2 * bit}l${-2 * bit},${2 * bit}`;
    drawn.push(element(document, 'path', { d, ...stroke }));
  }
  const label = { x: x + width + 3, y: y + type.tick * 0.35, fill: style.text, 'font-size': type.tick };
  return [...drawn, element(document, 'text', label, entry.name)];
}

function colourBar({ plot, bar }: PlacedPanel, pen: Pen): SVGElement[] {
  if (!bar) return [];
  const { document, style, theme, type, weight } = pen;
  const x = plot.left + plot.width + 6;
  const steps = 48;
  const height = plot.height / steps;
  const shades = Array.from({ length: steps }, (_, i) =>
    element(document, 'rect', {
      x,
      y: plot.top + i * height,
      width: barWidth,
      // A hair more than a step, so that no seam shows.
      height: height + (i === steps - 1 ? 0 : 0.2),
      fill: hexOf(barColour(bar.colours, 1 - (i + 0.5) / steps, theme)),
    }),
  );
  const [low, high] = bar.range;
  const labels = bar.ticks.values.flatMap((value, i) => {
    const y = plot.top + plot.height * (1 - (value - low) / (high - low));
    return [
      element(document, 'path', {
        d: `M${x + barWidth},${y}h2`,
        stroke: style.axis,
        'stroke-width': 0.6 * weight,
      }),
      element(
        document,
        'text',
        { x: x + barWidth + 4, y: y + type.tick * 0.35, fill: style.text, 'font-size': type.tick },
        bar.ticks.labels[i] ?? '',
      ),
    ];
  });
  const widest = Math.max(0, ...bar.ticks.labels.map((label) => textWidth(label, type.tick)));
  const first = x + barWidth + 4 + widest + 3 + type.title * 0.8;
  const look = { fill: style.text, 'font-size': type.title, 'text-anchor': 'middle' };
  const titles = bar.title.map((line, i) =>
    turned(first + i * lineHeight(type.title), plot.top + plot.height / 2, line, look, document),
  );
  return [
    element(
      document,
      'g',
      { class: 'colour-bar' },
      element(document, 'g', { 'shape-rendering': 'crispEdges' }, ...shades),
      ...labels,
      ...titles,
    ),
  ];
}

const noData = (plot: Box, { document, style, type }: Pen): SVGElement =>
  element(
    document,
    'text',
    {
      x: plot.left + plot.width / 2,
      y: plot.top + plot.height / 2 + type.tick * 0.35,
      fill: style.text,
      'font-size': type.tick,
      'text-anchor': 'middle',
    },
    'no data',
  );
