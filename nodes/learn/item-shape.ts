/** Shapes of single items on wires, as far as they are known before a run. */
import type { ItemShape } from '../../src/kit/blocks';
import type { InferredType } from '../../src/kit/define-node';
import { sizeOf } from '../../src/kit/port-type';

/**
 * What a model sees of one item: [feature], [height, width, channel], [time x unit] for rates, or one number for each class
 * of labels. Null where a size can only be told by a run.
 */
export function itemShape(type: InferredType | undefined): ItemShape | null {
  if (!type) return null;
  if (type.kind === 'labels') return type.classes === undefined ? null : [type.classes];
  const known = (...sizes: (number | null)[]): ItemShape | null =>
    sizes.every((size) => size !== null) ? (sizes as number[]) : null;
  if (type.kind === 'features') return known(sizeOf(type, 'feature'));
  if (type.kind === 'images') return known(sizeOf(type, 'height'), sizeOf(type, 'width'), sizeOf(type, 'channel'));
  const times = sizeOf(type, 'time');
  const units = sizeOf(type, 'unit');
  return times === null || units === null ? null : [times * units];
}

/** "28 × 28 × 1" */
export const shapeText = (shape: ItemShape): string => shape.join(' × ');
