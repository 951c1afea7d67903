/**
 * `npm run study -- balanced-decoding [--quick]`: builds the study (src/tools/study/main.ts, which lists the flags) and
 * hands over. Build talk goes to stderr.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { root, run } from './install.mjs';

const kernels = join(root, 'src/kernels/balanced-snn/balanced-snn.wasm.ts');
if (!existsSync(kernels) && !run('npm', ['run', '--silent', 'kernels'])) process.exit(1);
const outDir = join(root, 'dist/study');
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
    rollupOptions: {
      input: {
        study: join(root, 'src/tools/study/main.ts'),
        pool: join(root, 'src/scheduler/pool/node-pool-worker.ts'),
      },
    },
  },
});
process.chdir(root);
await import(join(outDir, 'study.js'));
