/** The processes that are measured, each alive for the whole run and asked one question at a time. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import type { Sample, SystemId, WorkloadId } from './workloads';

/** A question that takes longer than this ends the run. */
const patience = 900_000;

export class MeasuredSystem {
  private readonly process: ChildProcess;
  private readonly lines: Interface;

  constructor(
    readonly id: SystemId,
    command: string,
    args: readonly string[],
    more: Readonly<Record<string, string>> = {},
  ) {
    const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1', ...more };
    this.process = spawn(command, [...args], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    if (!this.process.stdout) throw new Error(`${id} gives no answers.`);
    this.lines = createInterface({ input: this.process.stdout });
  }

  ask(workload: WorkloadId, seconds: number, sizes: readonly number[]): Promise<Sample> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => end(() => reject(new Error(`${this.id} did not answer on ${workload}.`))),
        patience,
      );
      const gone = () => end(() => reject(new Error(`${this.id} ended on ${workload}.`)));
      const answer = (line: string) => end(() => resolve(JSON.parse(line) as Sample));
      const end = (then: () => void) => {
        clearTimeout(timer);
        this.process.off('exit', gone);
        this.lines.off('line', answer);
        then();
      };
      this.process.once('exit', gone);
      this.lines.once('line', answer);
      // torch is told the sizes of a product; our own processes know them by name.
      this.process.stdin?.write(`${[workload, seconds, ...(this.id.startsWith('torch') ? sizes : [])].join(' ')}\n`);
    });
  }

  close(): void {
    this.process.kill();
  }
}

/** A Python that imports torch, or null. */
export function pythonWithTorch(): { readonly command: string; readonly version: string } | null {
  for (const command of [process.env['SPIKELOOM_PYTHON'], 'python3', '/usr/bin/python3']) {
    if (!command) continue;
    const asked = spawnSync(command, ['-c', 'import torch; print(torch.__version__)'], { encoding: 'utf8' });
    if (asked.status === 0) return { command, version: asked.stdout.trim() };
  }
  return null;
}
