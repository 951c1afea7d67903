/** Which output a card shows first, and how wide a card is around the box that panels keep for a preview. */
import type { AnyNode } from '../kit/define-node';
import type { PortKind } from '../kit/port-type';
import { nodeBox } from '../panels/preview/preview-props';

/** What tells most about a node comes first. */
const order: readonly PortKind[] = [
  'figure',
  'images',
  'spikes',
  'stimulus',
  'series',
  'rates',
  'features',
  'table',
  'model',
  'labels',
];

/** Output ports, most telling first. */
export function previewPorts(definition: AnyNode): readonly string[] {
  return Object.entries(definition.outputs)
    .map(([port, { kind }], place) => ({
      port,
      place,
      rank: port === definition.shownFirst ? -1 : order.indexOf(kind),
    }))
    .sort((a, b) => a.rank - b.rank || a.place - b.place)
    .map(({ port }) => port);
}

/** px at zoom 1. */
const inset = 8;
export const cardWidth = nodeBox.width + 2 * inset;
export const previewHeight = nodeBox.height;
/** What a card comes to before it has been measured. */
export const typicalHeight = 310;
