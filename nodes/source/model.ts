/**
 * A model from a file: the chain of blocks with its weights as "Save model" in the page and `--save NODE.model` write it.
 * What the files hold is known when they are read; form and shapes are checked in model.compute.ts.
 */
import { refuse } from '../../src/core/validity';
import { defineNode, output } from '../../src/kit/define-node';
import { assets } from '../../src/kit/params';

export default defineNode({
  type: 'source.model',
  version: 1,
  title: 'Model from a file',
  inputs: {},
  outputs: { model: output('model', 'Model', 'The chain of blocks with its weights, ready for learn.predict.') },
  params: {
    files: assets({
      label: 'Files',
      help: 'One ZIP file, or model.json together with weights.bin.',
      accept: ['.zip', '.json', '.bin'],
    }),
  },
  docs: {
    summary: 'Reads a trained model that was saved to a file.',
    description: [
      'A trained model is saved by "Save model" beside the model output of learn.train (one ZIP file), or headless by ' +
        '"--save train.model" (a folder). It holds the weights bit for bit, the blocks with their parameters, and the ' +
        'normalisation of the inputs, so that predictions are the same to the last bit on the same backend.',
      'model.json carries a weights manifest in the form of TensorFlow.js: tf.io.decodeWeights reads weights.bin by it, and so ' +
        'does NumPy (float32, little-endian, one array after the other).',
      'Every array is checked against the blocks: a model whose weights do not fit is refused with the name of the array. ' +
        'Inputs of another size than the model was trained with are refused by learn.predict.',
      'Headless: --set model.files=\'["model.json", "weights.bin"]\' or the name of the ZIP file.',
    ],
    references: ['TensorFlow.js, weights manifest of the layers and graph model formats'],
    keywords: ['load', 'import', 'weights', 'pretrained', 'checkpoint', 'tfjs'],
  },
  numerics: 'exact',
  keyInfo: ({ files }) => files.map(({ name }) => name).join(', ') || 'no file',
  infer(_, { files }) {
    if (files.length === 0) {
      const cure = 'Drop a saved model here: a ZIP file, or model.json with weights.bin.';
      return { ...refuse('model.no-files', 'No files have been chosen.', cure), param: 'files' };
    }
    const trained = { input: null, target: null };
    return { ok: true, outputs: { model: { kind: 'model', axes: [], unit: '1', note: 'from a file', trained } } };
  },
  compute: () => import('./model.compute'),
});
