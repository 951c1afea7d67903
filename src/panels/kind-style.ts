/**
 * How each kind of wire looks: a colour for light and one for dark backgrounds, a handle shape and a short label. Colour
 * never stands alone: no two kinds share a shape. The two palettes were searched in OKLCH, hue fixed per kind, for the
 * largest smallest OKLab distance between any two kinds as seen with normal vision and simulated protanopia,
 * deuteranopia and tritanopia (Machado, Oliveira and Fernandes 2009, severity 1), at a contrast of at least 3:1 on every
 * surface they are drawn on. The test computes both numbers.
 */
import type { PortKind } from '../kit/port-type';

export type ColourScheme = 'light' | 'dark';

export type KindShape =
  | 'square'
  | 'pill'
  | 'hexagon'
  | 'circle'
  | 'diamond'
  | 'triangle'
  | 'pentagon'
  | 'ring'
  | 'bars'
  | 'frame';

export interface KindStyle {
  /** Colour by scheme, hexadecimal. */
  readonly light: string;
  readonly dark: string;
  readonly shape: KindShape;
  /** One word for people. */
  readonly label: string;
  /** What flows, in a few words: for legends and tooltips. */
  readonly help: string;
}

export const kindStyles: Readonly<Record<PortKind, KindStyle>> = {
  images: { light: '#355599', dark: '#7bacf1', shape: 'square', label: 'images', help: 'Images, values 0 to 1.' },
  labels: { light: '#9d8303', dark: '#f4dc07', shape: 'pill', label: 'labels', help: 'One class per item.' },
  stimulus: {
    light: '#0091ab',
    dark: '#3de2f9',
    shape: 'hexagon',
    label: 'stimulus',
    help: 'Images or gratings with a schedule.',
  },
  rates: {
    light: '#995600',
    dark: '#fc9b0e',
    shape: 'circle',
    label: 'rates',
    help: 'Firing rates in Hz over time, item and unit.',
  },
  spikes: {
    light: '#8e2104',
    dark: '#f06655',
    shape: 'diamond',
    label: 'spikes',
    help: 'Spike events: unit and time step, per item.',
  },
  features: {
    light: '#187f5b',
    dark: '#b1f4b6',
    shape: 'triangle',
    label: 'features',
    help: 'A vector of numbers per item.',
  },
  model: { light: '#9462e3', dark: '#9e73fc', shape: 'pentagon', label: 'model', help: 'A chain of learnable blocks.' },
  series: {
    light: '#e04587',
    dark: '#bd79aa',
    shape: 'ring',
    label: 'series',
    help: 'Named curves over time or training.',
  },
  table: {
    light: '#594d4f',
    dark: '#bbb3a9',
    shape: 'bars',
    label: 'table',
    help: 'Rows of named numbers with units.',
  },
  figure: {
    light: '#140a24',
    dark: '#fcfcfc',
    shape: 'frame',
    label: 'figure',
    help: 'A figure to look at or to print.',
  },
};

export const kindColour = (kind: PortKind, scheme: ColourScheme): string => kindStyles[kind][scheme];

/**
 * Outline of a shape as an SVG path in a 16 x 16 box, so that the handle, the legend and the palette draw the same one.
 * `ring` and `bars` use the even-odd rule.
 */
export const shapePaths: Readonly<Record<KindShape, string>> = {
  square: 'M2.5 2.5h11v11h-11z',
  pill: 'M5 4.5h6a3.5 3.5 0 0 1 0 7H5a3.5 3.5 0 0 1 0-7z',
  hexagon: 'M8 1.2l5.9 3.4v6.8L8 14.8l-5.9-3.4V4.6z',
  circle: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8z',
  diamond: 'M8 .8L15.2 8 8 15.2.8 8z',
  triangle: 'M8 1.6l7 12.4H1z',
  pentagon: 'M8 1.2l6.9 5-2.65 8.1h-8.5L1.1 6.2z',
  ring: 'M8 1.4a6.6 6.6 0 1 1 0 13.2A6.6 6.6 0 0 1 8 1.4zM8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6z',
  bars: 'M2 2h12v3.2H2zM2 6.4h12v3.2H2zM2 10.8h12V14H2z',
  frame: 'M1.6 1.6h12.8v12.8H1.6zM5 5v6h6V5z',
};
