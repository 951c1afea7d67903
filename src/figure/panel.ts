/** One panel: Plot draws marks, axes and frame; letter, titles, legend and colour bar stand around it. */
import * as Plot from '@observablehq/plot';
import type { CellsMark } from '../kit/figure';
import { type Axis, isLog } from './axis-ticks';
import { colourBar, legendEntry } from './beside-plot';
import { type Box, gap, lineHeight, type PlacedPanel, tickLength, titleGap } from './layout';
import { plotMarks } from './marks';
import { type Pen, turned } from './pen';
import { element } from './svg';
import { shorten, textWidth } from './text-width';
import { fontFamily } from './theme';

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
  const crowded = placed.panel.marks.some((mark) => mark.type === 'points' && mark.x.length > 60);
  const drawing = { ...pen, frame: { plot, x, y }, cells, crowded };
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
