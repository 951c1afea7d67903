/**
 * The subgraphs of a document by id. A definition that cannot be used (another form, a wire to nowhere, one that holds
 * itself) is told with the reason and left in the file as it is.
 */
import { type PipelineDocument, type Subgraph, subgraphSchema } from '../schema';

type Defs = NonNullable<PipelineDocument['defs']>;

/** Ends of the wires inside a subgraph that lead to its own ports. */
export const inputsNode = '@inputs';
export const outputsNode = '@outputs';

const prefix = 'subgraph.';
export const subgraphType = (id: string): string => `${prefix}${id}`;
/** The definition that a node type means; null for ordinary types. */
export const subgraphOf = (type: string): string | null => (type.startsWith(prefix) ? type.slice(prefix.length) : null);

export interface Definitions {
  readonly byId: ReadonlyMap<string, Subgraph>;
  /** By id: why a definition cannot be used. */
  readonly broken: ReadonlyMap<string, string>;
}

const none: Definitions = { byId: new Map(), broken: new Map() };
const known = new WeakMap<Defs, Definitions>();
const checked = new WeakMap<object, string | null>();

export function definitionsOf({ defs }: Pick<PipelineDocument, 'defs'>): Definitions {
  if (!defs || defs.length === 0) return none;
  const made = known.get(defs);
  if (made) return made;
  const byId = new Map<string, Subgraph>();
  const broken = new Map<string, string>();
  for (const entry of defs) {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) continue;
    const id = (entry as { id?: unknown }).id;
    if (typeof id !== 'string') continue;
    const fault = byId.has(id) ? 'two subgraphs have its id' : faultOf(entry);
    if (fault === null) byId.set(id, entry as Subgraph);
    else broken.set(id, fault);
  }
  for (const id of [...byId.keys()]) {
    if (!holds(byId, id, id, new Set())) continue;
    broken.set(id, 'it holds itself');
  }
  for (const id of broken.keys()) byId.delete(id);
  const definitions = { byId, broken };
  known.set(defs, definitions);
  return definitions;
}

function faultOf(entry: object): string | null {
  const before = checked.get(entry);
  if (before !== undefined) return before;
  const fault = findFault(entry);
  checked.set(entry, fault);
  return fault;
}

function findFault(entry: object): string | null {
  // A clone has no symbols: zod's records would refuse the ones that hold the spelling.
  const read = subgraphSchema.safeParse(structuredClone(entry));
  if (!read.success) {
    const [issue] = read.error.issues;
    return `its "${issue?.path.join('.') ?? ''}" is not as it must be: ${issue?.message ?? 'unknown form'}`;
  }
  const { nodes, wires, inputs, outputs } = entry as Subgraph;
  const twice = (ids: readonly string[]): string | undefined => ids.find((id, i) => ids.indexOf(id) !== i);
  for (const [what, list] of [
    ['nodes', nodes],
    ['wires', wires],
    ['inputs', inputs],
    ['outputs', outputs],
  ] as const) {
    const double = twice(list.map(({ id }) => id));
    if (double !== undefined) return `two of its ${what} have the id "${double}"`;
  }
  const ids = new Set(nodes.map(({ id }) => id));
  for (const { id, from, to } of wires) {
    const starts = from.node === inputsNode ? inputs.some((port) => port.id === from.port) : ids.has(from.node);
    const ends = to.node === outputsNode ? outputs.some((port) => port.id === to.port) : ids.has(to.node);
    if (!starts || !ends) {
      const end = starts ? to : from;
      return `its wire "${id}" ${starts ? 'goes to' : 'comes from'} "${end.node}" "${end.port}", which is not in it`;
    }
  }
  return null;
}

/** Whether the subgraph `at` has an instance of `sought` in it, at any depth. */
function holds(byId: ReadonlyMap<string, Subgraph>, at: string, sought: string, seen: Set<string>): boolean {
  for (const { type } of byId.get(at)?.nodes ?? []) {
    const inner = subgraphOf(type);
    if (inner === null) continue;
    if (inner === sought) return true;
    if (seen.has(inner)) continue;
    seen.add(inner);
    if (holds(byId, inner, sought, seen)) return true;
  }
  return false;
}

/** Ids of the definitions that instances among `nodes` need, at any depth. */
export function definitionsUsed(
  { byId }: Definitions,
  nodes: readonly { readonly type: string }[],
): ReadonlySet<string> {
  const used = new Set<string>();
  const open = [...nodes];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const id = subgraphOf(node.type);
    if (id === null || used.has(id)) continue;
    used.add(id);
    open.push(...(byId.get(id)?.nodes ?? []));
  }
  return used;
}
