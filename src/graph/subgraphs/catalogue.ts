/**
 * The catalogue with the subgraphs of a document in it: an instance is judged, wired, named and set like any other node.
 * Only its inference and its running are elsewhere, since both happen after expansion.
 */
import type { JsonValue } from '../../core/canonical-json';
import { refuse } from '../../core/validity';
import { z } from '../../core/zod';
import type { PipelineDocument, PromotedParam, Subgraph, SubgraphPort } from '../../document/schema';
import { boundaryType, definitionsOf, subgraphAt, subgraphType } from '../../document/subgraphs';
import type { AnyNode, Catalogue, InputSpec, OutputSpec } from '../../kit/define-node';
import { type ParamMeta, paramMeta } from '../../kit/params';
import type { PortKind } from '../../kit/port-type';

type Defs = NonNullable<PipelineDocument['defs']>;
const none: Defs = [];
const made = new WeakMap<Catalogue, WeakMap<Defs, Catalogue>>();

/** The same object for the same definitions; the catalogue itself where a document has none. */
export function catalogueFor(document: Pick<PipelineDocument, 'defs'>, catalogue: Catalogue): Catalogue {
  const defs = document.defs ?? none;
  if (defs.length === 0) return catalogue;
  const known = made.get(catalogue) ?? new WeakMap<Defs, Catalogue>();
  made.set(catalogue, known);
  const before = known.get(defs);
  if (before) return before;
  const all = new Map(catalogue);
  // Those that others hold come first: a promoted parameter may belong to an instance inside.
  const open = [...definitionsOf(document).byId.values()];
  for (let turn = 0; turn <= definitionsOf(document).byId.size; turn++)
    for (const definition of open) all.set(subgraphType(definition.id), instanceNode(definition, all));
  for (const definition of open)
    for (const side of ['inputs', 'outputs'] as const)
      all.set(boundaryType(side, definition.id), boundaryNode(side, definition));
  known.set(defs, all);
  return all;
}

const instances = new WeakMap<Subgraph, { readonly params: readonly unknown[]; readonly node: AnyNode }>();

function instanceNode(definition: Subgraph, catalogue: Catalogue): AnyNode {
  const promoted = (definition.params ?? []).flatMap((each) => {
    const schema = promotedSchema(definition, each, catalogue);
    return schema ? [[each.id, schema] as const] : [];
  });
  const known = instances.get(definition);
  if (
    known &&
    sameList(
      known.params,
      promoted.map(([, schema]) => schema),
    )
  )
    return known.node;
  const count = definition.nodes.length;
  const size = count === 1 ? '1 node' : `${count} nodes`;
  const node: AnyNode = {
    type: subgraphType(definition.id),
    version: 1,
    title: definition.name || definition.id,
    inputs: Object.fromEntries(definition.inputs.map((port) => [port.id, inputSpec(port)])),
    outputs: Object.fromEntries(definition.outputs.map((port) => [port.id, outputSpec(port)])),
    params: Object.fromEntries(promoted),
    ...(definition.through ? { bypass: definition.through } : {}),
    docs: {
      summary: definition.help || `A subgraph of ${size}.`,
      description: ['It stands for the nodes inside: they run, are stored and are found again one by one.'],
      references: [],
      keywords: ['subgraph'],
    },
    numerics: 'exact',
    keyInfo: () => `Subgraph of ${size}`,
    infer: () => refuse('subgraph.not-expanded', 'A subgraph has no types of its own.', 'Ask what is inside.'),
    compute: () => Promise.reject(new Error('A subgraph is expanded before it is run.')),
  };
  instances.set(definition, { params: promoted.map(([, schema]) => schema), node });
  return node;
}

const sameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((entry, i) => entry === b[i]);

const inputSpec = ({ name, kind, optional = false }: SubgraphPort): InputSpec => ({
  kinds: [kind as PortKind],
  label: name,
  help: `Leads into the subgraph.`,
  optional,
});
const outputSpec = ({ name, kind }: SubgraphPort): OutputSpec => ({
  kind: kind as PortKind,
  label: name,
  help: 'Comes out of the subgraph.',
});

const schemas = new WeakMap<z.ZodType, Map<string, z.ZodType>>();

/** The inner parameter's schema, with the value inside as its default. Undefined if there is no such parameter. */
function promotedSchema(
  definition: Subgraph,
  { node: id, param, label }: PromotedParam,
  catalogue: Catalogue,
): z.ZodType | undefined {
  const node = definition.nodes.find((entry) => entry.id === id);
  const inner = node && catalogue.get(node.type)?.params[param];
  if (!node || !(inner instanceof z.ZodDefault)) return undefined;
  const value = Object.hasOwn(node.params, param) ? node.params[param] : undefined;
  const checked = inner.safeParse(value);
  const fallback = (checked.success ? checked.data : inner.parse(undefined)) as JsonValue;
  const known = schemas.get(inner) ?? new Map<string, z.ZodType>();
  schemas.set(inner, known);
  const key = JSON.stringify([fallback, label ?? '']);
  const before = known.get(key);
  if (before) return before;
  const { visibleWhen: _, group: __, ...meta } = paramMeta(inner);
  const shown: ParamMeta = { ...meta, advanced: false, label: label || meta.label };
  const schema = (inner.unwrap() as z.ZodType)
    .default(fallback as never)
    .meta({ title: shown.label, description: shown.help, spikeloom: shown });
  known.set(key, schema);
  return schema;
}

/** The ports of a subgraph as seen from inside: its inputs give, its outputs take. */
function boundaryNode(side: 'inputs' | 'outputs', definition: Subgraph): AnyNode {
  const isInputs = side === 'inputs';
  return {
    type: boundaryType(side, definition.id),
    version: 1,
    title: isInputs ? 'Inputs' : 'Outputs',
    inputs: isInputs
      ? {}
      : Object.fromEntries(definition.outputs.map((port) => [port.id, { ...inputSpec(port), optional: true }])),
    outputs: isInputs ? Object.fromEntries(definition.inputs.map((port) => [port.id, outputSpec(port)])) : {},
    params: {},
    docs: {
      summary: isInputs ? 'What comes into this subgraph.' : 'What this subgraph gives.',
      description: ['One port for each port on the outside. Wires between here and the nodes say what each one means.'],
      references: [],
    },
    numerics: 'exact',
    infer: () => refuse('subgraph.not-expanded', 'A port has no types of its own.', 'Ask what is wired to it.'),
    compute: () => Promise.reject(new Error('The ports of a subgraph are not run.')),
  };
}

/** A catalogue that always has the subgraphs of the document that is open. Lists leave the ports out. */
export function openCatalogue(catalogue: Catalogue, document: () => PipelineDocument): Catalogue {
  const now = (): Catalogue => catalogueFor(document(), catalogue);
  const listed = (): Map<string, AnyNode> => {
    // A subgraph cannot be put into itself.
    const inside = subgraphAt(document())?.id;
    const hidden = (type: string) =>
      type.startsWith('boundary.') || (inside !== undefined && type === subgraphType(inside));
    return new Map([...now()].filter(([type]) => !hidden(type)));
  };
  return {
    get: (type) => now().get(type),
    has: (type) => now().has(type),
    get size() {
      return listed().size;
    },
    keys: () => listed().keys(),
    values: () => listed().values(),
    entries: () => listed().entries(),
    forEach: (visit) => {
      for (const [type, node] of listed()) visit(node, type, now());
    },
    [Symbol.iterator]: () => listed()[Symbol.iterator](),
  };
}
