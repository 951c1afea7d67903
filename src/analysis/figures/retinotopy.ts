/**
 * Which neuron looks where: the place in the image that sets each neuron's external drive, excitatory and inhibitory
 * neurons apart. Drawn over the area of the image with row 0 on top, as the pixels lie.
 */
import type { FigurePanel, PointsMark } from '../../kit/figure';

/** Fractions of the image's width and height, 0..1. */
interface Place {
  readonly x: number;
  readonly y: number;
}

export interface Retinotopy {
  /** Of each neuron, in unit order. */
  readonly excitatory: readonly Place[];
  readonly inhibitory: readonly Place[];
  /** pixels */
  readonly height: number;
  readonly width: number;
}

/** mm that axes and legend take of a panel's printed width and height. */
const beside = 14;
const around = 17;

/** mm that a panel of `printed` mm must be high for a pixel to be square in print, within limits. */
export const retinotopyHeight = ({ height, width }: Retinotopy, printed: number): number =>
  Math.min(120, Math.max(32, ((printed - beside) * height) / Math.max(1, width) + around));

export function retinotopyPanel({ excitatory, inhibitory, height, width }: Retinotopy): FigurePanel {
  const dots = (hue: 'excitatory' | 'inhibitory', places: readonly Place[]): PointsMark => ({
    type: 'points',
    name: hue,
    hue,
    x: Float64Array.from(places, ({ x }) => x * width),
    y: Float64Array.from(places, ({ y }) => y * height),
  });
  return {
    title: 'Where each neuron looks',
    x: { label: 'column', unit: 'pixels', domain: [0, Math.max(1, width)] },
    y: { label: 'row', unit: 'pixels', domain: [Math.max(1, height), 0] },
    marks: [
      ...(excitatory.length > 0 ? [dots('excitatory', excitatory)] : []),
      ...(inhibitory.length > 0 ? [dots('inhibitory', inhibitory)] : []),
    ],
  };
}
