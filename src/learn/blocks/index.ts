/** The arithmetic of every block type, by the name that src/kit/blocks/registry.ts knows it by. */
import type { LearnBlock } from '../block';
import { linear } from './linear';
import { mlp } from './mlp';
import { ridge } from './ridge';
import { unet } from './unet';

export const learnBlocks: ReadonlyMap<string, LearnBlock> = new Map(
  [mlp, unet, linear, ridge].map((block) => [block.type, block]),
);
