import { describe, expect, it } from 'vitest';
import definition from '../../../../nodes/analysis/balance';
import { DataError } from '../../../../src/core/errors';
import { normal, Purpose } from '../../../../src/core/random/draws';
import type { Curve, SeriesValue, SpikesValue, TableValue } from '../../../../src/kit/values';
import { computeNode, createTestContext, paramsOf } from '../../../support/compute-context';
import { spikesFrom } from '../../../support/memory-spikes';
import { itemsWith, network, poissonSpikes } from '../../../support/synthetic-spikes';

const grid = [0, 1, 1.5, 2, 2.5, 3, 4];

/** 100 Poisson units for 1 s at each eta, 2 trials. */
const irregular = (rate: (eta: number) => number, options: object = {}) =>
  poissonSpikes({
    items: itemsWith({ eta: [...grid, ...grid], shape: [...grid, ...grid].map(() => 0) }),
    unitCount: 100,
    stepCount: 1000,
    rate: (item) => rate(grid[item % grid.length] as number),
    network,
    ...options,
  });

/** 100 clocks at 20 Hz times eta. */
const clocks = () =>
  spikesFrom(
    grid.map((eta) =>
      Array.from({ length: eta * 20 }, (_, k) => Math.floor((k * 1000) / (eta * 20))).flatMap((step) =>
        Array.from({ length: 100 }, (_, unit) => [unit, step] as const),
      ),
    ),
    { unitCount: 100, stepCount: 1000, items: itemsWith({ eta: grid }), network },
  );

/** 20 free membranes around `mean` with an SD of 8 mV, recorded in the item at eta = 2, and their inputs. */
function currents(mean: number, item = 3): SeriesValue {
  const x = Float64Array.from({ length: 500 }, (_, k) => k);
  const curve = (neuron: number, quantity: string, y: Float64Array): Curve => {
    return { name: `${quantity} ${neuron}`, unit: 'mV', x, y, labels: { item, neuron, quantity } };
  };
  const level = (value: number) => x.map(() => value);
  const curves = Array.from({ length: 20 }, (_, neuron) => {
    const key = { seed: 1, purpose: Purpose.sample, item: neuron };
    return [
      curve(
        neuron,
        'free membrane',
        x.map((_, k) => mean + 8 * normal(key, k)),
      ),
      curve(neuron, 'external', level(40)),
      curve(neuron, 'excitatory', level(60)),
      curve(neuron, 'inhibitory', level(66)),
    ];
  }).flat();
  return { kind: 'series', xLabel: 'time', xUnit: 'ms', curves };
}

const tracking = (...ramps: readonly (number | null)[]): TableValue => ({
  kind: 'table',
  columns: [],
  rows: [
    { shape: 'sine', r2: 0.1, r2_low: 0, r2_high: 0.2 },
    ...ramps.map((r2) => ({ shape: 'ramp', r2, r2_low: r2 && r2 - 0.01, r2_high: r2 && r2 + 0.01 })),
  ],
});

/** Judges the margin of the free membranes, which these tests set. */
const run = (spikes: SpikesValue, recorded: SeriesValue, ramp: TableValue, given = {}, step?: TableValue) =>
  computeNode(
    definition,
    { spikes, currents: recorded, tracking: ramp, step },
    paramsOf(definition, { resamples: 100, marginFrom: 'membranes', ...given }),
    createTestContext(),
  );

const linear = (eta: number) => 30 * eta;

describe('a balanced network', () => {
  it('passes every test, and says so', async () => {
    const { table, figure } = await run(await irregular(linear), currents(22), tracking(0.98));
    const results = table.rows.slice(0, 5).map(({ test, result, clear }) => [test, result, clear]);
    expect(results).toEqual(['a', 'b', 'c', 'd', 'e'].map((test) => [test, 'pass', 'yes']));
    expect(table.rows.at(-1)).toMatchObject({ test: 'verdict', result: 'balanced', measure: '5 of 5 tests passed' });
    expect(figure.title).toBe('balanced');
    const [a, , c, d] = table.rows;
    expect(a?.['value']).toBeCloseTo(60, -0.5);
    expect(c?.['value']).toBeCloseTo(0.25, 1);
    expect(d?.['value']).toBeCloseTo(0.97, 1);
    // Free membranes: the interval of the mean margin of 20 neurons with 500 samples each.
    expect((c?.['value_high'] as number) - (c?.['value_low'] as number)).toBeLessThan(0.2);
    expect(table.rows[6]).toMatchObject({ measure: 'input ratio |I|/E', value: 0.66, result: 'reported' });
  });
  it('has a panel for each test, coloured and worded', async () => {
    const { figure } = await run(await irregular(linear), currents(50), tracking(0.98));
    expect(figure.panels.map(({ title }) => title)).toEqual([
      'Response: pass',
      'Linearity: pass',
      'Drive margin: fail',
      'Irregularity: pass',
      'Tracking: pass',
    ]);
    expect(figure.panels[2]?.marks.map(({ hue }) => hue)).toEqual(['reference', 'bad']);
    for (const { y, marks } of figure.panels) {
      const [low, high] = y.domain ?? [0, 0];
      for (const mark of marks) if (mark.type === 'points') expect(mark.y[0]).toBeGreaterThan(low);
      for (const mark of marks) if (mark.type === 'rule') expect(mark.at).toBeLessThan(high);
    }
  });
});

describe('others are named by what they fail', () => {
  const verdict = async (...given: Parameters<typeof run>) => (await run(...given)).table.rows.at(-1)?.['result'];
  it('mean-driven clocks', async () => {
    expect(await verdict(await clocks(), currents(50), tracking(0.96))).toBe(
      'not balanced: (c) drive margin, (d) irregularity',
    );
  });
  it('a jump instead of a line', async () => {
    const jump = (eta: number) => (eta < 1 ? 0 : 60 + 20 * (1 - Math.exp(-3 * (eta - 1))));
    expect(await verdict(await irregular(jump), currents(22), tracking(0.74))).toBe(
      'not balanced: (b) linearity, (e) tracking',
    );
  });
  it('silence at eta = 2: no CV is no pass', async () => {
    const late = (eta: number) => (eta < 2.4 ? 0 : 20 * (eta - 2.4));
    const { table } = await run(await irregular(late), currents(12), tracking(0.31));
    expect(table.rows.at(-1)?.['result']).toBe('not balanced: (a) response, (d) irregularity, (e) tracking');
    expect(table.rows[3]).toMatchObject({ value: null, value_low: null, result: 'fail', clear: null });
  });
  it('the worst of several ramps counts, and one without R2 is the worst', async () => {
    const spikes = await irregular(linear);
    expect((await run(spikes, currents(22), tracking(0.99, 0.5, 0.97))).table.rows[4]).toMatchObject({
      value: 0.5,
      result: 'fail',
      measure: 'R² of the worst of 3 ramps',
    });
    expect((await run(spikes, currents(22), tracking(0.99, null))).table.rows[4]).toMatchObject({ value: null });
  });
  it('bounds are choices', async () => {
    expect(await verdict(await clocks(), currents(50), tracking(0.96), { maxMargin: 5, minCv: 0 })).toBe('balanced');
  });
});

it('reports t63 where a step was measured', async () => {
  const step: TableValue = { kind: 'table', columns: [], rows: [{ t63_ms: 2.1, t63_ms_low: 1.8, t63_ms_high: 2.4 }] };
  const { table } = await run(await irregular(linear), currents(22), tracking(0.98), {}, step);
  expect(table.rows[7]).toMatchObject({ measure: 't63 of the step', value: 2.1, value_high: 2.4, result: 'reported' });
  expect(table.rows).toHaveLength(9);
});

describe('the drive margin from the measured rate', () => {
  // 1,250 neurons of J = 0.4 mV; expected values by Brunel's mean and noise, for g = 5 and 3.5.
  const small = { ...network, excInDegree: 100, inhInDegree: 25, weightExc: 0.4, externalRate: 2500 };
  it.each([
    [5, 69.3, 0.65, 'pass'],
    [3.5, 154.9, 3.4, 'fail'],
  ])('for g = %f at %f Hz is %f', async (g, rate, margin, result) => {
    const spikes = await irregular((eta) => (rate * eta) / 2, { network: { ...small, weightInh: g * 0.4 } });
    const { table } = await run(spikes, currents(50), tracking(0.98), { marginFrom: 'rates' });
    const [, , row] = table.rows;
    expect(row).toMatchObject({ measure: '(mean U − θ) / SD of U, from the rate', result, resampled: 'neurons' });
    expect(Math.abs((row?.['value'] as number) - margin)).toBeLessThan(0.1);
    expect(row?.['value_low']).toBeLessThan(row?.['value'] as number);
    // The free membranes stand beside it, 30 mV above threshold with an SD of 8.
    expect(table.rows[5]).toMatchObject({ measure: '(mean U − θ) / SD of U, free membranes', result: 'reported' });
    expect(table.rows[5]?.['value']).toBeCloseTo(3.75, 0);
  });
  it('needs no membranes', async () => {
    const spikes = await irregular(linear, { network: small });
    const { table } = await run(spikes, currents(22, 4), tracking(0.98), { marginFrom: 'rates' });
    expect(table.rows[5]).toMatchObject({ value: null, result: 'reported' });
    expect(table.rows.at(-1)?.['result']).toBe('balanced');
  });
});

describe('edges', () => {
  it('same seed, same bits, whatever the chunks', async () => {
    const of = async (options: object) => run(await irregular(linear, options), currents(22), tracking(0.98));
    expect(await of({ chunkEvents: 1000 })).toEqual(await of({}));
  });
  it('a single unit', async () => {
    const one = await irregular(linear, { unitCount: 1 });
    const { table } = await run(one, currents(22), tracking(0.98));
    expect(table.rows[0]).toMatchObject({ result: 'pass' });
  });
  it('refuses what cannot be judged, and says what is missing', async () => {
    const spikes = await irregular(linear);
    const codeOf = async (work: Promise<unknown>) => {
      const thrown = await work.catch((error: unknown) => error);
      expect(thrown).toBeInstanceOf(DataError);
      return (thrown as DataError).details.code;
    };
    expect(await codeOf(run(spikes, currents(22), tracking(0.98), { eta: 7 }))).toBe('balance.no-drive');
    expect(await codeOf(run(spikes, currents(22, 4), tracking(0.98)))).toBe('balance.no-membranes');
    expect(await codeOf(run(spikes, currents(22), tracking()))).toBe('balance.no-ramp');
    const { network: _, ...unknown } = spikes;
    expect(await codeOf(run(unknown, currents(22), tracking(0.98)))).toBe('balance.no-network');
    expect(() => paramsOf(definition, { minR2: 2 })).toThrow();
  });
});
