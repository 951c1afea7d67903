/** The headless runner as a process, and a pipeline that takes a second. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));

export function spikeloom(args: readonly string[], cwd = root): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [join(root, 'src/tools/spikeloom.mjs'), ...args], { cwd, encoding: 'utf8' });
}

export interface Report {
  readonly status: string;
  readonly backend: string;
  readonly nodes: Record<
    string,
    { type: string; state: string; reason: string; ms: number; error?: { code: string; port?: string } }
  >;
  readonly tables: Record<string, Record<string, unknown>[]>;
  readonly problems?: { code: string; message: string }[];
}

export const report = ({ stdout }: SpawnSyncReturns<string>): Report => JSON.parse(stdout) as Report;
export const states = (of: Report): Record<string, string> =>
  Object.fromEntries(Object.entries(of.nodes).map(([id, { state }]) => [id, state]));

/** Random spikes of a few digits, read out as features: nothing is trained, nothing needs tensors. */
export const quickPipeline = (images: Record<string, unknown> = { trainCount: 4, testCount: 2 }): string =>
  JSON.stringify({
    schema: 1,
    app: 'spikeloom',
    id: 'quick',
    title: 'Quick',
    nodes: [
      { id: 'images', type: 'source.images', v: 1, params: images },
      { id: 'encoder', type: 'encoder.poisson', v: 1, params: {} },
      { id: 'readout', type: 'spikes.readout', v: 1, params: {} },
    ],
    wires: [
      { id: 'a', from: { node: 'images', port: 'images' }, to: { node: 'encoder', port: 'drive' } },
      { id: 'b', from: { node: 'encoder', port: 'spikes' }, to: { node: 'readout', port: 'spikes' } },
    ],
  });
