/** Appends the block; nothing is computed before learn.train. */
import { linearBlock } from '../../src/kit/blocks/linear';
import type { ComputeOf } from '../../src/kit/define-node';
import type definition from './linear';
import { appended } from './model-type';

const compute: ComputeOf<typeof definition> = async ({ model }, params) => ({
  model: appended(model, { type: linearBlock.type, version: linearBlock.version, params }),
});
export default compute;
