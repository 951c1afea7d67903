/** Items whose drive changes in time, with their trials and the drive itself. */
import { DataError } from '../core/errors';
import { joinItems } from '../kit/item-table';
import type { Curve, SeriesValue, SpikesValue } from '../kit/values';
import { type DriveShape, shapeOf } from './conditions';

export interface MovingItem {
  /** Id of the item of the drive. */
  readonly item: number;
  readonly shape: DriveShape;
  readonly drive: Curve;
  /** Positions of its trials among the spikes. */
  readonly trials: readonly number[];
}

/** In the order of the drive's items. Throws where there are none, or where drive and spikes share no items. */
export function movingItems(spikes: SpikesValue, drive: SeriesValue, shapes: readonly DriveShape[]): MovingItem[] {
  const items = drive.items;
  if (!items) {
    throw new DataError({
      code: 'analysis.no-drive-items',
      message: 'The series is no drive: its curves belong to no items.',
      port: 'drive',
      cure: 'Wire the drive that the network was given.',
    });
  }
  const trials = new Map<number, number[]>();
  const pairs = joinItems(spikes.items, items);
  pairs.a.forEach((position, k) => {
    const place = pairs.b[k] as number;
    const known = trials.get(place);
    if (known) known.push(position);
    else trials.set(place, [position]);
  });
  const found: MovingItem[] = [];
  for (let place = 0; place < items.ids.length; place++) {
    const shape = shapeOf(items, place);
    const curve = drive.curves[place];
    const own = trials.get(place);
    if (curve && own && shapes.includes(shape)) {
      found.push({ item: items.ids[place] as number, shape, drive: curve, trials: own });
    }
  }
  if (found.length > 0) return found;
  throw new DataError({
    code: 'analysis.no-moving-items',
    message: `No item has a drive of the shape ${shapes.join(' or ')}.`,
    port: 'drive',
    found: pairs.a.length === 0 ? 'no item in common with the spikes' : 'other shapes only',
    cure: `Drive the network with a ${shapes.join(' or ')} and wire that drive here too.`,
  });
}
