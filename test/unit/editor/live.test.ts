import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentKey, nodeId } from '../../../src/core/ids';
import { chooseLive, liveBound } from '../../../src/editor/live';
import type { PlanReport } from '../../../src/scheduler/protocol';
import { pipeline } from '../../support/document-samples';
import { freshBrowser, openTab, pass, type Tab } from './support';

const report = (...actions: ['run' | 'stored' | 'blocked', string][]): PlanReport => ({
  backend: null,
  steps: Object.fromEntries(actions.map(([action, node]) => [node, { action, reason: '', key: contentKey(node) }])),
});

describe('what live mode starts', () => {
  const name = (node: string) => node.toUpperCase();
  it('is what is known to take no longer than the bound', () => {
    const took = new Map([
      ['a', liveBound - 1],
      ['b', 1],
    ]);
    expect(chooseLive(report(['run', 'a'], ['run', 'b'], ['stored', 'c']), took, name)).toEqual({ do: 'run' });
    took.set('b', 2);
    expect(chooseLive(report(['run', 'a'], ['run', 'b']), took, name)).toMatchObject({
      do: 'wait',
      why: expect.stringContaining('more than 10 s'),
    });
  });
  it('is nothing where nothing is stale, and waits for a node that never ran, by its name', () => {
    expect(chooseLive(report(['stored', 'a'], ['blocked', 'b']), new Map(), name)).toEqual({ do: 'nothing' });
    expect(chooseLive(report(['run', 'a']), new Map(), name)).toMatchObject({
      do: 'wait',
      why: expect.stringMatching(/^A has not run/),
    });
  });
});

describe('live mode', () => {
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

  const runs = () => tab.client.runs.length;
  const edit = (value: number) => tab.session.edits.setParam('one', 'value', value, 'drag');
  function finish(ms = 5) {
    for (const node of ['one', 'two'])
      tab.client.emit({
        type: 'finished',
        run: tab.client.runs.at(-1)?.id as never,
        node: nodeId(node),
        key: contentKey(node),
        state: 'executed',
        reason: 'never run',
        ms,
        bytes: 8,
        kept: true,
      });
    tab.client.end('succeeded');
  }
  async function runOnce(ms = 5) {
    void tab.session.runner.run();
    await pass(50);
    finish(ms);
    await pass(200);
  }

  it('is off at first: an edit starts nothing', async () => {
    await runOnce();
    edit(3);
    await pass(600);
    expect(runs()).toBe(1);
  });

  it('runs once after a burst of edits, when it is quiet; frozen, nothing more', async () => {
    await runOnce();
    tab.session.live.toggle();
    expect(tab.session.notices.store.getState().spoken.text).toMatch(/^Live mode is on/);
    for (let value = 2; value < 6; value++) edit(value);
    await pass(200);
    expect(runs()).toBe(1);
    await pass(500);
    expect(runs()).toBe(2);
    finish();
    await pass(200);
    tab.session.live.toggle();
    expect(tab.session.notices.store.getState().spoken.text).toMatch(/frozen/);
    edit(9);
    await pass(600);
    expect(runs()).toBe(2);
  });

  it('cancels its run at an edit, and starts the next once that has ended', async () => {
    await runOnce();
    tab.session.live.toggle();
    edit(2);
    await pass(600);
    expect(runs()).toBe(2);
    edit(3);
    expect(tab.client.cancelled).toEqual([tab.client.runs[1]?.id]);
    await pass(400);
    expect(runs()).toBe(2);
    tab.client.end('cancelled');
    await pass(600);
    expect(runs()).toBe(3);
  });

  it('leaves a run that was started by hand alone, and follows it', async () => {
    await runOnce();
    tab.session.live.toggle();
    void tab.session.runner.run();
    await pass(50);
    edit(2);
    await pass(600);
    expect(tab.client.cancelled).toEqual([]);
    expect(runs()).toBe(2);
    finish();
    await pass(600);
    expect(runs()).toBe(3);
  });

  it('asks before what never ran, and before what took long', async () => {
    tab.session.live.toggle();
    edit(2);
    await pass(600);
    expect(runs()).toBe(0);
    expect(tab.session.live.store.getState().waits).toMatch(/has not run in this pipeline/);
    const asked = tab.session.notices.store.getState().shown.at(-1);
    expect(asked).toMatchObject({ title: 'Live mode waits for you', actions: [{ label: 'Run' }] });
    asked?.actions[0]?.run();
    await pass(50);
    expect(runs()).toBe(1);
    expect(tab.session.live.store.getState().waits).toBeNull();
    finish(20_000);
    await pass(200);
    edit(3);
    await pass(600);
    expect(runs()).toBe(1);
    expect(tab.session.live.store.getState().waits).toMatch(/about 40 s/);
  });
});
