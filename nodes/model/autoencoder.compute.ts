/** Appends the block; nothing is computed before learn.train. */
import { autoencoderBlock } from '../../src/kit/blocks/autoencoder';
import type { ComputeOf } from '../../src/kit/define-node';
import type definition from './autoencoder';
import { appended } from './model-type';

const compute: ComputeOf<typeof definition> = async ({ model }, params) => ({
  model: appended(model, { type: autoencoderBlock.type, version: autoencoderBlock.version, params }),
});
export default compute;
