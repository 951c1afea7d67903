/**
 * Between the document and the scheduler: a plan request after every edit, runs and their cancellation, events into the
 * results store. A run owns the plan it started with; edits during it only change what the next run would do.
 */
import { describeFailure, toFailure } from '../core/errors';
import { type NodeId, nodeId, type RunId } from '../core/ids';
import type { PipelineDocument } from '../document/schema';
import { compile } from '../graph/compile';
import type { Catalogue } from '../kit/define-node';
import type { SchedulerClient } from '../scheduler/client';
import type { RunEvent, RunOutcome, RunPlan } from '../scheduler/protocol';
import type { DocumentSession } from './document-session';
import type { Notices } from './notices';
import type { PreviewStore } from './preview-store';
import type { ResultsStore } from './results-store';

interface RunRequest {
  /** Nodes whose results are wanted; without it, everything. */
  readonly to?: readonly string[];
  /** Run these even if their results are stored. */
  readonly anyway?: readonly string[];
}

export interface FinishedRun {
  readonly id: RunId;
  /** As it was when the run started. */
  readonly document: PipelineDocument;
  readonly plan: RunPlan;
  readonly outcome: RunOutcome;
  readonly started: number;
  readonly ms: number;
  readonly documentId: string;
}

export interface Runner {
  run(request?: RunRequest): Promise<RunOutcome | null>;
  cancel(): void;
  /** True from the wish to run until the run has ended. */
  isBusy(): boolean;
  /** Asks the planner again, soon. */
  replan(): void;
  dispose(): void;
}

export interface RunnerDependencies {
  readonly catalogue: Catalogue;
  readonly client: Pick<SchedulerClient, 'plan' | 'run' | 'cancel' | 'onEvent'>;
  readonly documents: DocumentSession;
  readonly results: ResultsStore;
  readonly previews: PreviewStore;
  readonly notices: Notices;
  /** Called before a run starts and awaited: what else the engine does gives way. Null when it does nothing else. */
  readonly makeRoom?: () => Promise<void> | null;
  /** Called once per run, after its last event. */
  readonly onRunEnd: (run: FinishedRun) => void;
}

/** An edit is answered this long after the last one. ms */
const planDelay = 120;

export function createRunner(dependencies: RunnerDependencies): Runner {
  const { catalogue, client, documents, results, previews, notices, makeRoom = () => null, onRunEnd } = dependencies;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;

  const planOf = async (document: PipelineDocument, to?: readonly string[]): Promise<RunPlan> => {
    const plan = await compile(document, catalogue, to ? { targets: to.map(nodeId) } : {});
    return { ...plan, scope: documents.store.getState().id };
  };

  const request = async () => {
    const turn = ++asked;
    try {
      const report = await client.plan(await planOf(documents.store.getState().root));
      // An older answer says nothing about the document as it is now.
      if (turn === asked) results.planned(report);
    } catch (thrown) {
      if (turn === asked) results.planFailed(describeFailure(toFailure(thrown)));
    }
  };
  const replan = () => {
    clearTimeout(timer);
    results.planning();
    timer = setTimeout(request, planDelay);
  };

  const offDocument = documents.store.subscribe((now, before) => {
    if (now.opened !== before.opened) {
      asked++;
      // What ran for the document before has nobody left to see it; what it finished is stored.
      const { id, phase } = results.store.getState().run;
      if (id !== null && (phase === 'running' || phase === 'cancelling')) void client.cancel(id);
      results.reset();
      previews.dropLive();
    }
    const changed =
      now.root.nodes !== before.root.nodes ||
      now.root.wires !== before.root.wires ||
      now.root.defs !== before.root.defs;
    if (changed || now.opened !== before.opened) replan();
  });

  const offEvents = client.onEvent((event: RunEvent) => {
    if (event.type === 'finished') previews.refresh(event.key);
    // Of a run that is not the document's: an example in the help has nodes of its own.
    if ('run' in event && event.run !== null && event.run !== results.store.getState().run.id) return;
    if (event.type === 'partial') previews.showLive(event.node, event.port, event.sequence, event.preview);
    if (event.type === 'started') previews.dropLive(event.node);
    if (event.type === 'backend') previews.forget();
    results.event(event);
    if (event.type === 'notice' && event.node === null) {
      const { title, message, sticky = false } = event;
      notices.show({ level: 'warning', title: title ?? message, message: title ? message : '', sticky });
    }
    if (event.type === 'failed') notices.announce(`${documents.nameOf(event.node)} failed: ${event.failure.message}`);
    if (event.type === 'finished' && event.state === 'executed')
      notices.announce(`${documents.nameOf(event.node)} finished.`);
  });

  const busy = () => {
    const { phase } = results.store.getState().run;
    return phase === 'running' || phase === 'cancelling';
  };
  let starting = false;

  return {
    async run({ to, anyway } = {}) {
      if (busy() || starting) return null;
      starting = true;
      try {
        const room = makeRoom();
        if (room) await room;
        const { root: document, id: documentId } = documents.store.getState();
        const plan = await planOf(document, to);
        if (plan.steps.length === 0) {
          notices.show({
            level: 'info',
            title: 'There is nothing to run',
            message: 'Add a node from the list on the left.',
          });
          return null;
        }
        const started = Date.now();
        const handle = client.run(plan, anyway ? { anyway: anyway as readonly NodeId[] } : {});
        const name = to ? `Run to ${to.map((node) => documents.nameOf(node)).join(', ')}` : 'Run';
        results.begin(handle.id, `${name} started`);
        notices.announce(`${name} started.`);
        starting = false;
        const outcome = await handle.done;
        const { run } = results.store.getState();
        if (run.id !== handle.id) return outcome;
        notices.announce(run.log.at(-1)?.message ?? `Run ${outcome}.`);
        onRunEnd({ id: handle.id, document, plan, outcome, started, ms: run.ms, documentId });
        replan();
        return outcome;
      } catch (thrown) {
        const failure = toFailure(thrown);
        notices.show({ level: 'error', title: 'The run could not be started', message: describeFailure(failure) });
        return null;
      } finally {
        starting = false;
      }
    },
    cancel() {
      const { run } = results.store.getState();
      if (run.id === null || run.phase !== 'running') return;
      results.cancelling();
      notices.announce('Cancelling.');
      void client.cancel(run.id);
    },
    isBusy: () => busy() || starting,
    replan,
    dispose() {
      clearTimeout(timer);
      asked++;
      offDocument();
      offEvents();
    },
  };
}
