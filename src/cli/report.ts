/** What a run reports: the object that `--json` prints, and run.json with everything needed to repeat it. */
import type { Failure } from '../core/errors';
import type { ContentKey } from '../core/ids';
import type { Catalogue } from '../kit/define-node';
import { paramMeta } from '../kit/params';
import type { TableRow } from '../kit/values';
import type { BackendInfo, RunEvent, RunOutcome, RunPlan } from '../scheduler/protocol';

export interface NodeReport {
  readonly type: string;
  readonly state: 'executed' | 'stored' | 'skipped' | 'failed';
  readonly reason: string;
  readonly ms: number;
  readonly error?: Failure;
}

export interface RunReport {
  readonly status: RunOutcome;
  readonly backend: string | null;
  readonly nodes: Readonly<Record<string, NodeReport>>;
  readonly tables: Readonly<Record<string, readonly TableRow[]>>;
}

/** Gathers a report from the events of one run. */
export class ReportBuilder {
  private readonly nodes = new Map<string, NodeReport>();
  private readonly types: ReadonlyMap<string, string>;
  readonly keys = new Map<string, ContentKey>();
  private readonly numeric = new Map<string, string>();
  /** What went wrong without failing a node: a cache that cannot be used, a lost device. In the order told. */
  readonly notices: string[] = [];
  backend: BackendInfo | null = null;

  constructor(plan: RunPlan) {
    this.types = new Map(plan.steps.map((step) => [step.node, step.type]));
  }

  take(event: RunEvent): void {
    if (event.type === 'backend') this.backend = event.backend;
    else if (event.type === 'notice') this.notices.push(event.node ? `${event.node}: ${event.message}` : event.message);
    else if (event.type === 'planned') {
      for (const [node, verdict] of Object.entries(event.report.steps)) {
        if (verdict.key) this.keys.set(node, verdict.key);
        if (verdict.numeric) this.numeric.set(node, verdict.numeric);
      }
    } else if (event.type === 'finished')
      this.set(event.node, { state: event.state, reason: event.reason, ms: event.ms });
    else if (event.type === 'failed') {
      this.set(event.node, { state: 'failed', reason: event.failure.message, ms: 0, error: event.failure });
    } else if (event.type === 'blocked')
      this.set(event.node, { state: 'skipped', reason: `${event.by} failed`, ms: 0 });
    else if (event.type === 'cancelled') this.set(event.node, { state: 'skipped', reason: 'cancelled', ms: 0 });
  }

  /** Nodes of the document that the plan leaves out, and why. */
  leaveOut(nodes: readonly { readonly id: string; readonly type: string; readonly reason: string }[]): void {
    for (const { id, type, reason } of nodes) this.nodes.set(id, { type, state: 'skipped', reason, ms: 0 });
  }

  /** Kernels and backends, with their versions, that the results of this run were made with. */
  numericModes(): string[] {
    return [...new Set(this.numeric.values())].filter((mode) => mode !== 'exact').sort();
  }

  /** Executed in this run, or answered by the store. */
  isDone(node: string): boolean {
    const state = this.nodes.get(node)?.state;
    return state === 'executed' || state === 'stored';
  }

  /** An output of a node that did not fail by itself cannot be had. */
  lose(failure: Failure): void {
    if (failure.node) this.set(failure.node, { state: 'failed', reason: failure.message, ms: 0, error: failure });
  }

  report(status: RunOutcome, tables: RunReport['tables']): RunReport {
    return { status, backend: this.backend?.name ?? null, nodes: Object.fromEntries(this.nodes), tables };
  }

  private set(node: string, entry: Omit<NodeReport, 'type'>): void {
    this.nodes.set(node, { type: this.types.get(node) ?? '', ...entry });
  }
}

/** The seeds used, by node and parameter. */
export function seedsOf(plan: RunPlan, catalogue: Catalogue): Record<string, number> {
  const seeds: Record<string, number> = {};
  for (const step of plan.steps) {
    for (const [name, schema] of Object.entries(catalogue.get(step.type)?.params ?? {})) {
      const value = step.params[name];
      if (paramMeta(schema).widget === 'seed' && typeof value === 'number') seeds[`${step.node}.${name}`] = value;
    }
  }
  return seeds;
}
