/** The balance verdict of a network for each g: pipelines/balanced-three-states.json with another ratio of efficacies. */
import type { Sizes } from '../balanced-decoding/sizes';
import type { Job, ReadOutput } from '../session';

export interface State {
  /** Measured values by test of analysis.balance (a to e); null where a silent network has none. */
  readonly values: Readonly<Record<string, number | null>>;
  readonly failed: readonly string[];
}

const node = 'balancedVerdict';

export function stateJob(g: number, graph: number, sizes: Sizes): Job {
  const seeds = ['seedNetwork', 'seedInput', 'seedInit'].map((name) => `${name}=${graph}`);
  const small = sizes.name === 'miniature' ? ['nExc=144', 'nInh=36', 'jExc=1', 'trials=1', 'recordNeurons=4'] : [];
  return {
    pipeline: 'balanced-three-states',
    settings: [`inhExcRatio=${g}`, ...seeds, ...small].map((setting) => `balanced.${setting}`),
    targets: [node],
  };
}

export async function stateOf(read: ReadOutput): Promise<State> {
  const table = await read(node, 'table');
  if (table.kind !== 'table') throw new Error(`Expected table, got ${table.kind}.`);
  const tests = table.rows.filter((row) => row['result'] === 'pass' || row['result'] === 'fail');
  return {
    values: Object.fromEntries(
      tests.map((row) => [String(row['test']), typeof row['value'] === 'number' ? row['value'] : null]),
    ),
    failed: tests.filter((row) => row['result'] === 'fail').map((row) => String(row['name'])),
  };
}
