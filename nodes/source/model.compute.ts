/** Reads the files and holds every array against what the blocks ask for. */
import { DataError, ParameterError } from '../../src/core/errors';
import { importModel, type NamedFile } from '../../src/data/import-model';
import type { ComputeOf } from '../../src/kit/define-node';
import type { ModelValue } from '../../src/kit/values';
import { buildChain } from '../../src/learn/chain';
import { checkWeights } from '../../src/learn/weights';
import type definition from './model';

const compute: ComputeOf<typeof definition> = async (_, { files }, context) => {
  if (files.length === 0) {
    throw new ParameterError({
      code: 'model.no-files',
      message: 'No files have been chosen.',
      param: 'files',
      cure: 'Choose a saved model: a ZIP file, or model.json with weights.bin.',
    });
  }
  const read: NamedFile[] = [];
  for (const { hash, name } of files) {
    read.push({ name, bytes: await context.assets.imported(hash, name) });
    await context.breathe();
  }
  const model = importModel(read);
  checkFit(model);
  return { model };
};

/** Throws where the arrays are not those of the blocks. */
function checkFit({ blocks, trained }: ModelValue): void {
  if (!trained) {
    throw new DataError({
      code: 'model.untrained',
      message: 'The file holds a model without weights.',
      param: 'files',
      found: blocks.map(({ type }) => type).join(', '),
      cure: 'Save the model output of learn.train, after a run.',
    });
  }
  const { inputShape, targetShape, inputMean, inputScale, meanTarget } = trained;
  const chain = buildChain(blocks, inputShape, targetShape);
  const size = (shape: readonly number[]) => shape.reduce((product, length) => product * length, 1);
  checkWeights(
    chain,
    [
      ...trained.weights,
      { name: 'input/mean', shape: [inputMean.length], data: inputMean },
      { name: 'input/scale', shape: [inputScale.length], data: inputScale },
      { name: 'target/mean', shape: [meanTarget.length], data: meanTarget },
    ],
    [
      { name: 'input/mean', shape: [size(inputShape)] },
      { name: 'input/scale', shape: [size(inputShape)] },
      { name: 'target/mean', shape: [size(targetShape)] },
    ],
  );
}
export default compute;
