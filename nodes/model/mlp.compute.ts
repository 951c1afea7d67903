/** Appends the block; nothing is computed before learn.train. */
import { mlpBlock } from '../../src/kit/blocks/mlp';
import type { ComputeOf } from '../../src/kit/define-node';
import type definition from './mlp';
import { appended } from './model-type';

const compute: ComputeOf<typeof definition> = async ({ model }, params) => ({
  model: appended(model, { type: mlpBlock.type, version: mlpBlock.version, params }),
});
export default compute;
