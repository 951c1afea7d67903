/// <reference types="vitest/config" />
/**
 * One file for three builds: the page (default), the Node runner (`--mode node`) and the unit tests.
 * Preview sends the headers that the hosting notes recommend; the development server sends the first two.
 */
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { datasetsPlugin } from './src/tools/datasets/endpoint.mjs';

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};
const policy = {
  'Content-Security-Policy':
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self' 'unsafe-inline'; " +
    "img-src 'self' data: blob:; connect-src 'self' data: blob:",
};

export default defineConfig(({ mode }) =>
  mode === 'node'
    ? {
        build: {
          ssr: true,
          outDir: resolve('dist/node'),
          emptyOutDir: true,
          target: 'node20',
          rollupOptions: {
            input: { cli: resolve('src/cli/main.ts'), pool: resolve('src/scheduler/pool/node-pool-worker.ts') },
          },
        },
      }
    : {
        root: 'src/app',
        publicDir: 'public',
        plugins: [react(), datasetsPlugin()],
        worker: { format: 'es' as const },
        build: {
          outDir: resolve('dist/page'),
          emptyOutDir: true,
          target: 'es2022',
          chunkSizeWarningLimit: 4000,
          // A font inlined as a data: address would be refused by the page's own policy.
          assetsInlineLimit: (file: string) => (/\.(woff2?|ttf)$/.test(file) ? false : undefined),
        },
        server: { headers: isolation },
        preview: { headers: { ...isolation, ...policy } },
        test: {
          // One process less by default, which on two cores is one.
          maxWorkers: '100%',
          projects: [
            {
              root: resolve('.'),
              test: { name: 'unit', include: ['test/unit/**/*.test.ts'], environment: 'node', testTimeout: 30_000 },
            },
          ],
        },
      },
);
