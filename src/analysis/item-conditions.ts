/** Under which drive each item ran, and which items are trials of one condition. */
import type { ItemTable } from '../kit/item-table';

/** `shape` of an item whose drive does not change; also that of items that have no such column. */
const constantShape = 0;

/** The external drive of each item where it is constant; null for changing drives and for items without one (images). */
export function constantEta(items: ItemTable): (number | null)[] {
  const { eta, shape } = items.columns;
  return Array.from(items.ids, (_, i) => {
    const value = eta?.[i];
    const isConstant = (shape?.[i] ?? constantShape) === constantShape;
    return value !== undefined && Number.isFinite(value) && isConstant ? value : null;
  });
}

export interface Condition {
  readonly eta: number;
  /** 0 constant, 1 step, 2 ramp, 3 sine. */
  readonly shape: number;
  /** Positions of its items, trials included. */
  readonly positions: readonly number[];
}

/** Items grouped by drive: shape, then eta, both rising. Items without a drive are in none. */
export function conditionsOf(items: ItemTable): Condition[] {
  const { eta, shape } = items.columns;
  if (!eta) return [];
  const groups = new Map<string, { eta: number; shape: number; positions: number[] }>();
  for (let i = 0; i < items.ids.length; i++) {
    const drive = eta[i] as number;
    if (!Number.isFinite(drive)) continue;
    const kind = shape?.[i] ?? constantShape;
    const group = groups.get(`${kind} ${drive}`);
    if (group) group.positions.push(i);
    else groups.set(`${kind} ${drive}`, { eta: drive, shape: kind, positions: [i] });
  }
  return [...groups.values()].sort((a, b) => a.shape - b.shape || a.eta - b.eta);
}
