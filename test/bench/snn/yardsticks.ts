/**
 * What our kernels are compared with: C++ programs compiled on the spot, Brian2 and torch where a Python has them. The
 * programs of the first are in a folder beside the checkout (`../shared/anchors`), ENCODE-POISSON's is ours. Whatever is
 * missing is said once and left out.
 */
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Sample, WorkloadId } from './workloads';

const runFile = promisify(execFile);

export type PeerId = 'floor' | 'brian-cython' | 'brian-cpp' | 'brian-loop' | 'torch-dense';

export interface Peer {
  readonly id: PeerId;
  readonly title: string;
  /** Compiles for half a minute or runs for many seconds: at most 3 rounds of it. */
  readonly slow: boolean;
  run(workload: WorkloadId, quick: boolean): Promise<Sample>;
  readonly workloads: readonly WorkloadId[];
}

/** What the programs print, by the names they use. */
interface Printed {
  readonly cpu_s?: number;
  readonly cpu_per_bio_s?: number;
  readonly bio_ms?: number;
  readonly images?: number;
  readonly events?: number;
  readonly events_M?: number;
  readonly rate_hz: number;
  readonly cv_isi?: number;
}

async function printed(command: string, args: readonly string[]): Promise<Printed> {
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
  const { stdout } = await runFile(command, [...args], { env, timeout: 900_000, maxBuffer: 2 ** 26 });
  const last = stdout.trim().split('\n').at(-1) ?? '';
  // C prints a mean over nothing as nan, which JSON does not know.
  return JSON.parse(last.replaceAll(/-?\bnan\b/gi, 'null')) as Printed;
}

function sampleOf(output: Printed, imageSeconds: number): Sample {
  const images = output.images ?? 0;
  const biologicalSeconds = images > 0 ? images * imageSeconds : (output.bio_ms ?? 0) / 1000;
  return {
    seconds: output.cpu_s ?? (output.cpu_per_bio_s ?? Number.NaN) * biologicalSeconds,
    biologicalSeconds,
    images,
    events: output.events ?? (output.events_M ?? 0) * 1e6,
    rate: output.rate_hz,
    cv: output.cv_isi ?? Number.NaN,
  };
}

function compile(source: string, binary: string): boolean {
  const flags = ['-O3', '-march=native', '-ffast-math', '-std=c++17'];
  return spawnSync('g++', [...flags, source, '-o', binary], { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}

/** The first Python that can import `module`: SPIKELOOM_PYTHON, the one on the path, the system's. */
function pythonWith(module: string): string | null {
  const candidates = [process.env['SPIKELOOM_PYTHON'], 'python3', '/usr/bin/python3'];
  const works = (python: string): boolean => spawnSync(python, ['-W', 'ignore', '-c', `import ${module}`]).status === 0;
  return candidates.find((python) => python !== undefined && works(python)) ?? null;
}

/** Runs of the yardstick that make a sample: a run of CUBA takes 20 ms. */
const floorRuns: Readonly<Record<WorkloadId, number>> = {
  cuba: 10,
  coba: 10,
  brunel: 1,
  'brunel-f32': 1,
  encode: 3,
  'encode-poisson': 1,
};

/** Graph 5 of the yardstick's BRUNEL fires at 38.0 Hz, as ours does, so that both deliver as many events. */
function floorArguments(workload: WorkloadId): string[] {
  if (workload === 'encode') return [workload, '100'];
  if (workload === 'brunel-f32') return ['brunel', '1000', '0', 'f32', '5'];
  return [workload, '1000', '0', 'hom', workload === 'brunel' ? '5' : '1'];
}

function floorPeer(anchors: string | null, build: string, yardsticks: string, digits: string): Peer | null {
  mkdirSync(build, { recursive: true });
  const common = join(build, 'floor');
  const poisson = join(build, 'encode-poisson');
  const hasCommon = anchors !== null && compile(join(anchors, 'floor.cpp'), common);
  const hasPoisson = compile(join(yardsticks, 'encode-poisson.cpp'), poisson);
  const once = async (workload: WorkloadId): Promise<Sample> =>
    workload === 'encode-poisson'
      ? sampleOf(await printed(poisson, [digits, '100']), 0.25)
      : sampleOf(await printed(common, floorArguments(workload)), 0.1);
  const workloads: WorkloadId[] = [];
  if (hasCommon) workloads.push('cuba', 'coba', 'brunel', 'brunel-f32', 'encode');
  if (hasPoisson) workloads.push('encode-poisson');
  if (workloads.length === 0) return null;
  return {
    id: 'floor',
    title: 'C++ yardstick',
    slow: false,
    workloads,
    async run(workload) {
      const samples: Sample[] = [];
      for (let k = 0; k < floorRuns[workload]; k++) samples.push(await once(workload));
      const seconds = samples.reduce((sum, sample) => sum + sample.seconds, 0) / samples.length;
      return { ...(samples[0] as Sample), seconds };
    },
  };
}

function brianNetworks(python: string, anchors: string, target: 'cython' | 'cpp', build: string): Peer {
  const program = join(anchors, 'brian_nets.py');
  const replicas = join(anchors, 'encode_batch.py');
  const name = target === 'cython' ? 'Brian2 Cython' : 'Brian2 C++';
  return {
    id: `brian-${target}`,
    title: name,
    slow: true,
    // BRUNEL-F32 is compared with Brian2 C++ on BRUNEL, whose one weight can only be faster.
    workloads: ['cuba', 'coba', 'brunel', ...(target === 'cpp' ? (['brunel-f32'] as const) : []), 'encode'],
    async run(workload, quick) {
      if (workload === 'encode') {
        const output = await printed(python, [replicas, target === 'cpp' ? 'brian-rep-cpp' : 'brian-rep']);
        return sampleOf(output, 0.1);
      }
      const model = workload === 'brunel-f32' ? 'brunel' : workload;
      const duration = model === 'brunel' ? (quick ? 100 : 300) : 1000;
      const folder = join(build, `brian-${model}`);
      return sampleOf(await printed(python, [program, model, target, '--ms', String(duration), '--dir', folder]), 0.1);
    },
  };
}

function encodePeer(python: string, anchors: string, system: 'brian-loop' | 'torch-dense', title: string): Peer {
  const images = system === 'brian-loop' ? ['--images', '10'] : [];
  return {
    id: system,
    title,
    slow: true,
    workloads: ['encode'],
    run: async () => sampleOf(await printed(python, [join(anchors, 'encode_batch.py'), system, ...images]), 0.1),
  };
}

export interface Yardsticks {
  readonly peers: readonly Peer[];
  /** What is not there, in words. */
  readonly missing: readonly string[];
}

/** Compiles and looks for what can be compared with. `build` is a folder for binaries, `digits` MNIST's test images. */
export function findYardsticks(root: string, build: string, digits: string): Yardsticks {
  const beside = join(root, '../shared/anchors');
  const anchors = existsSync(join(beside, 'floor.cpp')) ? beside : null;
  const missing: string[] = [];
  if (!anchors) {
    missing.push('The yardstick programs (../shared/anchors) are not beside the checkout: their column is left out.');
  }
  const peers: Peer[] = [];
  const floor = floorPeer(anchors, build, join(root, 'test/bench/yardsticks'), digits);
  if (floor) peers.push(floor);
  else missing.push('g++ is not there or fails: no C++ yardstick.');
  const brian = anchors && pythonWith('brian2');
  if (anchors && brian) {
    peers.push(brianNetworks(brian, anchors, 'cython', build), brianNetworks(brian, anchors, 'cpp', build));
    peers.push(encodePeer(brian, anchors, 'brian-loop', 'Brian2 loop'));
  } else if (anchors) {
    missing.push('No Python imports brian2 (Debian: python3-brian): its columns are left out.');
  }
  const torch = anchors && pythonWith('torch');
  if (anchors && torch) peers.push(encodePeer(torch, anchors, 'torch-dense', 'torch dense'));
  else if (anchors) missing.push('No Python imports torch (Debian: python3-torch): its column is left out.');
  return { peers, missing };
}
