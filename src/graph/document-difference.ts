/**
 * What changed from one version of a pipeline to another: structure (nodes, wires) and parameters, field by field, in a
 * form that people can read and that gives the second version back when it is applied to the first. Nodes are the same
 * when their ids are, so that renaming one is a change of its label and not another node; wires are the same when they
 * join the same ports. Pure; how it is drawn is left to src/panels.
 */
import type { JsonValue } from '../core/canonical-json';
import type { DocumentNode, DocumentWire, PipelineDocument } from '../document/schema';
import { applyJsonDifference, type FieldChange, jsonDifference, sameJson } from './json-difference';

export interface NodeChange {
  readonly id: string;
  readonly changes: readonly FieldChange[];
}

export interface DocumentDifference {
  readonly nodes: {
    readonly added: readonly DocumentNode[];
    readonly removed: readonly DocumentNode[];
    readonly changed: readonly NodeChange[];
    /** All ids as they stand in the second version, where adding last would not give that. */
    readonly order?: readonly string[];
  };
  readonly wires: {
    readonly added: readonly DocumentWire[];
    readonly removed: readonly DocumentWire[];
    /** Same ends, but another place in its input or another unknown field; by the id of the first version. */
    readonly changed: readonly { readonly id: string; readonly wire: DocumentWire; readonly before: DocumentWire }[];
    readonly order?: readonly string[];
  };
  /** Title, description, notes and whatever else stands beside nodes and wires; positions are in `moved`. */
  readonly fields: readonly FieldChange[];
  /** Positions only: no result depends on them. */
  readonly moved: readonly FieldChange[];
}

const idsOf = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id);
const endsOf = ({ from, to }: DocumentWire): string => JSON.stringify([from.node, from.port, to.node, to.port]);

function restOf({ nodes: _, wires: __, ...rest }: PipelineDocument): JsonValue {
  return rest as unknown as JsonValue;
}
const isPosition = ({ path }: FieldChange): boolean => path[0] === 'ui' && path[1] === 'positions';

export function documentDifference(before: PipelineDocument, after: PipelineDocument): DocumentDifference {
  const old = new Map(before.nodes.map((node) => [node.id, node]));
  const kept = new Set(idsOf(after.nodes));
  const changed = after.nodes.flatMap((node): NodeChange[] => {
    const was = old.get(node.id);
    const changes = was ? jsonDifference(was as unknown as JsonValue, node as unknown as JsonValue) : [];
    return changes.length > 0 ? [{ id: node.id, changes }] : [];
  });
  const added = after.nodes.filter(({ id }) => !old.has(id));
  const nodeOrder = [...idsOf(before.nodes).filter((id) => kept.has(id)), ...idsOf(added)];

  const wires = wireDifference(before.wires, after.wires);
  const beside = jsonDifference(restOf(before), restOf(after));
  return {
    nodes: {
      added,
      removed: before.nodes.filter(({ id }) => !kept.has(id)),
      changed,
      ...(sameJson(nodeOrder, idsOf(after.nodes)) ? {} : { order: idsOf(after.nodes) }),
    },
    wires,
    fields: beside.filter((change) => !isPosition(change)),
    moved: beside.filter(isPosition),
  };
}

function wireDifference(before: readonly DocumentWire[], after: readonly DocumentWire[]): DocumentDifference['wires'] {
  // A variadic input may hold two wires between the same ports: they are matched in their order.
  const waiting = new Map<string, DocumentWire[]>();
  for (const wire of before) waiting.set(endsOf(wire), [...(waiting.get(endsOf(wire)) ?? []), wire]);
  const pairs = after.map((wire) => ({ wire, was: waiting.get(endsOf(wire))?.shift() }));
  const stays = new Set(pairs.flatMap(({ was }) => (was ? [was] : [])));
  const added = pairs.flatMap(({ wire, was }) => (was ? [] : [wire]));
  const changed = pairs.flatMap(({ wire, was }) =>
    was && !sameJson(was, wire) ? [{ id: was.id, wire, before: was }] : [],
  );
  const renamed = new Map(changed.map(({ id, wire }) => [id, wire.id]));
  const order = [...before.filter((wire) => stays.has(wire)).map(({ id }) => renamed.get(id) ?? id), ...idsOf(added)];
  return {
    added,
    removed: before.filter((wire) => !stays.has(wire)),
    changed,
    ...(sameJson(order, idsOf(after)) ? {} : { order: idsOf(after) }),
  };
}

function ordered<T extends { readonly id: string }>(list: readonly T[], order: readonly string[] | undefined): T[] {
  if (!order) return [...list];
  const place = new Map(order.map((id, index) => [id, index]));
  return [...list].sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
}

/** The second version, of the first. */
export function applyDocumentDifference(before: PipelineDocument, difference: DocumentDifference): PipelineDocument {
  const { nodes, wires, fields, moved } = difference;
  const changes = new Map(nodes.changed.map(({ id, changes: list }) => [id, list]));
  const gone = new Set(idsOf(nodes.removed));
  const nextNodes = [
    ...before.nodes
      .filter(({ id }) => !gone.has(id))
      .map((node) => applyJsonDifference(node, changes.get(node.id) ?? [])),
    ...nodes.added,
  ];
  const cut = new Set(idsOf(wires.removed));
  const changedWires = new Map(wires.changed.map(({ id, wire }) => [id, wire]));
  const nextWires = [
    ...before.wires.filter(({ id }) => !cut.has(id)).map((wire) => changedWires.get(wire.id) ?? wire),
    ...wires.added,
  ];
  const rest = applyJsonDifference(before, [...fields, ...moved]);
  return { ...rest, nodes: ordered(nextNodes, nodes.order), wires: ordered(nextWires, wires.order) };
}

/** How much differs, by the sign that lists and pictures use. */
export interface DifferenceCounts {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly moved: number;
}

export function countDifference({ nodes, wires, fields, moved }: DocumentDifference): DifferenceCounts {
  return {
    added: nodes.added.length + wires.added.length,
    removed: nodes.removed.length + wires.removed.length,
    changed: nodes.changed.length + wires.changed.length + fields.length,
    // The place of a node that came or went is no move.
    moved: new Set(moved.filter(({ path }) => path.length > 3).map(({ path }) => path[2])).size,
  };
}
