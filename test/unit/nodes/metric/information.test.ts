import { describe, expect, it } from 'vitest';
import definition from '../../../../nodes/metric/information';
import { DataError, NodeComputeError, ParameterError } from '../../../../src/core/errors';
import { Purpose, permutation } from '../../../../src/core/random/draws';
import { repeatItems } from '../../../../src/kit/item-table';
import type { FeaturesValue, ImagesValue, LabelsValue, SpikesValue, TableRow } from '../../../../src/kit/values';
import { computeNode, createTestContext, paramsOf } from '../../../support/compute-context';
import { featuresOf, gauss, labelsOf, rowImages, withColumns } from '../../../support/gaussian-clouds';
import { spikesFrom, testItems } from '../../../support/memory-spikes';
import { network } from '../../../support/synthetic-spikes';
import { draw } from '../../figure/svg-support';

interface Wires {
  readonly features: FeaturesValue;
  readonly labels?: LabelsValue;
  readonly images?: ImagesValue;
  readonly spikes?: SpikesValue;
}

async function run(wires: Wires, given = {}) {
  const { table, figure } = await computeNode(
    definition,
    { labels: undefined, images: undefined, spikes: undefined, ...wires },
    paramsOf(definition, { resamples: 200, ...given }),
    createTestContext(),
  );
  const row = (measure: string): TableRow => {
    const found = table.rows.find((each) => each['measure'] === measure);
    if (!found) throw new Error(`No row ${measure}.`);
    return found;
  };
  return { table, figure, row };
}
const numbers = (row: TableRow) => row as Record<'value' | 'low' | 'high' | 'chance' | 'per_spike', number>;
const holds = (row: TableRow, truth: number) => {
  const { low, high } = numbers(row);
  return low <= truth && truth <= high;
};

const n = 400;
const items = testItems(n);
const alternating = Array.from({ length: n }, (_, k) => k % 2);

describe('Gaussian clouds', () => {
  // Ten units, independent noise of variance 1, means 0.6 apart: d' of a unit 0.6, of all 0.6 sqrt 10.
  const clouds = featuresOf(items, 10, (item, unit) => gauss(unit, item) + 0.6 * (item % 2));
  const labels = labelsOf(items, alternating, 2);
  it("have the accuracy, d' and Fisher information that they must", async () => {
    const { row } = await run({ features: clouds, labels });
    const all = 0.6 * Math.sqrt(10);
    // Phi(0.949) = 0.8286; a decoder learnt from 320 items loses a little.
    expect(Math.abs(numbers(row('accuracy')).value - 0.8286)).toBeLessThan(0.04);
    expect(holds(row('accuracy'), 0.8286)).toBe(true);
    expect(numbers(row('accuracy')).chance).toBeCloseTo(0.5, 1);
    expect(holds(row("d' unit"), 0.6)).toBe(true);
    expect(Math.abs(numbers(row("d' unit")).value - 0.6)).toBeLessThan(0.1);
    expect(Math.abs(numbers(row("d' pooled")).value - all)).toBeLessThan(0.3);
    expect(holds(row('fisher'), 3.6)).toBe(true);
    expect(holds(row('fisher shuffled'), 3.6)).toBe(true);
    expect(row('fisher')).toMatchObject({ n, over: 10, over_what: 'units', unit: '1' });
    // Of a symmetric channel with 17 % errors: 1 - H = 0.34 bits.
    expect(holds(row('confusion bits'), 0.34)).toBe(true);
    expect(numbers(row('confusion bits')).value).toBeLessThan(1);
  });
  it('have bits, but no more than log2 of the classes, when far apart', async () => {
    const far = featuresOf(items, 4, (item, unit) => gauss(unit, item) + (item % 4 === unit ? 30 : 0));
    const { row, figure } = await run({
      features: far,
      labels: labelsOf(
        items,
        alternating.map((_, k) => k % 4),
        4,
      ),
    });
    expect(row('accuracy')).toMatchObject({ value: 1, low: 1, high: 1, over: 4 });
    // Shuffled answers still hold (k - 1)^2 / (2 n ln 2) bits, which are taken off.
    expect(numbers(row('confusion bits')).value).toBeCloseTo(2 - 9 / (2 * n * Math.LN2), 2);
    const [cells] = figure.panels[0]?.marks ?? [];
    expect(cells?.type === 'cells' && Array.from(cells.value)).toEqual([
      1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1,
    ]);
    expect(figure.panels[0]?.x.categories).toEqual(['class 0', 'class 1', 'class 2', 'class 3']);
    expect(draw(figure)).toContain('Confusion');
  });
  it('of which the labels are permuted are decoded at chance, within the interval', async () => {
    const order = permutation({ seed: 11, purpose: Purpose.shuffle, item: 0 }, n);
    const mixed = labelsOf(
      items,
      Array.from(order, (k) => k % 2),
      2,
    );
    const { row } = await run({ features: clouds, labels: mixed });
    expect(holds(row('accuracy'), 0.5)).toBe(true);
    expect(holds(row('confusion bits'), 0)).toBe(true);
    expect(holds(row("d' pooled"), 0)).toBe(true);
    expect(holds(row('fisher'), 0)).toBe(true);
  });
});

describe('correlated noise', () => {
  const many = testItems(1200);
  const step = withColumns(many, { contrast: Array.from(many.ids, (id) => (id % 2 === 1 ? 0.3 : 0.1)) });
  const given = { stepColumn: 'contrast', stepFrom: 0.1, stepTo: 0.3 };
  const correlated = (sign: number) =>
    featuresOf(step, 4, (item, unit) => {
      const signal = 0.4 * (item % 2) * (unit % 2 === 1 ? sign : 1);
      return signal + Math.sqrt(0.3) * gauss(99, item) + Math.sqrt(0.7) * gauss(100 + unit, item);
    });
  it('of units that agree lowers the information, which shuffling raises; of units that disagree the other way', async () => {
    // d'^2 = (4 s - 0.3 (sum)^2 / (1 + 3 0.3)) / 0.7 with s = 0.16, sum = 1.6 or 0; over 0.2^2.
    const agree = await run({ features: correlated(1) }, given);
    expect(holds(agree.row('fisher'), (0.64 - (0.3 * 1.6 ** 2) / 1.9) / 0.7 / 0.04)).toBe(true);
    expect(holds(agree.row('fisher shuffled'), 0.64 / 0.04)).toBe(true);
    expect(numbers(agree.row('fisher')).value).toBeLessThan(0.8 * numbers(agree.row('fisher shuffled')).value);
    expect(agree.row('fisher')['unit']).toBe('1/contrast²');
    const disagree = await run({ features: correlated(-1) }, given);
    expect(holds(disagree.row('fisher'), 0.64 / 0.7 / 0.04)).toBe(true);
    expect(holds(disagree.row('fisher shuffled'), 0.64 / 0.04)).toBe(true);
    expect(numbers(disagree.row('fisher')).value).toBeGreaterThan(1.2 * numbers(disagree.row('fisher shuffled')).value);
  });
});

describe('no leak from the items that are tested', () => {
  it('pure noise of many dimensions is decoded at chance', async () => {
    const small = testItems(80);
    const noise = featuresOf(small, 600, (item, unit) => gauss(unit, item));
    const labels = labelsOf(small, alternating.slice(0, 80), 2);
    const images = rowImages(small, 30, (item, pixel) => (gauss(5000 + pixel, item) > 0 ? 1 : 0));
    const { row } = await run({ features: noise, labels, images }, { components: 5 });
    expect(holds(row('accuracy'), 0.5)).toBe(true);
    expect(Math.abs(numbers(row('accuracy')).value - 0.5)).toBeLessThan(0.17);
    expect(Math.abs(numbers(row("d' pooled")).value)).toBeLessThan(0.7);
    expect(numbers(row('gaussian bound')).value).toBeLessThan(0.1);
    expect(Math.abs(numbers(row("pixel d' pooled")).value)).toBeLessThan(0.3);
    // The pixel that each unit follows most of 30 by chance: in the same items its d' would be about 0.5.
    expect(Math.abs(numbers(row("pixel d' unit")).value)).toBeLessThan(0.05);
  });
  it('trials of a stimulus are never in both parts: a fingerprint of each stimulus is no knowledge of its class', async () => {
    const repeated = repeatItems(testItems(60), 8);
    const stimulus = repeated.columns['stimulus'] as Float64Array;
    const prints = featuresOf(
      repeated,
      40,
      (item, unit) => 3 * gauss(unit, stimulus[item] as number) + 0.1 * gauss(99, item * 40 + unit),
    );
    const labels = labelsOf(testItems(60), alternating.slice(0, 60), 2);
    const { row } = await run({ features: prints, labels });
    expect(holds(row('accuracy'), 0.5)).toBe(true);
    expect(Math.abs(numbers(row('accuracy')).value - 0.5)).toBeLessThan(0.25);
    // Where each stimulus is a class, its trials are what is decoded.
    const own = labelsOf(testItems(60), testItems(60).ids, 60);
    expect(numbers((await run({ features: prints, labels: own })).row('accuracy')).value).toBeGreaterThan(0.99);
  });
});

describe('images', () => {
  const latents = 4;
  const count = 600;
  const many = testItems(count);
  it('reach the Gaussian bound of a noisy linear code: 1/2 log2(1 + signal to noise) for each component', async () => {
    // Pixels are independent latents of falling size, so that they are the components; the code is each plus noise.
    const scale = [0.2, 0.15, 0.1, 0.07];
    const noise = [0.5, 0.5, 1, 1];
    const latent = (item: number, k: number) => gauss(k, item);
    const images = rowImages(many, latents, (item, pixel) => 0.5 + (scale[pixel] as number) * latent(item, pixel));
    const features = featuresOf(
      many,
      latents,
      (item, unit) => latent(item, unit) + (noise[unit] as number) * gauss(50 + unit, item),
    );
    const truth = noise.reduce((sum, sd) => sum + 0.5 * Math.log2(1 + 1 / sd ** 2), 0);
    const { row, figure } = await run({ features, images }, { components: latents });
    expect(Math.abs(numbers(row('gaussian bound')).value / truth - 1)).toBeLessThan(0.1);
    expect(holds(row('gaussian bound'), truth)).toBe(true);
    expect(row('gaussian bound')).toMatchObject({ over: latents, over_what: 'components', unit: 'bit' });
    expect(figure.panels[0]?.title).toBe('Image components');
  });
  it("give d' of dark and bright pixels, of a unit and of all that see the pixel", async () => {
    // Three units per pixel, noise of sd 0.8 each: d' 1 / 0.8 = 1.25, and sqrt 3 times that for all of them.
    const pixels = 6;
    const images = rowImages(many, pixels, (item, pixel) => (gauss(pixel, item) > 0 ? 1 : 0));
    const features = featuresOf(
      many,
      3 * pixels,
      (item, unit) => (images.data[item * pixels + (unit % pixels)] as number) + 0.8 * gauss(70 + unit, item),
    );
    const { row } = await run({ features, images });
    expect(Math.abs(numbers(row("pixel d' unit")).value - 1.25)).toBeLessThan(0.08);
    expect(holds(row("pixel d' unit"), 1.25)).toBe(true);
    expect(Math.abs(numbers(row("pixel d' pooled")).value - 1.25 * Math.sqrt(3))).toBeLessThan(0.15);
    expect(row("pixel d' pooled")).toMatchObject({ over: pixels, over_what: 'pixels' });
  });
  it('say why where they say nothing', async () => {
    const features = featuresOf(many, 3, (item, unit) => gauss(unit, item));
    const grey = rowImages(many, 4, () => 0.5);
    const { row } = await run({ features, images: grey });
    expect(row('gaussian bound')).toMatchObject({ value: null, note: 'The images do not vary.' });
    expect(row("pixel d' unit")['note']).toContain('No pixel is at most 0.25');
    const few = testItems(8);
    const short = await run({
      features: featuresOf(few, 3, (item, unit) => gauss(unit, item)),
      images: rowImages(few, 4, (item, pixel) => Math.abs(gauss(pixel, item)) / 4),
    });
    expect(short.row('gaussian bound')).toMatchObject({ value: null, note: '8 images, at least 20 are needed.' });
    expect(draw(short.figure)).toContain('nothing is defined');
  });
});

describe('per spike', () => {
  it('divides information, not accuracy, by the spikes that count', async () => {
    const few = testItems(40);
    const features = featuresOf(few, 2, (item, unit) => gauss(unit, item) + 8 * (item % 2));
    const labels = labelsOf(few, alternating.slice(0, 40), 2);
    // Three spikes of unit 0 (excitatory) and one of unit 90 (inhibitory) after the first 5 steps, one before.
    const spikes = await spikesFrom(
      few.ids.length
        ? Array.from(
            few.ids,
            () =>
              [
                [0, 2],
                [0, 6],
                [0, 7],
                [90, 8],
                [0, 9],
              ] as const,
          )
        : [],
      {
        unitCount: 100,
        stepCount: 10,
        discardSteps: 5,
        network,
        populations: [
          { name: 'excitatory', start: 0, count: 80 },
          { name: 'inhibitory', start: 80, count: 20 },
        ],
      },
    );
    const { row } = await run({ features, labels, spikes });
    const bits = numbers(row('confusion bits'));
    expect(row('spikes')['value']).toBe(4);
    expect(bits.per_spike).toBeCloseTo(bits.value / 4, 12);
    expect(row('confusion bits')['per_spike_low']).toBeCloseTo(bits.low / 4, 12);
    // An excitatory neuron projects to 10 * 100 / 80 = 12.5 neurons, an inhibitory one to 5 * 100 / 20 = 25.
    expect(row('events')['value']).toBeCloseTo(3 * 12.5 + 25, 12);
    expect(row('confusion bits')['per_event']).toBeCloseTo(bits.value / 62.5, 12);
    expect(row('accuracy')['per_spike']).toBeNull();
    expect(row("d' pooled")['per_spike']).toBeNull();
    const inhibitory = await run({ features, labels, spikes }, { population: 'inhibitory' });
    expect(inhibitory.row('spikes')['value']).toBe(1);
    expect(inhibitory.row('confusion bits')['per_event']).toBeNull();
    const other = featuresOf(testItems(40, 0, 1000), 2, (item, unit) => gauss(unit, item));
    await expect(
      run({ features: other, labels: labelsOf(other.items, alternating.slice(0, 40), 2), spikes }),
    ).rejects.toThrow('no spikes');
  });
});

describe('edges', () => {
  const features = featuresOf(items, 3, (item, unit) => gauss(unit, item) + (item % 2));
  const labels = labelsOf(items, alternating, 2);
  it('same seed, same bits; another seed, other folds', async () => {
    const images = rowImages(items, 5, (item, pixel) => (gauss(pixel + 30, item) > 0 ? 1 : 0));
    const one = await run({ features, labels, images });
    expect((await run({ features, labels, images })).table).toEqual(one.table);
    const other = await run({ features, labels, images }, { seed: 2 });
    expect(other.row("d' pooled")['value']).not.toBe(one.row("d' pooled")['value']);
    expect(other.row("d' unit")['value']).toBe(one.row("d' unit")['value']);
  });
  it('a single unit is enough; a silent one says why', async () => {
    const one = featuresOf(items, 1, (item) => gauss(0, item) + 2 * (item % 2));
    expect(Math.abs(numbers((await run({ features: one, labels })).row("d' unit")).value - 2)).toBeLessThan(0.3);
    const silent = await run({ features: featuresOf(items, 2, () => 0), labels });
    expect(silent.row('accuracy')).toMatchObject({ value: 0.5, chance: 0.5 });
    expect(silent.row('fisher')).toMatchObject({ value: null, note: 'class 0 against 1: no unit varies.' });
    expect(draw(silent.figure)).toContain('Confusion');
  });
  it('leaves Fisher information of too many units empty, and takes some of them on request', async () => {
    const few = testItems(24);
    const wide = featuresOf(few, 40, (item, unit) => gauss(unit, item) + (item % 2));
    const classes = labelsOf(few, alternating.slice(0, 24), 2);
    const { row } = await run({ features: wide, labels: classes });
    expect(row('fisher')).toMatchObject({ value: null, low: null });
    expect(row('fisher')['note']).toContain('Choose 18 units or fewer');
    expect(row('fisher shuffled')['value']).not.toBeNull();
    expect((await run({ features: wide, labels: classes }, { fisherUnits: 5 })).row('fisher')).toMatchObject({
      over: 5,
    });
  });
  it('classes with a single stimulus, and one class alone, are not decoded', async () => {
    const lonely = labelsOf(
      items,
      alternating.map((_, k) => (k === 7 ? 1 : 0)),
      2,
    );
    expect((await run({ features, labels: lonely })).row('accuracy')['note']).toContain(
      'Class 1 has a single stimulus',
    );
    const same = labelsOf(
      items,
      alternating.map(() => 0),
      2,
    );
    expect((await run({ features, labels: same })).row('accuracy')['note']).toContain('one class');
    expect((await run({ features, labels: same })).row("d' pooled")['note']).toContain('at least 3 of each');
  });
  it("reads the items' own labels, and one split", async () => {
    const split = {
      ...withColumns(items, { label: alternating }),
      split: Uint8Array.from(alternating.map((_, k) => (k < 100 ? 0 : 2))),
    };
    const own = { ...features, items: split };
    expect((await run({ features: own }, { split: 'test' })).row('accuracy')).toMatchObject({ n: 300 });
    await expect(run({ features: own }, { split: 'validation' })).rejects.toBeInstanceOf(DataError);
  });
  it('leaves intervals out on request', async () => {
    const { row } = await run({ features, labels }, { resamples: 0 });
    expect(row('accuracy')).toMatchObject({ low: null, high: null });
    expect(row("d' unit")).toMatchObject({ low: null, high: null });
  });
});

describe('refusals', () => {
  const features = featuresOf(items, 3, (item, unit) => gauss(unit, item));
  it('nothing to tell of, labels of other items, an unknown column, features that are no numbers', async () => {
    await expect(run({ features })).rejects.toBeInstanceOf(DataError);
    const others = labelsOf(testItems(n, 0, 5000), alternating, 2);
    await expect(run({ features, labels: others })).rejects.toThrow('has no label');
    await expect(run({ features }, { stepColumn: 'contrast' })).rejects.toBeInstanceOf(ParameterError);
    const broken = featuresOf(items, 3, (item) => (item === 17 ? Number.NaN : 0));
    await expect(run({ features: broken, labels: labelsOf(items, alternating, 2) })).rejects.toBeInstanceOf(
      NodeComputeError,
    );
    await expect(run({ features: broken, labels: labelsOf(items, alternating, 2) })).rejects.toThrow('Item 17');
  });
  it('before a run: no step, thresholds that cross, a single item', () => {
    const infer = (given = {}, size = 100) =>
      definition.infer(
        {
          features: { kind: 'features', axes: [{ name: 'item', size }], unit: '1' },
          labels: undefined,
          images: undefined,
          spikes: undefined,
        },
        paramsOf(definition, given),
      );
    expect(infer().ok).toBe(true);
    expect(infer({ stepTo: 0 })).toMatchObject({ ok: false, code: 'information.step', param: 'stepTo' });
    expect(infer({ dark: 0.8 })).toMatchObject({ ok: false, code: 'information.thresholds' });
    expect(infer({}, 1)).toMatchObject({ ok: false, code: 'information.few', port: 'features' });
    expect(() => paramsOf(definition, { folds: 1 })).toThrow();
  });
});
