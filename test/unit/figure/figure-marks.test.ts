/** Each mark of a figure as drawn, and how large a picture of many gets. */
import { describe, expect, it } from 'vitest';
import type { Figure, FigureMark } from '../../../src/kit/figure';
import { grid, mixedFigure, regimeFigure } from '../../support/figure-samples';
import { draw, figureOf, panelOf, parse, styleOf, tagProblem, textsOf } from './svg-support';

const f64 = (...values: number[]): Float64Array => Float64Array.from(values);
const one = (...marks: FigureMark[]): Figure => figureOf([panelOf(marks)]);
const paths = (svg: string, selector: string): string[] =>
  Array.from(parse(svg).querySelectorAll(selector), (path) => path.getAttribute('d') ?? '');
const words = (svg: string): string[] => textsOf(svg).map(({ text }) => text);

describe('marks', () => {
  it('a line has a gap where a value is no number, and where a log axis has none', () => {
    const gap = draw(one({ type: 'line', hue: 'theory', x: f64(0, 1, 2, 3, 4), y: f64(1, 2, Number.NaN, 2, 1) }));
    expect(paths(gap, '[aria-label="line"] path')[0]?.match(/M/g)).toHaveLength(2);
    const log = figureOf([
      panelOf([{ type: 'line', x: f64(0, 1, 2, 3, 4), y: f64(1, 2, 0, 2, 100) }], {
        y: { label: 'count', unit: '1', scale: 'log' },
      }),
    ]);
    expect(paths(draw(log), '[aria-label="line"] path')[0]?.match(/M/g)).toHaveLength(2);
  });
  it('a line can be dashed, or hold each value until the next', () => {
    const line = { type: 'line', x: f64(0, 1, 2), y: f64(0, 1, 0) } as const;
    expect(
      styleOf(
        parse(draw(one({ ...line, dashed: true }))).querySelector('[aria-label="line"] path'),
        'stroke-dasharray',
      ),
    ).toBe('4 2.2');
    const plain = paths(draw(one(line)), '[aria-label="line"] path')[0] as string;
    const steps = paths(draw(one({ ...line, steps: true })), '[aria-label="line"] path')[0] as string;
    expect(steps.split('L').length).toBeGreaterThan(plain.split('L').length);
  });
  it('a line is clipped to the range of its axis', () => {
    const svg = draw(
      figureOf([
        panelOf([{ type: 'line', x: f64(-9, 9), y: f64(0, 1) }], { x: { label: 'lag', unit: 'ms', domain: [-1, 1] } }),
      ]),
    );
    expect(svg).toMatch(/<g [^>]*aria-label="line"[^>]*clip-path="url\(#/);
    expect(svg).toMatch(/<clipPath id="[^"]+"><rect /);
  });
  it('points have a dot each and error bars from low to high', () => {
    const svg = draw(
      one({ type: 'points', x: f64(1, 2, 3), y: f64(5, 6, 7), low: f64(4, 5, Number.NaN), high: f64(6, 7, 8) }),
    );
    expect(parse(svg).querySelectorAll('[aria-label="dot"] circle')).toHaveLength(3);
    expect(parse(svg).querySelectorAll('[aria-label="rule"] line')).toHaveLength(2);
  });
  it('points that failed are crosses, so that colour is not all that tells', () => {
    const dots = (hue: 'good' | 'bad') => parse(draw(one({ type: 'points', hue, x: f64(1, 2), y: f64(1, 2) })));
    expect(dots('good').querySelectorAll('[aria-label="dot"] circle')).toHaveLength(2);
    expect(dots('bad').querySelectorAll('[aria-label="dot"] path')).toHaveLength(2);
  });
  it('a band lies between its curves', () => {
    const svg = draw(one({ type: 'band', hue: 'excitatory', x: f64(0, 1, 2), low: f64(1, 1, 1), high: f64(2, 3, 2) }));
    const d = paths(svg, '[aria-label="area"] path')[0] as string;
    const xs = [...d.matchAll(/[ML](-?[\d.]+),/g)].map(([, x]) => Number(x));
    expect(new Set(xs).size).toBe(3);
    expect(d.endsWith('Z')).toBe(true);
  });
  it('bars stand on 0, also those below it', () => {
    const svg = draw(one({ type: 'bars', x: f64(0, 1), y: f64(2, -2), width: 0.8 }));
    const bars = Array.from(parse(svg).querySelectorAll('[aria-label="rect"] rect'), (bar) =>
      ['y', 'height'].map((name) => Number(bar.getAttribute(name))),
    ) as [number, number][];
    const [up, down] = bars as [[number, number], [number, number]];
    expect(up[0] + up[1]).toBeCloseTo(down[0], 1);
    expect(up[1]).toBeCloseTo(down[1], 1);
  });
  it('a raster is one path per hue, with a tick per spike in view', () => {
    const svg = draw(one({ type: 'raster', hue: 'excitatory', x: f64(1, 5, 9, Number.NaN), y: f64(0, 1, 2, 0) }));
    expect(paths(svg, 'path.raster')).toHaveLength(1);
    expect(paths(svg, 'path.raster')[0]?.match(/M/g)).toHaveLength(3);
  });
  it('cells have a colour bar; a missing value has no cell', () => {
    const cells = (colours: 'sequential' | 'diverging', value: Float64Array) =>
      draw(
        one({
          type: 'cells',
          x: f64(0, 1, 2),
          y: f64(0, 0, 0),
          value,
          width: 1,
          height: 1,
          valueLabel: 'correlation',
          valueUnit: '1',
          colours,
        }),
      );
    const svg = cells('sequential', f64(0, Number.NaN, 4));
    expect(paths(svg, '.cells path')).toHaveLength(2);
    expect(words(svg)).toContain('Correlation');
    // Viridis from its darkest to its brightest.
    expect(svg).toContain('fill="#440154"');
    expect(svg).toContain('fill="#fde725"');
    // Centred on 0: 0 is the neutral middle although the data are lopsided.
    const diverging = cells('diverging', f64(-1, 0, 4));
    const fills = Array.from(
      parse(diverging).querySelectorAll('.cells path'),
      (cell) => cell.getAttribute('fill') ?? '',
    );
    expect(fills.some((fill) => /^#f[3-7]f[3-7]f[3-7]$/.test(fill))).toBe(true);
  });
  it('a rule crosses the panel, a word keeps inside it and stands out on a heat map', () => {
    const svg = draw(regimeFigure);
    expect(parse(svg).querySelectorAll('[aria-label="rule"] line').length).toBeGreaterThanOrEqual(3);
    const fillOf = (word: string) =>
      Array.from(parse(svg).querySelectorAll('.text text'))
        .find((node) => node.textContent === word)
        ?.getAttribute('fill');
    expect(fillOf('SR')).toBe('#000000'); // on yellow
    expect(fillOf('SI')).toBe('#ffffff'); // on violet
  });
  it('categories are names, wrapped or slanted', () => {
    const svg = draw(mixedFigure);
    expect(words(svg)).toContain('excitatory to');
    const names = Array.from({ length: 9 }, (_, i) => `population-number-${i}`);
    const slanted = draw(
      figureOf(
        [
          panelOf([{ type: 'bars', x: grid(0, 8, 9), y: grid(1, 9, 9), width: 0.6 }], {
            x: { label: '', unit: '1', categories: names },
          }),
        ],
        { width: 85 },
      ),
    );
    expect(slanted).toContain('rotate(-45)');
    expect(tagProblem(slanted)).toBeNull();
  });
});

describe('size', () => {
  it('of a raster grows with what can be seen, not with spikes', () => {
    const n = 400_000;
    const x = Float64Array.from({ length: n }, (_, i) => (i * 7919) % 1000);
    const y = Float64Array.from({ length: n }, (_, i) => (i * 104_729) % 100);
    expect(draw(one({ type: 'raster', x, y })).length).toBeLessThan(2_500_000);
    const few = draw(one({ type: 'raster', x: x.subarray(0, 5000), y: y.subarray(0, 5000) }));
    expect(few.length).toBeLessThan(90_000);
  });
  it('of a long line is bounded, and its peak stays', () => {
    const n = 200_000;
    const y = new Float64Array(n);
    y[123_457] = 50;
    const svg = draw(one({ type: 'line', x: grid(0, 1, n), y }));
    expect(svg.length).toBeLessThan(90_000);
    const heights = [...(paths(svg, '[aria-label="line"] path')[0] as string).matchAll(/,(-?[\d.]+)/g)].map(([, v]) =>
      Number(v),
    );
    expect(Math.max(...heights) - Math.min(...heights)).toBeGreaterThan(100);
  });
  it('of a heat map of 10,000 cells is small', () => {
    const at = Array.from({ length: 10_000 }, (_, i) => [i % 100, Math.floor(i / 100)] as const);
    const svg = draw(
      one({
        type: 'cells',
        x: Float64Array.from(at, ([x]) => x),
        y: Float64Array.from(at, ([, y]) => y),
        value: Float64Array.from(at, ([x, y]) => x * y),
        width: 1,
        height: 1,
        valueLabel: 'value',
        valueUnit: '1',
        colours: 'sequential',
      }),
    );
    expect(svg.length).toBeLessThan(400_000);
  });
});
