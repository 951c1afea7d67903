/** Differences and ratios over graphs, and the step of contrast in its own unit. */
import { describe, expect, it } from 'vitest';
import { stepTold } from '../../../../src/tools/study/balanced-decoding/contrast-step';
import type { Information } from '../../../../src/tools/study/balanced-decoding/measures';
import { informationSection, pairedDifference } from '../../../../src/tools/study/balanced-decoding/report-information';
import type { ReportInput } from '../../../../src/tools/study/balanced-decoding/report-parts';
import { signsOver } from '../../../../src/tools/study/balanced-decoding/report-readings';
import { ratioOf } from '../../../../src/tools/study/balanced-decoding/report-step';
import { miniature } from '../../../../src/tools/study/balanced-decoding/sizes';

const row = (value: number) => ({ value, perSpike: value / 1000, perEvent: null });
const told = (bits: number): Information => ({ 'gaussian bound': row(bits), accuracy: row(0.8) });
const byGraph = (...bits: readonly number[]) => new Map(bits.map((value, k) => [k + 1, told(value)]));
const bitsOf = { of: (information: Information) => information['gaussian bound']?.value ?? null };

describe('information over graphs', () => {
  it('is paired by graph, with the t interval', () => {
    const found = pairedDifference(byGraph(50, 52, 51), byGraph(54, 55, 56), bitsOf);
    expect(found?.estimate).toBeCloseTo(-4, 12);
    // Differences -4, -3, -5: their standard deviation is 1, t with two degrees of freedom 4.303.
    expect(found?.low).toBeCloseTo(-4 - 4.303 / Math.sqrt(3), 3);
    expect(found?.high).toBeCloseTo(-4 + 4.303 / Math.sqrt(3), 3);
  });
  it('takes the graphs that both have, and says nothing of one', () => {
    const other = new Map([[2, told(50)]]);
    expect(pairedDifference(byGraph(50, 52), other, bitsOf)).toBeNull();
    expect(pairedDifference(byGraph(50, 52), new Map([...other, [1, {}]]), bitsOf)).toBeNull();
  });
  it('says by which measures the networks differ for sure, and by which they do not', () => {
    const results = {
      information: new Map([
        ['g5-same', byGraph(50, 51, 52)],
        ['g3.5-same', byGraph(54, 55.1, 56)],
        ['uncoupled-same', byGraph(50.5, 50, 53)],
      ]),
    };
    const { text } = informationSection({ results, sizes: miniature } as unknown as ReportInput);
    expect(text).toContain('| balanced, g = 5 | 3 | 0.800 ± 0.000 | - | 51.0 ± 1.0 |');
    expect(text).toMatch(/\| g = 3\.5, same drive \| 0\.000 \[0\.000, 0\.000\] \| - \| -4\.0 \[-4\.2, -3\.9\] \|/);
    expect(text).toContain('Against g = 3.5, same drive: the balanced network is lower in bits of image and');
    expect(text).toContain('Against no recurrence, same drive: no measure tells the balanced network apart.');
  });
});

describe('the step of contrast', () => {
  it('is told per squared unit of grey, whatever drive a unit of grey is', () => {
    const information: Information = { fisher: row(10), 'fisher shuffled': row(40), spikes: row(8000) };
    expect(stepTold(information, null)).toEqual({ fisher: 40, shuffled: 160, spikes: 8000 });
    expect(stepTold(information, [0.6, 3])).toEqual({ fisher: 90, shuffled: 360, spikes: 8000 });
    expect(stepTold({ ...information, fisher: { value: null, perSpike: null, perEvent: null } }, null)).toBeNull();
  });
  it('compares by ratios, with an interval of their logarithm', () => {
    const ratio = ratioOf([2, 4, 8], [1, 2, 4]);
    expect(ratio?.estimate).toBeCloseTo(2, 12);
    expect(ratio?.low).toBeCloseTo(2, 9);
    const spread = ratioOf([1, 4], [1, 1]);
    expect(spread?.estimate).toBeCloseTo(2, 12);
    expect(spread?.high).toBeCloseTo(2 * Math.exp((12.706 * Math.log(4)) / 2), 0);
    expect(ratioOf([1], [1])).toBeNull();
    expect(ratioOf([1, -1], [1, 1])).toBeNull();
    // Two estimates below 0 have a quotient, but it means nothing.
    expect(ratioOf([1, -1], [1, -1])).toBeNull();
  });
});

describe('the readouts', () => {
  const difference = (estimate: number, verdict: 'higher' | 'lower' | 'undecided') => ({
    estimate,
    low: estimate - 0.1,
    high: estimate + 0.1,
    graphs: [{ graph: 1, difference: estimate }],
    verdict,
    equivalent: false,
  });
  it('name the rows that fall on another side than the first', () => {
    const found = [
      { label: 'as above', same: null, matched: difference(-1.2, 'lower') },
      { label: 'z-scores', same: null, matched: difference(-1, 'lower') },
      { label: 'first spike', same: null, matched: difference(0.25, 'higher') },
    ];
    expect(signsOver(found, 'matched')).toMatch(
      /worse in 2 of the 3 rows.*not so with first spike \(the balanced network is better, \+0\.25 \[\+0\.15, \+0\.35\] dB over 1 graph\)/,
    );
    expect(signsOver(found.slice(0, 2), 'matched')).toContain('worse in each of the 2 rows');
    expect(signsOver(found, 'same')).toContain('nothing was compared');
  });
});
