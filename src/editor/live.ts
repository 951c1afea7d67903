/**
 * Live mode: a short while after the last edit, what it made stale runs by itself; an edit meanwhile cancels that run, and the
 * next follows. Nothing long starts unasked: how long each node takes is known from earlier runs of this document, and a node
 * that never ran in it, or a sum above the bound, waits for Run and says why. Freezing it is switching it off.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { formatDuration } from '../core/units';
import type { SchedulerClient } from '../scheduler/client';
import type { PlanReport } from '../scheduler/protocol';
import type { DocumentSession } from './document-session';
import type { LayoutState } from './layout-store';
import type { Notices } from './notices';
import type { ResultsStore } from './results-store';
import type { Runner } from './runner';

/** Quiet after the last edit before a run, ms. */
export const liveDelay = 300;
/** Runs that would take longer are asked for, ms. */
export const liveBound = 10_000;

export interface LiveState {
  /** Why nothing was started after the last edit; null when there is nothing to tell. */
  readonly waits: string | null;
}

export interface Live {
  readonly store: StoreApi<LiveState>;
  toggle(): void;
  dispose(): void;
}

interface LiveParts {
  readonly documents: DocumentSession;
  readonly results: ResultsStore;
  readonly runner: Pick<Runner, 'run' | 'cancel' | 'isBusy'>;
  readonly client: Pick<SchedulerClient, 'onEvent' | 'stored'>;
  readonly layout: StoreApi<LayoutState>;
  readonly notices: Notices;
}

export type LiveChoice =
  | { readonly do: 'nothing' }
  | { readonly do: 'run' }
  | { readonly do: 'wait'; readonly why: string };

/** Pure. `took`: ms of each node's last execution, as far as known. */
export function chooseLive(
  report: PlanReport,
  took: ReadonlyMap<string, number>,
  nameOf: (node: string) => string,
): LiveChoice {
  const nodes = Object.entries(report.steps).flatMap(([node, { action }]) => (action === 'run' ? [node] : []));
  if (nodes.length === 0) return { do: 'nothing' };
  const unknown = nodes.find((node) => !took.has(node));
  if (unknown !== undefined)
    return { do: 'wait', why: `${nameOf(unknown)} has not run in this pipeline, so its time is not known` };
  const ms = nodes.reduce((sum, node) => sum + (took.get(node) ?? 0), 0);
  if (ms <= liveBound) return { do: 'run' };
  return { do: 'wait', why: `it would take about ${formatDuration(ms)}, more than ${formatDuration(liveBound)}` };
}

export function createLive({ documents, results, runner, client, layout, notices }: LiveParts): Live {
  const store = createStore<LiveState>(() => ({ waits: null }));
  const took = new Map<string, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The quiet after an edit is over, and its run has not been decided on. */
  let due = false;
  let ours = false;
  let deciding = false;
  let asked: number | null = null;
  const isOn = () => layout.getState().live;

  const forget = () => {
    clearTimeout(timer);
    due = false;
    if (asked !== null) notices.close(asked);
    asked = null;
    store.setState({ waits: null });
  };

  /** What is stored knows what it cost, also after a reload. */
  async function learn(report: PlanReport): Promise<void> {
    const { lastKeys } = results.store.getState();
    const nodes = Object.keys(report.steps).filter((node) => !took.has(node) && lastKeys[node] !== undefined);
    const sizes = await client.stored(nodes.flatMap((node) => lastKeys[node] ?? [])).catch(() => []);
    for (const [at, size] of sizes.entries()) if (size) took.set(nodes[at] as string, size.ms);
  }

  async function run(): Promise<void> {
    ours = true;
    await runner.run();
    ours = false;
  }

  /** Asked again whenever the planner has answered or a run has ended. */
  async function decide(): Promise<void> {
    const { report, planning } = results.store.getState();
    if (!due || deciding || !isOn() || planning || !report || runner.isBusy()) return;
    deciding = true;
    await learn(report);
    deciding = false;
    // Edited, run or switched off meanwhile.
    if (!due || !isOn() || runner.isBusy() || results.store.getState().report !== report) return void decide();
    due = false;
    const choice = chooseLive(report, took, (node) => documents.nameOf(node));
    if (choice.do === 'run') return run();
    if (choice.do === 'nothing') return;
    store.setState({ waits: choice.why });
    asked = notices.show({
      level: 'info',
      title: 'Live mode waits for you',
      message: `Nothing was started: ${choice.why}.`,
      actions: [{ label: 'Run', run: () => void runner.run() }],
    });
  }

  const offDocument = documents.store.subscribe((now, before) => {
    if (now.opened !== before.opened) {
      took.clear();
      forget();
      return;
    }
    const { root } = now;
    if (root.nodes === before.root.nodes && root.wires === before.root.wires && root.defs === before.root.defs) return;
    if (!isOn()) return;
    forget();
    if (ours) runner.cancel();
    timer = setTimeout(() => {
      due = true;
      void decide();
    }, liveDelay);
  });
  const offResults = results.store.subscribe((now, before) => {
    if (now.run.phase === 'running' && before.run.phase !== 'running') {
      // Whatever was waited for has been started, by us or by hand.
      if (!ours) forget();
    }
    if (due && (now.planning !== before.planning || now.run.phase !== before.run.phase)) void decide();
  });
  const offEvents = client.onEvent((event) => {
    if (event.type !== 'finished' || event.state !== 'executed') return;
    if (event.run === results.store.getState().run.id) took.set(event.node, event.ms);
  });

  return {
    store,
    toggle() {
      const live = !isOn();
      layout.setState({ live });
      forget();
      if (!live && ours) runner.cancel();
      notices.announce(
        live ? 'Live mode is on: what an edit makes stale runs by itself.' : 'Live mode is off: results are frozen.',
      );
    },
    dispose() {
      clearTimeout(timer);
      offDocument();
      offResults();
      offEvents();
    },
  };
}
