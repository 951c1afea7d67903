/** Appends the block; nothing is computed before learn.train. */
import { vaeBlock } from '../../src/kit/blocks/vae';
import type { ComputeOf } from '../../src/kit/define-node';
import { appended } from './model-type';
import type definition from './vae';

const compute: ComputeOf<typeof definition> = async ({ model }, params) => ({
  model: appended(model, { type: vaeBlock.type, version: vaeBlock.version, params }),
});
export default compute;
