/** Node types that could stand between two ports whose kinds do not fit, alone or two in a row. */
import { isBoundary, subgraphOf } from '../document/subgraphs';
import type { AnyNode, Catalogue } from '../kit/define-node';
import type { PortKind } from '../kit/port-type';

/** An analysis looks at things; of equals, what passes them on comes first. */
const looks = (type: string): number => (type.startsWith('analysis.') ? 1 : 0);
const looking = (types: readonly string[]): number => types.reduce((sum, type) => sum + looks(type), 0);

const needs = (definition: AnyNode): number =>
  Object.values(definition.inputs).filter((input) => !input.optional).length;

/** Types with an input for `kind` and an output of one of `wanted`; those that need the fewest other wires first. */
export function findAdapters(catalogue: Catalogue, kind: PortKind, wanted: readonly PortKind[]): string[] {
  return [...catalogue.values()]
    .filter(({ type }) => subgraphOf(type) === null && !isBoundary(type))
    .filter((definition) => Object.values(definition.inputs).some((input) => input.kinds.includes(kind)))
    .filter((definition) => Object.values(definition.outputs).some((output) => wanted.includes(output.kind)))
    .sort((a, b) => needs(a) - needs(b) || looks(a.type) - looks(b.type) || (a.type < b.type ? -1 : 1))
    .map((definition) => definition.type);
}

/** Pairs of types, the first taking `kind`, the second giving one of `wanted`; those that need the fewest other wires first. */
export function findAdapterPairs(
  catalogue: Catalogue,
  kind: PortKind,
  wanted: readonly PortKind[],
): readonly (readonly [string, string])[] {
  const all = [...catalogue.values()];
  const takers = all.filter(({ inputs }) => Object.values(inputs).some(({ kinds }) => kinds.includes(kind)));
  const givers = all.filter(({ outputs }) => Object.values(outputs).some((output) => wanted.includes(output.kind)));
  const joins = (first: AnyNode, second: AnyNode): boolean =>
    Object.values(first.outputs).some((output) =>
      Object.values(second.inputs).some((input) => !input.optional && input.kinds.includes(output.kind)),
    );
  return takers
    .flatMap((first) =>
      givers
        .filter((second) => second !== first && joins(first, second))
        .map((second) => ({ types: [first.type, second.type] as const, needs: needs(first) + needs(second) })),
    )
    .sort(
      (a, b) => a.needs - b.needs || looking(a.types) - looking(b.types) || (a.types.join() < b.types.join() ? -1 : 1),
    )
    .map(({ types }) => types);
}
