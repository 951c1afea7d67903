/** The same measurements in a browser's worker. The page posts commands one at a time; each is answered with its result. */
import { type PreparedWorkload, prepareWorkload } from './our-workloads';
import { measureStartUp } from './start-up';
import type { WorkloadId } from './workloads';

export type WorkerCommand =
  | { readonly kind: 'prepare'; readonly id: WorkloadId; readonly digits: string }
  | { readonly kind: 'start' | 'run' | 'outcome' | 'start-up' };

let prepared: PreparedWorkload | null = null;

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

async function answer(command: WorkerCommand): Promise<unknown> {
  if (command.kind === 'start-up') return measureStartUp(() => performance.now() / 1000);
  if (command.kind === 'prepare') {
    prepared = await prepareWorkload(command.id, bytesOf(command.digits));
    return prepared.trials;
  }
  if (!prepared) throw new Error('prepare comes first.');
  if (command.kind === 'start') return prepared.start();
  if (command.kind === 'outcome') return prepared.outcome();
  const from = performance.now();
  prepared.run();
  return (performance.now() - from) / 1000;
}

self.onmessage = async ({ data }: MessageEvent<WorkerCommand>) => {
  try {
    self.postMessage({ value: await answer(data) });
  } catch (error) {
    self.postMessage({ failure: String(error) });
  }
};
