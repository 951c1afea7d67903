/**
 * A chain of blocks as people are shown it: layers and parameter counts where the shapes at both ends are known, else each
 * block's settings in words.
 */
import type { BlockOutline, ModelMemory, ModelPreview } from '../preview';
import {
  type BlockRegistry,
  type BlockSpec,
  type ChainResolution,
  type ItemShape,
  resolveChain,
  sizeOfShape,
} from './index';

type Outline = Pick<ModelPreview, 'blocks' | 'parameters' | 'memory' | 'note'>;

/** Bytes of a number. */
const single = 4;
/** Each value of a layer, its gradient, and what lies between layers: masks of ReLU, joined and up-sampled images. */
const keptPerValue = 3;

/** What a resolved chain takes. A block in closed form has neither gradients nor moments, and its values are not kept. */
function memoryOf(registry: BlockRegistry, { blocks, parameters }: ChainResolution): ModelMemory {
  const learning = blocks.filter(({ spec }) => !registry.get(spec.type)?.closedForm).flatMap(({ layers }) => layers);
  const learned = learning.reduce((sum, layer) => sum + layer.parameters, 0);
  const values = learning.reduce((sum, layer) => sum + sizeOfShape(layer.outputShape), 0);
  return {
    weights: single * parameters,
    held: single * (parameters + 3 * learned),
    perItem: keptPerValue * single * values,
  };
}

/** `input` and `target`: shape of one item of each, null where it is not known. */
export function outlineModel(
  registry: BlockRegistry,
  blocks: readonly BlockSpec[],
  input: ItemShape | null,
  target: ItemShape | null,
): Outline {
  const chain = input && target ? resolveChain(registry, blocks, input, target) : null;
  return {
    blocks: blocks.map(({ type, params }, index): BlockOutline => {
      const settings = registry.get(type)?.describe(params as never);
      const resolved = chain?.ok ? chain.blocks[index] : undefined;
      return {
        type,
        layers: resolved?.layers ?? [],
        ...(resolved ? { input: resolved.input } : {}),
        ...(settings ? { settings } : {}),
      };
    }),
    parameters: chain?.ok ? chain.parameters : null,
    ...(chain?.ok ? { memory: memoryOf(registry, chain) } : {}),
    ...(chain && !chain.ok ? { note: chain.reason } : {}),
  };
}
