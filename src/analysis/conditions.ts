/** Which items belong together: trials of one stimulus, or every item of one drive. */
import type { ItemTable } from '../kit/item-table';

/** The column `shape` of a drive's items. */
export const driveShapes = ['constant', 'step', 'ramp', 'sine'] as const;
export type DriveShape = (typeof driveShapes)[number];

/** Items of a source that knows no shapes are held constant. */
export function shapeOf(items: ItemTable, position: number): DriveShape {
  return driveShapes[items.columns['shape']?.[position] ?? 0] ?? 'constant';
}

/** The external drive of each item where it is constant; null for changing drives and for items without one (images). */
export function constantEta(items: ItemTable): (number | null)[] {
  const eta = items.columns['eta'];
  return Array.from(items.ids, (_, position) => {
    const value = eta?.[position];
    return value !== undefined && Number.isFinite(value) && shapeOf(items, position) === 'constant' ? value : null;
  });
}

export interface Condition {
  /** What the items share: a drive, or the id of a stimulus. */
  readonly value: number;
  readonly positions: readonly number[];
}

export interface DriveCondition extends Condition {
  readonly shape: DriveShape;
}

/** Positions of the items that a transfer curve has: those with a constant drive. */
export function isConstantDrive(items: ItemTable): (position: number) => boolean {
  const etas = constantEta(items);
  return (position) => etas[position] !== null;
}

/** Items by drive: shape, then eta, rising. Items without a drive are in none. */
export function groupByDrive(items: ItemTable): DriveCondition[] {
  const eta = items.columns['eta'];
  if (!eta) return [];
  return driveShapes.flatMap((shape) => {
    const has = (position: number) => Number.isFinite(eta[position]) && shapeOf(items, position) === shape;
    return groupByValue(items, eta, has).map((condition) => ({ ...condition, shape }));
  });
}

/** Items by the value of a column, in order of value; values within rounding of each other are one. */
export function groupByValue(
  items: ItemTable,
  column: ArrayLike<number>,
  keep: (position: number) => boolean = () => true,
): Condition[] {
  const groups = new Map<string, { value: number; positions: number[] }>();
  for (let position = 0; position < items.ids.length; position++) {
    if (!keep(position)) continue;
    const value = column[position] as number;
    const name = value.toPrecision(9);
    const known = groups.get(name);
    if (known) known.positions.push(position);
    else groups.set(name, { value, positions: [position] });
  }
  return [...groups.values()].sort((a, b) => a.value - b.value);
}

/** Items by the stimulus that they repeat, in order of appearance; without trials each item is a stimulus. */
export function groupByStimulus(items: ItemTable, keep: (position: number) => boolean = () => true): Condition[] {
  const column = items.columns['stimulus'] ?? items.ids;
  const groups = new Map<number, number[]>();
  for (let position = 0; position < items.ids.length; position++) {
    if (!keep(position)) continue;
    const stimulus = column[position] as number;
    const known = groups.get(stimulus);
    if (known) known.push(position);
    else groups.set(stimulus, [position]);
  }
  return [...groups].map(([value, positions]) => ({ value, positions }));
}
