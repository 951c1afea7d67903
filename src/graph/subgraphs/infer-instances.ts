/** Adds to what was inferred of an expansion what instances, and the ports inside them, show. */
import type { JsonObject } from '../../core/canonical-json';
import { type NodeId, nodeId } from '../../core/ids';
import {
  type Expansion,
  innerId,
  inputsNode,
  type OutputEnd,
  outputsNode,
  subgraphType,
} from '../../document/subgraphs';
import type { Catalogue, InferredType } from '../../kit/define-node';
import { checkParams } from '../check-params';
import type { Inferences, NodeInference } from '../infer';
import type { Problem } from '../problem';
import { catalogueFor } from './catalogue';

const memo = new WeakMap<Inferences, { expansion: Expansion; all: Inferences }>();
const nothing: NodeInference = { outputs: {}, params: {}, problems: [] };

export function withInstances(expansion: Expansion, flat: Inferences, catalogue: Catalogue): Inferences {
  const known = memo.get(flat);
  if (known?.expansion === expansion) return known.all;
  const all = new Map<NodeId, NodeInference>(flat);
  const typeAt = (from: OutputEnd | null): InferredType | undefined =>
    from ? flat.get(nodeId(from.node))?.outputs[from.port] : undefined;
  const types = (ports: Readonly<Record<string, OutputEnd | null>>) =>
    Object.fromEntries(
      Object.entries(ports).flatMap(([port, from]): [string, InferredType][] => {
        const type = typeAt(from);
        return type ? [[port, type]] : [];
      }),
    );
  const withSubgraphs = catalogueFor(expansion.document, catalogue);
  for (const [id, { node, definition, inner, inputs, outputs }] of expansion.instances) {
    const instance = withSubgraphs.get(subgraphType(definition.id));
    const checked = instance && checkParams(instance, node.params as JsonObject);
    const own = (checked?.problems ?? []).map((problem): Problem => ({ ...problem, node: nodeId(id) }));
    const inside = inner.flatMap((each) => flat.get(nodeId(each))?.problems ?? []);
    all.set(nodeId(id), {
      outputs: types(outputs),
      params: checked?.params ?? (node.params as JsonObject),
      problems: [...own, ...inside],
    });
    all.set(nodeId(innerId(id, inputsNode)), { ...nothing, outputs: types(inputs) });
    all.set(nodeId(innerId(id, outputsNode)), nothing);
  }
  memo.set(flat, { expansion, all });
  return all;
}
