import { describe, expect, it } from 'vitest';
import { constantEta, groupByDrive } from '../../../src/analysis/conditions';
import {
  currentsByItem,
  driveMargin,
  excInhCorrelation,
  inputRatio,
  type NeuronCurrents,
} from '../../../src/analysis/neuron-currents';
import { testItems } from '../../support/memory-spikes';
import { currentsOf } from './currents';

const one = (recording: Parameters<typeof currentsOf>[0][number], discard = 0): NeuronCurrents =>
  currentsByItem(currentsOf([{ neuron: 0, ...recording }]), discard)[0]?.neurons[0] as NeuronCurrents;

describe('sorting', () => {
  it('groups by item and neuron, and leaves the transient out', () => {
    const found = currentsByItem(
      currentsOf([
        { item: 7, neuron: 3, excitatory: [9, 1, 2], external: [9, 10, 20], inhibitory: [9, 3, 4] },
        { item: 7, neuron: 1, excitatory: [0, 0, 0] },
        { item: 5, neuron: 1, inhibitory: [0, 1, 1] },
        { item: 7, 'mean membrane': [100, 0, 2], 'membrane variance': [4] },
      ]),
      1,
    );
    expect(found.map(({ item, neurons }) => [item, neurons.map(({ neuron }) => neuron)])).toEqual([
      [7, [1, 3]],
      [5, [1]],
    ]);
    expect(found[0]?.neurons[1]).toEqual({
      neuron: 3,
      time: Float64Array.of(1, 2),
      recurrent: Float64Array.of(1, 2),
      external: Float64Array.of(10, 20),
      excitatory: Float64Array.of(11, 22),
      inhibitory: Float64Array.of(3, 4),
      freeMembrane: null,
    });
    // var(0, 2) = 1 over 4.
    expect(found[0]?.synchrony).toBe(0.5);
    expect(found[1]?.synchrony).toBeNull();
  });
  it('passes over curves that are no recordings', () => {
    const loss = { name: 'loss', unit: '1', x: Float64Array.of(0), y: Float64Array.of(1) };
    expect(currentsByItem({ kind: 'series', xLabel: 'epoch', xUnit: '1', curves: [loss] }, 0)).toEqual([]);
  });
});

describe('balance of one neuron', () => {
  it('correlates total excitation with inhibition', () => {
    // Recurrent 1 2 3 and external 1 -3 0 sum to 2 -1 3; against 2 1 3: deviations (2, -7, 5) / 3 and (0, -1, 1).
    const wanted = 12 / Math.sqrt(78 * 2);
    const neuron = one({ excitatory: [1, 2, 3], external: [1, -3, 0], inhibitory: [2, 1, 3] });
    expect(excInhCorrelation(neuron)).toBeCloseTo(wanted, 12);
  });
  it('compares the means, external included', () => {
    expect(inputRatio(one({ excitatory: [1, 3], external: [2, 2], inhibitory: [1, 5] }))).toBe(0.75);
    expect(inputRatio(one({ inhibitory: [1, 5] }))).toBeNaN();
  });
  it('measures the distance to threshold in standard deviations', () => {
    const neuron = one({ 'free membrane': [99, 18, 26] }, 1);
    expect(driveMargin(neuron, 20)).toBe(0.5);
    expect(driveMargin(one({ 'free membrane': [5, 5] }), 20)).toBeNaN();
    expect(driveMargin(one({ excitatory: [1] }), 20)).toBeNaN();
  });
  it('is undefined where nothing fluctuates', () => {
    expect(excInhCorrelation(one({ excitatory: [1, 1], inhibitory: [1, 2] }))).toBeNaN();
  });
});

describe('conditions', () => {
  const items = {
    ...testItems(5),
    columns: { eta: Float64Array.of(2, 1, 2, 2, Number.NaN), shape: Float64Array.of(0, 0, 0, 2, 0) },
  };
  it('group items by shape and drive', () => {
    expect(groupByDrive(items)).toEqual([
      { value: 1, shape: 'constant', positions: [1] },
      { value: 2, shape: 'constant', positions: [0, 2] },
      { value: 2, shape: 'ramp', positions: [3] },
    ]);
    expect(groupByDrive(testItems(3))).toEqual([]);
  });
  it('give the constant drive of an item, where it has one', () => {
    expect(constantEta(items)).toEqual([2, 1, 2, null, null]);
    expect(constantEta(testItems(2))).toEqual([null, null]);
    expect(constantEta({ ...testItems(1), columns: { eta: Float64Array.of(1.5) } })).toEqual([1.5]);
  });
});
