import { describe, expect, it } from 'vitest';
import definition from '../../../../nodes/analysis/currents';
import { DataError } from '../../../../src/core/errors';
import type { FigureMark } from '../../../../src/kit/figure';
import type { FigureValue, SeriesValue, SpikesValue } from '../../../../src/kit/values';
import { computeNode, createTestContext, paramsOf } from '../../../support/compute-context';
import { spikesFrom } from '../../../support/memory-spikes';
import { currentsOf } from '../../analysis/currents';
import { presets } from '../../analysis/networks';
import { uniformOf } from '../../analysis/trains';

const measure = (currents: SeriesValue, given = {}, spikes?: SpikesValue, context = createTestContext()) =>
  computeNode(definition, { currents, spikes }, paramsOf(definition, { discard: 0, ...given }), context);
const marksOf = (figure: FigureValue, panel: number): readonly FigureMark[] => figure.panels[panel]?.marks ?? [];
const lineOf = (figure: FigureValue, panel: number, name: string) => {
  const found = marksOf(figure, panel).find((mark) => mark.type === 'line' && mark.name === name);
  if (found?.type !== 'line') throw new Error(`no line ${name}`);
  return found;
};

/** Inhibition that repeats the total excitation `lag` ms later, doubled. */
function following(lag: number, n = 500) {
  const uniform = uniformOf(1);
  const recurrent = Array.from({ length: n }, () => 10 * uniform());
  const external = Array.from({ length: n }, () => 5 * uniform());
  const total = recurrent.map((value, i) => value + (external[i] as number));
  const inhibitory = total.map((_, i) => 2 * (total[i - lag] ?? 0));
  return { excitatory: recurrent, external, inhibitory };
}

const spikesOf = (rest = {}) =>
  spikesFrom([[]], {
    unitCount: 1250,
    stepCount: 1000,
    dt: 1,
    populations: [
      { name: 'excitatory', start: 0, count: 1000 },
      { name: 'inhibitory', start: 1000, count: 250 },
    ],
    ...rest,
  });

describe('one neuron by hand', () => {
  it('means, ratio, correlation and margin', async () => {
    const currents = currentsOf([
      {
        item: 4,
        neuron: 7,
        excitatory: [1, 2, 3],
        external: [2, 2, 2],
        inhibitory: [2, 1, 3],
        'free membrane': [18, 26, 22],
      },
    ]);
    const { table } = await measure(currents);
    expect(table.rows).toEqual([
      {
        item: 4,
        neuron: 7,
        population: null,
        recurrent_mV: 2,
        external_mV: 2,
        inhibitory_mV: 2,
        net_mV: 2,
        input_ratio: 0.5,
        ei_correlation: expect.closeTo(0.5, 12),
        lag_ms: expect.any(Number),
        // Mean 22, variance 32 / 3.
        margin: expect.closeTo(2 / Math.sqrt(32 / 3), 12),
      },
    ]);
  });
  it.each([0, 2, 7])('inhibition that follows by %d ms', async (lag) => {
    const { table, figure } = await measure(currentsOf([{ neuron: 0, ...following(lag) }]), { discard: 50 });
    expect(table.rows[0]?.lag_ms).toBe(lag);
    const { x, y } = lineOf(figure, 1, 'mean over neurons');
    expect(x[y.indexOf(Math.max(...y))]).toBe(lag);
    expect(Math.max(...y)).toBeCloseTo(1, 9);
    expect([x[0], x.at(-1)]).toEqual([-30, 30]);
  });
  it('is undefined where nothing was recorded or nothing moves', async () => {
    const { table } = await measure(currentsOf([{ neuron: 0, inhibitory: [0, 0, 0] }]));
    expect(table.rows[0]).toMatchObject({ recurrent_mV: 0, input_ratio: null, ei_correlation: null });
    expect(table.rows[0]).toMatchObject({ lag_ms: null, margin: null });
  });
});

describe('spikes', () => {
  it('bring the threshold, the part left out and the population', async () => {
    const currents = currentsOf([
      { neuron: 1100, excitatory: [99, 99, 2, 4], 'free membrane': [0, 0, 59, 61] },
      { neuron: 3, excitatory: [99, 99, 2, 4] },
    ]);
    const spikes = await spikesOf({ discardSteps: 2, network: presets.unbalanced2 });
    const { table, figure } = await measure(currents, {}, spikes);
    expect(table.rows.map(({ neuron, population }) => [neuron, population])).toEqual([
      [3, 'excitatory'],
      [1100, 'inhibitory'],
    ]);
    expect(table.rows[1]).toMatchObject({ recurrent_mV: 3, margin: 0 });
    expect(marksOf(figure, 0).find(({ type }) => type === 'rule')).toMatchObject({ at: 60, name: 'threshold' });
  });
  it('without a network leave the threshold as it is set', async () => {
    const currents = currentsOf([{ neuron: 3, 'free membrane': [29, 31] }]);
    const { table } = await measure(currents, { vThreshold: 25 }, await spikesOf());
    expect(table.rows[0]?.margin).toBe(5);
  });
});

describe('the figure', () => {
  it('draws external, recurrent, inverted inhibition and the net of the chosen neuron, in the time shown', async () => {
    const currents = currentsOf([
      { item: 1, neuron: 5, excitatory: [0, 0, 0, 0] },
      { item: 2, neuron: 5, excitatory: [0, 0, 0, 0] },
      { item: 2, neuron: 6, excitatory: [1, 2, 3, 4], external: [9, 9, 9, 9], inhibitory: [5, 6, 7, 8] },
    ]);
    const { figure } = await measure(currents, { itemShown: 1, neuronShown: 1, discard: 1, timeShown: 1 });
    const line = (name: string) => [...lineOf(figure, 0, name).y];
    expect([...lineOf(figure, 0, 'net').x]).toEqual([1, 2]);
    expect(line('recurrent excitation')).toEqual([2, 3]);
    expect(line('external')).toEqual([9, 9]);
    expect(line('inhibition')).toEqual([-6, -7]);
    expect(line('net')).toEqual([5, 5]);
    expect(figure.caption).toContain('Item 2, neuron 6 of 2 recorded');
  });
  it('takes the last of what is there, and nothing from nothing', async () => {
    const { figure } = await measure(currentsOf([{ neuron: 5, excitatory: [1, 2] }]), { itemShown: 9, neuronShown: 9 });
    expect(figure.panels[0]?.title).toBe('Input of neuron 5');
    const empty = await measure(currentsOf([]));
    expect(empty.table.rows).toEqual([]);
    expect(empty.figure.panels[0]?.title).toBe('No recorded neuron');
  });
});

describe('refusals', () => {
  it('of other series', async () => {
    const loss = { name: 'loss', unit: '1', x: Float64Array.of(0), y: Float64Array.of(1) };
    const failure = measure({ kind: 'series', xLabel: 'epoch', xUnit: '1', curves: [loss] });
    await expect(failure).rejects.toBeInstanceOf(DataError);
    await expect(failure).rejects.toMatchObject({ details: { port: 'currents' } });
  });
  it('of parameters out of range', () => {
    expect(() => paramsOf(definition, { maxLag: 0 })).toThrow();
    expect(() => paramsOf(definition, { vThreshold: Number.NaN })).toThrow();
  });
});

it('gives the same bits again', async () => {
  const currents = currentsOf([{ neuron: 0, ...following(2) }]);
  expect(await measure(currents)).toEqual(await measure(currents));
});
