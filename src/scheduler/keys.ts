/**
 * Merkle keys: a result is named by everything that can change it (node type and version, parameters that matter, used
 * seeds among them, numeric mode, and the keys of its inputs in port order), never by node names, order or positions.
 */
import type { JsonObject, JsonValue } from '../core/canonical-json';
import { hashValue } from '../core/hash';
import { type ContentKey, contentKey } from '../core/ids';
import type { AnyNode } from '../kit/define-node';
import { paramMeta } from '../kit/params';

/** What a key is the hash of; kept so that two of them can be compared and a re-run explained. */
export interface KeyParts {
  readonly type: string;
  readonly version: number;
  readonly params: JsonObject;
  /** "exact", or the kernel or backend with its versions. */
  readonly numeric: string;
  /** By input port: "key/port" of each source, in wire order. */
  readonly inputs: Readonly<Record<string, readonly string[]>>;
}

export interface Keyed {
  readonly parts: KeyParts;
  readonly key: ContentKey;
  /** The key without continuation parameters: checkpoints of all extents lie under it. */
  readonly lineage: string;
}

function pick(definition: AnyNode, params: JsonObject, keep: 'result' | 'lineage'): JsonObject {
  const kept: Record<string, JsonValue> = {};
  for (const [name, schema] of Object.entries(definition.params)) {
    const meta = paramMeta(schema);
    const value = params[name];
    if (!meta.matters || value === undefined || (keep === 'lineage' && meta.extends)) continue;
    kept[name] = value;
  }
  return kept;
}

export async function keyOf(
  definition: AnyNode,
  params: JsonObject,
  inputs: KeyParts['inputs'],
  numeric: string,
): Promise<Keyed> {
  const parts = {
    type: definition.type,
    version: definition.version,
    params: pick(definition, params, 'result'),
    numeric,
    inputs,
  };
  const key = contentKey(await hashValue(parts));
  const lineage = await hashValue({ ...parts, params: pick(definition, params, 'lineage') });
  return { parts, key, lineage };
}

const show = (value: JsonValue | undefined): string => (value === undefined ? 'absent' : JSON.stringify(value));

/** In words, why a node with `now` cannot use the result made with `before`. */
export function explainChange(before: KeyParts | null, now: KeyParts): string {
  if (!before || before.type !== now.type) return 'never run';
  if (before.version !== now.version) return `the node's version changed (${before.version} to ${now.version})`;
  const names = [...new Set([...Object.keys(before.params), ...Object.keys(now.params)])];
  const changed = names.filter((name) => JSON.stringify(before.params[name]) !== JSON.stringify(now.params[name]));
  if (changed.length > 0) {
    const list = changed
      .slice(0, 3)
      .map((name) => `${name} (${show(before.params[name])} to ${show(now.params[name])})`);
    const more = changed.length > 3 ? ` and ${changed.length - 3} more` : '';
    return `${changed.length === 1 ? 'parameter' : 'parameters'} ${list.join(', ')}${more} changed`;
  }
  const ports = [...new Set([...Object.keys(before.inputs), ...Object.keys(now.inputs)])];
  const rewired = ports.filter((port) => JSON.stringify(before.inputs[port]) !== JSON.stringify(now.inputs[port]));
  if (rewired.length > 0) return `${rewired.length === 1 ? 'input' : 'inputs'} ${rewired.join(', ')} changed`;
  if (before.numeric !== now.numeric) return `the backend changed (${before.numeric} to ${now.numeric})`;
  return 'its stored result was evicted, damaged or incomplete';
}
