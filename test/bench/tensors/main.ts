/**
 * `npm run bench -- tensors`: matrix products and training steps of ours against tfjs's own wasm and cpu backends and
 * against PyTorch with one thread, in rounds: every system is asked one after the other, so that a noisy moment falls on
 * all. Costs are CPU seconds of the process.
 *
 *   --rounds N     rounds (5; tfjs's cpu backend takes part in the first, since its U-Net takes a minute)
 *   --only LIST    some of gemm-mlp,gemm-unet,gemm-deep,gemm-square,mlp,vae,unet
 *   --seconds S    CPU seconds of each measurement (1)
 *   --quick        one round, half a second each; verdicts are shown but do not count
 *
 * Ends with 1 on a loss that does not fall, or on a must that is missed.
 */
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { machineLoad } from '../measure';
import { ratioTable, type Samples, speedTable } from './report';
import { MeasuredSystem, pythonWithTorch } from './systems';
import {
  type Sample,
  type SystemId,
  systemTitles,
  type Workload,
  type WorkloadId,
  workloadIds,
  workloads,
} from './workloads';

const here = dirname(fileURLToPath(import.meta.url));
/** This file runs from dist/bench. */
const root = join(here, '../..');

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '1' },
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
  },
});
const rounds = values.quick ? 1 : Number(values.rounds);
const seconds = values.quick ? 0.5 : Number(values.seconds);
const chosen = values.only ? (values.only.split(',') as WorkloadId[]) : workloadIds;
const unknown = chosen.find((id) => !workloadIds.includes(id));
if (unknown !== undefined || !(rounds >= 1) || !(seconds > 0)) {
  console.error(`There is no "${unknown ?? values.rounds}": workloads are ${workloadIds.join(', ')}.`);
  process.exit(2);
}

const python = pythonWithTorch();
if (!python) console.error('No Python here imports torch: left out (Debian: python3-torch).');
const node = (id: SystemId) => new MeasuredSystem(id, process.execPath, [join(here, 'measure-tensors.js'), id]);
/** What OpenBLAS takes its kernels from; without effect where it is built for one processor alone. */
const avx2 = { OPENBLAS_CORETYPE: 'Haswell' };
const torch = (command: string, id: SystemId, environment: Readonly<Record<string, string>>) =>
  new MeasuredSystem(id, command, [join(root, 'test/bench/yardsticks/decoders.py')], environment);
const systems = [
  node('ours'),
  node('tfjs-wasm'),
  node('tfjs-cpu'),
  ...(python ? [torch(python.command, 'torch', {}), torch(python.command, 'torch-avx2', avx2)] : []),
];

const samples: Samples = {};
let wrong = 0;

function take(id: WorkloadId, system: SystemId, sample: Sample): void {
  const before = samples[id];
  samples[id] = { ...before, [system]: [...(before?.[system] ?? []), sample] };
  const { losses } = sample;
  if (losses && !(losses[1] < losses[0])) {
    wrong++;
    console.error(
      `${systemTitles[system]}: the loss of ${workloads[id].title} went from ${losses[0]} to ${losses[1]}.`,
    );
  }
}

console.error(`${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}, torch ${python?.version ?? 'none'}`);
console.error(`machine load ${machineLoad()}`);
for (let round = 0; round < rounds; round++) {
  for (const id of chosen) {
    const workload: Workload = workloads[id];
    for (const system of systems) {
      if (!workload.systems.includes(system.id) || (system.id === 'tfjs-cpu' && round > 0)) continue;
      take(id, system.id, await system.ask(id, seconds, workload.product ?? []));
    }
  }
  console.error(`round ${round + 1} of ${rounds}; machine load ${machineLoad()}`);
}
for (const system of systems) system.close();

const judged = ratioTable(samples);
console.log(`${speedTable(samples)}\n\n${judged.table}`);
process.exit(wrong > 0 || (judged.missed > 0 && !values.quick) ? 1 : 0);
