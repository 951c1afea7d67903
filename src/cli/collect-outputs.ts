/** After a run: reads the tables of all nodes, and writes the outputs of leaf nodes and of those named by `--save`. */
import { type Failure, toFailure } from '../core/errors';
import type { ContentKey, NodeId } from '../core/ids';
import type { Catalogue } from '../kit/define-node';
import type { TableRow } from '../kit/values';
import type { Engine } from '../scheduler/engine';
import type { RunPlan } from '../scheduler/protocol';
import { writeValue } from './write-outputs';

export interface Output {
  readonly node: NodeId;
  readonly port: string;
}

export interface Collection {
  readonly engine: Engine;
  readonly catalogue: Catalogue;
  readonly plan: RunPlan;
  readonly keys: ReadonlyMap<string, ContentKey>;
  readonly saved: readonly Output[];
  /** Folder to write to; nothing is written without it. */
  readonly out: string | undefined;
  /** The file that ran, settings included. */
  readonly pipeline: string;
}

/** Nodes that nothing in the plan reads. */
function leavesOf(plan: RunPlan): ReadonlySet<NodeId> {
  const read = new Set(
    plan.steps.flatMap((step) => Object.values(step.inputs).flatMap((from) => from.map(({ node }) => node))),
  );
  return new Set(plan.steps.map((step) => step.node).filter((node) => !read.has(node)));
}

export interface Collected {
  /** Rows of every table, by "node.port". A node that failed has none. */
  readonly tables: Readonly<Record<string, readonly TableRow[]>>;
  /** Outputs that were asked for and cannot be had although their node did not fail. */
  readonly lost: readonly Failure[];
}

/** `isDone`: nodes that the run executed or found stored; of the others nothing is expected. */
export async function collectOutputs(at: Collection, isDone: (node: NodeId) => boolean): Promise<Collected> {
  const leaves = leavesOf(at.plan);
  const tables: Record<string, readonly TableRow[]> = {};
  const lost: Failure[] = [];
  for (const step of at.plan.steps) {
    for (const [port, spec] of Object.entries(at.catalogue.get(step.type)?.outputs ?? {})) {
      const wanted =
        leaves.has(step.node) || at.saved.some((output) => output.node === step.node && output.port === port);
      const key = at.keys.get(step.node);
      if (!key || (!wanted && spec.kind !== 'table')) continue;
      const value = await at.engine.value(key, port);
      const name = `${step.node}.${port}`;
      if (value?.kind === 'table') tables[name] = value.rows;
      if (!wanted || !isDone(step.node)) continue;
      if (!value) lost.push(lostOutput(step.node, port));
      else if (at.out) {
        // Spikes are read from the store while they are written.
        await writeValue(at.out, name, value, at.pipeline).catch((thrown) =>
          lost.push(toFailure(thrown, { node: step.node, port })),
        );
      }
    }
  }
  return { tables, lost };
}

const lostOutput = (node: NodeId, port: string): Failure => ({
  kind: 'cache',
  code: 'output.lost',
  message: 'This result was made but can no longer be read from the store.',
  node,
  port,
  cure: 'Run again; if it happens again, name another folder with --cache or raise the space it may take.',
});
