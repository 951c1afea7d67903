/** For every output and every input whose kinds do not fit: what is offered can be done, and where nothing is, that is known. */
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../nodes';
import type { PipelineDocument } from '../../../src/document/schema';
import { adapterCommands } from '../../../src/editor/adapter';
import { canConnect } from '../../../src/graph/can-connect';
import { apply } from '../../../src/graph/commands';
import type { AnyNode } from '../../../src/kit/define-node';
import type { PortKind } from '../../../src/kit/port-type';

/** By looking at every node, and every two nodes, whether any turns the one kind into one of the others. */
function canBeTurned(kind: PortKind, wanted: readonly PortKind[]): boolean {
  const all = [...catalogue.values()];
  const takes = ({ inputs }: AnyNode, what: PortKind, needed: boolean): boolean =>
    Object.values(inputs).some(({ kinds, optional }) => kinds.includes(what) && !(needed && optional));
  const gives = ({ outputs }: AnyNode): readonly PortKind[] => Object.values(outputs).map((output) => output.kind);
  const ends = (node: AnyNode): boolean => gives(node).some((each) => wanted.includes(each));
  return all.some(
    (first) =>
      takes(first, kind, false) &&
      (ends(first) ||
        all.some(
          (second) => second !== first && ends(second) && gives(first).some((each) => takes(second, each, true)),
        )),
  );
}

interface Refused {
  readonly kind: PortKind;
  readonly wanted: readonly PortKind[];
  readonly document: PipelineDocument;
  readonly ends: { from: { node: string; port: string }; to: { node: string; port: string } };
}

/** One of each pair of a kind and a list of kinds. */
function refusedPairs(): readonly Refused[] {
  const found = new Map<string, Refused>();
  for (const from of catalogue.values()) {
    for (const [out, { kind }] of Object.entries(from.outputs)) {
      for (const to of catalogue.values()) {
        for (const [into, { kinds }] of Object.entries(to.inputs)) {
          const key = `${kind} to ${kinds.join('|')}`;
          if (kinds.includes(kind) || found.has(key)) continue;
          const document: PipelineDocument = {
            schema: 1,
            title: 'T',
            nodes: [
              { id: 'from', type: from.type, v: from.version, params: {} },
              { id: 'to', type: to.type, v: to.version, params: {} },
            ],
            wires: [],
          };
          const ends = { from: { node: 'from', port: out }, to: { node: 'to', port: into } };
          found.set(key, { kind, wanted: kinds, document, ends });
        }
      }
    }
  }
  return [...found.values()];
}

describe('a refused wire', () => {
  const offers = refusedPairs().map((pair) => {
    const answer = canConnect(pair.document, catalogue, pair.ends);
    if (answer.ok) throw new Error(`${pair.kind} fits ${pair.wanted}.`);
    return { ...pair, offer: adapterCommands(pair.document, catalogue, pair.ends, answer.adapters) };
  });

  it('is offered only what can be done, and then runs from the one to the other', () => {
    expect(offers.filter(({ offer }) => offer !== null).length).toBeGreaterThan(10);
    for (const { document, ends, offer } of offers) {
      if (!offer) continue;
      const done = apply(document, { type: 'batch', ...offer }, catalogue);
      expect(done.ok).toBe(true);
      if (!done.ok) continue;
      const reached = new Set([ends.from.node]);
      for (const wire of done.document.wires) if (reached.has(wire.from.node)) reached.add(wire.to.node);
      expect(reached.has(ends.to.node)).toBe(true);
      expect(done.document.nodes.length).toBeLessThanOrEqual(4);
    }
  });

  it('is offered a way wherever one or two nodes make one, and none where they do not', () => {
    for (const { kind, wanted, offer } of offers)
      expect([kind, wanted, offer !== null]).toEqual([kind, wanted, canBeTurned(kind, wanted)]);
  });
});
