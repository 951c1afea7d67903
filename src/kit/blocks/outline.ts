/**
 * A chain of blocks as people are shown it: layers and parameter counts where the shapes at both ends are known, else each
 * block's settings in words.
 */
import type { BlockOutline, ModelPreview } from '../preview';
import { type BlockRegistry, type BlockSpec, type ItemShape, resolveChain } from './index';

type Outline = Pick<ModelPreview, 'blocks' | 'parameters' | 'note'>;

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
    ...(chain && !chain.ok ? { note: chain.reason } : {}),
  };
}
