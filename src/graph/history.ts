/**
 * Undo and redo. Immutable; one gesture (a slider drag, a nudge with the arrow keys) is one step. Steps hold exact
 * inverses, so that undo and redo give the same bytes.
 */
import type { Refusal } from '../core/validity';
import type { PipelineDocument } from '../document/schema';
import type { Catalogue } from '../kit/define-node';
import { type Applied, apply, type Command, type RestoreCommand } from './commands';

export interface HistoryStep {
  readonly label: string;
  /** Brings the document back to before the step (in `done`) or after it (in `undone`). */
  readonly restore: RestoreCommand;
  readonly gesture?: string;
  /** What the step touches: steps of one gesture that touch the same keep only the first inverse. */
  readonly touches?: string;
}
export interface History {
  /** Oldest first. */
  readonly done: readonly HistoryStep[];
  /** Next to redo last. */
  readonly undone: readonly HistoryStep[];
  /** Steps kept. */
  readonly depth: number;
}
export interface Editing {
  readonly document: PipelineDocument;
  readonly history: History;
}

export const createHistory = (depth = 500): History => ({ done: [], undone: [], depth });

export interface PerformOptions {
  /** Same id, same step: one per pointer drag or burst of keys. */
  readonly gesture?: string;
}
export type Performed = (Applied & Editing) | Refusal;

/** Applies a command and remembers how to undo it. A command that changes nothing leaves the history alone. */
export function perform(
  { document, history }: Editing,
  command: Command,
  catalogue: Catalogue,
  options: PerformOptions = {},
): Performed {
  const applied = apply(document, command, catalogue);
  if (!applied.ok) return applied;
  if (applied.inverse.edits.length === 0) return { ...applied, document, history };
  return { ...applied, history: remember(history, applied, touchedBy(command), options.gesture) };
}

function remember(
  history: History,
  { label, inverse }: Applied,
  touches: string | undefined,
  gesture?: string,
): History {
  const step: HistoryStep = {
    label,
    restore: inverse,
    ...(gesture === undefined ? {} : { gesture }),
    ...(touches === undefined ? {} : { touches }),
  };
  const last = history.done[history.done.length - 1];
  const merges = gesture !== undefined && last?.gesture === gesture && history.undone.length === 0;
  const done = merges ? [...history.done.slice(0, -1), merge(last, step)] : [...history.done, step];
  return { ...history, done: done.slice(-history.depth), undone: [] };
}

function merge(first: HistoryStep, then: HistoryStep): HistoryStep {
  if (first.touches !== undefined && first.touches === then.touches) return { ...first, label: then.label };
  const { touches: _, ...rest } = first;
  return { ...rest, restore: { ...first.restore, edits: [...then.restore.edits, ...first.restore.edits] } };
}

/** Names what a repeated command overwrites as a whole; undefined when each repetition must be undone on its own. */
function touchedBy(command: Command): string | undefined {
  if (command.type === 'within') {
    const inner = touchedBy(command.command);
    return inner === undefined ? undefined : `${JSON.stringify(command.path)} ${inner}`;
  }
  if (command.type === 'set-param') return `param ${JSON.stringify([command.node, command.param])}`;
  if (command.type === 'set-on-form') return `form ${JSON.stringify([command.node, command.param])}`;
  if (command.type === 'set-label') return `label ${JSON.stringify(command.node)}`;
  if (command.type === 'set-title') return 'title';
  return undefined;
}

export interface Stepped extends Editing {
  readonly label: string;
}

/** Null when there is nothing to undo. */
export const undo = (editing: Editing, catalogue: Catalogue): Stepped | null =>
  step(editing, catalogue, 'done', 'undone');
/** Null when there is nothing to redo. */
export const redo = (editing: Editing, catalogue: Catalogue): Stepped | null =>
  step(editing, catalogue, 'undone', 'done');

function step(
  { document, history }: Editing,
  catalogue: Catalogue,
  from: 'done' | 'undone',
  to: 'done' | 'undone',
): Stepped | null {
  const last = history[from][history[from].length - 1];
  if (!last) return null;
  const applied = apply(document, last.restore, catalogue);
  if (!applied.ok) return null;
  // A gesture ends when it is undone: what follows under the same id is a new step.
  const { gesture: _, touches: __, ...rest } = last;
  return {
    document: applied.document,
    history: {
      ...history,
      [from]: history[from].slice(0, -1),
      [to]: [...history[to], { ...rest, restore: applied.inverse }],
    },
    label: last.label,
  };
}
