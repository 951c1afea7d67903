/**
 * `npm run bench`: speed of the spiking kernels against other simulators (test/bench/snn/main.ts, which lists the flags).
 *   npm run bench -- snn --quick        one round of each, as a smoke test
 *   npm run bench -- tensors [FILTER]   matrix products, convolutions and training steps (vitest benchmarks)
 *   npm run bench -- canvas             frame times while a card is dragged among 100, with pictures (the last build)
 */
import { join } from 'node:path';
import { build } from 'vite';
import { root, run } from './install.mjs';

const [first = 'snn', ...rest] = process.argv.slice(2);
const suite = first.startsWith('-') ? 'snn' : first;
const flags = first.startsWith('-') ? [first, ...rest] : rest;
if (!run('npm', ['run', '--silent', 'kernels'])) process.exit(1);

async function benchSpiking() {
  const folder = join(root, 'test/bench/snn');
  const outDir = join(root, 'dist/bench');
  const common = { root, configFile: false, publicDir: false, logLevel: 'warn' };
  await build({
    ...common,
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      target: 'node20',
      rollupOptions: { input: { main: join(folder, 'main.ts'), 'measure-node': join(folder, 'measure-node.ts') } },
    },
  });
  await build({
    ...common,
    build: {
      outDir: join(outDir, 'page'),
      emptyOutDir: true,
      target: 'es2022',
      rollupOptions: {
        input: { worker: join(folder, 'measure-worker.ts') },
        output: { entryFileNames: '[name].js' },
      },
    },
  });
  process.argv.splice(2, process.argv.length, ...flags);
  await import(join(outDir, 'main.js'));
}

if (suite === 'snn') await benchSpiking();
else if (suite === 'canvas') await import('./bench-canvas.mjs');
else if (suite === 'tensors') {
  const filters = flags.length > 0 ? flags : ['gemm', 'training'];
  process.exit(run('npx', ['vitest', 'bench', '--run', ...filters]) ? 0 : 1);
} else {
  console.error(`There is no benchmark ${suite}: snn, tensors or canvas.`);
  process.exit(2);
}
