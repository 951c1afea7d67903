/**
 * `npm run bench`: speed of the spiking kernels against other simulators (test/bench/snn/main.ts, which lists the flags).
 *   npm run bench -- snn --quick        one round of each, as a smoke test
 *   npm run bench -- tensors [--quick]   matrix products and training steps against tfjs and PyTorch (test/bench/tensors/main.ts)
 *   npm run bench -- kernels [FILTER]    products, convolutions and training steps one by one (vitest benchmarks)
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
      rollupOptions: {
        input: {
          main: join(folder, 'main.ts'),
          'measure-node': join(folder, 'measure-node.ts'),
          'measure-threads': join(folder, 'measure-threads.ts'),
          pool: join(root, 'src/scheduler/pool/node-pool-worker.ts'),
        },
      },
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

async function benchTensors() {
  const folder = join(root, 'test/bench/tensors');
  const outDir = join(root, 'dist/bench');
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      target: 'node20',
      rollupOptions: {
        input: { tensors: join(folder, 'main.ts'), 'measure-tensors': join(folder, 'measure-node.ts') },
      },
    },
  });
  process.argv.splice(2, process.argv.length, ...flags);
  await import(join(outDir, 'tensors.js'));
}

if (suite === 'snn') await benchSpiking();
else if (suite === 'tensors') await benchTensors();
else if (suite === 'kernels') {
  const filters = flags.length > 0 ? flags : ['gemm', 'training'];
  process.exit(run('npx', ['vitest', 'bench', '--run', ...filters]) ? 0 : 1);
} else {
  console.error(`There is no benchmark ${suite}: snn, tensors or kernels.`);
  process.exit(2);
}
