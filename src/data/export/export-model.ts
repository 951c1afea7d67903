/**
 * A model as `model.json` and, once trained, `weights.bin`: the weights manifest is the one of tfjs (groups of weights
 * with name, shape and dtype, their float32 values one after the other, little-endian), so `tf.io.decodeWeights` reads
 * it. The blocks stand in `userDefinedMetadata`, since a chain of blocks is no Keras model.
 */
import type { ModelValue, TrainedModel } from '../../kit/values';
import { encodeElements } from '../typed-arrays';
import type { ExportedFile } from './exported-file';

export function exportModel(name: string, { blocks, trained }: ModelValue): ExportedFile[] {
  const arrays = trained
    ? [
        ...trained.weights.map(({ name: weight, shape, data }) => ({ name: weight, shape, data })),
        { name: 'input/mean', shape: [trained.inputMean.length], data: trained.inputMean },
        { name: 'input/scale', shape: [trained.inputScale.length], data: trained.inputScale },
        { name: 'target/mean', shape: [trained.meanTarget.length], data: trained.meanTarget },
      ]
    : [];
  const manifest = {
    format: 'spikeloom-blocks',
    generatedBy: 'Spikeloom',
    convertedBy: null,
    modelTopology: null,
    weightsManifest: trained
      ? [
          {
            paths: ['weights.bin'],
            weights: arrays.map(({ name: weight, shape }) => ({ name: weight, shape, dtype: 'float32' })),
          },
        ]
      : [],
    userDefinedMetadata: {
      blocks,
      ...(trained ? describeTrained(trained) : {}),
    },
  };
  const files: ExportedFile[] = [
    { path: `${name}/model.json`, bytes: new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`) },
  ];
  if (!trained) return files;
  const weights = new Uint8Array(arrays.reduce((sum, { data }) => sum + data.byteLength, 0));
  let at = 0;
  for (const { data } of arrays) {
    weights.set(encodeElements(data), at);
    at += data.byteLength;
  }
  files.push({ path: `${name}/weights.bin`, bytes: weights });
  return files;
}

const describeTrained = ({ inputShape, targetShape, epochs, classNames }: TrainedModel) => ({
  inputShape,
  targetShape,
  epochs,
  ...(classNames ? { classNames } : {}),
});
