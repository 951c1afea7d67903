/** The map of which neuron looks where, against the lattice that the encoder drives its neurons by. */
import { describe, expect, it } from 'vitest';
import { retinotopyHeight, retinotopyPanel } from '../../../../src/analysis/figures/retinotopy';
import { latticePositions, pixelOfUnit } from '../../../../src/kernels/balanced-snn/retinotopy';
import type { PointsMark } from '../../../../src/kit/figure';

const marksOf = (...args: Parameters<typeof retinotopyPanel>) =>
  retinotopyPanel(...args).marks as readonly PointsMark[];

describe('retinotopy', () => {
  it('puts each neuron into the pixel that drives it', () => {
    const [nExc, nInh, height, width] = [1024, 256, 28, 36];
    const [excitatory, inhibitory] = [latticePositions(nExc), latticePositions(nInh)];
    const marks = marksOf({ excitatory, inhibitory, height, width });
    const x = marks.flatMap((mark) => [...mark.x]);
    const y = marks.flatMap((mark) => [...mark.y]);
    const pixels = x.map((column, i) => Math.floor(y[i] as number) * width + Math.floor(column));
    expect(pixels).toEqual([...pixelOfUnit(nExc, nInh, height, width)]);
    expect(marks.map(({ hue }) => hue)).toEqual(['excitatory', 'inhibitory']);
  });
  it('has row 0 on top and the area of the image as axes', () => {
    const panel = retinotopyPanel({ excitatory: [{ x: 0.5, y: 0.5 }], inhibitory: [], height: 20, width: 10 });
    expect(panel.x.domain).toEqual([0, 10]);
    expect(panel.y.domain).toEqual([20, 0]);
  });
  it('draws one neuron, or none, of a population', () => {
    const one = marksOf({ excitatory: [{ x: 0.25, y: 0.75 }], inhibitory: [], height: 4, width: 8 });
    expect(one.map(({ hue, x, y }) => [hue, [...x], [...y]])).toEqual([['excitatory', [2], [3]]]);
    expect(marksOf({ excitatory: [], inhibitory: [], height: 4, width: 8 })).toEqual([]);
  });
  it('prints a wide image flat and a high one high, within limits', () => {
    const height = (h: number, w: number) =>
      retinotopyHeight({ excitatory: [], inhibitory: [], height: h, width: w }, 85);
    expect(height(28, 28)).toBeGreaterThan(height(14, 28));
    expect(height(1, 1000)).toBe(32);
    expect(height(1000, 1)).toBe(120);
  });
});
