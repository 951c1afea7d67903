/**
 * Runs the examples of the help on the person's own engine, beside the open document and without touching it: plans and runs
 * of their own, results in the same store. One at a time, and never while a run of the document is going on; such a run
 * makes an example give way at once.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { JsonValue } from '../../core/canonical-json';
import { describeFailure, type Failure, toFailure } from '../../core/errors';
import { formatDuration } from '../../core/units';
import type { PipelineDocument } from '../../document/schema';
import { compile } from '../../graph/compile';
import { checkDocument } from '../../graph/infer';
import { problemFailure } from '../../graph/problem';
import type { Catalogue } from '../../kit/define-node';
import type { NodeExample, NodeExamples, NoExample } from '../../kit/node-example';
import type { RunHandle, SchedulerClient } from '../../scheduler/client';
import type { RunPlan } from '../../scheduler/protocol';
import type { Notices } from '../notices';
import { exampleDocument } from './example-document';
import { type ExamplePhase, type ExampleState, emptyTrace, traceEvent, untouched } from './example-state';

export interface Examples {
  readonly store: StoreApi<{ readonly byType: Readonly<Record<string, ExampleState>> }>;
  /** Undefined for a type that nothing is known of, such as a subgraph. */
  find(type: string): Promise<NodeExample | NoExample | undefined>;
  /** Shows what is stored already; computes nothing. */
  look(type: string): Promise<void>;
  run(type: string): Promise<void>;
  /** Sets a value ("node.param") and runs soon after the last change. */
  set(type: string, key: string, value: JsonValue): void;
  /** Ends what is running or about to; null when nothing is. */
  stop(type?: string): Promise<void> | null;
  /** As a run of the document asks it. */
  giveWay(): Promise<void> | null;
  document(type: string): Promise<PipelineDocument | null>;
  dispose(): void;
}

export interface ExamplesDependencies {
  readonly catalogue: Catalogue;
  readonly client: Pick<SchedulerClient, 'plan' | 'run' | 'cancel' | 'onEvent'>;
  readonly notices: Pick<Notices, 'announce'>;
  readonly load: () => Promise<NodeExamples>;
  /** Whether a run of the document is going on. */
  readonly isBusy: () => boolean;
}

/** A run follows the last change of a value after this. ms */
const settleDelay = 350;

interface Flight {
  readonly type: string;
  /** Null while the plan is made. */
  handle: RunHandle | null;
  /** Ended from outside: what it still tells is nobody's. */
  cancelled: boolean;
}

export function createExamples({ catalogue, client, notices, load, isBusy }: ExamplesDependencies): Examples {
  const store = createStore<{ byType: Record<string, ExampleState> }>(() => ({ byType: {} }));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let flight: Flight | null = null;
  /** Counts wishes: an answer to an older one is dropped. */
  let turn = 0;

  const stateOf = (type: string): ExampleState => store.getState().byType[type] ?? untouched;
  const update = (type: string, change: Partial<ExampleState>) =>
    store.setState(({ byType }) => ({ byType: { ...byType, [type]: { ...stateOf(type), ...change } } }));

  const find: Examples['find'] = async (type) => (await load())[type];
  const exampleOf = async (type: string): Promise<NodeExample | null> => {
    const found = await find(type);
    return found && !('none' in found) ? found : null;
  };
  const isUnrun = (type: string): boolean => ['idle', 'gave-way'].includes(stateOf(type).phase.is);
  const titleOf = (type: string): string => catalogue.get(type)?.title ?? type;

  const prepare = async (type: string): Promise<{ plan: RunPlan; shown: readonly string[] } | Failure | null> => {
    const example = await exampleOf(type);
    if (!example) return null;
    const document = exampleDocument(example, catalogue, stateOf(type).values);
    const problem = checkDocument(document, catalogue).find(({ severity }) => severity === 'error');
    if (problem) return problemFailure(problem);
    const plan = await compile(document, catalogue);
    const shown = example.shown.map((output) => output.slice(0, output.indexOf('.')));
    return { plan: { ...plan, scope: `example/${type}` }, shown };
  };
  const isFailure = (prepared: object): prepared is Failure => 'code' in prepared;

  const failed = (type: string, failure: Failure) => {
    update(type, { phase: { is: 'failed', failure } });
    notices.announce(`The example of ${titleOf(type)} failed: ${describeFailure({ ...failure, node: undefined })}`);
  };

  const end = (after: ExamplePhase): Promise<void> | null => {
    clearTimeout(timer);
    timer = undefined;
    turn++;
    const current = flight;
    if (!current) return null;
    current.cancelled = true;
    update(current.type, { phase: after });
    return current.handle ? client.cancel(current.handle.id) : Promise.resolve();
  };

  const run: Examples['run'] = async (type) => {
    const leaving = end({ is: 'idle' });
    const asked = ++turn;
    if (leaving) await leaving;
    if (asked !== turn || isBusy()) return;
    const own: Flight = { type, handle: null, cancelled: false };
    flight = own;
    update(type, { phase: { is: 'running', progress: null } });
    try {
      const prepared = await prepare(type);
      if (own.cancelled) return;
      if (isBusy() || !prepared) return update(type, { phase: { is: 'idle' } });
      if (isFailure(prepared)) return failed(type, prepared);
      await follow(own, prepared.plan);
    } catch (thrown) {
      if (!own.cancelled) failed(type, toFailure(thrown));
    } finally {
      if (flight === own) flight = null;
    }
  };

  const follow = async (own: Flight, plan: RunPlan): Promise<void> => {
    const { type } = own;
    const handle = client.run(plan);
    own.handle = handle;
    let trace = emptyTrace;
    const off = client.onEvent((event) => {
      if (!('run' in event) || event.run !== handle.id) return;
      const before = trace.progress;
      trace = traceEvent(trace, event);
      if (!own.cancelled && trace.progress !== before)
        update(type, { phase: { is: 'running', progress: trace.progress } });
    });
    const outcome = await handle.done.finally(off);
    if (own.cancelled) return;
    if (outcome === 'cancelled') return update(type, { phase: { is: 'idle' } });
    if (outcome === 'failed') return failed(type, trace.failure ?? unknownFailure);
    const { ms, executed, keys } = trace;
    update(type, { phase: { is: 'done', ms, executed }, keys });
    const how = executed === 0 ? 'was stored' : `finished in ${formatDuration(ms)}`;
    notices.announce(`The example of ${titleOf(type)} ${how}. Its result is shown.`);
  };

  return {
    store,
    find,
    async look(type) {
      if (isBusy() || flight || !isUnrun(type)) return;
      const asked = turn;
      const prepared = await prepare(type).catch(() => null);
      if (!prepared || isFailure(prepared)) return;
      const report = await client.plan(prepared.plan).catch(() => null);
      if (!report || asked !== turn || !isUnrun(type)) return;
      const verdicts = Object.entries(report.steps);
      if (!prepared.shown.every((node) => report.steps[node]?.action === 'stored')) return;
      const keys = Object.fromEntries(verdicts.flatMap(([node, { key }]) => (key ? [[node, key]] : [])));
      update(type, { phase: { is: 'done', ms: 0, executed: 0 }, keys });
    },
    run,
    set(type, key, value) {
      update(type, { values: { ...stateOf(type).values, [key]: value } });
      void end({ is: 'idle' });
      update(type, { phase: { is: 'idle' } });
      timer = setTimeout(() => void run(type), settleDelay);
    },
    stop(type) {
      if (type !== undefined && flight && flight.type !== type) return null;
      return end({ is: 'idle' });
    },
    giveWay: () => end({ is: 'gave-way' }),
    async document(type) {
      const example = await exampleOf(type);
      return example && exampleDocument(example, catalogue, stateOf(type).values);
    },
    dispose: () => void end({ is: 'idle' }),
  };
}

const unknownFailure: Failure = {
  kind: 'internal',
  code: 'example.failed',
  message: 'The example could not be run.',
  cure: 'Try again; the log of the browser may say more.',
};
