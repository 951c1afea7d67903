/**
 * The small steps that commands are made of, each with its exact inverse: same objects, same places, same keys, so that
 * undoing gives the same bytes. Commands decide what to do; this module only does it.
 */

import type { JsonValue } from '../core/canonical-json';
import { parsePipeline } from '../document/parse-pipeline';
import type { DocumentNode, DocumentWire, PipelineDocument, Position } from '../document/schema';
import { serialisePipeline } from '../document/serialise-pipeline';
import { withMembers } from '../document/source-text';

type Ui = NonNullable<PipelineDocument['ui']>;
export type Definition = NonNullable<PipelineDocument['defs']>[number];

/** Replaces `remove` entries at `index` by `insert`. `ui` null: the document has none. */
export type Edit =
  /** Another version of the whole document, as text: what a log or a history keeps of it then has the same bytes. */
  | { readonly slot: 'whole'; readonly text: string }
  | { readonly slot: 'title'; readonly value: string }
  | { readonly slot: 'ui'; readonly value: Ui | null }
  | {
      readonly slot: 'nodes';
      readonly index: number;
      readonly remove: number;
      readonly insert: readonly DocumentNode[];
    }
  | {
      readonly slot: 'wires';
      readonly index: number;
      readonly remove: number;
      readonly insert: readonly DocumentWire[];
    }
  | {
      readonly slot: 'defs';
      readonly index: number;
      readonly remove: number;
      readonly insert: readonly Definition[];
      /** The document had no such list before: without entries it has none again. */
      readonly drop?: boolean;
    }
  | {
      readonly slot: 'positions';
      readonly index: number;
      readonly remove: number;
      readonly insert: readonly (readonly [string, Position])[];
    }
  /** The whole list: there are few. null: the document has none. */
  | { readonly slot: 'frames' | 'notes'; readonly value: readonly JsonValue[] | null };

export interface Edited {
  readonly document: PipelineDocument;
  /** Last step first. */
  readonly inverse: readonly Edit[];
}

export function applyEdits(document: PipelineDocument, edits: readonly Edit[]): Edited {
  let current = document;
  const inverse: Edit[] = [];
  for (const edit of edits) {
    const done = applyEdit(current, edit);
    current = done.document;
    inverse.unshift(done.inverse);
  }
  return { document: current, inverse };
}

function splice<T>(list: readonly T[], index: number, remove: number, insert: readonly T[]): T[] {
  return [...list.slice(0, index), ...insert, ...list.slice(index + remove)];
}

function applyEdit(document: PipelineDocument, edit: Edit): { document: PipelineDocument; inverse: Edit } {
  switch (edit.slot) {
    case 'whole':
      return {
        document: parsePipeline(edit.text).document,
        inverse: { slot: 'whole', text: serialisePipeline(document) },
      };
    case 'title':
      return { document: { ...document, title: edit.value }, inverse: { slot: 'title', value: document.title } };
    case 'ui':
      return { document: withUi(document, edit.value), inverse: { slot: 'ui', value: document.ui ?? null } };
    case 'nodes': {
      const { slot, index, remove, insert } = edit;
      const removed = document.nodes.slice(index, index + remove);
      return {
        document: { ...document, nodes: splice(document.nodes, index, remove, insert as DocumentNode[]) },
        inverse: { slot, index, remove: insert.length, insert: removed },
      };
    }
    case 'wires': {
      const { slot, index, remove, insert } = edit;
      const removed = document.wires.slice(index, index + remove);
      return {
        document: { ...document, wires: splice(document.wires, index, remove, insert as DocumentWire[]) },
        inverse: { slot, index, remove: insert.length, insert: removed },
      };
    }
    case 'defs': {
      const { slot, index, remove, insert } = edit;
      const removed = (document.defs ?? []).slice(index, index + remove);
      const defs = splice(document.defs ?? [], index, remove, insert);
      const absent = document.defs === undefined;
      return {
        document: withDefs(document, edit.drop && defs.length === 0 ? undefined : defs),
        inverse: { slot, index, remove: insert.length, insert: removed, ...(absent ? { drop: true } : {}) },
      };
    }
    case 'frames':
    case 'notes':
      return {
        document: withList(document, edit.slot, edit.value),
        inverse: { slot: edit.slot, value: document[edit.slot] ?? null },
      };
    case 'positions': {
      const before = Object.entries(document.ui?.positions ?? {});
      const wanted = splice(before, edit.index, edit.remove, edit.insert as [string, Position][]);
      const positions = withMembers(document.ui?.positions ?? {}, wanted);
      return {
        document: withUi(document, { ...document.ui, positions }),
        // Compared rather than turned round: an object puts keys such as "7" first, wherever they were inserted.
        inverse: difference(Object.entries(positions), before),
      };
    }
  }
}

/** Before the members that stand behind it in a file of ours. */
function withDefs(document: PipelineDocument, defs: Definition[] | undefined): PipelineDocument {
  if (defs !== undefined && document.defs !== undefined) return { ...document, defs };
  const members = Object.entries(document).filter(([key]) => key !== 'defs');
  const later = members.findIndex(([key]) => key === 'frames' || key === 'notes' || key === 'ui');
  if (defs !== undefined) members.splice(later < 0 ? members.length : later, 0, ['defs', defs]);
  return withMembers(document, members);
}

/** The one splice of the definitions that turns `from` into `to`; none if they are the same. */
export function defsEdits(document: PipelineDocument, to: readonly Definition[]): Edit[] {
  const from = document.defs ?? [];
  let start = 0;
  while (start < Math.min(from.length, to.length) && from[start] === to[start]) start++;
  let end = 0;
  while (end < Math.min(from.length, to.length) - start && from[from.length - 1 - end] === to[to.length - 1 - end])
    end++;
  const remove = from.length - start - end;
  const insert = to.slice(start, to.length - end);
  return remove === 0 && insert.length === 0 ? [] : [{ slot: 'defs', index: start, remove, insert }];
}

/** The one splice of `from` that gives `to`. */
function difference(
  from: readonly (readonly [string, Position])[],
  to: readonly (readonly [string, Position])[],
): Edit {
  const same = (a: readonly [string, Position] | undefined, b: readonly [string, Position] | undefined): boolean =>
    a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1];
  let start = 0;
  while (same(from[start], to[start])) start++;
  let end = 0;
  while (end < Math.min(from.length, to.length) - start && same(from[from.length - 1 - end], to[to.length - 1 - end]))
    end++;
  return {
    slot: 'positions',
    index: start,
    remove: from.length - start - end,
    insert: to.slice(start, to.length - end),
  };
}

function withUi(document: PipelineDocument, ui: Ui | null): PipelineDocument {
  if (ui !== null) return { ...document, ui };
  return withMembers(
    document,
    Object.entries(document).filter(([key]) => key !== 'ui'),
  );
}

/** A new list stands before `ui`, as in the files that we write. */
function withList(
  document: PipelineDocument,
  slot: 'frames' | 'notes',
  value: readonly JsonValue[] | null,
): PipelineDocument {
  if (value !== null && document[slot] !== undefined) return { ...document, [slot]: value };
  const members = Object.entries(document).filter(([key]) => key !== slot);
  const ui = members.findIndex(([key]) => key === 'ui');
  if (value !== null) members.splice(ui < 0 ? members.length : ui, 0, [slot, value]);
  return withMembers(document, members);
}

/** Edits that give the document a place for positions if it has none. */
export function ensurePositions(document: PipelineDocument): Edit[] {
  return document.ui?.positions ? [] : [{ slot: 'ui', value: { ...document.ui, positions: {} } }];
}

/** Removes the entries at `indices` from a list, from the last to the first. */
export function removals(slot: 'nodes' | 'wires' | 'positions', indices: readonly number[]): Edit[] {
  return [...indices].sort((a, b) => b - a).map((index) => ({ slot, index, remove: 1, insert: [] }));
}
