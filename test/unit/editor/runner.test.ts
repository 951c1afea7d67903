import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentKey, nodeId } from '../../../src/core/ids';
import type { RunEvent } from '../../../src/scheduler/protocol';
import { pipeline } from '../../support/document-samples';
import { freshBrowser, openTab, pass, type Tab } from './support';

let tab: Tab;
beforeEach(async () => {
  freshBrowser();
  tab = await openTab();
  await tab.session.keeper.adopt(
    pipeline({ one: { type: 'test.constant' }, two: { type: 'test.scale' } }, ['one.series > two.series']),
  );
  await pass(200);
});
afterEach(() => tab.session.dispose());

const results = () => tab.session.results.store.getState();
const finished = (node: string, key: string): RunEvent => ({
  type: 'finished',
  run: tab.client.runs.at(-1)?.id as never,
  node: nodeId(node),
  key: contentKey(key),
  state: 'executed',
  reason: 'never run',
  ms: 5,
  bytes: 8,
  kept: true,
});

describe('plan requests', () => {
  it('follow an edit, once for a burst of edits, and not a move', async () => {
    const before = tab.client.plans.length;
    for (let value = 1; value <= 10; value++) tab.session.edits.setParam('one', 'value', value, 'drag');
    expect(results().planning).toBe(true);
    await pass(200);
    expect(tab.client.plans.length).toBe(before + 1);
    expect(results().planning).toBe(false);
    tab.session.edits.move({ one: { x: 5, y: 5 } });
    tab.session.edits.setTitle('Other');
    await pass(200);
    expect(tab.client.plans.length).toBe(before + 1);
  });

  it('say why nothing can be told when the worker does not answer', async () => {
    tab.client.plan = () => Promise.reject(new Error('The computing thread stopped.'));
    tab.session.edits.setParam('one', 'value', 3);
    await pass(200);
    expect(results().planProblem).toMatch(/computing thread stopped/);
  });

  it('carry the problem of a node that cannot run', async () => {
    tab.session.edits.remove([], ['w0']);
    await pass(200);
    const step = tab.client.plans.at(-1)?.steps.find(({ node }) => node === 'two');
    expect(step?.problem?.message).toMatch(/is not wired/);
  });
});

describe('runs', () => {
  it('take a frozen plan, and only one at a time', async () => {
    void tab.session.runner.run();
    await pass();
    expect(await tab.session.runner.run()).toBeNull();
    expect(tab.client.runs).toHaveLength(1);
    tab.session.edits.setParam('one', 'value', 9);
    expect(tab.client.runs[0]?.plan.steps[0]?.params).toMatchObject({ value: 1 });
  });

  it('reach to a node alone when asked', async () => {
    void tab.session.runner.run({ to: ['one'] });
    await pass();
    expect(tab.client.runs[0]?.plan.steps.map(({ node }) => node)).toEqual(['one']);
  });

  it('mark nodes that were edited meanwhile as stale, and leave the others executed', async () => {
    const done = tab.session.runner.run();
    await pass();
    const keys = results().report?.steps ?? {};
    tab.session.edits.setParam('two', 'gain', 7);
    tab.client.emit(finished('one', keys.one?.key ?? ''));
    tab.client.emit(finished('two', keys.two?.key ?? ''));
    tab.client.end('succeeded');
    expect(await done).toBe('succeeded');
    await pass(200);
    expect(results().statuses.one?.state).toBe('executed');
    expect(results().statuses.two?.state).toBe('stale');
  });

  it('keep a status object while nothing about its node changes', async () => {
    void tab.session.runner.run();
    await pass();
    const before = results().statuses.one;
    tab.client.emit({
      type: 'started',
      run: tab.client.runs[0]?.id as never,
      node: nodeId('two'),
      key: contentKey('x'),
    });
    expect(results().statuses.one).toBe(before);
    expect(results().statuses.two?.state).toBe('running');
  });

  it('acknowledge a cancel at once', async () => {
    void tab.session.runner.run();
    await pass();
    tab.session.runner.cancel();
    expect(results().run.phase).toBe('cancelling');
    tab.client.end('cancelled');
    expect(results().run).toMatchObject({ phase: 'ended', outcome: 'cancelled' });
  });

  it('leave an immutable record in the library', async () => {
    const done = tab.session.runner.run();
    await pass();
    tab.client.emit(finished('one', 'k1'));
    tab.client.end('succeeded');
    await done;
    await pass(50);
    const [record] = await tab.library.runs.list();
    expect(record).toMatchObject({ id: 'run-1', outcome: 'succeeded', seeds: { 'one.seed': 1 } });
    expect(record?.nodes.one).toMatchObject({ state: 'executed', key: 'k1' });
    expect(record?.nodes.two).toEqual({ state: 'skipped' });
  });

  it('end with their document: another one starts afresh', async () => {
    const done = tab.session.runner.run();
    await pass();
    tab.client.emit(finished('one', 'k1'));
    await tab.session.keeper.adopt(pipeline({ one: { type: 'test.scale' } }));
    expect(results().lastKeys).toEqual({});
    expect(tab.client.cancelled).toEqual(['run-1']);
    tab.client.end('cancelled');
    await done;
    expect(results().run.phase).toBe('idle');
    expect(await tab.library.runs.list()).toEqual([]);
  });
});

describe('notices of the engine', () => {
  it('are shown, not only logged; those of a node stay in the log', () => {
    const notice = { type: 'notice', run: null, node: null, message: 'Going on with WebAssembly.' } as const;
    tab.client.emit({ ...notice, title: 'The graphics device was lost', sticky: true });
    tab.client.emit({ ...notice, message: 'The store is full.' });
    tab.client.emit({ ...notice, node: nodeId('one'), message: 'Stopped early.' });
    expect(tab.session.notices.store.getState().shown).toMatchObject([
      {
        level: 'warning',
        title: 'The graphics device was lost',
        message: 'Going on with WebAssembly.',
        sticky: true,
      },
      { level: 'warning', title: 'The store is full.', message: '', sticky: false },
    ]);
    expect(
      results()
        .run.log.slice(-3)
        .map(({ message }) => message),
    ).toEqual(['The graphics device was lost. Going on with WebAssembly.', 'The store is full.', 'Stopped early.']);
  });
});

describe('a worker that cannot be started', () => {
  it('is one notice that stays, tries again when asked, and goes when it starts', async () => {
    const shown = () => tab.session.notices.store.getState().shown;
    const failure = {
      kind: 'internal' as const,
      code: 'worker.not-started',
      message: 'It does not load.',
      cure: 'Look.',
    };
    tab.client.tellHealth(failure);
    tab.client.tellHealth(failure);
    expect(shown()).toMatchObject([{ level: 'error', sticky: true, title: 'It does not load.', message: 'Look.' }]);
    shown()[0]?.actions[0]?.run();
    expect(tab.client.restarts).toHaveLength(1);
    const before = tab.client.plans.length;
    tab.client.tellHealth(null);
    expect(shown()).toMatchObject([{ level: 'good' }]);
    await pass(200);
    expect(tab.client.plans.length).toBe(before + 1);
  });
});
