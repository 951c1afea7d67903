import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { isNearBudget, usualRunBudget, watchBudget } from '../../../src/editor/run-budget';
import { defaultSettings, readSettings, schedulerSettings } from '../../../src/editor/settings-store';
import type { Meters } from '../../../src/scheduler/protocol';

const meters = (peakTensorBytes: number): Meters => ({
  backend: null,
  tensors: 0,
  tensorBytes: 0,
  peakTensors: 1,
  peakTensorBytes,
  runBudget: 100e6,
  memoryBytes: 0,
  memoryBudget: 1,
  storeBytes: 0,
  storeBudget: 1,
  storeNotice: null,
  poolSize: 1,
});

describe('the usual budget for a run', () => {
  it('is half of what the browser reports, at most what a page gets, and says where it comes from', () => {
    expect(usualRunBudget(4)).toEqual({
      megabytes: 2000,
      reason: 'Half of the 4 GB of memory that this browser reports.',
    });
    expect(usualRunBudget(8).megabytes).toBe(4000);
    expect(usualRunBudget(32)).toMatchObject({ megabytes: 4000, reason: expect.stringContaining('most that a page') });
    expect(usualRunBudget(0.25).megabytes).toBe(250);
    expect(usualRunBudget(undefined)).toMatchObject({
      megabytes: 2000,
      reason: expect.stringContaining('does not tell'),
    });
  });

  it('counts until a budget was set, which is read back within its range', () => {
    expect(readSettings({}).runBudget).toBeNull();
    expect(readSettings({ runBudget: 300 }).runBudget).toBe(300);
    expect(readSettings({ runBudget: -1 }).runBudget).toBeNull();
    expect(schedulerSettings({ ...defaultSettings, runBudget: 300 }).runBudget).toBe(300e6);
    expect(schedulerSettings(defaultSettings).runBudget).toBeGreaterThan(200e6);
  });
});

it('nearing the budget is announced once for each rise above 80 %', () => {
  const store = createStore<{ meters: Meters | null }>(() => ({ meters: null }));
  const said: string[] = [];
  const stop = watchBudget({ store }, { announce: (text) => void said.push(text) });
  for (const peak of [80e6, 81e6, 90e6, 10e6, 95e6]) store.setState({ meters: meters(peak) });
  expect(isNearBudget(meters(80e6))).toBe(false);
  expect(said).toEqual([expect.stringContaining('81 MB'), expect.stringContaining('95 MB')]);
  stop();
});
