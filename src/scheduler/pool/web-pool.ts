/** Pool of Web Workers, for the page's scheduler worker. */
import type { Thread } from './messages';
import { ThreadPool } from './thread-pool';

function spawn(): Thread {
  const worker = new Worker(new URL('./pool-worker.ts', import.meta.url), { type: 'module', name: 'spikeloom-pool' });
  return {
    post: (message) => worker.postMessage(message),
    listen: (onMessage, onDeath) => {
      worker.onmessage = (event) => onMessage(event.data);
      worker.onerror = (event) => onDeath(event.message || 'it could not be loaded');
    },
    terminate: () => worker.terminate(),
  };
}

/** One core is left to the page and the scheduler. Threads may wait for each other where the page is isolated. */
export const createWebPool = (cores: number): ThreadPool =>
  new ThreadPool(Math.max(1, cores - 1), spawn, globalThis.crossOriginIsolated ? cores : 1);
