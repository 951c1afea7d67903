/** Setting and resetting parameters. Values that the definition does not allow are refused, so that none enters the file. */
import { canonicalJson, type JsonObject, type JsonValue } from '../core/canonical-json';
import { formatNumber, withUnit } from '../core/units';
import { type Refusal, refuse } from '../core/validity';
import type { DocumentNode, PipelineDocument } from '../document/schema';
import type { AnyNode, Catalogue } from '../kit/define-node';
import { paramMeta } from '../kit/params';
import { checkParam, migrateParams } from './check-params';
import { inOrder, noNode, replaceNode } from './command-nodes';
import type { CommandPlan } from './commands';
import { graphIndex } from './graph-index';
import { nodeName } from './names';

export function planParams(
  document: PipelineDocument,
  id: string,
  changes: Readonly<Record<string, JsonValue | undefined>>,
  catalogue: Catalogue,
  preset?: string,
): CommandPlan | Refusal {
  const node = graphIndex(document).nodes.get(id);
  if (!node) return noNode(id);
  const name = nodeName(document, node, catalogue);
  const definition = catalogue.get(node.type);
  if (!definition) {
    return refuse(
      'node.unknown-type',
      `This version of Spikeloom does not know "${node.type}", so its parameters cannot be changed.`,
      'Update Spikeloom, or replace the node.',
    );
  }
  if (node.v > definition.version) {
    return refuse(
      'node.newer-version',
      `${name} was saved by a newer Spikeloom, so its parameters cannot be changed.`,
      'Update Spikeloom, or replace the node.',
    );
  }
  for (const [param, value] of Object.entries(changes)) {
    if (value === undefined) continue;
    const problem = checkParam(definition, param, value);
    if (problem) return refuse(problem.code, problem.reason, problem.cure);
  }
  const label = describeChange(definition, name, changes, preset);
  const changed = withParams(node, definition, changes);
  return { ok: true, edits: changed === node ? [] : replaceNode(document, node, changed), label };
}

/** A node of an older version is brought to the current one first: new values mean the current parameters. */
function withParams(
  node: DocumentNode,
  definition: AnyNode,
  changes: Readonly<Record<string, JsonValue | undefined>>,
): DocumentNode {
  const current = node.params as JsonObject;
  const params = node.v === definition.version ? current : migrateParams(definition, node.v, current);
  const differs = Object.entries(changes).some(([param, value]) => {
    const old = Object.hasOwn(params, param) ? params[param] : undefined;
    return value === undefined || old === undefined ? value !== old : canonicalJson(value) !== canonicalJson(old);
  });
  if (!differs) return node;
  const next = inOrder(params, Object.keys(definition.params), changes);
  return inOrder(node, ['id', 'type', 'v', 'params'], { v: definition.version, params: next });
}

function describeChange(
  definition: AnyNode,
  name: string,
  changes: Readonly<Record<string, JsonValue | undefined>>,
  preset: string | undefined,
): string {
  if (preset) return `Set ${name} to “${preset}”`;
  const entries = Object.entries(changes);
  const [only] = entries;
  if (entries.length !== 1 || !only) return `Set ${entries.length} parameters of ${name}`;
  const [param, value] = only;
  const schema = definition.params[param];
  const meta = schema && paramMeta(schema);
  const title = meta?.label ?? param;
  if (value === undefined) return `Reset ${title} of ${name}`;
  if (typeof value === 'number') return `Set ${title} to ${withUnit(formatNumber(value), meta?.unit)}`;
  const option = meta?.options?.find((each) => each.value === value);
  if (option) return `Set ${title} to ${option.label}`;
  return typeof value === 'boolean' ? `Switch ${title} ${value ? 'on' : 'off'}` : `Set ${title} of ${name}`;
}
