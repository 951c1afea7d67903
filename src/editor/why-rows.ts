/** What each node did in the last run, what it would do in the next one, and why: one line per node. Pure. */
import { describeFailure } from '../core/errors';
import { formatBytes, formatDuration } from '../core/units';
import type { StepVerdict } from '../scheduler/protocol';
import type { ResultsState } from './results-store';
import type { NodeRun } from './run-state';

export interface WhyEntry {
  /** "Executed in 3.2 s", "Would run". */
  readonly text: string;
  /** A sentence. */
  readonly reason: string;
  readonly tone: 'run' | 'stored' | 'bad' | 'idle';
}
export interface WhyRow {
  readonly node: string;
  /** Null: it was not part of the last run. */
  readonly last: WhyEntry | null;
  /** Null: nobody has told yet. */
  readonly next: WhyEntry | null;
}

const sentence = (text: string): string => {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return text === '' || /[.!?]$/.test(text) ? begun : `${begun}.`;
};

function lastOf(run: NodeRun): WhyEntry {
  switch (run.phase) {
    case 'executed': {
      const size = run.bytes > 0 ? `, ${formatBytes(run.bytes)}` : '';
      // The planner's word for a node without an earlier result.
      const reason = run.reason === 'never run' ? 'It had not run before.' : sentence(run.reason);
      return { text: `Executed in ${formatDuration(run.ms)}${size}`, reason, tone: 'run' };
    }
    case 'stored':
      return { text: 'Taken from the store', reason: sentence(run.reason), tone: 'stored' };
    case 'skipped':
      return { text: 'Skipped', reason: sentence(run.reason), tone: 'stored' };
    case 'failed':
      return { text: 'Failed', reason: describeFailure({ ...run.failure, node: undefined }), tone: 'bad' };
    case 'blocked':
      return { text: 'Not run', reason: `"${run.by}" failed before it.`, tone: 'bad' };
    case 'cancelled':
      return { text: 'Cancelled', reason: 'The run was cancelled before it was done.', tone: 'idle' };
    case 'running':
      return { text: 'Running', reason: sentence(run.progress?.label ?? ''), tone: 'run' };
    case 'queued':
      return { text: 'Queued', reason: 'It waits for its turn.', tone: 'idle' };
  }
}

const nextTexts: Readonly<Record<StepVerdict['action'], readonly [string, WhyEntry['tone']]>> = {
  run: ['Would run', 'run'],
  stored: ['Would be taken from the store', 'stored'],
  unneeded: ['Would be skipped', 'stored'],
  blocked: ['Cannot run', 'bad'],
};

function nextOf({ action, reason }: StepVerdict): WhyEntry {
  const [text, tone] = nextTexts[action];
  if (action === 'stored') return { text, tone, reason: 'Nothing that its result depends on has changed.' };
  if (action === 'unneeded') return { text, tone, reason: 'Everything that needs it is stored.' };
  return { text, tone, reason: sentence(reason) };
}

/** In the order of a run. */
export function whyRows({ run, report }: Pick<ResultsState, 'run' | 'report'>): readonly WhyRow[] {
  const steps = report?.steps ?? {};
  const nodes = [...new Set([...Object.keys(steps), ...Object.keys(run.nodes)])];
  return nodes.map((node) => {
    const [last, next] = [run.nodes[node], steps[node]];
    return { node, last: last ? lastOf(last) : null, next: next ? nextOf(next) : null };
  });
}

/** Nodes where the next run begins: what changed is theirs, and not only something before them ("Input spikes changed"). */
export const causesOf = (rows: readonly WhyRow[]): readonly string[] =>
  rows.filter(({ next }) => next?.tone === 'run' && !/^inputs? /i.test(next.reason)).map(({ node }) => node);
