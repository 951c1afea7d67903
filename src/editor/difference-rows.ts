/**
 * What differs between the results of a comparison as rows: one for each setting that is not the same in all, its values
 * by result. Differences are taken from the first result, upstream included.
 */
import type { Cone, NodeDifference, SettingDifference } from '../graph/cone-difference';
import { coneDifference } from '../graph/cone-difference';
import { graphIndex } from '../graph/graph-index';
import type { Catalogue } from '../kit/define-node';

export interface DifferenceRow {
  readonly key: string;
  /** The node, by its name, or by its type where the results name it differently. */
  readonly node: string;
  readonly label: string;
  readonly unit: string | undefined;
  readonly seed: boolean;
  /** By result. */
  readonly values: readonly string[];
}

export function differenceRows(cones: readonly (Cone | null)[], catalogue: Catalogue): readonly DifferenceRow[] {
  const [first] = cones;
  if (!first) return [];
  const rows = new Map<string, DifferenceRow & { values: string[] }>();
  const put = (key: string, k: number, made: Omit<DifferenceRow, 'values'>, a: string, b: string): void => {
    const row = rows.get(key) ?? { ...made, values: cones.map(() => a) };
    row.values[k] = b;
    rows.set(key, row);
  };
  cones.forEach((cone, k) => {
    if (k === 0 || !cone) return;
    for (const difference of coneDifference(first, cone, catalogue).differences) {
      const node = titleOf(difference, first, cone, catalogue);
      for (const setting of difference.settings) put(...settingRow(difference, setting, node, k));
      if (difference.settings.length > 0) continue;
      const id = difference.a ?? difference.b ?? '';
      const key = `node ${difference.a === null ? `b ${difference.title}` : id}`;
      const made = { key, node, label: 'Node', unit: undefined, seed: false };
      put(key, k, made, difference.a === null ? 'absent' : 'present', difference.b === null ? 'absent' : 'present');
    }
  });
  return [...rows.values()];
}

function settingRow(
  { a }: NodeDifference,
  { name, what, label, unit, seed, a: before, b: after }: SettingDifference,
  node: string,
  k: number,
): [string, number, Omit<DifferenceRow, 'values'>, string, string] {
  const key = `${a} ${what} ${name}`;
  const shown = what === 'input' ? `Input “${label}”` : label;
  return [key, k, { key, node, label: shown, unit, seed: seed ?? false }, before, after];
}

function titleOf(difference: NodeDifference, first: Cone, other: Cone, catalogue: Catalogue): string {
  const [a, b] = [
    graphIndex(first.document).nodes.get(difference.a ?? ''),
    graphIndex(other.document).nodes.get(difference.b ?? ''),
  ];
  if (!a || !b) return difference.title;
  const title = catalogue.get(a.type)?.title ?? a.type;
  const [nameA, nameB] = [a.label || title, b.label || title];
  return nameA === nameB ? nameA : title;
}

/** Results that differ in nothing but seeds belong together: places by group, in the order of the results. */
export function seedGroups(count: number, rows: readonly DifferenceRow[]): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  for (let k = 0; k < count; k++) {
    const signature = JSON.stringify(rows.filter(({ seed }) => !seed).map(({ values }) => values[k]));
    groups.set(signature, [...(groups.get(signature) ?? []), k]);
  }
  return [...groups.values()];
}
