/**
 * Whose file it is, where one is no pipeline of ours: the few JSON files that people who work with node editors have lying
 * about. Only for the message; nothing is imported from them. Each is known by fields that its own program always writes.
 */
import type { JsonValue } from '../core/canonical-json';

type Fields = { readonly [key: string]: JsonValue };

const isObject = (value: JsonValue | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);
const has = (value: JsonValue | undefined, ...keys: readonly string[]): boolean =>
  isObject(value) && keys.every((key) => Object.hasOwn(value, key));

/** "a ComfyUI workflow"; null where it is none of those known. */
export function foreignKind(value: JsonValue): string | null {
  if (isList(value)) {
    const nodes = value.filter((entry) => has(entry, 'id', 'type'));
    return nodes.length > 0 && nodes.some((entry) => has(entry, 'wires') || has(entry, 'z')) ? 'a Node-RED flow' : null;
  }
  if (!isObject(value)) return null;
  if (has(value, 'last_node_id', 'nodes', 'links')) return 'a ComfyUI workflow';
  const entries = Object.values(value);
  if (entries.length > 0 && entries.every((entry) => has(entry, 'class_type', 'inputs'))) return 'a ComfyUI prompt';
  if (has(value, 'exposedFields', 'nodes', 'edges')) return 'an InvokeAI workflow';
  if (has(value['content'], 'nodes', 'edges') && has(value, 'version')) return 'a chaiNNer chain';
  if (has(value, 'nbformat', 'cells')) return 'a Jupyter notebook';
  if (has(value, 'dependencies') || has(value, 'devDependencies') || has(value, 'lockfileVersion'))
    return 'a file of a JavaScript package';
  if (value['type'] === 'FeatureCollection') return 'a GeoJSON map';
  if (has(value, 'app', 'library') && value['app'] === 'spikeloom') return 'the list of contents of a library archive';
  return null;
}
