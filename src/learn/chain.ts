/**
 * A chain of block descriptions made ready to compute: shapes resolved, arithmetic found, arrays and dropout places listed.
 * Holds no tensors.
 */
import { ShapeMismatchError } from '../core/errors';
import { type BlockSpec, type ItemShape, resolveChain, solvedBlocks } from '../kit/blocks';
import { blockRegistry } from '../kit/blocks/registry';
import type { ArraySpec, BlockPlace, DropoutSite, LearnBlock, NoiseSite } from './block';
import { learnBlocks } from './blocks';

export interface ChainBlock {
  readonly index: number;
  readonly block: LearnBlock;
  readonly place: BlockPlace<never>;
  readonly arrays: readonly ArraySpec[];
  /** `offset` counts dropped units before the site, over the whole chain. */
  readonly dropout: readonly (DropoutSite & { readonly offset: number })[];
  /** `offset` counts draws per item before the site, over the whole chain. */
  readonly noise: readonly (NoiseSite & { readonly offset: number })[];
}

export interface Chain {
  readonly blocks: readonly ChainBlock[];
  readonly input: ItemShape;
  readonly output: ItemShape;
  /** Blocks at the start that are solved in closed form and do not learn. */
  readonly solved: number;
  /** Units under dropout in the whole chain. */
  readonly dropoutUnits: number;
  /** Normal draws per item and epoch in the whole chain. */
  readonly noiseUnits: number;
}

/** Name of an array in a trained model: "block index/name". */
export const arrayName = (block: ChainBlock, spec: ArraySpec): string => `${block.index}/${spec.name}`;

/** Throws ShapeMismatchError if the blocks do not fit the shapes or do not end at `target`. */
export function buildChain(specs: readonly BlockSpec[], input: ItemShape, target: ItemShape): Chain {
  const resolved = resolveChain(blockRegistry, specs, input, target);
  if (!resolved.ok) {
    const cure = resolved.cure === undefined ? {} : { cure: resolved.cure };
    throw new ShapeMismatchError({ code: resolved.code, message: resolved.reason, port: 'model', ...cure });
  }
  let dropoutUnits = 0;
  let noiseUnits = 0;
  const blocks = resolved.blocks.map((entry, index): ChainBlock => {
    const block = learnBlocks.get(entry.spec.type) as LearnBlock;
    const place = { params: entry.spec.params as never, input: entry.input, output: entry.output };
    const dropout = block.dropoutSites(place).map((site) => {
      const offset = dropoutUnits;
      dropoutUnits += site.units;
      return { ...site, offset };
    });
    const noise = (block.noiseSites?.(place) ?? []).map((site) => {
      const offset = noiseUnits;
      noiseUnits += site.units;
      return { ...site, offset };
    });
    return { index, block, place, arrays: block.arrays(place), dropout, noise };
  });
  if (!sameShape(resolved.output, target)) {
    throw new ShapeMismatchError({
      code: 'model.output',
      message: 'The last block of the model does not give what the targets need.',
      port: 'model',
      found: resolved.output.join(' × '),
      expected: target.join(' × '),
    });
  }
  const solved = solvedBlocks(blockRegistry, specs);
  return { blocks, input, output: resolved.output, solved, dropoutUnits, noiseUnits };
}

export const sameShape = (a: ItemShape, b: ItemShape): boolean =>
  a.length === b.length && a.every((size, axis) => size === b[axis]);
