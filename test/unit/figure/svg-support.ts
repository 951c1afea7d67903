/** Reads a drawn figure back: elements, where each text lies, whether the tags match. */
import { parseHTML } from 'linkedom';
import { type FigureOptions, figureToSvg } from '../../../src/figure/figure-to-svg';
import { nodeDocument } from '../../../src/figure/node-document';
import { textWidth } from '../../../src/figure/text-width';
import type { Figure, FigureMark, FigurePanel } from '../../../src/kit/figure';

const page = nodeDocument();

export const draw = (figure: Figure, options: Partial<FigureOptions> = {}): string =>
  figureToSvg(figure, { theme: 'print', document: page, ...options });

export const parse = (svg: string): Element => {
  const root = parseHTML(`<html><body>${svg}</body></html>`).document.querySelector('svg');
  if (!root) throw new Error('No SVG.');
  return root as unknown as Element;
};

export const figureOf = (panels: readonly FigurePanel[], more: Partial<Figure> = {}): Figure => ({
  title: 'Title',
  caption: 'Caption.',
  columns: 2,
  width: 180,
  rowHeight: 60,
  panels,
  ...more,
});

export const panelOf = (marks: readonly FigureMark[], more: Partial<FigurePanel> = {}): FigurePanel => ({
  x: { label: 'time', unit: 'ms' },
  y: { label: 'rate', unit: 'Hz' },
  marks,
  ...more,
});

/** Null if every tag is closed in order, else what is wrong. */
export function tagProblem(svg: string): string | null {
  const open: string[] = [];
  for (const [, close, name, rest] of svg.matchAll(/<(\/?)([A-Za-z]+)([^<>]*)>/g)) {
    if (close) {
      if (open.pop() !== name) return `</${name}>`;
    } else if (!rest?.endsWith('/')) open.push(name as string);
  }
  return open.length > 0 ? `<${open.join('> <')}>` : null;
}

export interface PlacedText {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly group: string;
}

const numbersIn = (text: string): number[] => (text.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);

/** An attribute of a node or of what it stands in. */
export function styleOf(node: Element | null, name: string): string | null {
  for (let at = node; at; at = at.parentElement) if (at.hasAttribute(name)) return at.getAttribute(name);
  return null;
}

/** The box of every line of text in user units, by the widths that the layout counts on. Slanted text is left out. */
export function textsOf(svg: string): PlacedText[] {
  const placed: PlacedText[] = [];
  for (const element of Array.from(parse(svg).querySelectorAll('text'))) {
    let [dx, dy, size, anchor, turned, group] = [0, 0, 0, '', false, ''];
    for (let node: Element | null = element; node; node = node.parentElement) {
      const transform = node.getAttribute('transform') ?? '';
      const move = /translate\(([^)]*)\)/.exec(transform)?.[1];
      if (move) [dx, dy] = [dx + (numbersIn(move)[0] ?? 0), dy + (numbersIn(move)[1] ?? 0)];
      if (/rotate\(-90/.test(transform)) turned = true;
      size ||= Number(node.getAttribute('font-size') ?? 0);
      anchor ||= node.getAttribute('text-anchor') ?? '';
      group ||= node === element ? '' : (node.getAttribute('aria-label') ?? '');
    }
    if (/rotate\(-45/.test(element.getAttribute('transform') ?? '')) continue;
    const lines = Array.from(element.querySelectorAll('tspan'));
    for (const [row, line] of (lines.length > 0 ? lines : [element]).entries()) {
      const text = line.textContent ?? '';
      const length = textWidth(text, size) / 1.125;
      const from = anchor === 'middle' ? -length / 2 : anchor === 'end' ? -length : 0;
      const [x, y] = [
        Number(element.getAttribute('x') ?? 0),
        /em$/.test(element.getAttribute('y') ?? '') ? 0 : Number(element.getAttribute('y') ?? 0),
      ];
      placed.push(
        turned
          ? { text, group, left: dx - size * 0.8, right: dx + size * 0.25, top: dy - length - from, bottom: dy - from }
          : {
              text,
              group,
              left: dx + x + from,
              right: dx + x + from + length,
              top: dy + y + row * size - size * 0.75,
              bottom: dy + y + row * size + size * 0.25,
            },
      );
    }
  }
  return placed;
}
