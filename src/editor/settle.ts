/** Ends of a comparison: one branch is kept, takes the other's parameters, or an earlier version comes back. */

import { type Refusal, refuse } from '../core/validity';
import { levelDocument, nodeAnywhere, pathAround } from '../document/subgraphs';
import { dropBranch, promoteBranch, restoreParams, type Settlement } from '../graph/branches';
import type { Command } from '../graph/commands';
import type { ComparedEntry } from './comparison';
import { documentOf } from './run-entries';
import type { EditorSession } from './session';

export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly plan: Settlement<Command> | Refusal;
}

const count = (n: number): string => `${n} ${n === 1 ? 'node' : 'nodes'}`;

/** What can become of two results; the first is the original. Empty where they are one node as it is now. */
export function choicesFor(
  session: EditorSession,
  [first, second]: readonly [ComparedEntry, ComparedEntry],
  letters: readonly [string, string],
): readonly Choice[] {
  const { root } = session.document.store.getState();
  const { catalogue } = session;
  const earlier = [first, second].flatMap((entry, k): Choice[] => {
    const before = entry.run && documentOf(entry.run);
    const other = k === 0 ? second : first;
    // It may have stood on another level in the run, and is called otherwise now.
    const now = nodeAnywhere(root, entry.node) ? entry.node : other.run === null ? other.node : null;
    if (!before || now === null) return [];
    return [
      {
        id: `restore ${k}`,
        label: `Bring back the parameters of ${letters[k]}`,
        help: `${entry.label}: what differs now is set back to what it was.`,
        plan: restoreParams(root, catalogue, { ...entry, node: now }, { ...entry, document: before }),
      },
    ];
  });
  if (earlier.length > 0 || first.node === second.node) return earlier;
  const path = pathAround(root, first.node);
  const document = levelDocument(root, path);
  if (!document || pathAround(root, second.node).join('/') !== path.join('/')) {
    const plan = refuse(
      'branch.levels',
      'They are not on one level: one of them is inside a subgraph.',
      'Compare nodes of one level to settle between them.',
    );
    return [{ id: 'keep', label: 'Keep one, remove the branch of the other', help: plan.reason, plan }];
  }
  const onLevel = (plan: Settlement | Refusal): Settlement<Command> | Refusal => {
    if (!plan.ok) return plan;
    const { command } = plan;
    return { ...plan, command: path.length > 0 ? { type: 'within', path, command } : { ...command, whole: true } };
  };
  const keep = (winner: ComparedEntry, loser: ComparedEntry, letter: string, other: string): Choice => {
    const plan = onLevel(dropBranch(document, catalogue, winner.node, loser.node));
    return {
      id: `keep ${letter}`,
      label: `Keep ${letter}, remove the branch of ${other}`,
      help: plan.ok ? `Removes ${count(plan.removed.length)}.` : plan.reason,
      plan,
    };
  };
  const promoted = onLevel(promoteBranch(document, catalogue, second.node, first.node));
  return [
    {
      id: `promote ${letters[1]}`,
      label: `Promote ${letters[1]}: ${letters[0]} takes its parameters`,
      help: promoted.ok ? `Then removes the ${count(promoted.removed.length)} of ${letters[1]}.` : promoted.reason,
      plan: promoted,
    },
    keep(first, second, letters[0], letters[1]),
    keep(second, first, letters[1], letters[0]),
  ];
}

/** One step of undo. */
export function settle(session: EditorSession, { plan, label }: Choice): boolean {
  const done = plan.ok ? session.edits.apply(plan.command) : plan;
  if (!done.ok) {
    session.edits.refused(done);
    return false;
  }
  const removed = plan.ok && plan.removed.length > 0 ? ` ${count(plan.removed.length)} removed.` : '';
  session.notices.show({
    level: 'good',
    title: `${label}.${removed}`,
    actions: [{ label: 'Undo', run: () => session.edits.undo() }],
  });
  return true;
}
