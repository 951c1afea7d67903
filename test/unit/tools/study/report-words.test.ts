/** What the report says follows from its numbers: differences, verdicts, conclusions, both ways round. */
import { describe, expect, it } from 'vitest';
import { compare, type Difference, summaryOf } from '../../../../src/tools/study/balanced-decoding/compare';
import { rangeOf, type Scores } from '../../../../src/tools/study/balanced-decoding/measures';
import { conclusion, ladderAnswer, outcome } from '../../../../src/tools/study/balanced-decoding/words';
import { testItems } from '../../../support/memory-spikes';

const scores = (psnr: readonly number[]): Scores => ({
  items: psnr.map((_, k) => 60_000 + k),
  psnr,
  ssim: psnr.map(() => 0.9),
  mse: psnr.map((value) => 10 ** (-value / 10)),
  baseline: { psnr: 12, ssim: 0.1 },
  rate: 30,
});
const byGraph = (...graphs: readonly (readonly number[])[]) => new Map(graphs.map((psnr, k) => [k + 1, scores(psnr)]));
const difference = (estimate: number, half: number): Difference => ({
  estimate,
  low: estimate - half,
  high: estimate + half,
  graphs: [{ graph: 1, difference: estimate }],
  verdict: estimate > half ? 'higher' : estimate < -half ? 'lower' : 'undecided',
  equivalent: Math.abs(estimate) + half < 0.3,
});

describe('a paired difference', () => {
  it('is the mean over graphs of the mean over images, with the wider interval', async () => {
    const found = await compare(byGraph([30, 32], [31, 33], [30, 33]), byGraph([29, 31], [29, 31], [30, 30]));
    expect(found?.estimate).toBeCloseTo((1 + 2 + 1.5) / 3, 12);
    expect(found?.graphs.map((entry) => entry.difference)).toEqual([1, 2, 1.5]);
    // t with two degrees of freedom: 4.303 standard errors.
    expect(found?.low).toBeLessThanOrEqual(1.5 - (4.303 * 0.5) / Math.sqrt(3) + 1e-9);
    expect(found?.verdict).toBe('higher');
    expect(found?.equivalent).toBe(false);
  });
  it('pairs by graph and image, leaves infinite values out, and is null without pairs', async () => {
    const found = await compare(byGraph([30, Number.POSITIVE_INFINITY]), byGraph([29, 40], [1, 1]));
    expect(found?.graphs).toEqual([{ graph: 1, difference: 1 }]);
    expect(await compare(byGraph([1]), undefined)).toBeNull();
  });
  it('summaries hold all images of all graphs', () => {
    expect(summaryOf(byGraph([30, 32], [31, 35]), 'psnr')).toEqual({ mean: 32, median: 31.5, low: 30, high: 35, n: 4 });
    expect(summaryOf(new Map(), 'psnr')).toBeNull();
  });
});

describe('the sentences', () => {
  it('say who is better, or that it is open', () => {
    expect(outcome(difference(1, 0.5), 'a', 'b')).toContain(
      'a is 1.00 dB better than b (+1.00 [+0.50, +1.50] dB over 1 graph)',
    );
    expect(outcome(difference(-1, 0.5), 'a', 'b')).toContain('a is 1.00 dB worse than b');
    expect(outcome(difference(0.2, 0.5), 'a', 'b')).toContain('undecided');
    expect(outcome(difference(0.02, 0.1), 'a', 'b')).toContain('equivalent within 0.3 dB');
    expect(outcome(difference(0.2, 0.05), 'a', 'b')).toMatch(/better.*within the margin/);
  });
  it('let the matched arms decide, whichever way they go', () => {
    const none = { uncoupledMatched: null, poisson: null, betterReadBy: [] };
    const text = (same: Difference | null, matched: Difference | null) => conclusion({ same, matched, ...none }).at(-1);
    expect(text(difference(0.3, 0.1), difference(-0.9, 0.1))).toContain(
      'Balance does not make the code better. The published advantage is real at equal drive',
    );
    expect(text(difference(-0.3, 0.1), difference(-0.9, 0.1))).toContain(
      'the unbalanced network is the better encoder',
    );
    expect(text(difference(0.3, 0.1), difference(0.9, 0.1))).toContain(
      'The balanced network is the better encoder also',
    );
    expect(text(difference(0.3, 0.1), difference(0, 0.1))).toContain('no difference that matters');
    expect(text(difference(0.3, 0.1), difference(0, 1))).toContain('not decided');
    expect(text(difference(0.3, 0.1), null)).toContain('nothing follows');
  });
  it('bind the verdict to rates where another readout turns it round', () => {
    const found = {
      same: difference(0.3, 0.1),
      matched: difference(-0.9, 0.1),
      uncoupledMatched: null,
      poisson: null,
    };
    const bound = conclusion({ ...found, betterReadBy: ['first spike alone (latency)'] }).at(-1);
    expect(bound).toContain('**Read by rates, balance does not make the code better.');
    expect(bound).toContain('read by the first spike alone (latency), the balanced network is the better encoder');
    expect(conclusion({ ...found, betterReadBy: [] }).at(-1)).not.toContain('Read by rates');
  });
  it('answer the question of the decoder by its ladder', () => {
    const rows = (...estimates: readonly number[]) =>
      estimates.map((estimate, k) => ({
        decoder: `decoder ${k}`,
        psnr: 27 + k,
        same: null,
        matched: difference(estimate, 0.05),
      }));
    expect(ladderAnswer(rows(-1, -0.9, -0.8))).toMatch(/^No: .*keeps its sign/);
    expect(ladderAnswer(rows(-1, -0.6, -0.4))).toMatch(/^In part/);
    expect(ladderAnswer(rows(-1, 0.6, 0.8))).toMatch(/^It depends/);
    expect(ladderAnswer(rows(-1, -0.6, 0.01))).toMatch(/^Yes/);
    expect(ladderAnswer(rows(-1))).toContain('Too few');
    const worse = rows(-1.2, -0.05).map((row, k) => ({ ...row, psnr: 27 - 5 * k }));
    expect(ladderAnswer(worse)).toMatch(/by its errors and not by its power.*22\.0 against 27\.0 dB/);
  });
});

describe('the range of an encoder', () => {
  it('is the rate at bright pixels less that at dark ones, by hand', () => {
    // A lattice of 2 x 2 excitatory units and one inhibitory unit over 2 x 2 pixels: the last looks at pixel 3.
    const images = {
      kind: 'images' as const,
      shape: [1, 2, 2, 1],
      data: Float32Array.of(0, 1, 0.5, 0.9),
      items: testItems(1),
    };
    const features = {
      kind: 'features' as const,
      shape: [1, 5],
      data: Float32Array.of(10, 100, 55, 80, 60),
      unit: 'Hz',
      items: testItems(1),
    };
    expect(rangeOf(features, images)).toBeCloseTo((100 + 80 + 60) / 3 - 10, 9);
  });
});
