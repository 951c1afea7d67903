import { describe, expect, it } from 'vitest';
import { type Compared, compareResults } from '../../../../src/analysis/compare/comparison';
import { differencesOf, mainMeasure, verdictBetween } from '../../../../src/analysis/compare/conclude';
import { canRefer, imageMeasures } from '../../../../src/analysis/compare/image-measures';
import { betterOf } from '../../../../src/analysis/compare/measure';
import { measuresOf } from '../../../../src/analysis/compare/measures-of';
import { lookAtSpikes, spikeMeasures } from '../../../../src/analysis/compare/spike-look';
import type { ImagesValue, SpikesValue, TableValue } from '../../../../src/kit/values';
import { testItems } from '../../../support/memory-spikes';

const rest = () => undefined;
const imagesOf = (values: readonly number[], firstId = 0): ImagesValue => ({
  kind: 'images',
  shape: [values.length, 2, 2, 1],
  data: Float32Array.from(values.flatMap((value) => [value, value, value, value])),
  items: testItems(values.length, 2, firstId),
});
const scores = (name: string, values: readonly number[], firstItem = 0): TableValue => ({
  kind: 'table',
  columns: [
    { name: 'item', label: 'Item', type: 'number' },
    { name, label: name.toUpperCase(), type: 'number', unit: 'dB' },
  ],
  rows: values.map((value, k) => ({ item: firstItem + k, [name]: value })),
});
const result = (label: string, value: TableValue): Compared => ({ label, measures: measuresOf(value) });
const concluded = (...results: Compared[]) => {
  const rows = compareResults(results);
  const main = mainMeasure(rows);
  return { rows, main, ...verdictBetween(main, results) };
};

describe('measures', () => {
  it('of images are scored against the reference item by item', async () => {
    const reference = imagesOf([0, 0.5, 1]);
    const shifted = imagesOf([0.1, 0.5, 0.9]);
    expect(canRefer(shifted, reference)).toBe(true);
    expect(canRefer(imagesOf([0.1], 9), reference)).toBe(false);
    const measures = await imageMeasures(shifted, reference, null, rest);
    expect(measures.map(({ name }) => name)).toEqual(['psnr', 'mse', 'brightness', 'contrast']);
    const [psnr, mse] = measures;
    expect(psnr?.values[0]).toBeCloseTo(20, 5);
    expect(psnr?.values[1]).toBe(Number.POSITIVE_INFINITY);
    expect(mse?.values[2]).toBeCloseTo(0.01, 7);
  });

  it('of spikes are the rates of each population in each item, without the part left out', async () => {
    // Item 0: two excitatory spikes and one inhibitory after step 10; item 1: one spike, before it.
    const spikes: SpikesValue = {
      kind: 'spikes',
      items: testItems(2, 0, 5),
      unitCount: 3,
      populations: [
        { name: 'exc', start: 0, count: 2 },
        { name: 'inh', start: 2, count: 1 },
      ],
      dt: 1,
      stepCount: 110,
      discardSteps: 10,
      spikeCount: 4,
      chunks: [{ firstItem: 0, itemCount: 2, spikeCount: 4 }],
      read: async () => ({
        firstItem: 0,
        itemCount: 2,
        offsets: Uint32Array.of(0, 3, 4),
        units: Uint32Array.of(0, 1, 2, 0),
        steps: Uint32Array.of(20, 30, 40, 4),
      }),
    };
    const look = await lookAtSpikes(spikes, rest);
    expect(look.rates.map((values) => [...values])).toEqual([
      [10, 0],
      [10, 0],
    ]);
    const [excitatory] = spikeMeasures(look);
    expect(excitatory).toMatchObject({ label: 'Exc rate', unit: 'Hz', sampled: true });
    expect(Array.from(excitatory?.keys ?? [])).toEqual([5, 6]);
    // Over the whole item, one bin of 1 ms: step 20 of item 0 is one spike of two neurons, half of the two items.
    expect(look.mean[0]?.[20]).toBeCloseTo(250, 9);
    expect(look.mean[0]?.reduce((sum, value) => sum + value, 0)).toBeCloseTo((3 / 2 / 2) * 1000, 9);
  });

  it('of a table of items are its columns; of any other table its rows, with their intervals', () => {
    expect(measuresOf(scores('psnr', [1, 2]))).toMatchObject([
      { name: 'psnr', better: 'higher', sampled: true, keys: [0, 1] },
    ]);
    const summary: TableValue = {
      kind: 'table',
      columns: [
        { name: 'metric', label: 'Metric', type: 'text' },
        { name: 'mean', label: 'Mean', type: 'number' },
        { name: 'median', label: 'Median', type: 'number' },
        { name: 'ciLow', label: 'from', type: 'number' },
        { name: 'ciHigh', label: 'to', type: 'number' },
      ],
      rows: [{ metric: 'mse', mean: 0.2, median: 0.1, ciLow: 0.15, ciHigh: 0.25 }],
    };
    expect(measuresOf(summary)).toMatchObject([
      { label: 'MSE', better: 'lower', values: [0.2], interval: [0.15, 0.25], sampled: false },
    ]);
  });

  it('know which way is better by the usual names', () => {
    expect(['psnr', 'SSIM', 'accuracy', 'r2_active'].map(betterOf)).toEqual(['higher', 'higher', 'higher', 'higher']);
    expect(['mse', 'test loss', 'validation loss'].map(betterOf)).toEqual(['lower', 'lower', 'lower']);
    expect(['rate_Hz', 'cv_isi'].map(betterOf)).toEqual([null, null]);
  });

  it('of labels are the agreement with the reference; of models the parameters and the weights', () => {
    const labels = (data: number[]) =>
      ({
        kind: 'labels',
        shape: [data.length],
        data: Int32Array.from(data),
        classNames: [],
        items: testItems(data.length),
      }) as const;
    const [accuracy] = measuresOf(labels([1, 2, 3, 4]), labels([1, 2, 0, 4]));
    expect(Array.from(accuracy?.values ?? [])).toEqual([100, 100, 0, 100]);
    expect(measuresOf(labels([1]))).toEqual([]);
    const model = {
      kind: 'model',
      blocks: [],
      trained: {
        weights: [{ name: '0/bias', shape: [2], data: Float32Array.of(1, 2) }],
        inputShape: [1],
        targetShape: [1],
        inputMean: new Float32Array(1),
        inputScale: new Float32Array(1),
        meanTarget: new Float32Array(1),
        epochs: 1,
      },
    } as const;
    expect(measuresOf(model).map(({ name, values }) => [name, values[0]])).toEqual([
      ['parameters', 2],
      ['weights 0/bias', 1],
    ]);
  });
});

describe('the verdict', () => {
  const low = scores('psnr', [10, 12, 14, 16]);
  const high = scores('psnr', [13, 15, 17.5, 18.5]);

  it('says who wins, on what, by how much, how sure and over how many', () => {
    const { sentence, winner } = concluded(result('Plain', low), result('Tuned', high));
    // Differences 3, 3, 3.5, 2.5: mean 3, s = sqrt(1/6), t(3) = 3.182: 3 -+ 0.65.
    expect(sentence).toBe(
      'Tuned wins on PSNR over Plain by 3.0 dB: 16.0 dB against 13.0 dB, 95 % interval of the difference 2.4 to 3.6 dB, n = 4 items.',
    );
    expect(winner).toBe(1);
  });

  it('is the same whichever comes first', () => {
    const { sentence, winner } = concluded(result('Tuned', high), result('Plain', low));
    expect(sentence).toMatch(/^Tuned wins on PSNR over Plain by 3\.0 dB.*2\.4 to 3\.6 dB/);
    expect(winner).toBe(0);
  });

  it('does not call a winner where the interval holds 0', () => {
    const { sentence, winner } = concluded(result('A', low), result('B', scores('psnr', [9, 14, 13, 17])));
    expect(sentence).toMatch(/^No clear difference in PSNR between B and A/);
    expect(winner).toBeNull();
  });

  it('takes the lower where lower is better, and says so of neither way', () => {
    expect(concluded(result('A', scores('mse', [1, 2, 3])), result('B', scores('mse', [3, 4.1, 5]))).sentence).toMatch(
      /^A wins on MSE/,
    );
    const neutral = concluded(result('A', scores('rate', [1, 2, 3])), result('B', scores('rate', [3, 4.1, 5])));
    expect(neutral.sentence).toMatch(/^RATE is higher in B than in A/);
    expect(neutral.winner).toBeNull();
  });

  it('compares the best of several with the next', () => {
    const { sentence, winner } = concluded(
      result('A', low),
      result('B', high),
      result('C', scores('psnr', [20, 22, 24, 26])),
    );
    expect(sentence).toMatch(/^C wins on PSNR over B \(the next best of 3\)/);
    expect(winner).toBe(2);
  });

  it('says that equal results are equal, and that there may be nothing to measure', () => {
    expect(concluded(result('A', low), result('B', low)).sentence).toBe('A and B are equal in PSNR in all 4 items.');
    expect(concluded({ label: 'A', measures: [] }, { label: 'B', measures: [] }).sentence).toMatch(/^Nothing/);
  });

  it('does not pair what shares no item', () => {
    const { sentence, rows } = concluded(result('A', low), result('B', scores('psnr', [30, 31, 32, 33], 100)));
    expect(rows[0]?.cells[1]?.difference?.paired).toBe(false);
    expect(sentence).toContain('n = 4 items each, not paired');
  });

  it('rests on the paired differences that it shows', () => {
    const results = [result('A', low), result('B', high)];
    const [row] = compareResults(results);
    expect(row && differencesOf(row, results)?.byResult.map((values) => [...values])).toEqual([[3, 3, 3.5, 2.5]]);
  });
});
