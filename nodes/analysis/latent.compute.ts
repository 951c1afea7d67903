/** Codes of the chosen items, images from the prior and along the walk, and the tables and figure of them. */
import { latentFigure } from '../../src/analysis/figures/latent-figure';
import { codeUnits, planeOf } from '../../src/analysis/latent-code';
import { createPace } from '../../src/analysis/pacing';
import { numberColumn, textColumn } from '../../src/analysis/table-columns';
import { NodeComputeError, ParameterError } from '../../src/core/errors';
import { fillNormal, Purpose } from '../../src/core/random/draws';
import type { ComputeOf } from '../../src/kit/define-node';
import { type ItemTable, joinItems } from '../../src/kit/item-table';
import type { ImagesValue, LabelsValue } from '../../src/kit/values';
import { codeBlock, decodeCodes, encodeItems } from '../../src/learn/latent';
import { readyModel } from '../../src/learn/trained-model';
import type definition from './latent';

const compute: ComputeOf<typeof definition> = async ({ model, inputs, labels }, params, context) => {
  const ready = readyModel(model, inputs, params.split);
  const code = codeBlock(ready.chain);
  if (!code) {
    throw new NodeComputeError({
      code: 'latent.no-code',
      message: 'This model has no code: there is no VAE in it.',
      port: 'model',
      found: model.blocks.map(({ type }) => type).join(' → '),
      cure: 'Train a model with model.vae in its chain.',
    });
  }
  const { items, count, trained } = ready;
  const { units } = code;
  const [from, to] = [placeOf(params.walkFrom, 'walkFrom', count), placeOf(params.walkTo, 'walkTo', count)];
  const { mean, logVariance } = await encodeItems(ready, code, context);
  const tells = codeUnits(mean, logVariance, units);
  const pace = createPace(context);
  const plane = await planeOf(mean, units, params.plane, tells, () => pace(0, 1, 'plane'));

  const drawn = new Float32Array(params.samples * units);
  for (let k = 0; k < params.samples; k++) {
    const key = { seed: params.seed, purpose: Purpose.latentNoise, item: k };
    fillNormal(drawn.subarray(k * units, (k + 1) * units), key);
  }
  const way = new Float32Array(params.steps * units);
  const share = Float64Array.from({ length: params.steps }, (_, k) => k / (params.steps - 1));
  for (const [k, t] of share.entries()) {
    for (let d = 0; d < units; d++) {
      way[k * units + d] = (1 - t) * (mean[from * units + d] as number) + t * (mean[to * units + d] as number);
    }
  }
  const images = async (codes: Float32Array, table: ItemTable): Promise<ImagesValue> => ({
    kind: 'images',
    shape: [table.ids.length, ...trained.targetShape],
    data: await decodeCodes(ready, code, codes, context),
    items: table,
  });
  return {
    figure: latentFigure({ plane, tells, classes: classesOf(items, labels) }),
    samples: await images(drawn, numbered(params.samples, {})),
    walk: await images(way, numbered(params.steps, { share })),
    codes: { kind: 'features', unit: '1', shape: [count, units], data: mean, items },
    units: {
      kind: 'table',
      columns: [
        numberColumn('unit', 'Unit'),
        numberColumn('divergence', 'Divergence', 'nat'),
        numberColumn('spread', 'Standard deviation of the mean'),
        numberColumn('noise', 'Mean standard deviation of the code'),
        textColumn('state', 'State'),
      ],
      rows: tells.map(({ unit, divergence, spread, noise, active }) => ({
        unit,
        divergence,
        spread,
        noise,
        state: active ? 'active' : 'collapsed',
      })),
    },
  };
};

function placeOf(place: number, param: string, count: number): number {
  if (place <= count) return place - 1;
  throw new ParameterError({
    code: 'latent.place',
    message: `There is no item ${place} among the chosen ones.`,
    param,
    found: `${count.toLocaleString('en-US')} items`,
    expected: `1 to ${count.toLocaleString('en-US')}`,
    cure: 'Choose a smaller number, or other items.',
  });
}

const numbered = (count: number, columns: ItemTable['columns']): ItemTable => ({
  ids: Int32Array.from({ length: count }, (_, k) => k),
  split: new Uint8Array(count).fill(2),
  columns,
});

/** Class of each item, -1 where none is known; null without labels. */
function classesOf(items: ItemTable, labels: LabelsValue | undefined) {
  if (!labels) return null;
  const { a, b } = joinItems(items, labels.items);
  const of = new Int32Array(items.ids.length).fill(-1);
  for (let k = 0; k < a.length; k++) of[a[k] as number] = labels.data[b[k] as number] as number;
  return { of, names: labels.classNames };
}
export default compute;
