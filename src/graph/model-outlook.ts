/**
 * What is known of a model before it is trained: its blocks, with the layer sizes and parameter counts that the node
 * which trains it will give them. Nothing runs for this; the types on the wires tell.
 */
import type { NodeId } from '../core/ids';
import type { PipelineDocument } from '../document/schema';
import { expand, outputSource } from '../document/subgraphs';
import type { ItemShape } from '../kit/blocks';
import { outlineModel } from '../kit/blocks/outline';
import { blockRegistry } from '../kit/blocks/registry';
import type { Catalogue, InferredType } from '../kit/define-node';
import type { ModelPreview } from '../kit/preview';
import { graphIndex } from './graph-index';
import { inferTypes } from './infer';
import { nodeName } from './names';

/** Where a chain is trained, and the shapes of one input and one target item there. */
interface Trainer {
  readonly node: string;
  readonly input: ItemShape | null;
  readonly target: ItemShape | null;
}

/** Null where no model flows, or its chain is not known. */
export function modelOutlook(
  given: PipelineDocument,
  catalogue: Catalogue,
  givenNode: string,
  givenPort: string,
): ModelPreview | null {
  const source = outputSource(given, givenNode, givenPort);
  if (!source) return null;
  const { node, port } = source;
  const { document } = expand(given);
  const inferences = inferTypes(document, catalogue);
  const outputsOf = (id: string) => inferences.get(id as NodeId)?.outputs ?? {};
  const type: InferredType | undefined = outputsOf(node)[port];
  if (type?.kind !== 'model' || !type.blocks || type.blocks.length === 0) return null;

  const trainer = type.trained ? { node, ...type.trained } : findTrainer();
  const outline = outlineModel(blockRegistry, type.blocks, trainer?.input ?? null, trainer?.target ?? null);
  const trains = trainer && trainer.node !== node ? document.nodes.find(({ id }) => id === trainer.node) : undefined;
  const note = outline.note ?? (trains ? `Trained by ${nodeName(document, trains, catalogue)}` : undefined);
  return { kind: 'model', ...outline, trained: false, epochs: 0, ...(note ? { note } : {}) };

  /** The nearest node along the model's wires that trains it, one with known shapes first. */
  function findTrainer(): Trainer | undefined {
    const index = graphIndex(document);
    const found: Trainer[] = [];
    const reached = new Set([node]);
    for (const id of reached) {
      for (const { from, to } of index.outgoing(id)) {
        if (id === node && from.port !== port) continue;
        const models = Object.values(outputsOf(to.node)).filter(({ kind }) => kind === 'model');
        for (const { trained } of models) {
          if (trained) found.push({ node: to.node, ...trained });
          else reached.add(to.node);
        }
      }
    }
    return found.find(({ input, target }) => input && target) ?? found[0];
  }
}
