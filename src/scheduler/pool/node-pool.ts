/** Pool of worker threads, for the command line. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Thread } from './messages';
import { ThreadPool } from './thread-pool';

/** `entry` is the built pool worker. Threads keep the process alive until `terminate`. `wanted`: as many, whatever there is. */
export function createNodePool(entry: URL, wanted?: number): ThreadPool {
  const cores = availableParallelism();
  const spawn = (): Thread => {
    const worker = new Worker(entry);
    return {
      post: (message) => worker.postMessage(message),
      listen: (onMessage, onDeath) => {
        worker.removeAllListeners();
        worker.on('message', onMessage);
        worker.on('error', (error) => onDeath(error instanceof Error ? error.message : String(error)));
      },
      terminate: () => void worker.terminate(),
    };
  };
  return new ThreadPool(wanted ?? Math.max(1, cores - 1), spawn, wanted ?? cores);
}
