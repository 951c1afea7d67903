import { describe, expect, it } from 'vitest';
import type { Interval } from '../../../../src/analysis/bootstrap';
import { digitsOf, finest, placeOf, writeSigned, writeTo } from '../../../../src/analysis/compare/digits';

describe('digits beside an interval', () => {
  it('are two of its width, for the number and for both ends', () => {
    const interval = [0.142, 0.318] as const;
    const place = placeOf(interval);
    expect(place).toBe(-2);
    expect([0.231, ...interval].map((value) => writeSigned(value, place))).toEqual(['+0.23', '+0.14', '+0.32']);
    expect(writeTo(-0.2, place)).toBe('−0.20');
  });

  it.each([
    [1.3, [1, 1.6], '1.30'],
    [1234.4, [1100, 1400], '1,230'],
    [12.34, [2, 22.4], '12'],
    [0.00000123, [0.000001, 0.0000015], '1.23e−6'],
    [-0.001, [-0.1, 0.1], '0.00'],
    [0, [-1e-9, 1e-9], '0'],
  ] as const)('%d in %j reads %s', (value, interval, text) => {
    expect(writeTo(value, placeOf(interval))).toBe(text);
  });

  it('have no sign where nothing is left', () => {
    expect(writeSigned(0.001, -2)).toBe('0.00');
    expect(writeSigned(0.006, -2)).toBe('+0.01');
    expect(writeSigned(-0.006, -2)).toBe('−0.01');
    expect(writeSigned(Number.POSITIVE_INFINITY, -2)).toBe('+∞');
  });

  it('are significant ones without an interval, or with one of no width', () => {
    const without: readonly (Interval | null)[] = [null, [2, 2], [20, 20.00001], [0, Number.POSITIVE_INFINITY]];
    expect(without.map(placeOf)).toEqual([null, null, null, null]);
    expect(writeTo(0.23149, null)).toBe('0.231');
    expect(digitsOf([10.001, 10.002])).toBe(6);
    expect(digitsOf([1, 2])).toBe(3);
    expect(digitsOf([])).toBe(3);
    expect(finest([null, -1, -3])).toBe(-3);
    expect(finest([null])).toBeNull();
  });
});
