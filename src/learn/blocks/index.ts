/** The arithmetic of every block type, by the name that src/kit/blocks/registry.ts knows it by. */
import type { LearnBlock } from '../block';
import { autoencoder } from './autoencoder';
import { linear } from './linear';
import { mlp } from './mlp';
import { ridge } from './ridge';
import { unet } from './unet';
import { vae } from './vae';

export const learnBlocks: ReadonlyMap<string, LearnBlock> = new Map(
  [mlp, unet, vae, autoencoder, linear, ridge].map((block) => [block.type, block]),
);
