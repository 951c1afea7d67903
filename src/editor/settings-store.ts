/** Settings of this browser: backend preference and budgets, kept by the library and passed on to the scheduler. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BackendPreference, SchedulerSettings } from '../scheduler/protocol';
import { reportedMemory, usualRunBudget } from './run-budget';

export interface SettingsState {
  readonly backend: BackendPreference;
  /** MB */
  readonly storeBudget: number;
  /** MB */
  readonly memoryBudget: number;
  /** MB; null: as usual for this device (run-budget.ts). */
  readonly runBudget: number | null;
}

export const defaultSettings: SettingsState = {
  backend: 'auto',
  storeBudget: 2000,
  memoryBudget: 600,
  runBudget: null,
};

const backends: readonly BackendPreference[] = ['auto', 'webgpu', 'wasm', 'cpu'];
const megabyte = 1_000_000;
export const budgetRange = { min: 50, max: 100_000 } as const;

const within = <F>(value: unknown, fallback: F): number | F =>
  typeof value === 'number' && value >= budgetRange.min && value <= budgetRange.max ? value : fallback;

/** What was stored, with defaults for whatever is missing or no longer makes sense. */
export function readSettings(stored: unknown): SettingsState {
  const { backend, storeBudget, memoryBudget, runBudget } = (
    typeof stored === 'object' && stored !== null ? stored : {}
  ) as Record<string, unknown>;
  return {
    backend: backends.find((name) => name === backend) ?? defaultSettings.backend,
    storeBudget: within(storeBudget, defaultSettings.storeBudget),
    memoryBudget: within(memoryBudget, defaultSettings.memoryBudget),
    runBudget: within(runBudget, null),
  };
}

export const schedulerSettings = ({
  backend,
  storeBudget,
  memoryBudget,
  runBudget,
}: SettingsState): SchedulerSettings => ({
  backend,
  storeBudget: storeBudget * megabyte,
  memoryBudget: memoryBudget * megabyte,
  runBudget: (runBudget ?? usualRunBudget(reportedMemory()).megabytes) * megabyte,
});

export interface Settings {
  readonly store: StoreApi<SettingsState>;
  change(part: Partial<SettingsState>): void;
}

export function createSettings(initial: SettingsState, apply: (state: SettingsState) => void): Settings {
  const store = createStore<SettingsState>(() => initial);
  return {
    store,
    change(part) {
      store.setState(part);
      apply(store.getState());
    },
  };
}
