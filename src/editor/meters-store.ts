/** The worker's meters, asked for now and then while the page can be seen. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Meters } from '../scheduler/protocol';

interface MetersState {
  readonly meters: Meters | null;
}

export interface MetersPoll {
  readonly store: StoreApi<MetersState>;
  /** Asks at once: after a setting changed or a run ended. */
  refresh(): void;
  dispose(): void;
}

const interval = 2000;

export function createMeters(fetch: () => Promise<Meters>, isVisible: () => boolean): MetersPoll {
  const store = createStore<MetersState>(() => ({ meters: null }));
  let asking = false;
  const refresh = () => {
    if (asking) return;
    asking = true;
    fetch()
      .then((meters) => store.setState({ meters }))
      // A worker that is being replaced has no meters: the last ones stay until the new one answers.
      .catch(() => undefined)
      .finally(() => {
        asking = false;
      });
  };
  const timer = setInterval(() => isVisible() && refresh(), interval);
  refresh();
  return { store, refresh, dispose: () => clearInterval(timer) };
}
