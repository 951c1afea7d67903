/**
 * Colours and type of everything drawn on a canvas, which cannot read CSS variables cheaply. Curve and population colours
 * are the Okabe-Ito set (Okabe and Ito 2008), lightened or darkened to 3:1 on our surfaces, and the first six until any two
 * are told apart with every deficiency (test/unit/panels/state-colours.test.ts).
 */
import type { ColourScheme } from '../kind-style';

export interface PlotStyle {
  readonly text: string;
  readonly muted: string;
  readonly axis: string;
  readonly grid: string;
  readonly surface: string;
  /** Fill over the part of a recording that is not counted. */
  readonly veil: string;
  readonly curves: readonly string[];
}

export const plotStyles: Readonly<Record<ColourScheme, PlotStyle>> = {
  light: {
    text: '#1a2030',
    muted: '#525b6c',
    axis: '#8a93a3',
    grid: '#e6e9ee',
    surface: '#ffffff',
    veil: 'rgba(104, 112, 129, 0.13)',
    curves: ['#0072b2', '#d55e00', '#316b54', '#b24d83', '#8b5702', '#278fc7', '#5b5f66'],
  },
  dark: {
    text: '#e5e8ee',
    muted: '#aab2c1',
    axis: '#6b7484',
    grid: '#2c313d',
    surface: '#191c24',
    veil: 'rgba(160, 170, 190, 0.16)',
    curves: ['#56b4e9', '#f0813a', '#13dda7', '#d788b8', '#ebaf12', '#a1c9e4', '#b6bcc6'],
  },
};

export const plotFont = (size: number, weight = 400): string =>
  `${weight} ${size}px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif`;

/** Excitatory populations blue, inhibitory ones vermillion, by name; others in turn. */
export function populationColours(names: readonly string[], scheme: ColourScheme): readonly string[] {
  const { curves } = plotStyles[scheme];
  let next = 2;
  return names.map((name) => {
    const fixed = /^(e|exc)/i.test(name) ? 0 : /^(i|inh)/i.test(name) ? 1 : null;
    return curves[fixed ?? next++ % curves.length] ?? curves[0] ?? '#888888';
  });
}
