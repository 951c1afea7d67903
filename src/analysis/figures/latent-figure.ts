/** The codes of the items in a plane, by class, and the divergence of each unit from the prior. */
import { formatNumber } from '../../core/units';
import type { FigureMark } from '../../kit/figure';
import type { FigureValue } from '../../kit/values';
import type { CodeUnit, Plane } from '../latent-code';

export interface LatentShown {
  readonly plane: Plane;
  readonly tells: readonly CodeUnit[];
  /** Class of each item, -1 for none; null without labels. */
  readonly classes: { readonly of: Int32Array; readonly names: readonly string[] } | null;
}

function pointsOf({ plane, classes }: LatentShown): FigureMark[] {
  const pick = (wanted: (i: number) => boolean) => {
    const places = Array.from(plane.x.keys()).filter(wanted);
    return {
      x: Float64Array.from(places, (i) => plane.x[i] as number),
      y: Float64Array.from(places, (i) => plane.y[i] as number),
    };
  };
  if (!classes) return [{ type: 'points', hue: 'all', ...pick(() => true) }];
  const known = classes.names.map((name, k) => ({
    type: 'points' as const,
    name,
    ...pick((i) => classes.of[i] === k),
  }));
  const unknown = pick((i) => (classes.of[i] as number) < 0);
  const present = known.filter(({ x }) => x.length > 0);
  const middle = (values: Float64Array) => values.slice().sort()[values.length >> 1] as number;
  // Ten colours are hard to tell apart: each class is named where its middle lies.
  const names: FigureMark = {
    type: 'text',
    x: Float64Array.from(present, ({ x }) => middle(x)),
    y: Float64Array.from(present, ({ y }) => middle(y)),
    text: present.map(({ name }) => name),
  };
  return [
    ...present,
    ...(unknown.x.length > 0 ? [{ type: 'points', hue: 'reference', name: 'no class', ...unknown } as const] : []),
    names,
  ];
}

export function latentFigure(shown: LatentShown): FigureValue {
  const { plane, tells } = shown;
  const ordered = tells.toSorted((a, b) => b.divergence - a.divergence);
  const total = tells.reduce((sum, { divergence }) => sum + divergence, 0);
  const active = tells.filter((unit) => unit.active).length;
  return {
    kind: 'figure',
    title: 'Latent code',
    caption:
      `Mean codes of ${formatNumber(plane.x.length)} items. ${active} of ${tells.length} units are active (above 0.01 nats); ` +
      `all together diverge from the prior by ${formatNumber(total)} nats an item.` +
      (shown.classes ? ' Names stand at the median of each class.' : ''),
    panels: [
      {
        title: shown.classes ? 'Items by class' : 'Items',
        x: { label: plane.xLabel, unit: '1' },
        y: { label: plane.yLabel, unit: '1' },
        marks: pointsOf(shown),
      },
      {
        title: 'Divergence of each unit',
        x: { label: 'unit, by divergence', unit: '1' },
        y: { label: 'divergence from the prior', unit: 'nat' },
        marks: [
          {
            type: 'bars',
            hue: 'all',
            x: Float64Array.from(ordered, (_, k) => k + 1),
            y: Float64Array.from(ordered, ({ divergence }) => Math.max(0, divergence)),
            width: 0.8,
          },
        ],
      },
    ],
    columns: 2,
    width: 180,
    rowHeight: 75,
  };
}
