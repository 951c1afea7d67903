/** After a run: reads the tables of all nodes, and writes the outputs of leaf nodes and of those named by `--save`. */
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
}

/** Nodes that nothing in the plan reads. */
function leavesOf(plan: RunPlan): ReadonlySet<NodeId> {
  const read = new Set(
    plan.steps.flatMap((step) => Object.values(step.inputs).flatMap((from) => from.map(({ node }) => node))),
  );
  return new Set(plan.steps.map((step) => step.node).filter((node) => !read.has(node)));
}

/** Rows of every table, by "node.port". A node that failed has none. */
export async function collectOutputs(at: Collection): Promise<Record<string, readonly TableRow[]>> {
  const leaves = leavesOf(at.plan);
  const tables: Record<string, readonly TableRow[]> = {};
  for (const step of at.plan.steps) {
    for (const [port, spec] of Object.entries(at.catalogue.get(step.type)?.outputs ?? {})) {
      const wanted =
        leaves.has(step.node) || at.saved.some((output) => output.node === step.node && output.port === port);
      const key = at.keys.get(step.node);
      if (!key || (!wanted && spec.kind !== 'table')) continue;
      const value = await at.engine.value(key, port);
      if (!value) continue;
      const name = `${step.node}.${port}`;
      if (value.kind === 'table') tables[name] = value.rows;
      if (at.out && wanted) await writeValue(at.out, name, value);
    }
  }
  return tables;
}
