/** Examples of the help beside the open document: runs of their own, and the document's run always comes first. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentKey, nodeId } from '../../../src/core/ids';
import { openExample } from '../../../src/editor/examples/open-example';
import { createSession } from '../../../src/editor/session';
import { defaultSettings } from '../../../src/editor/settings-store';
import type { NodeExamples } from '../../../src/kit/node-example';
import type { RunEvent, RunPlan } from '../../../src/scheduler/protocol';
import { pipeline } from '../../support/document-samples';
import { testCatalogue } from '../../support/test-catalogue';
import { documentOf, freshBrowser, openTab, pass, type Tab } from './support';

const examples: NodeExamples = {
  'test.scale': {
    see: 'The same numbers, larger.',
    node: 'two',
    nodes: [
      { id: 'one', type: 'test.constant' },
      { id: 'two', type: 'test.scale' },
    ],
    wires: ['one.series > two.series'],
    shown: ['two.series'],
    controls: [{ param: 'gain' }],
  },
  'test.constant': { none: 'Nothing to show.' },
};

let tab: Tab;
beforeEach(async () => {
  freshBrowser();
  const bare = await openTab();
  const session = createSession({
    catalogue: testCatalogue,
    library: bare.library,
    client: bare.client,
    settings: defaultSettings,
    isVisible: () => false,
    loadExamples: async () => examples,
  });
  tab = { ...bare, session };
  await session.keeper.adopt(
    pipeline({ one: { type: 'test.constant' }, two: { type: 'test.scale' } }, ['one.series > two.series']),
  );
  await pass(200);
});
afterEach(() => tab.session.dispose());

const type = 'test.scale';
const state = () => tab.session.examples.store.getState().byType[type];
const lastRun = () => tab.client.runs.at(-1) as { id: string; plan: RunPlan };
const tell = (event: object) => tab.client.emit({ run: lastRun().id, ...event } as RunEvent);
const finished = (node: string) =>
  tell({
    type: 'finished',
    node: nodeId(node),
    key: contentKey(`example ${node}`),
    state: 'executed',
    reason: 'never run',
    ms: 5,
    bytes: 8,
    kept: true,
  });

/** Everything that an example must leave as it is. */
const untouched = () => {
  const { session } = tab;
  const { statuses, lastKeys, run } = session.results.store.getState();
  return {
    document: session.document.store.getState().root,
    history: session.document.store.getState().history,
    statuses,
    lastKeys,
    runId: run.id,
    log: run.log,
    live: session.previews.store.getState().live,
  };
};

describe('a run of an example', () => {
  it('has its result and leaves document, history, results, log and run records alone', async () => {
    const before = untouched();
    void tab.session.examples.run(type);
    await pass();
    expect(state()?.phase).toEqual({ is: 'running', progress: null });
    tell({ type: 'started', node: nodeId('two'), key: contentKey('x') });
    expect(state()?.phase).toEqual({ is: 'running', progress: { node: 'two', share: null } });
    tell({ type: 'progress', node: nodeId('two'), done: 1, total: 4, eta: null, label: '' });
    expect(state()?.phase).toEqual({ is: 'running', progress: { node: 'two', share: 0.25 } });
    tell({ type: 'partial', node: nodeId('two'), port: 'series', sequence: 1, preview: {} });
    finished('one');
    finished('two');
    tab.client.end('succeeded');
    await pass();
    expect(state()).toMatchObject({ phase: { is: 'done', ms: 10, executed: 2 }, keys: { two: 'example two' } });
    expect(untouched()).toEqual(before);
    expect(await tab.library.runs.list()).toEqual([]);
    expect(lastRun().plan.scope).not.toBe(tab.session.document.store.getState().id);
    expect(tab.session.notices.store.getState().spoken.text).toMatch(/^The example of .* finished in 10 ms/);
  });

  it('follows the last change of a value, after cancelling the run before', async () => {
    void tab.session.examples.run(type);
    await pass();
    const first = lastRun().id;
    tab.session.examples.set(type, 'two.gain', 3);
    tab.session.examples.set(type, 'two.gain', 4);
    expect(tab.client.cancelled).toContain(first);
    tab.client.end('cancelled');
    expect(tab.client.runs).toHaveLength(1);
    await pass(450);
    expect(tab.client.runs).toHaveLength(2);
    expect(lastRun().plan.steps.find(({ node }) => node === 'two')?.params).toMatchObject({ gain: 4 });
  });

  it('tells a failure with its node, and a value that is refused without running', async () => {
    void tab.session.examples.run(type);
    await pass();
    tell({ type: 'failed', node: nodeId('two'), failure: { kind: 'compute', code: 'x', message: 'It broke.' } });
    tab.client.end('failed');
    await pass();
    expect(state()?.phase).toMatchObject({ is: 'failed', failure: { message: 'It broke.', node: 'two' } });
    tab.session.examples.set(type, 'two.gain', 'many');
    await pass(450);
    expect(tab.client.runs).toHaveLength(1);
    expect(state()?.phase).toMatchObject({ is: 'failed', failure: { node: 'two', param: 'gain' } });
  });

  it('is not needed where the planner says that all is stored', async () => {
    await tab.session.examples.look(type);
    expect(state()?.phase.is ?? 'idle').toBe('idle');
    tab.client.plan = async (plan) => ({
      backend: null,
      steps: Object.fromEntries(
        plan.steps.map(({ node }) => [node, { action: 'stored', reason: 'stored', key: contentKey(`k ${node}`) }]),
      ),
    });
    await tab.session.examples.look(type);
    expect(state()).toMatchObject({ phase: { is: 'done', executed: 0 }, keys: { two: 'k two' } });
    expect(tab.client.runs).toEqual([]);
  });
});

describe("the document's run", () => {
  it('makes an example give way, and starts once that has ended', async () => {
    void tab.session.examples.run(type);
    await pass();
    const example = lastRun().id;
    let letGo: () => void = () => undefined;
    tab.client.cancel = (id) => {
      tab.client.cancelled.push(id);
      return new Promise((resolve) => {
        letGo = resolve;
      });
    };
    void tab.session.runner.run();
    await pass();
    expect(tab.client.cancelled).toEqual([example]);
    expect(tab.client.runs).toHaveLength(1);
    tab.client.end('cancelled');
    letGo();
    await pass();
    expect(tab.client.runs).toHaveLength(2);
    expect(tab.session.results.store.getState().run.phase).toBe('running');
    expect(state()?.phase).toEqual({ is: 'gave-way' });
  });

  it('keeps examples from starting, also those that a change of a value would start', async () => {
    void tab.session.runner.run();
    await tab.session.examples.run(type);
    tab.session.examples.set(type, 'two.gain', 2);
    await pass(450);
    expect(tab.client.runs).toHaveLength(1);
    tab.client.end('succeeded');
    await pass();
    void tab.session.examples.run(type);
    await pass();
    expect(tab.client.runs).toHaveLength(2);
  });
});

describe('opening an example', () => {
  it('keeps what was open, even untouched, takes the values along, and comes back', async () => {
    const before = documentOf(tab.session);
    tab.session.examples.set(type, 'two.gain', 7);
    expect(await openExample(tab.session, type)).toBe(true);
    expect(documentOf(tab.session)).toMatchObject({ title: expect.stringMatching(/^Example: /) });
    expect(documentOf(tab.session).nodes.find(({ id }) => id === 'two')?.params).toEqual({ gain: 7 });
    const back = tab.session.notices.store.getState().shown.at(-1)?.actions[0];
    expect(back?.label).toBe(`Back to ${before.title}`);
    back?.run();
    await pass(50);
    expect(documentOf(tab.session)).toEqual(before);
  });

  it('opens nothing where there is none', async () => {
    expect(await openExample(tab.session, 'test.constant')).toBe(false);
    expect(await openExample(tab.session, 'subgraph.mine')).toBe(false);
  });
});
