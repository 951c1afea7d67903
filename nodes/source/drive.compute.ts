/** Puts the drive's own items after those wired before, and numbers them on. */
import { ParameterError, ShapeMismatchError } from '../../src/core/errors';
import type { ComputeOf } from '../../src/kit/define-node';
import type { ItemTable } from '../../src/kit/item-table';
import type { Curve, SeriesValue } from '../../src/kit/values';
import type definition from './drive';
import { type DriveItem, driveItems, refuseDrive } from './drive-shape';

const noItems: ItemTable = {
  ids: new Int32Array(0),
  split: new Uint8Array(0),
  columns: { level: new Float64Array(0), shape: new Float64Array(0) },
};

/** The items of the drive before; other series are refused. */
function itemsBefore(before: SeriesValue | undefined): ItemTable {
  if (!before) return noItems;
  const items = before.items;
  const isDrive = items && items.ids.length === before.curves.length && items.columns.level && items.columns.shape;
  if (isDrive) return items;
  throw new ShapeMismatchError({
    code: 'drive.before',
    message: 'The series wired before is no drive.',
    port: 'before',
    found: before.curves.length === 0 ? 'no curves' : `${before.curves.length} curves over ${before.xLabel}`,
    expected: 'the drive of another external drive',
    cure: 'Wire the drive output of another external drive.',
  });
}

const joined = (a: Float64Array | undefined, own: readonly number[]): Float64Array =>
  Float64Array.from([...(a ?? []), ...own]);

function tableOf(before: ItemTable, own: readonly DriveItem[]): ItemTable {
  const first = before.ids.reduce((most, id) => Math.max(most, id), -1) + 1;
  return {
    ids: Int32Array.from([...before.ids, ...own.map((_, k) => first + k)]),
    split: Uint8Array.from([...before.split, ...own.map(() => 0)]),
    columns: {
      level: joined(
        before.columns.level,
        own.map(({ level }) => level),
      ),
      shape: joined(
        before.columns.shape,
        own.map(({ shape }) => shape),
      ),
    },
  };
}

const compute: ComputeOf<typeof definition> = async ({ before }, params) => {
  const refused = refuseDrive(params);
  if (refused) {
    throw new ParameterError({ code: refused.code, message: refused.reason, param: refused.param, cure: refused.cure });
  }
  const earlier = itemsBefore(before);
  const own = driveItems(params);
  const items = tableOf(earlier, own);
  const curves: Curve[] = own.map(({ x, y }, k) => {
    const id = items.ids[earlier.ids.length + k] as number;
    return { name: `drive ${id}`, unit: '1', x, y, labels: { item: id } };
  });
  return {
    drive: { kind: 'series', xLabel: 'time', xUnit: 'ms', curves: [...(before?.curves ?? []), ...curves], items },
  };
};

export default compute;
