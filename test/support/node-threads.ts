/** A pool of real worker threads for tests: its entry is built to a folder of its own first, as the runner's is. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { createNodePool } from '../../src/scheduler/pool/node-pool';
import type { ThreadPool } from '../../src/scheduler/pool/thread-pool';

export interface ThreadFactory {
  pool(size: number): ThreadPool;
  /** Ends all threads and removes what was built. */
  close(): void;
}

export async function buildThreads(): Promise<ThreadFactory> {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const outDir = mkdtempSync(join(tmpdir(), 'spikeloom-threads-'));
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node20',
      rollupOptions: { input: { pool: join(root, 'src/scheduler/pool/node-pool-worker.ts') } },
    },
  });
  const pools: ThreadPool[] = [];
  return {
    pool(size) {
      const pool = createNodePool(pathToFileURL(join(outDir, 'pool.js')), size);
      pools.push(pool);
      return pool;
    },
    close() {
      for (const pool of pools) pool.terminate();
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}
