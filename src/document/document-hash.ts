/**
 * A hash of everything in a document that can change a result: node ids, types, versions, parameters, modes and wires.
 * Titles, labels, positions, wire ids and unknown fields do not count, nor the order in which nodes, wires and keys stand;
 * among the wires of one input, `order` does. Subgraphs count by what is in them.
 */
import type { JsonObject } from '../core/canonical-json';
import { hashValue } from '../core/hash';
import type { z } from '../core/zod';
import type { AnyNode, Catalogue } from '../kit/define-node';
import { paramMeta } from '../kit/params';
import type { DocumentNode, DocumentWire, PipelineDocument } from './schema';
import { expand } from './subgraphs';

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** 32 hexadecimal digits. With a catalogue, a default that is left out and one that is written hash alike. */
export async function documentHash(given: PipelineDocument, catalogue?: Catalogue): Promise<string> {
  const { document } = expand(given);
  const nodes = [...document.nodes]
    .sort((a, b) => compare(a.id, b.id))
    .map((node) => {
      const definition = catalogue?.get(node.type);
      const params = definition?.version === node.v ? effectiveParams(definition, node) : node.params;
      return { id: node.id, type: node.type, v: node.v, params, mode: node.mode ?? 'on' };
    });
  return hashValue({ nodes, wires: canonicalWires(document.wires) });
}

/** Parameters that matter, complete. Values that do not fit their schema count as they are. */
function effectiveParams(definition: AnyNode, node: DocumentNode): JsonObject {
  const params: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries<z.ZodType>(definition.params)) {
    if (!paramMeta(schema).matters) continue;
    const saved = Object.hasOwn(node.params, name) ? node.params[name] : undefined;
    const checked = schema.safeParse(saved);
    params[name] = checked.success ? checked.data : saved;
  }
  return params as JsonObject;
}

/** Wires without ids, sorted; `place` is the rank among the wires of the same input. */
function canonicalWires(wires: readonly DocumentWire[]): JsonObject[] {
  const inputs = new Map<string, DocumentWire[]>();
  for (const wire of wires) {
    const input = JSON.stringify([wire.to.node, wire.to.port]);
    inputs.set(input, [...(inputs.get(input) ?? []), wire]);
  }
  return [...inputs.keys()]
    .sort()
    .flatMap((input) =>
      (inputs.get(input) as DocumentWire[])
        .sort((a, b) => (a.order ?? 0) - (b.order ?? 0) || compare(a.id, b.id))
        .map(({ from, to }, place) => ({ from: [from.node, from.port], to: [to.node, to.port], place })),
    );
}
