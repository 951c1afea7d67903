/** An editor session without a page: the real document, edits, library and stores, a client that answers from a script. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import type { Failure } from '../../../src/core/errors';
import { contentKey, type RunId, runId } from '../../../src/core/ids';
import type { PipelineDocument } from '../../../src/document/schema';
import { createSession, type EditorSession, type SessionDependencies } from '../../../src/editor/session';
import { defaultSettings } from '../../../src/editor/settings-store';
import type { Library } from '../../../src/library/library';
import { openLibrary } from '../../../src/library/open-library';
import type { SchedulerClient } from '../../../src/scheduler/client';
import type { PlanReport, RunEvent, RunOutcome, RunPlan } from '../../../src/scheduler/protocol';
import { testCatalogue } from '../../support/test-catalogue';

interface ScriptedClient extends SchedulerClient {
  readonly plans: RunPlan[];
  readonly runs: { readonly id: RunId; readonly plan: RunPlan }[];
  readonly cancelled: RunId[];
  /** When the editor asked to try again. */
  readonly restarts: number[];
  emit(event: RunEvent): void;
  tellHealth(failure: Failure | null): void;
  end(outcome: RunOutcome): void;
}

/** Every step to be run, under a key of its type and parameters. */
const reportOf = (plan: RunPlan): PlanReport => ({
  backend: null,
  steps: Object.fromEntries(
    plan.steps.map((step) => [
      step.node,
      { action: 'run' as const, reason: 'never run', key: contentKey(`${step.type} ${JSON.stringify(step.params)}`) },
    ]),
  ),
});

function scriptedClient(): ScriptedClient {
  const listeners = new Set<(event: RunEvent) => void>();
  const healthListeners = new Set<(failure: Failure | null) => void>();
  const restarts: number[] = [];
  const plans: RunPlan[] = [];
  const cancelled: RunId[] = [];
  const runs: { id: RunId; plan: RunPlan }[] = [];
  let finish: (outcome: RunOutcome) => void = () => undefined;
  const emit = (event: RunEvent) => {
    for (const listener of listeners) listener(event);
  };
  return {
    plans,
    runs,
    cancelled,
    restarts,
    emit,
    tellHealth(failure) {
      for (const listener of healthListeners) listener(failure);
    },
    end(outcome) {
      const last = runs.at(-1);
      if (last) emit({ type: 'ended', run: last.id, outcome, ms: 10 });
      finish(outcome);
    },
    async plan(plan) {
      plans.push(plan);
      return reportOf(plan);
    },
    run(plan) {
      const id = runId(`run-${runs.length + 1}`);
      runs.push({ id, plan });
      return { id, done: new Promise<RunOutcome>((resolve) => (finish = resolve)) };
    },
    async cancel(id) {
      cancelled.push(id);
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    preview: async () => null,
    value: async () => null,
    spikeLook: async () => null,
    spikesOfItem: async () => null,
    look: async () => null,
    meters: () => Promise.reject(new Error('not in this test')),
    configure: async () => undefined,
    clearStore: async () => undefined,
    stored: async (keys) => keys.map(() => null),
    hold: async () => undefined,
    forgetResults: async () => undefined,
    onHealth(listener) {
      healthListeners.add(listener);
      return () => healthListeners.delete(listener);
    },
    restart: () => void restarts.push(Date.now()),
    dispose: () => undefined,
  };
}

export const freshBrowser = (): void => {
  globalThis.indexedDB = new IDBFactory();
};

export interface Tab {
  readonly session: EditorSession;
  readonly client: ScriptedClient;
  readonly library: Library;
}

export async function openTab(
  parts: Partial<Pick<SessionDependencies, 'catalogue' | 'readPicture'>> = {},
): Promise<Tab> {
  const library = await openLibrary();
  const client = scriptedClient();
  const session = createSession({
    catalogue: testCatalogue,
    library,
    client,
    settings: defaultSettings,
    isVisible: () => false,
    ...parts,
  });
  return { session, client, library };
}

export const documentOf = (session: EditorSession): PipelineDocument => session.document.store.getState().document;

/** Lets promises and timers of up to `ms` come. */
export const pass = (ms = 20): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
