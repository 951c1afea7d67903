/**
 * Everything known about results, by node: run record, planner's verdict and the status that follows from both. A status
 * object stays the same while nothing about its node changes, so a component that subscribes by id renders only then.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ContentKey, RunId } from '../core/ids';
import type { PlanReport, RunEvent, StepVerdict } from '../scheduler/protocol';
import { type NodeStatus, nodeStatus } from './node-status';
import {
  appendLog,
  beginCancel,
  beginRun,
  type LogLevel,
  type NodeRun,
  noRun,
  type RunState,
  reduceRun,
} from './run-state';

export interface ResultsState {
  readonly run: RunState;
  /** What Run would do with the document as it is; null until the first answer. */
  readonly report: PlanReport | null;
  /** True between an edit and the planner's answer to it. */
  readonly planning: boolean;
  /** Why there is no report: the worker does not answer, for example. */
  readonly planProblem: string | null;
  /** The latest result of each node, shown until there is a newer one. */
  readonly lastKeys: Readonly<Record<string, ContentKey>>;
  readonly statuses: Readonly<Record<string, NodeStatus>>;
}

export interface ResultsStore {
  readonly store: StoreApi<ResultsState>;
  begin(id: RunId, message: string): void;
  cancelling(): void;
  event(event: RunEvent): void;
  planning(): void;
  planned(report: PlanReport): void;
  planFailed(reason: string): void;
  log(level: LogLevel, message: string, node?: string): void;
  clearLog(): void;
  /** Another document is open: nothing of the old one's results applies. The log stays. */
  reset(): void;
}

const unknown: NodeStatus = nodeStatus({ run: undefined, verdict: undefined, lastKey: null });
/** The status of a node that nobody has told anything about. */
export const unknownStatus = unknown;

const sameVerdict = (a: StepVerdict | undefined, b: StepVerdict | undefined): boolean =>
  a === b ||
  (a !== undefined &&
    b !== undefined &&
    a.action === b.action &&
    a.reason === b.reason &&
    a.key === b.key &&
    a.failure?.expected === b.failure?.expected);

/** Statuses of `next`, reusing those of `before` whose inputs are the same. */
function statusesOf(
  before: ResultsState,
  next: ResultsState,
  nameOf: (node: string) => string,
): ResultsState['statuses'] {
  const ids = new Set([
    ...Object.keys(next.run.nodes),
    ...Object.keys(next.report?.steps ?? {}),
    ...Object.keys(next.lastKeys),
  ]);
  const statuses: Record<string, NodeStatus> = {};
  for (const id of ids) {
    const run: NodeRun | undefined = next.run.nodes[id];
    const verdict = next.report?.steps[id];
    const lastKey = next.lastKeys[id] ?? null;
    const old = before.statuses[id];
    const same =
      old &&
      before.run.nodes[id] === run &&
      (before.lastKeys[id] ?? null) === lastKey &&
      sameVerdict(before.report?.steps[id], verdict);
    statuses[id] = same ? old : nodeStatus({ run, verdict, lastKey, nameOf });
  }
  return statuses;
}

const empty: ResultsState = {
  run: noRun,
  report: null,
  planning: false,
  planProblem: null,
  lastKeys: {},
  statuses: {},
};

/** `nameOf` gives a node's title for sentences about it; its id by default. */
export function createResultsStore(nameOf: (node: string) => string = String, now = Date.now): ResultsStore {
  const store = createStore<ResultsState>(() => empty);
  const update = (change: (state: ResultsState) => Partial<ResultsState>) => {
    const before = store.getState();
    const next = { ...before, ...change(before) };
    store.setState({ ...next, statuses: statusesOf(before, next, nameOf) });
  };
  return {
    store,
    begin: (id, message) => update(({ run }) => ({ run: beginRun(run, id, now(), message) })),
    cancelling: () => update(({ run }) => ({ run: beginCancel(run) })),
    event(event) {
      // Live previews do not change any status.
      if (event.type === 'partial') return;
      update(({ run, lastKeys }) => {
        const next = { run: reduceRun(run, event, now()) };
        const isResult = event.type === 'finished' && event.state !== 'skipped' && event.run === run.id;
        return isResult ? { ...next, lastKeys: { ...lastKeys, [event.node]: event.key } } : next;
      });
    },
    planning: () => store.setState({ planning: true }),
    planned(report) {
      update(({ lastKeys }) => {
        const keys = { ...lastKeys };
        for (const [node, { action, key }] of Object.entries(report.steps))
          if (action === 'stored' && key) keys[node] = key;
        return { report, planning: false, planProblem: null, lastKeys: keys };
      });
    },
    planFailed: (reason) => update(() => ({ planning: false, planProblem: reason })),
    log: (level, message, node) =>
      update(({ run }) => ({
        run: { ...run, log: appendLog(run.log, { at: now(), level, node: node ?? null, message }) },
      })),
    clearLog: () => update(({ run }) => ({ run: { ...run, log: [] } })),
    reset: () => update(({ run }) => ({ ...empty, run: { ...noRun, log: run.log } })),
  };
}
