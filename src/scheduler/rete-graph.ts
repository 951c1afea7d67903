/**
 * The plan as a Rete graph with typed sockets, executed by Rete's lazy Dataflow. Rete's core checks neither sockets nor
 * cycles nor double wires, so a guard on `connectioncreate` does; a plan that the page's rules would refuse cannot get in.
 *
 * Dataflow, not DataflowEngine: its `data` receives a lazy `fetchInputs`, so a stored result never computes what is above
 * it. Dataflow memoises nothing and recurses, so each node's work is kept in one promise per run, and starts a turn later.
 */
import { ClassicPreset, type GetSchemes, NodeEditor } from 'rete';
import { Dataflow } from 'rete-engine';
import type { NodeId } from '../core/ids';
import { refuse, type Validity, valid } from '../core/validity';
import type { AnyNode, Catalogue } from '../kit/define-node';
import type { PortKind } from '../kit/port-type';
import type { PortValue } from '../kit/values';
import type { PlanStep, RunPlan } from './protocol';

class PortSocket extends ClassicPreset.Socket {
  readonly kinds: readonly PortKind[];
  constructor(kinds: readonly PortKind[]) {
    super(kinds.join(' | '));
    this.kinds = kinds;
  }
}

type Schemes = GetSchemes<ClassicPreset.Node, ClassicPreset.Connection<ClassicPreset.Node, ClassicPreset.Node>>;

export type PortOutputs = Readonly<Record<string, PortValue>>;
export type FetchInputs = () => Promise<Partial<Record<string, PortValue[]>>>;
/** Makes the outputs of one node; asks for its inputs only if it must. */
export type Produce = (node: NodeId, fetchInputs: FetchInputs) => Promise<PortOutputs>;

function reteNode(step: PlanStep, definition: AnyNode): ClassicPreset.Node {
  const node = new ClassicPreset.Node(step.node);
  node.id = step.node;
  for (const [port, spec] of Object.entries(definition.inputs)) {
    node.addInput(port, new ClassicPreset.Input(new PortSocket(spec.kinds), spec.label, spec.variadic === true));
  }
  for (const [port, spec] of Object.entries(definition.outputs)) {
    node.addOutput(port, new ClassicPreset.Output(new PortSocket([spec.kind]), spec.label, true));
  }
  return node;
}

const NO_PORT = 'A wire ends at a port that does not exist.';

/** May this connection enter the graph? The same questions that the canvas asks, put to the replica. */
export function checkConnection(editor: NodeEditor<Schemes>, connection: Schemes['Connection']): Validity {
  const source = editor.getNode(connection.source);
  const target = editor.getNode(connection.target);
  const output = source?.outputs[connection.sourceOutput];
  const input = target?.inputs[connection.targetInput];
  if (!output || !input) return refuse('wire.no-port', NO_PORT);
  const [kind] = (output.socket as PortSocket).kinds;
  if (!kind || !(input.socket as PortSocket).kinds.includes(kind)) {
    return refuse('wire.kind', `"${connection.targetInput}" of ${connection.target} does not take ${kind}.`);
  }
  const existing = editor.getConnections();
  const taken = existing.some(
    (other) => other.target === connection.target && other.targetInput === connection.targetInput,
  );
  if (taken && !input.multipleConnections)
    return refuse('wire.occupied', `"${connection.targetInput}" has a wire already.`);
  const seen = new Set<string>();
  const open = [connection.target];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node === connection.source) return refuse('wire.cycle', 'The wire would close a cycle.');
    if (seen.has(node)) continue;
    seen.add(node);
    for (const other of existing) if (other.source === node) open.push(other.target);
  }
  return valid;
}

export interface ReteGraph {
  /** The outputs of one node, computing what is needed above it. Each node is produced once per graph. */
  fetch(node: NodeId): Promise<PortOutputs>;
  /** Wires that the guard refused, in words. */
  readonly refused: readonly string[];
}

/** Builds the graph of the runnable steps. `produce` is called at most once per node. */
export async function buildReteGraph(plan: RunPlan, catalogue: Catalogue, produce: Produce): Promise<ReteGraph> {
  const editor = new NodeEditor<Schemes>();
  const refused: string[] = [];
  editor.addPipe((context) => {
    if (context.type !== 'connectioncreate') return context;
    const validity = checkConnection(editor, context.data);
    if (validity.ok) return context;
    refused.push(validity.reason);
    return undefined;
  });
  const dataflow = new Dataflow<Schemes>(editor);
  const produced = new Map<NodeId, Promise<PortOutputs>>();
  for (const step of plan.steps) {
    const definition = catalogue.get(step.type);
    if (!definition || step.problem) continue;
    const node = reteNode(step, definition);
    await editor.addNode(node);
    dataflow.add(node, {
      inputs: () => Object.keys(definition.inputs),
      outputs: () => Object.keys(definition.outputs),
      data: (fetchInputs) => {
        let promise = produced.get(step.node);
        if (!promise) {
          promise = Promise.resolve().then(() => produce(step.node, fetchInputs as FetchInputs));
          produced.set(step.node, promise);
        }
        return promise;
      },
    });
  }
  for (const step of plan.steps) {
    const target = editor.getNode(step.node);
    if (!target) continue;
    for (const [port, sources] of Object.entries(step.inputs)) {
      for (const { node, port: from } of sources) {
        const source = editor.getNode(node);
        if (!source) continue;
        if (!source.outputs[from] || !target.inputs[port]) refused.push(NO_PORT);
        else await editor.addConnection(new ClassicPreset.Connection(source, from, target, port));
      }
    }
  }
  return { fetch: (node) => dataflow.fetch<PortOutputs>(node), refused };
}
