/** Every block type that this version knows. A chain resolves against it; src/learn has the arithmetic of the same names. */

import { autoencoderBlock } from './autoencoder';
import type { BlockRegistry } from './index';
import { linearBlock } from './linear';
import { mlpBlock } from './mlp';
import { ridgeBlock } from './ridge';
import { unetBlock } from './unet';
import { vaeBlock } from './vae';

export const blockRegistry: BlockRegistry = new Map(
  [mlpBlock, unetBlock, vaeBlock, autoencoderBlock, linearBlock, ridgeBlock].map((block) => [block.type, block]),
);
