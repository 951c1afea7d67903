/** Ways into a comparison, for keys, menus and dialogs; each says so where there is nothing to compare. */
import { describeFailure, toFailure } from '../core/errors';
import { resultPlace } from '../graph/anywhere';
import { type BranchPart, makeBranch } from '../graph/branches';
import type { RunRecord } from '../library/library';
import { entriesOfNodes, entryOfOutput } from './compare-entries';
import type { NewEntry } from './comparison';
import { entriesOfRuns, keyIn, nodeIn, previousRun, type RunOutput, runName } from './run-entries';
import type { EditorSession } from './session';

/** Opens the compare panel on these results. */
export const openComparison = (session: EditorSession, entries: readonly NewEntry[]): boolean =>
  session.comparison.open(entries);

/** The nodes' most telling outputs of one kind. */
export function compareNodes(session: EditorSession, ids: readonly string[]): boolean {
  const entries = ids.length < 2 ? null : entriesOfNodes(session, ids);
  if (entries) return openComparison(session, entries);
  session.notices.show({
    level: 'warning',
    title: ids.length < 2 ? 'Select two nodes to compare' : 'These nodes have no output of one kind',
    message: 'Any two results of one kind can be compared: Shift-drag around them, or Ctrl-click the second.',
  });
  return false;
}

/** One output: added to what is compared already, else the first of a comparison. */
export function compareOutput(session: EditorSession, node: string, port: string): boolean {
  const entry = entryOfOutput(session, node, port);
  if (!entry) return false;
  const { open, entries } = session.comparison.store.getState();
  return open && entries.length > 0 ? session.comparison.add(entry) : openComparison(session, [entry]);
}

/** The result of the node against its previous one. */
export async function compareWithPrevious(session: EditorSession, node: string): Promise<boolean> {
  const { id, root } = session.document.store.getState();
  const name = session.document.nameOf(node);
  const [now] = entriesOfNodes(session, [node]) ?? [];
  const made = now && resultPlace(root, node, now.port);
  const current = session.results.store.getState().statuses[made?.node ?? node]?.previewKey ?? null;
  try {
    const run = now ? previousRun(await session.library.runs.list(id, 200), node, now.port, current) : null;
    if (run && now) {
      const then = nodeIn(run, node);
      return openComparison(session, [
        { ...now, label: runName(run), node: then, key: keyIn(run, then, now.port), run },
        { ...now, label: 'Now' },
      ]);
    }
    session.notices.show({
      level: 'info',
      title: `${name} has no earlier result`,
      message: 'Change a parameter and run again: then there are two to compare.',
    });
  } catch (thrown) {
    session.notices.show({
      level: 'error',
      title: 'The earlier runs could not be read',
      message: describeFailure(toFailure(thrown)),
    });
  }
  return false;
}

/** One output in several runs: the one wanted, else the last score that all of them have. */
export function compareRuns(
  session: EditorSession,
  runs: readonly RunRecord[],
  wanted?: Pick<RunOutput, 'node' | 'port'>,
): boolean {
  const entries = entriesOfRuns(runs, session.catalogue, wanted);
  if (entries) return openComparison(session, entries);
  session.notices.show({
    level: 'warning',
    title: 'These runs have no result in common',
    message: 'A comparison needs a node that finished in each of them.',
  });
  return false;
}

/** Copies what follows from the node, or what leads to it, and offers to compare both. */
export function branchFrom(session: EditorSession, node: string, part: BranchPart): boolean {
  const { document } = session.document.store.getState();
  const plan = makeBranch(document, session.catalogue, node, part, session.canvas.current?.sizes());
  if (!plan.ok) {
    session.edits.refused(plan);
    return false;
  }
  const done = session.edits.apply(plan.command);
  if (!done.ok) {
    session.edits.refused(done);
    return false;
  }
  session.selection.set(done.created);
  const copy = done.created[plan.copied.indexOf(node)];
  requestAnimationFrame(() => session.canvas.current?.fit([...plan.copied, ...done.created]));
  session.notices.show({
    level: 'good',
    title: `Made ${plan.name}: ${done.created.length} ${done.created.length === 1 ? 'node' : 'nodes'}`,
    message: 'Change a parameter in it, run, and compare.',
    actions: copy ? [{ label: 'Compare both', run: () => void compareNodes(session, [node, copy]) }] : [],
  });
  return true;
}
