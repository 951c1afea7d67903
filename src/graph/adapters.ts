/** Node types that could stand between two ports whose kinds do not fit. */
import { isBoundary, subgraphOf } from '../document/subgraphs';
import type { AnyNode, Catalogue } from '../kit/define-node';
import type { PortKind } from '../kit/port-type';

/** Types with an input for `kind` and an output of one of `wanted`; those that need the fewest other wires first. */
export function findAdapters(catalogue: Catalogue, kind: PortKind, wanted: readonly PortKind[]): string[] {
  const needs = (definition: AnyNode): number =>
    Object.values(definition.inputs).filter((input) => !input.optional).length;
  return [...catalogue.values()]
    .filter(({ type }) => subgraphOf(type) === null && !isBoundary(type))
    .filter((definition) => Object.values(definition.inputs).some((input) => input.kinds.includes(kind)))
    .filter((definition) => Object.values(definition.outputs).some((output) => wanted.includes(output.kind)))
    .sort((a, b) => needs(a) - needs(b) || (a.type < b.type ? -1 : 1))
    .map((definition) => definition.type);
}
