/** Reads the chosen images. The page and the command line differ only in where `context.assets` finds the bytes. */
import { ParameterError } from '../../src/core/errors';
import { Purpose } from '../../src/core/random/draws';
import { type ImageStore, imageSize, type SetFile } from '../../src/data/image-store';
import { openPreparedSet } from '../../src/data/prepared-set';
import { cifar10, mnist } from '../../src/data/prepared-sets';
import { openDrawnSet } from '../../src/data/procedural/drawn-set';
import { drawnDigits } from '../../src/data/procedural/glyphs';
import { colouredShapes } from '../../src/data/procedural/shapes';
import type { ComputeContext } from '../../src/kit/context';
import type { ComputeOf } from '../../src/kit/define-node';
import { type ItemTable, type Split, splitIndex } from '../../src/kit/item-table';
import type { ParamValues } from '../../src/kit/params';
import type { ImagesValue, LabelsValue } from '../../src/kit/values';
import { readUserImages } from './files.compute';
import { firstTestId, type ImageSetName, imageSets, parseClasses } from './image-sets';
import definition from './images';
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

function openSet(name: ImageSetName, seed: number, { assets, signal }: ComputeContext): Promise<ImageStore> {
  switch (name) {
    case 'mnist':
      return openPreparedSet(assets, mnist, signal);
    case 'cifar10':
      return openPreparedSet(assets, cifar10, signal);
    case 'textures':
      return Promise.resolve(openDrawnSet(colouredShapes, seed));
    case 'glyphs':
      return Promise.resolve(openDrawnSet(drawnDigits, seed));
  }
}

interface Group {
  readonly file: SetFile;
  readonly split: Split;
  readonly positions: Int32Array;
  readonly ids: Int32Array;
  readonly labels: Int32Array;
}

async function readSet(name: ImageSetName, params: Params, context: ComputeContext): Promise<Output> {
  const store = await openSet(name, params.seed, context);
  const classes = parseClasses(params.classes, store.classNames) ?? [];
  const select = async (file: SetFile, splits: readonly Split[], counts: readonly number[]): Promise<Group[]> => {
    const labels = await store.labels(file);
    const firstId = file === 'train' ? 0 : firstTestId(imageSets[name]);
    const ids = Int32Array.from(labels, (_, position) => firstId + position);
    const order =
      params.selection === 'random' ? drawnOrder(ids, params.seed, Purpose.sample) : ids.map((_, position) => position);
    await context.breathe();
    return takeGroups(order, labels, counts, classes, params.balanced).map((positions, index) => ({
      file,
      split: splits[index] as Split,
      positions,
      ids: positions.map((position) => firstId + position),
      labels: Int32Array.from(positions, (position) => labels[position] as number),
    }));
  };
  const groups = [
    ...(await select('train', ['train', 'validation'], [params.trainCount, params.validationCount])),
    ...(await select('test', ['test'], [params.testCount])),
  ];
  const total = groups.reduce((sum, group) => sum + group.ids.length, 0);
  const grey = params.colour === 'grey' || store.shape[2] === 1;
  const size = imageSize(store, grey);
  const data = new Float32Array(total * size);
  const labels = new Int32Array(total);
  const ids = new Int32Array(total);
  const split = new Uint8Array(total);
  let at = 0;
  for (const group of groups) {
    ids.set(group.ids, at);
    labels.set(group.labels, at);
    split.fill(splitIndex(group.split), at, at + group.ids.length);
    await store.images(group.file, group.positions, { out: data, at: at * size, grey }, async (done, of) => {
      context.progress(at + Math.round((group.ids.length * done) / of), total, 'images');
      await context.breathe();
    });
    at += group.ids.length;
  }
  const [height, width, channels] = store.shape;
  const items: ItemTable = { ids, split, columns: { label: Float64Array.from(labels) } };
  return {
    images: { kind: 'images', shape: [total, height, width, grey ? 1 : channels], data, items },
    labels: { kind: 'labels', shape: [total], data: labels, classNames: store.classNames, items },
  };
}

const compute: ComputeOf<typeof definition> = async (_, params, context) => {
  requireValid(params);
  const { dataset } = params;
  return dataset === 'files' ? readUserImages(params, context) : readSet(dataset, params, context);
};

export default compute;
