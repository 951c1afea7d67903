/** Appends the block; nothing is computed before learn.train. */
import { ridgeBlock } from '../../src/kit/blocks/ridge';
import type { ComputeOf } from '../../src/kit/define-node';
import { appended } from './model-type';
import type definition from './ridge';

const compute: ComputeOf<typeof definition> = async ({ model }, params) => ({
  model: appended(model, { type: ridgeBlock.type, version: ridgeBlock.version, params }),
});
export default compute;
