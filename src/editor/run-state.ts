/**
 * What is known of the run in flight or the last one, reduced from RunEvents: one record per node, a log for people.
 * Pure. What a node should show now (which also depends on later edits) is left to node-status.ts.
 */
import type { Failure } from '../core/errors';
import { describeFailure } from '../core/errors';
import type { ContentKey, RunId } from '../core/ids';
import { formatBytes, formatDuration } from '../core/units';
import type { OpProfile, RunEvent, RunOutcome } from '../scheduler/protocol';

export interface NodeProgress {
  readonly done: number;
  readonly total: number;
  /** ms, null until it can be told. */
  readonly eta: number | null;
  readonly label: string;
}

export type NodeRun =
  | { readonly phase: 'queued'; readonly key: ContentKey | null }
  | {
      readonly phase: 'running';
      readonly key: ContentKey;
      readonly startedAt: number;
      readonly progress: NodeProgress | null;
    }
  | {
      readonly phase: 'executed' | 'stored' | 'skipped';
      readonly key: ContentKey;
      readonly ms: number;
      readonly bytes: number;
      readonly reason: string;
      readonly kept: boolean;
      readonly profile?: OpProfile;
    }
  | { readonly phase: 'failed'; readonly key: ContentKey | null; readonly failure: Failure }
  | { readonly phase: 'blocked'; readonly key: ContentKey | null; readonly by: string }
  | { readonly phase: 'cancelled'; readonly key: ContentKey | null };

export type LogLevel = 'info' | 'good' | 'warning' | 'error';
export interface LogEntry {
  readonly id: number;
  /** ms since the epoch. */
  readonly at: number;
  readonly level: LogLevel;
  readonly node: string | null;
  readonly message: string;
}

export interface RunState {
  readonly id: RunId | null;
  readonly phase: 'idle' | 'running' | 'cancelling' | 'ended';
  readonly outcome: RunOutcome | null;
  readonly startedAt: number;
  readonly ms: number;
  /** The run has a plan; a second one replaces it when a stored result or the device turned out to be gone. */
  readonly planned: boolean;
  /** By node; of this run alone once it is planned. */
  readonly nodes: Readonly<Record<string, NodeRun>>;
  readonly log: readonly LogEntry[];
}

export const noRun: RunState = {
  id: null,
  phase: 'idle',
  outcome: null,
  startedAt: 0,
  ms: 0,
  planned: false,
  nodes: {},
  log: [],
};

/** Older lines are dropped: the log is for reading, run records are kept by the library. */
const logLimit = 400;

export function appendLog(
  log: readonly LogEntry[],
  entry: { readonly at: number; readonly level: LogLevel; readonly node: string | null; readonly message: string },
): readonly LogEntry[] {
  const id = (log.at(-1)?.id ?? 0) + 1;
  return [...log.slice(Math.max(0, log.length - logLimit + 1)), { id, ...entry }];
}

export function beginRun(state: RunState, id: RunId, now: number, message: string): RunState {
  const log = appendLog(state.log, { at: now, level: 'info', node: null, message });
  return { ...state, id, phase: 'running', outcome: null, startedAt: now, ms: 0, planned: false, log };
}

export const beginCancel = (state: RunState): RunState =>
  state.phase === 'running' ? { ...state, phase: 'cancelling' } : state;

const outcomes: Record<RunOutcome, { readonly level: LogLevel; readonly text: string }> = {
  succeeded: { level: 'good', text: 'Run finished' },
  failed: { level: 'error', text: 'Run ended with a failure' },
  cancelled: { level: 'warning', text: 'Run cancelled' },
};

/** "3 executed, 5 stored": what the nodes of one run did. */
export function summariseRun(state: RunState): string {
  const phases = Object.values(state.nodes).map((node) => node.phase);
  const parts = (['executed', 'stored', 'skipped', 'failed', 'blocked', 'cancelled'] as const)
    .map((phase) => [phase, phases.filter((entry) => entry === phase).length] as const)
    .filter(([phase, n]) => n > 0 || phase === 'executed');
  return parts.map(([phase, n]) => `${n} ${phase}`).join(', ');
}

/** Events of a run that is no longer the current one are ignored, so that a late word never paints over a new run. */
export function reduceRun(state: RunState, event: RunEvent, now: number): RunState {
  if (event.type === 'backend') {
    const message = `Backend ${event.backend.name}: ${event.backend.reason}`;
    return { ...state, log: appendLog(state.log, { at: now, level: 'info', node: null, message }) };
  }
  if (event.type === 'notice') {
    const message = event.title ? `${event.title}. ${event.message}` : event.message;
    return { ...state, log: appendLog(state.log, { at: now, level: 'warning', node: event.node, message }) };
  }
  if (event.run !== state.id) return state;
  const withNode = (node: string, run: NodeRun): RunState => ({ ...state, nodes: { ...state.nodes, [node]: run } });
  const logged = (next: RunState, level: LogLevel, node: string | null, message: string): RunState => ({
    ...next,
    log: appendLog(next.log, { at: now, level, node, message }),
  });
  const keyOf = (node: string): ContentKey | null => state.nodes[node]?.key ?? null;

  switch (event.type) {
    case 'planned': {
      const nodes: Record<string, NodeRun> = {};
      let queued = 0;
      for (const [node, verdict] of Object.entries(event.report.steps)) {
        const before = state.nodes[node];
        // Planned again within a run: what this run has executed stays so.
        if (state.planned && before?.phase === 'executed' && before.key === verdict.key) nodes[node] = before;
        if (verdict.action !== 'run') continue;
        nodes[node] = { phase: 'queued', key: verdict.key };
        queued++;
      }
      return logged(
        { ...state, planned: true, nodes },
        'info',
        null,
        `Planned${state.planned ? ' again' : ''}: ${queued} of ${Object.keys(event.report.steps).length} nodes to run`,
      );
    }
    case 'started':
      return withNode(event.node, { phase: 'running', key: event.key, startedAt: now, progress: null });
    case 'progress': {
      const before = state.nodes[event.node];
      if (before?.phase !== 'running') return state;
      const { done, total, eta, label } = event;
      return withNode(event.node, { ...before, progress: { done, total, eta, label } });
    }
    case 'partial':
      return state;
    case 'finished': {
      const { key, ms, bytes, reason, kept, profile } = event;
      const more = profile ? { profile } : {};
      const next = withNode(event.node, { phase: event.state, key, ms, bytes, reason, kept, ...more });
      if (event.state !== 'executed') return next;
      const size = bytes > 0 ? `, ${formatBytes(bytes)}` : '';
      const held = kept ? '' : ' (not stored: kept until this page closes)';
      return logged(next, 'good', event.node, `Executed in ${formatDuration(ms)}${size}${held}`);
    }
    case 'failed': {
      const next = withNode(event.node, { phase: 'failed', key: keyOf(event.node), failure: event.failure });
      return logged(next, 'error', event.node, describeFailure({ ...event.failure, node: undefined }));
    }
    case 'blocked': {
      const next = withNode(event.node, { phase: 'blocked', key: keyOf(event.node), by: event.by });
      return logged(next, 'warning', event.node, `Not run: "${event.by}" failed`);
    }
    case 'cancelled':
      return withNode(event.node, { phase: 'cancelled', key: keyOf(event.node) });
    case 'ended': {
      const { level, text } = outcomes[event.outcome];
      const settled = settle(state);
      return logged(
        { ...settled, phase: 'ended', outcome: event.outcome, ms: event.ms },
        level,
        null,
        `${text} in ${formatDuration(event.ms)}: ${summariseRun(settled)}`,
      );
    }
  }
}

/** After the end nothing is in flight: what was queued or running has been cancelled with the run. */
function settle(state: RunState): RunState {
  const nodes: Record<string, NodeRun> = {};
  for (const [id, node] of Object.entries(state.nodes)) {
    nodes[id] = node.phase === 'queued' || node.phase === 'running' ? { phase: 'cancelled', key: node.key } : node;
  }
  return { ...state, nodes };
}
