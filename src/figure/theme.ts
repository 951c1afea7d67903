/**
 * Colours, type and strokes of figures. Hues are the Okabe-Ito set (Okabe and Ito 2008), lightened or darkened to 3:1 on
 * the surface, those of the sequence as in src/panels/preview/plot-style.ts; 'good' and 'bad' are the teal and red of Paul Tol's vibrant scheme (2021). Print is black on white, with
 * type of 7 to 8 pt at the printed width. Lengths are in pt (1/72 inch): the user unit of a printed figure.
 */
import type { Figure, FigureHue, FigureMark } from '../kit/figure';

export type FigureTheme = 'light' | 'dark' | 'print';

export interface FigureStyle {
  readonly surface: string;
  readonly ink: string;
  /** Axis titles, tick labels, legends. */
  readonly text: string;
  readonly axis: string;
  readonly hues: Readonly<Record<FigureHue, string>>;
  /** For marks without a hue, by name, in order of appearance. */
  readonly sequence: readonly string[];
}

const onWhite = {
  hues: {
    excitatory: '#0072b2',
    inhibitory: '#d55e00',
    external: '#00805f',
    all: '#3b4250',
    theory: '#a8448a',
    reference: '#747c8a',
    good: '#00857a',
    bad: '#cc3311',
  },
  sequence: [
    '#0072b2',
    '#d55e00',
    '#316b54',
    '#b24d83',
    '#8b5702',
    '#278fc7',
    '#5b5f66',
    '#6f4bb8',
    '#8c3a2b',
    '#4f7a1e',
  ],
} as const;

export const figureStyles: Readonly<Record<FigureTheme, FigureStyle>> = {
  light: { surface: '#ffffff', ink: '#1a2030', text: '#3d4554', axis: '#525b6c', ...onWhite },
  print: { surface: '#ffffff', ink: '#000000', text: '#000000', axis: '#000000', ...onWhite },
  dark: {
    surface: '#191c24',
    ink: '#e5e8ee',
    text: '#c3c9d4',
    axis: '#8e97a8',
    hues: {
      excitatory: '#56b4e9',
      inhibitory: '#f0813a',
      external: '#2fbf95',
      all: '#d5d9e1',
      theory: '#e08fc4',
      reference: '#8e97a8',
      good: '#3fc9b8',
      bad: '#ff7759',
    },
    sequence: [
      '#56b4e9',
      '#f0813a',
      '#13dda7',
      '#d788b8',
      '#ebaf12',
      '#a1c9e4',
      '#b6bcc6',
      '#b39bf0',
      '#d98f7c',
      '#a5cf6b',
    ],
  },
};

/** Sizes of type. */
export interface FigureType {
  readonly tick: number;
  readonly title: number;
  readonly panel: number;
}
export const printType: FigureType = { tick: 7, title: 7.5, panel: 8 };
export const fontFamily = 'Helvetica, Arial, "Liberation Sans", sans-serif';

export const pointsPerMillimetre = 72 / 25.4;

/** The colour of each mark: its hue's, else one per name for the whole figure, else ink. */
export function coloursOf(figure: Figure, style: FigureStyle): (mark: FigureMark) => string {
  const marks = figure.panels.flatMap((panel) => panel.marks);
  const taken = new Set(marks.flatMap(({ hue }) => (hue ? [style.hues[hue]] : [])));
  const free = style.sequence.filter((colour) => !taken.has(colour));
  const sequence = free.length > 0 ? free : style.sequence;
  const byName = new Map<string, string>();
  for (const { name, hue, type } of marks) {
    if (name === undefined || hue || type === 'cells' || type === 'rule' || byName.has(name)) continue;
    byName.set(name, sequence[byName.size % sequence.length] ?? style.ink);
  }
  return ({ name, hue, type }) => {
    if (hue) return style.hues[hue];
    if (type === 'rule') return style.hues.reference;
    if (name !== undefined) return byName.get(name) ?? style.ink;
    return type === 'text' ? style.text : style.hues.all;
  };
}
