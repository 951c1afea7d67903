/** The arithmetic of every block type, by the name that src/kit/blocks/registry.ts knows it by. */
import type { LearnBlock } from '../block';
import { mlp } from './mlp';
import { unet } from './unet';

export const learnBlocks: ReadonlyMap<string, LearnBlock> = new Map([mlp, unet].map((block) => [block.type, block]));
