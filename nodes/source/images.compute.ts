/** Reads the chosen images. The page and the command line differ only in where `context.assets` finds the bytes. */
import { ParameterError } from '../../src/core/errors';
import { Purpose } from '../../src/core/random/draws';
import { mnistPixels, readMnistImages, readMnistLabels, readMnistManifest } from '../../src/data/mnist';
import type { ComputeContext } from '../../src/kit/context';
import type { ComputeOf } from '../../src/kit/define-node';
import { type ItemTable, splitIndex } from '../../src/kit/item-table';
import type { ParamValues } from '../../src/kit/params';
import type { ImagesValue, LabelsValue } from '../../src/kit/values';
import { readUserImages } from './files.compute';
import definition, { parseDigits } from './images';
import { firstTestId } from './mnist-counts';
import { drawnOrder, takeGroups } from './selection';

type Params = ParamValues<typeof definition.params>;
interface Output {
  readonly images: ImagesValue;
  readonly labels: LabelsValue;
}

/** Throws what `infer` refuses, for callers that did not ask it. */
function requireValid(params: Params): void {
  const inference = definition.infer({}, params);
  if (inference.ok) return;
  throw new ParameterError({
    code: inference.code,
    message: inference.reason,
    ...(inference.param === undefined ? {} : { param: inference.param }),
    ...(inference.cure === undefined ? {} : { cure: inference.cure }),
  });
}

async function readMnist(params: Params, context: ComputeContext): Promise<Output> {
  const { assets, signal } = context;
  const manifest = await readMnistManifest(assets, signal);
  const digits = parseDigits(params.classes) ?? [];
  const select = async (file: 'train' | 'test', counts: readonly number[], firstId: number) => {
    const labels = await readMnistLabels(assets, manifest, file, signal);
    const ids = Int32Array.from(labels, (_, position) => firstId + position);
    const order =
      params.selection === 'random' ? drawnOrder(ids, params.seed, Purpose.sample) : ids.map((_, position) => position);
    await context.breathe();
    return takeGroups(order, labels, counts, digits, params.balanced).map((positions) => ({
      positions,
      ids: positions.map((position) => firstId + position),
      labels: Int32Array.from(positions, (position) => labels[position] as number),
    }));
  };
  const groups = [
    ...(await select('train', [params.trainCount, params.validationCount], 0)),
    ...(await select('test', [params.testCount], firstTestId)),
  ];
  const total = groups.reduce((sum, group) => sum + group.ids.length, 0);
  const data = new Float32Array(total * mnistPixels);
  const labels = new Int32Array(total);
  const ids = new Int32Array(total);
  const split = new Uint8Array(total);
  let at = 0;
  for (const [index, group] of groups.entries()) {
    const name = (['train', 'validation', 'test'] as const)[index] ?? 'test';
    ids.set(group.ids, at);
    labels.set(group.labels, at);
    split.fill(splitIndex(name), at, at + group.ids.length);
    await readMnistImages(
      assets,
      manifest,
      name === 'test' ? 'test' : 'train',
      group.positions,
      data,
      at * mnistPixels,
      async (done, of) => {
        context.progress(at + Math.round((group.ids.length * done) / of), total, 'images');
        await context.breathe();
      },
      signal,
    );
    at += group.ids.length;
  }
  const items: ItemTable = { ids, split, columns: { label: Float64Array.from(labels) } };
  return {
    images: { kind: 'images', shape: [total, 28, 28, 1], data, items },
    labels: { kind: 'labels', shape: [total], data: labels, classNames: manifest.classNames, items },
  };
}

const compute: ComputeOf<typeof definition> = async (_, params, context) => {
  requireValid(params);
  return params.dataset === 'mnist' ? readMnist(params, context) : readUserImages(params, context);
};

export default compute;
