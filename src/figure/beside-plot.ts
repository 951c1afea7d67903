/** What stands around a plot: entries of the legend above it, the scale of a heat map right of it. */
import { barColour, barWidth, hexOf } from './colour-bar';
import { lineHeight, type PlacedPanel } from './layout';
import { type PlacedEntry, signWidth } from './legend';
import { type Pen, turned } from './pen';
import { element } from './svg';
import { textWidth } from './text-width';

export function legendEntry(entry: PlacedEntry, { cell, plot, legendTop }: PlacedPanel, pen: Pen): SVGElement[] {
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

export function colourBar({ plot, bar }: PlacedPanel, pen: Pen): SVGElement[] {
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
