/** What a model wire says before anything runs: the chain in words, and its parameter count once shapes are known. */
import { type BlockSpec, type ItemShape, resolveChain } from '../../src/kit/blocks';
import { blockRegistry } from '../../src/kit/blocks/registry';
import type { Inference, InferredType } from '../../src/kit/define-node';
import type { ModelValue } from '../../src/kit/values';

/** "mlp → unet" */
const chainText = (blocks: readonly BlockSpec[]): string => blocks.map(({ type }) => type).join(' → ');

/** "mlp → unet, 840,593 parameters" where the shapes tell. */
export function chainNote(blocks: readonly BlockSpec[], input: ItemShape | null, target: ItemShape | null): string {
  const resolved = input && target ? resolveChain(blockRegistry, blocks, input, target) : null;
  if (!resolved?.ok) return chainText(blocks);
  return `${chainText(blocks)}, ${resolved.parameters.toLocaleString('en-US')} parameters`;
}

/** Output type of a node that appends `block` to the chain wired into its port `model`. */
export function inferAppended(
  model: InferredType | undefined,
  block: BlockSpec,
): Inference<{ model: { kind: 'model'; label: string; help: string } }> {
  if (model?.trained) {
    return {
      ok: false,
      code: 'model.trained',
      reason: 'This model is trained already; a block cannot be added to it.',
      cure: 'Add blocks before learn.train.',
      port: 'model',
    };
  }
  const blocks = [...(model?.blocks ?? []), block];
  return { ok: true, outputs: { model: { kind: 'model', axes: [], unit: '1', note: chainText(blocks), blocks } } };
}

/** The chain wired in, with one more block. */
export const appended = (model: ModelValue | undefined, block: BlockSpec): ModelValue => ({
  kind: 'model',
  blocks: [...(model?.blocks ?? []), block],
});
