/** The record of a finished run for the library: what ran, with which seeds, on what, with which scores. Never changed later. */
import type { JsonObject, JsonValue } from '../core/canonical-json';
import type { ContentKey } from '../core/ids';
import { serialisePipeline } from '../document/serialise-pipeline';
import type { Catalogue } from '../kit/define-node';
import { paramMeta } from '../kit/params';
import type { PortValue } from '../kit/values';
import type { RunRecord } from '../library/library';
import type { BackendInfo, RunPlan } from '../scheduler/protocol';
import type { NodeRun } from './run-state';
import type { FinishedRun } from './runner';

/** By "node.param": every parameter that is a seed. */
function seedsOf(plan: RunPlan, catalogue: Catalogue): Record<string, number> {
  const seeds: Record<string, number> = {};
  for (const { node, type, params } of plan.steps) {
    for (const [name, schema] of Object.entries(catalogue.get(type)?.params ?? {})) {
      const value = params[name];
      if (paramMeta(schema).widget === 'seed' && typeof value === 'number') seeds[`${node}.${name}`] = value;
    }
  }
  return seeds;
}

function describeNode(run: NodeRun | undefined): JsonObject {
  if (!run) return { state: 'skipped' };
  const base = { state: run.phase, ...('key' in run && run.key ? { key: run.key } : {}) };
  if (run.phase === 'failed') return { ...base, error: run.failure.message };
  if (run.phase === 'executed' || run.phase === 'stored')
    return { ...base, ms: Math.round(run.ms), reason: run.reason };
  return base;
}

export interface RecordSources {
  readonly nodes: Readonly<Record<string, NodeRun>>;
  readonly backend: BackendInfo | null;
  readonly catalogue: Catalogue;
  readonly value: (key: ContentKey, port: string) => Promise<PortValue | null>;
}

export async function runRecord(finished: FinishedRun, sources: RecordSources): Promise<RunRecord> {
  const { nodes, backend, catalogue, value } = sources;
  const metrics: Record<string, JsonValue> = {};
  for (const { node, type } of finished.plan.steps) {
    const run = nodes[node];
    if (run?.phase !== 'executed' && run?.phase !== 'stored') continue;
    for (const [port, { kind }] of Object.entries(catalogue.get(type)?.outputs ?? {})) {
      if (kind !== 'table' || !type.startsWith('metric.')) continue;
      const table = await value(run.key, port);
      // Per-item tables can be found again by key; the record keeps the summaries.
      if (table?.kind === 'table' && table.rows.length <= 50) metrics[`${node}.${port}`] = table.rows as JsonValue;
    }
  }
  return {
    id: finished.id,
    documentId: finished.documentId,
    documentHash: finished.plan.documentHash,
    title: finished.document.title,
    text: serialisePipeline(finished.document),
    started: finished.started,
    ms: Math.round(finished.ms),
    outcome: finished.outcome,
    backend: backend ? { name: backend.name, reason: backend.reason } : null,
    seeds: seedsOf(finished.plan, catalogue),
    nodes: Object.fromEntries(finished.plan.steps.map(({ node }) => [node, describeNode(nodes[node])])),
    metrics,
    versions: Object.fromEntries(finished.plan.steps.map(({ type, version }) => [type, String(version)])),
  };
}
