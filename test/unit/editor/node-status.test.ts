import { describe, expect, it } from 'vitest';
import { contentKey, nodeId } from '../../../src/core/ids';
import { nodeStatus } from '../../../src/editor/node-status';
import type { NodeRun } from '../../../src/editor/run-state';
import type { StepVerdict } from '../../../src/scheduler/protocol';

const [now, before] = [contentKey('now'), contentKey('before')];
const verdict = (action: StepVerdict['action'], key = now, reason = 'never run'): StepVerdict => ({
  action,
  reason,
  key,
});
const executed = (key = now, kept = true): NodeRun => ({
  phase: 'executed',
  key,
  ms: 3200,
  bytes: 1,
  reason: 'never run',
  kept,
});
const status = (run: NodeRun | undefined, planned: StepVerdict | undefined, lastKey: typeof now | null = null) =>
  nodeStatus({ run, verdict: planned, lastKey });

describe('a node over the budget for a run', () => {
  const failure = { kind: 'parameter', code: 'memory.budget', message: 'Too much.', cure: 'Less.' } as const;
  const refused: StepVerdict = { action: 'blocked', reason: 'Too much.', key: now, failure };
  it('tells what and what to do before Run', () => {
    expect(status(undefined, refused)).toMatchObject({ state: 'blocked', text: 'Over the budget', failure });
  });
  it('has failed only as long as it is over it', () => {
    const failed: NodeRun = { phase: 'failed', key: now, failure };
    expect(status(failed, refused).state).toBe('failed');
    expect(status(failed, verdict('run')).state).not.toBe('failed');
  });
});

describe('the status of a node', () => {
  it('is idle before anything ran, stale once there is an older result', () => {
    expect(status(undefined, undefined).state).toBe('idle');
    expect(status(undefined, verdict('run'))).toMatchObject({
      state: 'idle',
      reason: 'Why Run would execute it: never run.',
    });
    expect(status(undefined, verdict('run', now, 'parameter g changed (5 to 3.5)'), before)).toMatchObject({
      state: 'stale',
      reason: 'Why Run would execute it: parameter g changed (5 to 3.5).',
      previewKey: before,
      previewStale: true,
    });
  });

  it('is executed only while its key is still the one that Run would ask for', () => {
    expect(status(executed(), verdict('stored'), now)).toMatchObject({
      state: 'executed',
      text: 'Done in 3.2 s',
      previewStale: false,
    });
    expect(status(executed(before), verdict('run'), before)).toMatchObject({ state: 'stale', previewKey: before });
    // Switched back to settings whose result is stored: not executed again, and shown as such.
    expect(status(executed(before), verdict('stored'), before)).toMatchObject({
      state: 'stored',
      previewKey: now,
      previewStale: false,
    });
  });

  it('tells a result that could not be stored', () => {
    expect(status(executed(now, false), verdict('stored'), now).reason).toMatch(/lives until this page closes/);
  });

  it('shows progress with the time left, and an edit during the run', () => {
    const running: NodeRun = {
      phase: 'running',
      key: before,
      startedAt: 0,
      progress: { done: 1, total: 4, eta: 65_000, label: 'images' },
    };
    expect(status(running, verdict('run', before))).toMatchObject({
      state: 'running',
      text: '25 %, 1 min 05 s left',
      fraction: 0.25,
    });
    expect(status(running, verdict('run', now)).reason).toMatch(/edited since/);
  });

  it('keeps a failure until the node changes', () => {
    const failure = { kind: 'compute' as const, code: 'x', message: 'Too large.', cure: 'Make it smaller.' };
    const failed: NodeRun = { phase: 'failed', key: now, failure };
    expect(status(failed, verdict('run'))).toMatchObject({
      state: 'failed',
      reason: 'Too large. Make it smaller.',
      failure,
    });
    expect(status(failed, verdict('run', before))).toMatchObject({ state: 'stale', failure: null });
  });

  it('says why it cannot run', () => {
    expect(status(undefined, { action: 'blocked', reason: '"Drive" is not wired', key: null })).toMatchObject({
      state: 'blocked',
      reason: '"Drive" is not wired.',
    });
  });

  it('names what failed before it by its title', () => {
    const run: NodeRun = { phase: 'blocked', key: now, by: nodeId('images') };
    const nameOf = (id: string) => (id === 'images' ? 'Photographs' : id);
    expect(nodeStatus({ run, verdict: verdict('run'), lastKey: null, nameOf })).toMatchObject({
      text: 'Blocked',
      reason: 'Not run: "Photographs" failed.',
    });
  });

  it('counts what Run would skip as stored', () => {
    expect(status(undefined, verdict('unneeded'))).toMatchObject({ state: 'stored', text: 'Not needed' });
  });
});
