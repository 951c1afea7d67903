/**
 * Which neuron looks where: the place in the image that sets each neuron's external drive, excitatory and inhibitory
 * neurons apart. Drawn over the area of the image with row 0 on top, as the pixels lie.
 */
import { formatNumber } from '../../core/units';
import type { PointsMark } from '../../kit/figure';
import type { FigureValue } from '../../kit/values';

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

/** mm that axes and legend take of the printed width and height. */
const beside = 14;
const around = 17;

export function retinotopyFigure({ excitatory, inhibitory, height, width }: Retinotopy): FigureValue {
  const dots = (hue: 'excitatory' | 'inhibitory', places: readonly Place[]): PointsMark => ({
    type: 'points',
    name: hue,
    hue,
    x: Float64Array.from(places, ({ x }) => x * width),
    y: Float64Array.from(places, ({ y }) => y * height),
  });
  const printed = 85;
  // As wide as high where the image is: a pixel is square in print.
  const rowHeight = Math.min(120, Math.max(32, ((printed - beside) * height) / Math.max(1, width) + around));
  return {
    kind: 'figure',
    title: 'Which neuron looks where',
    caption:
      `Each dot is one neuron, at the place of the image that sets its external drive (the nearest of ${formatNumber(height)} × ` +
      `${formatNumber(width)} pixels). All ${formatNumber(excitatory.length)} excitatory and ${formatNumber(inhibitory.length)} inhibitory neurons.`,
    columns: 1,
    width: printed,
    rowHeight,
    panels: [
      {
        x: { label: 'column', unit: 'pixels', domain: [0, Math.max(1, width)] },
        y: { label: 'row', unit: 'pixels', domain: [Math.max(1, height), 0] },
        marks: [
          ...(excitatory.length > 0 ? [dots('excitatory', excitatory)] : []),
          ...(inhibitory.length > 0 ? [dots('inhibitory', inhibitory)] : []),
        ],
      },
    ],
  };
}
