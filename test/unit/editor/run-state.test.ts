import { describe, expect, it } from 'vitest';
import { contentKey, nodeId, runId } from '../../../src/core/ids';
import {
  appendLog,
  beginCancel,
  beginRun,
  noRun,
  type RunState,
  reduceRun,
  summariseRun,
} from '../../../src/editor/run-state';
import type { RunEvent } from '../../../src/scheduler/protocol';

const run = runId('r1');
const [a, b, c] = [nodeId('a'), nodeId('b'), nodeId('c')];
const key = contentKey('k');
const verdict = (action: 'run' | 'stored' | 'blocked') => ({ action, reason: 'never run', key });

const planned: RunEvent = {
  type: 'planned',
  run,
  report: { backend: null, steps: { a: verdict('run'), b: verdict('run'), c: verdict('stored') } },
};
const finished = (node: typeof a, state: 'executed' | 'stored' = 'executed'): RunEvent => ({
  type: 'finished',
  run,
  node,
  key,
  state,
  reason: 'never run',
  ms: 120,
  bytes: 2500,
  kept: true,
});
const play = (events: readonly RunEvent[], from: RunState = beginRun(noRun, run, 0, 'Run started')): RunState =>
  events.reduce((state, event) => reduceRun(state, event, 1), from);

describe('the reducer of run events', () => {
  it('queues what is planned to run, and only that', () => {
    const state = play([planned]);
    expect(Object.entries(state.nodes).map(([id, { phase }]) => [id, phase])).toEqual([
      ['a', 'queued'],
      ['b', 'queued'],
    ]);
    expect(state.log.at(-1)?.message).toBe('Planned: 2 of 3 nodes to run');
  });

  it('follows a node from start over progress to its result', () => {
    const started = play([planned, { type: 'started', run, node: a, key }]);
    expect(started.nodes.a).toMatchObject({ phase: 'running', progress: null });
    const halfway = play([{ type: 'progress', run, node: a, done: 5, total: 10, eta: 900, label: 'images' }], started);
    expect(halfway.nodes.a).toMatchObject({ progress: { done: 5, total: 10, eta: 900 } });
    const done = play([finished(a)], halfway);
    expect(done.nodes.a).toMatchObject({ phase: 'executed', ms: 120 });
    expect(done.log.at(-1)).toMatchObject({ level: 'good', node: 'a', message: 'Executed in 120 ms, 2.5 kB' });
  });

  it('planned again, counts what this run has executed and nothing of the run before', () => {
    const again: RunEvent = {
      type: 'planned',
      run,
      report: { backend: null, steps: { a: verdict('stored'), b: verdict('run'), c: verdict('stored') } },
    };
    const both = play([planned, finished(a), { type: 'started', run, node: b, key }, again]);
    expect(both.nodes).toMatchObject({ a: { phase: 'executed' }, b: { phase: 'queued' } });
    expect(both.log.at(-1)?.message).toBe('Planned again: 1 of 3 nodes to run');
    const end = play([finished(b), finished(c, 'stored'), { type: 'ended', run, outcome: 'succeeded', ms: 1 }], both);
    expect(summariseRun(end)).toBe('2 executed, 1 stored');
    const next = reduceRun(beginRun(end, runId('r2'), 2, 'Run started'), { ...again, run: runId('r2') }, 2);
    expect(next.nodes).toEqual({ b: { phase: 'queued', key } });
  });

  it('keeps a failure on its node and says who blocks the rest', () => {
    const failure = { kind: 'compute' as const, code: 'x', message: 'Too large.', cure: 'Make it smaller.', node: 'a' };
    const state = play([planned, { type: 'failed', run, node: a, failure }, { type: 'blocked', run, node: b, by: a }]);
    expect(state.nodes.a).toMatchObject({ phase: 'failed', key, failure });
    expect(state.nodes.b).toMatchObject({ phase: 'blocked', by: 'a' });
    expect(state.log.at(-2)?.message).toBe('Too large. Make it smaller.');
  });

  it('ignores the late words of another run', () => {
    const state = play([planned]);
    expect(reduceRun(state, { type: 'started', run: runId('old'), node: c, key }, 2)).toBe(state);
  });

  it('leaves nothing in flight after the end', () => {
    const state = play([
      planned,
      { type: 'started', run, node: a, key },
      { type: 'ended', run, outcome: 'cancelled', ms: 50 },
    ]);
    expect(state.nodes.a?.phase).toBe('cancelled');
    expect(state.nodes.b?.phase).toBe('cancelled');
    expect(state).toMatchObject({ phase: 'ended', outcome: 'cancelled', ms: 50 });
    expect(summariseRun(state)).toBe('0 executed, 2 cancelled');
  });

  it('says 0 executed when everything was stored', () => {
    const state = play([planned, finished(a, 'stored'), finished(b, 'stored')]);
    expect(summariseRun(state)).toBe('0 executed, 2 stored');
  });

  it('acknowledges a cancel at once, and only while running', () => {
    expect(beginCancel(beginRun(noRun, run, 0, 'x')).phase).toBe('cancelling');
    expect(beginCancel(noRun)).toBe(noRun);
  });

  it('keeps at most 400 lines, with ascending ids', () => {
    let log = noRun.log;
    for (let n = 0; n < 450; n++) log = appendLog(log, { at: n, level: 'info', node: null, message: `${n}` });
    expect(log).toHaveLength(400);
    expect(log[0]?.message).toBe('50');
    expect(log.at(-1)?.id).toBe(450);
  });
});
