/** The wires into one node, judged: where each value comes from, what type it has, and what is wrong with the wiring. */
import type { NodeId } from '../core/ids';
import type { DocumentNode, DocumentWire } from '../document/schema';
import type { AnyNode, Catalogue, InferredType } from '../kit/define-node';
import type { Graph, GraphIndex } from './graph-index';
import { inputLabel, kindAsSubject, listKinds, nodeName } from './names';
import type { Problem } from './problem';
import { outputKind, ownPort, resolveSource, type Source } from './sources';

export interface WiredInput {
  readonly wire: DocumentWire;
  readonly source: Source;
  /** Undefined while it cannot be told, for example because the source has a problem of its own. */
  readonly type: InferredType | undefined;
}
export interface NodeInputs {
  /** By input port, in wire order; only ports that the definition has. */
  readonly ports: Readonly<Record<string, readonly WiredInput[]>>;
  readonly problems: readonly Problem[];
}

export interface Scope {
  readonly graph: Graph;
  readonly index: GraphIndex;
  readonly catalogue: Catalogue;
  /** Output types of nodes upstream. */
  readonly typeOf: (node: NodeId, port: string) => InferredType | undefined;
}

export function gatherInputs(scope: Scope, node: DocumentNode, definition: AnyNode): NodeInputs {
  const { graph, index, catalogue } = scope;
  const id = node.id as NodeId;
  const name = nodeName(graph, node, catalogue);
  const ports: Record<string, WiredInput[]> = {};
  const problems: Problem[] = [];
  const report = (port: string, code: string, reason: string, cure: string): void => {
    problems.push({ node: id, port, code, reason, cure, severity: 'error' });
  };
  for (const port of Object.keys(definition.inputs)) ports[port] = [];

  for (const wire of index.incoming(node.id)) {
    const { port } = wire.to;
    const spec = ownPort(definition.inputs, port);
    const from = index.nodes.get(wire.from.node);
    const fromName = from ? nodeName(graph, from, catalogue) : wire.from.node;
    if (!spec) {
      const known = Object.keys(definition.inputs).join(', ') || 'none';
      report(
        port,
        'wire.unknown-input',
        `A wire from ${fromName} goes to "${port}", which ${name} does not have.`,
        `Remove the wire, or connect it to another input (${known}).`,
      );
      continue;
    }
    const source = resolveSource(graph, catalogue, wire.from);
    const fromDefinition = from && catalogue.get(from.type);
    const kind = outputKind(index, catalogue, wire.from);
    if (fromDefinition && kind === null) {
      const known = Object.keys(fromDefinition.outputs).join(', ') || 'none';
      report(
        port,
        'wire.unknown-output',
        `"${spec.label}" of ${name} is wired to "${wire.from.port}", which ${fromName} does not give.`,
        `Remove the wire, or take another output (${known}).`,
      );
    } else if (kind !== null && !spec.kinds.includes(kind)) {
      report(
        port,
        'wire.kind',
        `${kindAsSubject(kind)} from ${fromName} cannot go into "${spec.label}" of ${name}, which takes ${listKinds(spec.kinds)}.`,
        'Remove the wire, or put a node between them that converts.',
      );
    } else {
      ports[port]?.push({
        wire,
        source,
        type: source.is === 'port' ? scope.typeOf(source.node, source.port) : undefined,
      });
      if (source.is === 'muted' && !spec.optional) {
        const muted = index.nodes.get(source.node);
        report(
          port,
          'input.muted',
          `"${spec.label}" of ${name} comes from ${muted ? nodeName(graph, muted, catalogue) : source.node}, which is muted.`,
          'Switch that node on, or wire another one.',
        );
      }
    }
  }

  for (const [port, spec] of Object.entries(definition.inputs)) {
    const wired = ports[port] ?? [];
    const reported = problems.some((problem) => problem.port === port);
    if (wired.length === 0 && !spec.optional && !reported) {
      report(
        port,
        'input.missing',
        `"${spec.label}" of ${name} is not wired; it needs ${listKinds(spec.kinds)}.`,
        'Draw a wire to it.',
      );
    }
    if (wired.length > 1 && !spec.variadic) {
      report(
        port,
        'input.too-many',
        `"${spec.label}" of ${name} takes one wire and has ${wired.length}.`,
        'Remove all but one.',
      );
    }
  }
  for (const clash of findStepClashes(ports)) {
    report(clash.port, 'wire.dt', stepClash(definition, name, clash), 'Give both the same time step.');
  }
  return { ports, problems };
}

export interface StepClash {
  readonly port: string;
  readonly type: InferredType;
  readonly otherPort: string;
  readonly other: InferredType;
}

/** Two values of one kind that meet at a node must have one time step. Compares each value with the first of its kind. */
export function findStepClashes(ports: Readonly<Record<string, readonly Pick<WiredInput, 'type'>[]>>): StepClash[] {
  const first = new Map<string, { port: string; type: InferredType }>();
  const clashes: StepClash[] = [];
  for (const [port, wired] of Object.entries(ports)) {
    for (const { type } of wired) {
      if (type?.dt === undefined) continue;
      const met = first.get(type.kind);
      if (!met) first.set(type.kind, { port, type });
      else if (met.type.dt !== type.dt) clashes.push({ port, type, otherPort: met.port, other: met.type });
    }
  }
  return clashes;
}

export function stepClash(definition: AnyNode, name: string, { port, type, otherPort, other }: StepClash): string {
  const label = inputLabel(definition, port);
  const otherLabel = inputLabel(definition, otherPort);
  const against = otherPort === port ? 'another wire there' : `"${otherLabel}"`;
  return `"${label}" of ${name} gets ${type.kind} with a time step of ${type.dt} ms, but ${against} has ${other.dt} ms.`;
}
