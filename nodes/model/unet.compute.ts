/** Appends the block; nothing is computed before learn.train. */
import { unetBlock } from '../../src/kit/blocks/unet';
import type { ComputeOf } from '../../src/kit/define-node';
import { appended } from './model-type';
import type definition from './unet';

const compute: ComputeOf<typeof definition> = async ({ model }, params) => ({
  model: appended(model, { type: unetBlock.type, version: unetBlock.version, params }),
});
export default compute;
