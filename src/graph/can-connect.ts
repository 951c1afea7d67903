/**
 * May a wire be drawn? One pure answer for the canvas, the commands and the worker's guard, with the reason in words and,
 * where a node of the catalogue would help, its type. Changes nothing.
 */
import { nodeId, type WireId, wireId } from '../core/ids';
import type { Refusal } from '../core/validity';
import type { DocumentNode, PipelineDocument } from '../document/schema';
import type { AnyNode, Catalogue } from '../kit/define-node';
import { findAdapters } from './adapters';
import { graphIndex } from './graph-index';
import { inferTypes } from './infer';
import { findStepClashes, gatherInputs, stepClash, type WiredInput } from './inputs';
import { shortestPath } from './loops';
import { kindAsSubject, listKinds, nodeName } from './names';
import { ownPort } from './sources';

export interface WireEnds {
  readonly from: { readonly node: string; readonly port: string };
  readonly to: { readonly node: string; readonly port: string };
}
interface ConnectRefusal extends Refusal {
  /** Node types that could stand between the two, best first. */
  readonly adapters: readonly string[];
}
export type ConnectValidity =
  /** `replaces`: wires that would give way, because the input takes one only. */
  { readonly ok: true; readonly replaces: readonly WireId[] } | ConnectRefusal;

export function canConnect(document: PipelineDocument, catalogue: Catalogue, ends: WireEnds): ConnectValidity {
  const { from, to } = ends;
  const index = graphIndex(document);
  const source = index.nodes.get(from.node);
  const target = index.nodes.get(to.node);
  if (!source || !target) {
    return refuse(
      'connect.unknown-node',
      `There is no node "${source ? to.node : from.node}".`,
      'Choose a node of this pipeline.',
    );
  }
  const name = (node: DocumentNode): string => nodeName(document, node, catalogue);
  if (source === target) {
    return refuse(
      'connect.self',
      `${name(source)} cannot be wired to itself.`,
      'Recurrence lives inside a node, not in the wires.',
    );
  }
  const sourceType = catalogue.get(source.type);
  const targetType = catalogue.get(target.type);
  if (!sourceType || !targetType) {
    const unknown = sourceType ? target : source;
    return refuse(
      'connect.unknown-type',
      `${name(unknown)} has the type "${unknown.type}", which this version of Spikeloom does not know, so its ports cannot be checked.`,
      'Update Spikeloom, or replace the node.',
    );
  }
  const output = ownPort(sourceType.outputs, from.port);
  const input = ownPort(targetType.inputs, to.port);
  if (!output) return unknownPort(name(source), 'output', from.port, Object.keys(sourceType.outputs));
  if (!input) return unknownPort(name(target), 'input', to.port, Object.keys(targetType.inputs));

  const present = index.incoming(target.id).filter((wire) => wire.to.port === to.port);
  if (present.some((wire) => wire.from.node === from.node && wire.from.port === from.port)) {
    return refuse(
      'connect.duplicate',
      `"${output.label}" of ${name(source)} is already wired to "${input.label}" of ${name(target)}.`,
    );
  }
  if (!input.kinds.includes(output.kind)) {
    const adapters = findAdapters(catalogue, output.kind, input.kinds);
    const first = adapters[0] && catalogue.get(adapters[0]);
    return refuse(
      'connect.kind',
      `${kindAsSubject(output.kind)} cannot go into "${input.label}" of ${name(target)}, which takes ${listKinds(input.kinds)}.`,
      first ? `Add a ${first.title} between them.` : `Wire an output that gives ${listKinds(input.kinds)}.`,
      adapters,
    );
  }
  const path = shortestPath(index, target.id, source.id);
  if (path) {
    const names = path.map((id) => name(index.nodes.get(id) as DocumentNode));
    return refuse(
      'connect.cycle',
      `This wire would close a loop: ${[...names, names[0]].join(' → ')}. A pipeline only runs forward.`,
      'Recurrence lives inside a node, not in the wires.',
    );
  }
  const clash = findClash(document, catalogue, ends, target, targetType, input.variadic === true);
  if (clash) return clash;
  return { ok: true, replaces: input.variadic ? [] : present.map((wire) => wireId(wire.id)) };
}

/** A value whose time step differs from that of another one that the node already gets. */
function findClash(
  document: PipelineDocument,
  catalogue: Catalogue,
  { from, to }: WireEnds,
  target: DocumentNode,
  definition: AnyNode,
  variadic: boolean,
): ConnectRefusal | null {
  const inferences = inferTypes(document, catalogue);
  const typeOf = (node: string, port: string) => inferences.get(nodeId(node))?.outputs[port];
  const type = typeOf(from.node, from.port);
  if (type?.dt === undefined) return null;
  const scope = { graph: document, index: graphIndex(document), catalogue, typeOf };
  const present = gatherInputs(scope, target, definition).ports;
  const others = Object.fromEntries(Object.entries(present).filter(([port]) => port !== to.port || variadic));
  const before = findStepClashes(others).length;
  const last: Pick<WiredInput, 'type'>[] = [...(others[to.port] ?? []), { type }];
  // The new wire goes last, so that the message speaks of it and names the other.
  const { [to.port]: _, ...rest } = others;
  const clashes = findStepClashes({ ...rest, [to.port]: last });
  if (clashes.length <= before) return null;
  const clash = clashes[clashes.length - 1];
  return clash
    ? refuse(
        'connect.dt',
        stepClash(definition, nodeName(document, target, catalogue), clash),
        'Give both the same time step first.',
      )
    : null;
}

function unknownPort(name: string, what: 'input' | 'output', port: string, known: readonly string[]): ConnectRefusal {
  const list = known.map((each) => `"${each}"`);
  return refuse(
    'connect.unknown-port',
    `${name} has no ${what} "${port}".`,
    known.length === 0 ? `It has no ${what}s at all.` : `Its ${what}s are ${listKinds(list, 'and')}.`,
  );
}

function refuse(code: string, reason: string, cure?: string, adapters: readonly string[] = []): ConnectRefusal {
  return { ok: false, code, reason, ...(cure === undefined ? {} : { cure }), adapters };
}
