/** Reading typed numbers, keyboard steps, and slider scales. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldText, niceStep, readNumber, sliderScale, stepped } from '../../../../src/panels/params/number-scale';

describe('readNumber', () => {
  it.each([
    ['0.5', 0.5],
    ['0,5', 0.5],
    ['0,125', 0.125],
    ['1,250', 1250],
    ['12,500.5', 12_500.5],
    ['1 250', 1250],
    ['1e-3', 0.001],
    ['−2', -2],
    ['.5', 0.5],
    ['10 ms', 10],
    ['10ms', 10],
  ])('reads "%s"', (typed, value) => expect(readNumber(typed, 'ms')).toBe(value));
  it.each(['', '-', 'ten', '1.2.3', '1,2,3', '0x10', '5 mV', 'Infinity', '1e999'])('refuses "%s"', (typed) =>
    expect(readNumber(typed, 'ms')).toBeNull(),
  );
  it('reads back whatever a field shows', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const shown = fieldText(value);
        expect(readNumber(shown)).toBe(Number(value.toPrecision(12)));
      }),
    );
  });
});

describe('stepped', () => {
  const real = { widget: 'number', min: 0, max: 20, step: 0.1 } as const;
  it('steps without binary dust, and onto the grid first', () => {
    expect(stepped(real, 0.2, 1)).toBe(0.3);
    expect(stepped(real, 0.25, 1)).toBe(0.3);
    expect(stepped(real, 0.25, -1)).toBe(0.2);
    expect(stepped(real, 5, 1, 10)).toBe(6);
  });
  it('stays in range', () => {
    expect(stepped(real, 20, 1)).toBe(20);
    expect(stepped(real, 0.05, -1)).toBe(0);
  });
  it('moves the second digit on a logarithmic scale, up and down alike', () => {
    const rate = { widget: 'number', min: 1e-6, max: 1, scale: 'log' } as const;
    expect(stepped(rate, 0.001, 1)).toBe(0.0011);
    expect(stepped(rate, 0.0011, -1)).toBe(0.001);
    expect(stepped(rate, 0.001, -1)).toBe(0.00099);
    expect(stepped(rate, 0.00099, 1)).toBe(0.001);
  });
  it('keeps whole numbers whole and always moves', () => {
    const count = { widget: 'integer', min: 1, max: 80_000, step: 1, scale: 'log' } as const;
    expect(stepped(count, 1, 1)).toBe(2);
    expect(stepped(count, 1024, 1)).toBe(1100);
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 79_000 }), (value) => {
        expect(stepped(count, value, 1)).toBeGreaterThan(value);
        expect(stepped(count, value, -1)).toBeLessThan(value);
        expect(Number.isInteger(stepped(count, value, 1))).toBe(true);
      }),
    );
  });
});

describe('sliderScale', () => {
  it('has a place for every step of a short range', () => {
    const scale = sliderScale({ widget: 'number', min: 0, max: 20, step: 0.1 });
    expect(scale?.count).toBe(200);
    expect(scale?.toValue(37)).toBe(3.7);
    expect(scale?.toPosition(3.7)).toBe(37);
  });
  it('rests on round values in a long range, and reaches both ends', () => {
    const scale = sliderScale({ widget: 'integer', min: 1, max: 10_000, step: 1 });
    expect(scale?.toValue(0)).toBe(1);
    expect(scale?.toValue(scale.count)).toBe(10_000);
    expect((scale?.toValue(77) ?? 1) % 20).toBe(0);
  });
  it('gives equal ratios equal lengths', () => {
    const scale = sliderScale({ widget: 'number', min: 1e-6, max: 1, scale: 'log' });
    expect(scale?.toPosition(1e-3)).toBe(100);
    expect(scale?.toValue(100)).toBe(0.001);
  });
  it('can start a logarithmic range at zero', () => {
    const scale = sliderScale({ widget: 'integer', min: 0, max: 20_000, step: 1, scale: 'log' });
    expect(scale?.toValue(0)).toBe(0);
    expect(scale?.toValue(1)).toBe(1);
    expect(scale?.toPosition(20_000)).toBe(scale?.count);
  });
  it('is absent without a range', () => {
    expect(sliderScale({ widget: 'number' })).toBeNull();
    expect(sliderScale({ widget: 'number', min: 3, max: 3 })).toBeNull();
  });
  it('never leaves the range, never goes backwards, and nearly inverts', () => {
    const ranges = [
      { widget: 'number', min: -50, max: 100, step: 1 },
      { widget: 'number', min: 0.01, max: 50, step: 0.1 },
      { widget: 'number', min: 10, max: 10_000, step: 10, scale: 'log' },
      { widget: 'integer', min: 0, max: 20_000, step: 1 },
      { widget: 'number', min: 1e-5, max: 1, scale: 'log' },
    ] as const;
    for (const range of ranges) {
      const scale = sliderScale(range);
      if (!scale) throw new Error('no scale');
      let last = -Infinity;
      for (let position = 0; position <= scale.count; position++) {
        const value = scale.toValue(position);
        expect(value).toBeGreaterThanOrEqual(Math.max(last, range.min));
        expect(value).toBeLessThanOrEqual(range.max);
        // A rounded value lies within a twentieth of the track of where the thumb was.
        expect(Math.abs(scale.toPosition(value) - position)).toBeLessThanOrEqual(scale.count / 20);
        last = value;
      }
    }
  });
  it('niceStep goes by 1, 2 and 5', () => {
    expect([0.013, 0.02, 0.3, 7, 99].map(niceStep)).toEqual([0.01, 0.02, 0.2, 5, 50]);
  });
});
