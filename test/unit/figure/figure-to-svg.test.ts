/** Figures as SVG: every mark, axes with units, fixed hues, print sizes, nothing cut, nothing that cannot be drawn. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxFit, columnFit, printFit } from '../../../src/figure/fit';
import type { Figure, FigureMark } from '../../../src/kit/figure';
import { figureSamples, mixedFigure, rasterFigure, regimeFigure, transferFigure } from '../../support/figure-samples';
import { draw, figureOf, panelOf, parse, styleOf, tagProblem, textsOf } from './svg-support';

const f64 = (...values: number[]): Float64Array => Float64Array.from(values);
const one = (...marks: FigureMark[]): Figure => figureOf([panelOf(marks)]);
const paths = (svg: string, selector: string): string[] =>
  Array.from(parse(svg).querySelectorAll(selector), (path) => path.getAttribute('d') ?? '');
const words = (svg: string): string[] => textsOf(svg).map(({ text }) => text);

describe('every sample', () => {
  const fits = (figure: Figure) => [
    printFit(figure),
    columnFit(figure, 290),
    ...figure.panels.map((_, i) => boxFit({ width: 248, height: 122 }, i)),
  ];
  for (const [name, figure] of Object.entries(figureSamples)) {
    it(`${name}: is a complete file of its own, in each theme and size`, () => {
      for (const theme of ['light', 'dark', 'print'] as const) {
        for (const fit of fits(figure)) {
          const svg = draw(figure, { theme, fit, caption: true });
          expect(tagProblem(svg)).toBeNull();
          expect(svg).not.toMatch(/NaN|undefined|Infinity|currentColor|<style|<script|href|&nbsp;/);
          expect(svg.startsWith('<svg ')).toBe(true);
          const clips = [...svg.matchAll(/<clipPath id="([^"]+)"/g)].map(([, id]) => id);
          for (const [, id] of svg.matchAll(/url\(#([^)]+)\)/g)) expect(clips).toContain(id);
          expect(new Set(clips).size).toBe(clips.length);
          expect(svg).toContain(`<title>${figure.title}</title>`);
        }
      }
    });
    it(`${name}: cuts no text and lets no tick labels touch`, () => {
      for (const fit of fits(figure)) {
        const svg = draw(figure, { fit });
        const [, , width, height] = (parse(svg).getAttribute('viewBox') ?? '').split(' ').map(Number);
        const texts = textsOf(svg);
        for (const { text, left, right, top, bottom } of texts) {
          expect(left, `${text} left`).toBeGreaterThanOrEqual(-0.5);
          expect(right, `${text} right`).toBeLessThanOrEqual((width as number) + 0.5);
          expect(top, `${text} top`).toBeGreaterThanOrEqual(-0.5);
          expect(bottom, `${text} bottom`).toBeLessThanOrEqual((height as number) + 0.5);
        }
        const labels = texts.filter(({ group }) => group === 'x-axis tick label');
        for (const [i, a] of labels.entries()) {
          for (const b of labels.slice(i + 1)) {
            if (Math.abs(a.top - b.top) > 1) continue;
            expect(a.right < b.left || b.right < a.left, `${a.text} and ${b.text}`).toBe(true);
          }
        }
      }
    });
  }
});

describe('print', () => {
  it('has its size in mm and type of 7 to 8 pt', () => {
    const svg = draw(transferFigure);
    const root = parse(svg);
    expect(root.getAttribute('width')).toBe('180mm');
    expect(root.getAttribute('viewBox')).toMatch(/^0 0 510\.24 /);
    const sizes = new Set(
      Array.from(root.querySelectorAll('[font-size]'), (node) => Number(node.getAttribute('font-size'))),
    );
    for (const size of sizes) expect(size >= 7 && size <= 8, String(size)).toBe(true);
  });
  it('is black on white; dark is light on dark', () => {
    const background = (svg: string) => parse(svg).querySelector('rect')?.getAttribute('fill');
    expect(background(draw(transferFigure))).toBe('#ffffff');
    expect(draw(transferFigure)).toContain('stroke="#000000"');
    expect(background(draw(transferFigure, { theme: 'dark' }))).toBe('#191c24');
    expect(draw(transferFigure, { theme: 'dark' })).not.toContain('#000000');
  });
  it('letters panels in bold, a single one not', () => {
    const bold = (svg: string) =>
      Array.from(parse(svg).querySelectorAll('[font-weight="bold"]'), (node) => node.textContent);
    expect(bold(draw(regimeFigure))).toEqual(['A', 'B', 'C']);
    expect(bold(draw(one({ type: 'line', x: f64(0, 1), y: f64(0, 1) })))).toEqual([]);
  });
  it('names axes with units, pure numbers without', () => {
    expect(words(draw(rasterFigure))).toEqual(expect.arrayContaining(['Time (ms)', 'Rate (Hz)', 'Neuron']));
    expect(words(draw(regimeFigure))).toEqual(expect.arrayContaining(['g', 'η', 'Rate (Hz)']));
  });
  it('prints the caption in lines only when asked', () => {
    const captions = (caption: boolean) => parse(draw(rasterFigure, { caption })).querySelectorAll('.caption').length;
    expect(captions(false)).toBe(0);
    expect(captions(true)).toBeGreaterThanOrEqual(2);
    expect(draw(rasterFigure)).toContain('<desc>A: spikes of 100');
  });
  it('gives the same text every time', () => expect(draw(mixedFigure)).toBe(draw(mixedFigure)));
  it('writes names as text, whatever is in them', () => {
    const svg = draw(figureOf([panelOf([], { title: 'a < b & "c" \u0007' })]));
    expect(svg).toContain('a &lt; b &amp; &quot;c&quot;');
    expect(tagProblem(svg)).toBeNull();
  });
});

describe('hues', () => {
  it('are fixed for what they stand for', () => {
    const svg = draw(rasterFigure);
    const strokes = Array.from(parse(svg).querySelectorAll('path.raster'), (path) => path.getAttribute('stroke'));
    expect(strokes).toEqual(['#0072b2', '#d55e00']);
  });
  it('are shared by marks of one name, in order of appearance, and avoid those in use', () => {
    const line = { type: 'line', x: f64(0, 1), y: f64(0, 1) } as const;
    const svg = draw(
      figureOf([
        panelOf([
          { ...line, hue: 'excitatory', name: 'E' },
          { ...line, name: 'a' },
          { ...line, name: 'b' },
        ]),
        panelOf([{ ...line, name: 'b' }]),
      ]),
    );
    const strokes = Array.from(parse(svg).querySelectorAll('[aria-label="line"] path'), (path) =>
      styleOf(path, 'stroke'),
    );
    expect(strokes).toEqual(['#0072b2', '#d55e00', '#316b54', '#316b54']);
  });
  it('have a legend once per figure, a curve and its band together', () => {
    const texts = words(draw(rasterFigure));
    // Panel A explains ticks, panel B lines: both are needed. The three regime maps share one.
    expect(texts.filter((text) => text === 'excitatory')).toHaveLength(2);
    expect(words(draw(regimeFigure)).filter((text) => text === 'balance of E and I')).toHaveLength(1);
  });
});

describe('nothing to draw', () => {
  it('is an empty panel that says so', () => {
    expect(words(draw(figureSamples['empty'] as Figure)).filter((text) => text === 'no data')).toHaveLength(2);
    expect(words(draw(one({ type: 'rule', axis: 'y', at: 3 })))).toContain('no data');
    expect(tagProblem(draw(figureOf([])))).toBeNull();
  });
  it('is no panel of a number that a single point gives', () => {
    const svg = draw(one({ type: 'points', x: f64(3), y: f64(0) }));
    expect(words(svg)).not.toContain('no data');
    expect(parse(svg).querySelectorAll('[aria-label="dot"] circle')).toHaveLength(1);
  });
  it('is never an error, whatever the numbers are', () => {
    const number = fc.oneof(
      fc.double(),
      fc.constantFrom(0, -1, 1, Number.NaN, Number.POSITIVE_INFINITY, 1e-300, 1e300),
    );
    const axis = fc.record({
      label: fc.string(),
      unit: fc.constantFrom('1', 'Hz'),
      scale: fc.constantFrom('linear' as const, 'log' as const),
      domain: fc.option(fc.tuple(number, number), { nil: undefined }),
      categories: fc.option(fc.array(fc.string(), { maxLength: 4 }), { nil: undefined, freq: 6 }),
    });
    const column = (length: number) =>
      fc.array(number, { minLength: length, maxLength: length }).map((all) => f64(...all));
    const mark = fc.nat(5).chain((n) =>
      fc
        .record({
          x: column(n),
          y: column(n),
          low: column(n),
          value: column(n),
          at: number,
          kind: fc.nat(7),
          colours: fc.constantFrom('sequential' as const, 'diverging' as const),
        })
        .map(({ x, y, low, value, at, kind, colours }): FigureMark => {
          const cells = {
            type: 'cells',
            x,
            y,
            value,
            width: 1,
            height: 1,
            valueLabel: 'v',
            valueUnit: '1',
            colours,
          } as const;
          const all: readonly FigureMark[] = [
            { type: 'line', x, y, name: 'line' },
            { type: 'points', x, y, low, high: value },
            { type: 'band', x, low, high: y },
            { type: 'bars', x, y, width: 0.5 },
            { type: 'raster', x, y },
            cells,
            { type: 'rule', axis: 'x', at },
            { type: 'text', x, y, text: Array.from(x, String) },
          ];
          return all[kind] as FigureMark;
        }),
    );
    fc.assert(
      fc.property(axis, axis, fc.array(mark, { maxLength: 4 }), (x, y, marks) => {
        const svg = draw(figureOf([{ x, y, marks }]));
        expect(tagProblem(svg)).toBeNull();
        for (const d of paths(svg, 'path')) expect(d).not.toMatch(/NaN|Infinity|undefined/);
      }),
      { numRuns: 120 },
    );
  });
});
