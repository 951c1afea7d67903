/**
 * A history as text, to be kept beside the document. Nodes and wires are written as they would stand in the file, so that
 * undoing after a reload gives the same bytes as before it.
 */
import { readJson } from '../document/read-json';
import type { PipelineDocument, Position } from '../document/schema';
import { forgetText } from '../document/source-text';
import { writeJson } from '../document/write-json';
import type { RestoreCommand } from './commands';
import type { Edit } from './edits';
import type { History, HistoryStep } from './history';

type Text = string;
type Ui = NonNullable<PipelineDocument['ui']>;
type StoredEdit =
  | { readonly slot: 'whole'; readonly text: Text }
  | { readonly slot: 'title'; readonly value: string }
  | { readonly slot: 'ui'; readonly value: Text | null }
  | {
      readonly slot: 'nodes' | 'wires' | 'defs';
      readonly index: number;
      readonly remove: number;
      readonly insert: readonly Text[];
      readonly drop?: boolean;
    }
  | {
      readonly slot: 'positions';
      readonly index: number;
      readonly remove: number;
      readonly insert: readonly [string, Text][];
    }
  | { readonly slot: 'frames' | 'notes'; readonly value: readonly Text[] | null };
type StoredStep = Omit<HistoryStep, 'restore'> & {
  readonly restore: Omit<RestoreCommand, 'edits'> & { readonly edits: readonly StoredEdit[] };
};
interface StoredHistory {
  readonly done: readonly StoredStep[];
  readonly undone: readonly StoredStep[];
  readonly depth: number;
}

/** Indentation at which nodes and wires, positions, and `ui` stand in a file. */
const indents = { entry: '    ', position: '      ', ui: '  ' };

function store(edit: Edit): StoredEdit {
  switch (edit.slot) {
    case 'whole':
    case 'title':
      return edit;
    case 'ui':
      return { ...edit, value: edit.value === null ? null : writeJson(edit.value, indents.ui) };
    case 'positions':
      return {
        ...edit,
        insert: edit.insert.map(([id, position]): [string, Text] => [id, writeJson(position, indents.position)]),
      };
    case 'frames':
    case 'notes':
      return { ...edit, value: edit.value?.map((entry) => writeJson(entry, indents.entry)) ?? null };
    default:
      return { ...edit, insert: edit.insert.map((entry) => writeJson(entry, indents.entry)) };
  }
}

function restore(edit: StoredEdit): Edit {
  const read = (text: Text) => readJson(text).value as never;
  switch (edit.slot) {
    case 'whole':
    case 'title':
      return edit;
    case 'ui': {
      const value = edit.value === null ? null : (read(edit.value) as Ui);
      // As parsePipeline does: these two are always written anew.
      for (const container of [value, value?.positions]) if (container) forgetText(container);
      return { slot: 'ui', value };
    }
    case 'positions':
      return { ...edit, insert: edit.insert.map(([id, text]): [string, Position] => [id, read(text)]) };
    case 'frames':
    case 'notes':
      return { ...edit, value: edit.value?.map(read) ?? null };
    default:
      return { ...edit, insert: edit.insert.map(read) } as Edit;
  }
}

export function serialiseHistory({ done, undone, depth }: History): string {
  const steps = (list: readonly HistoryStep[]): StoredStep[] =>
    list.map((step) => ({ ...step, restore: { ...step.restore, edits: step.restore.edits.map(store) } }));
  return JSON.stringify({ done: steps(done), undone: steps(undone), depth });
}

/** The history of `serialiseHistory`. Null for any other text, so that a lost history never costs the document. */
export function parseHistory(text: string): History | null {
  try {
    const { done, undone, depth } = JSON.parse(text) as StoredHistory;
    if (!Number.isInteger(depth)) return null;
    const steps = (list: readonly StoredStep[]): HistoryStep[] =>
      list.map((step) => ({ ...step, restore: { ...step.restore, edits: step.restore.edits.map(restore) } }));
    return { done: steps(done), undone: steps(undone), depth };
  } catch {
    return null;
  }
}
