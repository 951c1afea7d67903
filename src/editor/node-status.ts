/**
 * What one node shows: the run record and the planner's verdict on the document as it is now, brought to one state with
 * a reason in words. Pure, so that card, inspector, minimap and outline always agree.
 */
import { describeFailure, type Failure } from '../core/errors';
import type { ContentKey } from '../core/ids';
import { formatDuration } from '../core/units';
import type { StepVerdict } from '../scheduler/protocol';
import type { NodeProgress, NodeRun } from './run-state';

export type NodeState =
  | 'idle'
  | 'stale'
  | 'queued'
  | 'running'
  | 'executed'
  | 'stored'
  | 'failed'
  | 'blocked'
  | 'cancelled';

export interface NodeStatus {
  readonly state: NodeState;
  /** Two or three words for the card. */
  readonly text: string;
  /** A sentence: why it is so, or why Run would execute it. */
  readonly reason: string;
  /** 0..1 while running and known. */
  readonly fraction: number | null;
  readonly failure: Failure | null;
  /** Whose previews to show; `previewStale` when they belong to earlier settings. */
  readonly previewKey: ContentKey | null;
  readonly previewStale: boolean;
}

export interface StatusInput {
  readonly run: NodeRun | undefined;
  readonly verdict: StepVerdict | undefined;
  /** The key of the last result that this node showed, if any. */
  readonly lastKey: ContentKey | null;
  /** What a node is called; its id by default. */
  readonly nameOf?: (node: string) => string;
}

const stopped = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
const sentence = (text: string): string => (text ? stopped(text.charAt(0).toUpperCase() + text.slice(1)) : '');

function progressText(progress: NodeProgress): string {
  const percent = progress.total > 0 ? Math.min(100, Math.floor((100 * progress.done) / progress.total)) : 0;
  const left = progress.eta === null ? '' : `, ${formatDuration(Math.max(1000, progress.eta))} left`;
  return `${percent} %${left}`;
}

export function nodeStatus({ run, verdict, lastKey, nameOf = String }: StatusInput): NodeStatus {
  const current = verdict?.key ?? null;
  const base = {
    fraction: null,
    failure: null,
    previewKey: lastKey,
    previewStale: current !== null && lastKey !== current,
  };

  if (run?.phase === 'running') {
    const edited =
      current !== null && current !== run.key ? ' It was edited since; the run keeps what it started with.' : '';
    const { progress } = run;
    return {
      ...base,
      state: 'running',
      text: progress ? progressText(progress) : 'Running',
      reason: `${sentence(progress?.label || 'running')}${edited}`,
      fraction: progress && progress.total > 0 ? Math.min(1, progress.done / progress.total) : null,
    };
  }
  if (run?.phase === 'queued')
    return { ...base, state: 'queued', text: 'Queued', reason: 'Waits for its turn in this run.' };

  // A record speaks for the node only while its key is the one that Run would ask for now.
  const same = run !== undefined && (current === null || run.key === null || run.key === current);
  // Refused for its memory, it would run now: the budget was raised since.
  const fits = run?.phase === 'failed' && run.failure.code === 'memory.budget' && verdict?.action === 'run';
  if (run?.phase === 'failed' && same && !fits) {
    return {
      ...base,
      state: 'failed',
      text: 'Failed',
      reason: describeFailure({ ...run.failure, node: undefined }),
      failure: run.failure,
    };
  }
  if (verdict?.action === 'blocked' && verdict.failure) {
    const { failure } = verdict;
    return { ...base, state: 'blocked', text: 'Over the budget', reason: sentence(verdict.reason), failure };
  }
  if (verdict?.action === 'blocked')
    return { ...base, state: 'blocked', text: 'Cannot run', reason: sentence(verdict.reason) };
  if (run?.phase === 'executed' && same) {
    const held = run.kept ? '' : ' Not stored: it lives until this page closes.';
    return {
      ...base,
      state: 'executed',
      text: `Done in ${formatDuration(run.ms)}`,
      reason: `Why it ran: ${stopped(run.reason)}${held}`,
      previewKey: run.key,
      previewStale: false,
    };
  }
  if (verdict?.action === 'stored') {
    return {
      ...base,
      state: 'stored',
      text: 'Stored',
      reason: 'Its result is in the store: Run takes it from there.',
      previewKey: current,
      previewStale: false,
    };
  }
  if (verdict?.action === 'unneeded') {
    return {
      ...base,
      state: 'stored',
      text: 'Not needed',
      reason: 'Everything that needs it is stored: Run skips it.',
      previewKey: current ?? lastKey,
      previewStale: false,
    };
  }
  if (run?.phase === 'blocked' && same) {
    return { ...base, state: 'blocked', text: 'Blocked', reason: `Not run: "${nameOf(run.by)}" failed.` };
  }
  if (run?.phase === 'cancelled' && same) {
    return { ...base, state: 'cancelled', text: 'Cancelled', reason: 'The run was cancelled before this was done.' };
  }
  if (verdict?.action === 'run') {
    const known = lastKey !== null || run !== undefined;
    return known
      ? { ...base, state: 'stale', text: 'Out of date', reason: `Why Run would execute it: ${stopped(verdict.reason)}` }
      : { ...base, state: 'idle', text: 'Not run', reason: `Why Run would execute it: ${stopped(verdict.reason)}` };
  }
  return { ...base, state: 'idle', text: 'Not run', reason: 'Not run yet.' };
}
