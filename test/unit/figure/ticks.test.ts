/** Axis ticks and their labels. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisTitle, exponent, niceTicks, tickLabels } from '../../../src/figure/ticks';

describe('niceTicks', () => {
  it('ends where numbers are too small for a step between them', () => {
    expect(niceTicks(0, 5e-324, 5)).toEqual([0]);
    expect(niceTicks(-1e-323, 1e-323, 5)).toEqual([-1e-323]);
    expect(niceTicks(0, 1e-299, 2)).toEqual([0, 5e-300, 1e-299]);
  });

  it('uses multiples of 1, 2 and 5', () => {
    expect(niceTicks(0, 250, 5)).toEqual([0, 50, 100, 150, 200, 250]);
    expect(niceTicks(0.03, 0.41, 4)).toEqual([0.1, 0.2, 0.3, 0.4]);
    expect(niceTicks(-2.4, 2.4, 5)).toEqual([-2, -1, 0, 1, 2]);
  });
  it('answers an empty range with its one value', () => expect(niceTicks(3, 3, 5)).toEqual([3]));
  it('stays within the range and near the asked number', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        fc.integer({ min: 2, max: 10 }),
        (min, span, count) => {
          const ticks = niceTicks(min, min + span, count);
          expect(ticks.length).toBeLessThanOrEqual(count + 1);
          expect(ticks.length).toBeGreaterThanOrEqual(Math.floor(count / 2.5) - 1);
          for (const tick of ticks) {
            expect(tick).toBeGreaterThanOrEqual(min - 1e-6 * span - 1e-9 * Math.abs(min));
            expect(tick).toBeLessThanOrEqual(min + span + 1e-6 * span + 1e-9 * Math.abs(min + span));
          }
        },
      ),
    );
  });
});

describe('tickLabels', () => {
  it('gives one axis one number of decimals', () => {
    expect(tickLabels([0, 0.5, 1])).toEqual(['0.0', '0.5', '1.0']);
    expect(tickLabels([0, 1000, 2000])).toEqual(['0', '1,000', '2,000']);
    expect(tickLabels([-2, 0, 2])).toEqual(['−2', '0', '2']);
  });
  it('turns to exponents where digits would be many', () => {
    expect(tickLabels([0, 2e6])).toEqual(['0', '2e6']);
    expect(tickLabels([1e-4, 2e-4])).toEqual(['1e−4', '2e−4']);
    expect(exponent(1.5e-7)).toBe('1.5e−7');
  });
  it('handles no ticks', () => expect(tickLabels([])).toEqual([]));
});

describe('axisTitle', () => {
  it('puts units in brackets and drops "1"', () => {
    expect(axisTitle('time', 'ms')).toBe('time (ms)');
    expect(axisTitle('epoch', '1')).toBe('epoch');
  });
});
