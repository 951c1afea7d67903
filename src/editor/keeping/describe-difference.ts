/** The difference of two versions as lines for people: what was added, removed or changed, and each field before and after. */
import type { JsonValue } from '../../core/canonical-json';
import { formatNumber, withUnit } from '../../core/units';
import type { DocumentNode, DocumentWire, PipelineDocument } from '../../document/schema';
import type { DocumentDifference } from '../../graph/document-difference';
import { graphIndex } from '../../graph/graph-index';
import type { FieldChange } from '../../graph/json-difference';
import { nodeName } from '../../graph/names';
import { catalogueFor } from '../../graph/subgraphs/catalogue';
import type { Catalogue } from '../../kit/define-node';
import { paramMeta } from '../../kit/params';

export interface FieldRow {
  readonly label: string;
  readonly before: string;
  readonly after: string;
}
export interface DifferenceRow {
  readonly id: string;
  readonly mark: 'added' | 'removed' | 'changed';
  /** "node", "wire" or "pipeline". */
  readonly what: 'node' | 'wire' | 'pipeline';
  readonly text: string;
  /** The node to show on the canvas; null for what is no node. */
  readonly node: string | null;
  readonly fields: readonly FieldRow[];
}

const textLimit = 120;
const short = (text: string): string => (text.length > textLimit ? `${text.slice(0, textLimit - 1)}…` : text);

function show(value: JsonValue | undefined, unit?: string): string {
  if (value === undefined) return 'not set';
  if (typeof value === 'number') return withUnit(formatNumber(value, 6), unit);
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return short(typeof value === 'string' ? value : JSON.stringify(value));
}

const fieldNames: Readonly<Record<string, string>> = {
  label: 'Name',
  mode: 'Mode',
  v: 'Version of the node type',
  type: 'Type',
  title: 'Title',
  description: 'Description',
  order: 'Place among the wires',
};

function fieldRow({ path, before, after }: FieldChange): FieldRow {
  const [first = ''] = path;
  const label = path.length === 1 ? (fieldNames[first] ?? first) : path.join('.');
  return { label, before: show(before), after: show(after) };
}

function paramRow(change: FieldChange, node: DocumentNode | undefined, catalogue: Catalogue): FieldRow {
  const [slot, name = ''] = change.path;
  const params = node && catalogue.get(node.type)?.params;
  const schema =
    slot === 'params' && change.path.length === 2 && params && Object.hasOwn(params, name) ? params[name] : null;
  if (!schema) return fieldRow(change);
  const { label, unit, options } = paramMeta(schema);
  const text = (value: JsonValue | undefined): string => {
    if (value === undefined) return `${text((schema.safeParse(undefined).data ?? null) as JsonValue)} (default)`;
    return options?.find((option) => option.value === value)?.label ?? show(value, unit);
  };
  return { label, before: text(change.before), after: text(change.after) };
}

export function describeDifference(
  before: PipelineDocument,
  after: PipelineDocument,
  difference: DocumentDifference,
  catalogue: Catalogue,
): readonly DifferenceRow[] {
  const nameIn = (document: PipelineDocument, id: string): string => {
    const node = graphIndex(document).nodes.get(id);
    return node ? nodeName(document, node, catalogueFor(document, catalogue)) : id;
  };
  const portName = (
    document: PipelineDocument,
    { node, port }: DocumentWire['to'],
    side: 'inputs' | 'outputs',
  ): string => {
    const type = graphIndex(document).nodes.get(node)?.type;
    return (type && catalogueFor(document, catalogue).get(type)?.[side][port]?.label) ?? port;
  };
  const wireText = (document: PipelineDocument, { from, to }: DocumentWire): string =>
    `${nameIn(document, from.node)}, ${portName(document, from, 'outputs')} → ${nameIn(document, to.node)}, ${portName(document, to, 'inputs')}`;
  const node = (document: PipelineDocument, mark: 'added' | 'removed', each: DocumentNode): DifferenceRow => ({
    id: `node ${mark} ${each.id}`,
    mark,
    what: 'node',
    text: nameIn(document, each.id),
    node: each.id,
    fields: [],
  });
  const wire = (document: PipelineDocument, mark: 'added' | 'removed', each: DocumentWire): DifferenceRow => ({
    id: `wire ${mark} ${each.id}`,
    mark,
    what: 'wire',
    text: wireText(document, each),
    node: null,
    fields: [],
  });
  const { nodes, wires, fields } = difference;
  return [
    ...nodes.added.map((each) => node(after, 'added', each)),
    ...nodes.removed.map((each) => node(before, 'removed', each)),
    ...nodes.changed.map(({ id, changes }): DifferenceRow => {
      const now = graphIndex(after).nodes.get(id);
      const rows = changes.map((change) => paramRow(change, now, catalogue));
      return { id: `node ${id}`, mark: 'changed', what: 'node', text: nameIn(after, id), node: id, fields: rows };
    }),
    ...wires.added.map((each) => wire(after, 'added', each)),
    ...wires.removed.map((each) => wire(before, 'removed', each)),
    ...wires.changed
      .map(({ id, wire: now, before: was }): DifferenceRow => {
        const changes = Object.keys({ ...was, ...now })
          .filter((key) => key !== 'from' && key !== 'to' && key !== 'id')
          .filter((key) => JSON.stringify(was[key]) !== JSON.stringify(now[key]))
          .map((key) => fieldRow({ path: [key], before: was[key] as JsonValue, after: now[key] as JsonValue }));
        return {
          id: `wire ${id}`,
          mark: 'changed',
          what: 'wire',
          text: wireText(after, now),
          node: null,
          fields: changes,
        };
      })
      // Another inner name of a wire is nothing that a person sees.
      .filter((row) => row.fields.length > 0),
    ...(fields.length === 0
      ? []
      : [
          {
            id: 'pipeline',
            mark: 'changed' as const,
            what: 'pipeline' as const,
            text: 'The pipeline itself',
            node: null,
            fields: fields.filter(({ path }) => path[0] !== 'ui').map(fieldRow),
          },
        ].filter((row) => row.fields.length > 0)),
  ];
}
