/**
 * The same measurements in a browser's worker. The page posts commands one at a time; each is
 * answered with its result and the wall-clock seconds it took.
 */
import { type PreparedWorkload, prepareWorkload } from './our-workloads';
import { LargeNetwork } from './start-up';
import type { WorkloadId } from './workloads';

export type WorkerCommand =
  | { readonly kind: 'prepare'; readonly id: WorkloadId; readonly digits: string }
  | { readonly kind: 'start' | 'run' | 'outcome' | 'ready' | 'wire' | 'fire' };

let prepared: PreparedWorkload | null = null;
const large = new LargeNetwork();

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

async function answer(command: WorkerCommand): Promise<unknown> {
  if (command.kind === 'ready') return null;
  if (command.kind === 'wire') return large.wire();
  if (command.kind === 'fire') return large.fire();
  if (command.kind === 'prepare') {
    prepared = await prepareWorkload(command.id, bytesOf(command.digits));
    return prepared.trials;
  }
  if (!prepared) throw new Error('prepare comes first.');
  if (command.kind === 'start') return prepared.start();
  if (command.kind === 'outcome') return prepared.outcome();
  return prepared.run();
}

self.onmessage = async ({ data }: MessageEvent<WorkerCommand>) => {
  try {
    const from = performance.now();
    const value = await answer(data);
    self.postMessage({ value, seconds: (performance.now() - from) / 1000 });
  } catch (error) {
    self.postMessage({ failure: String(error) });
  }
};
