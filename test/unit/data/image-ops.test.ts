import { describe, expect, it } from 'vitest';
import { conform, cropToAspect, dropAlpha, resize, toGrey, toRgb } from '../../../src/data/image-ops';
import type { Picture } from '../../../src/data/picture';

const picture = (width: number, height: number, channels: Picture['channels'], data: number[]): Picture => ({
  width,
  height,
  channels,
  data: Float32Array.from(data),
});

describe('colour', () => {
  it('weighs red, green and blue by their luma', () => {
    const grey = toGrey(picture(4, 1, 3, [1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1]));
    expect([...grey.data].map((value) => Number(value.toFixed(6)))).toEqual([0.299, 0.587, 0.114, 1]);
  });
  it('lays transparency over white', () => {
    expect([...dropAlpha(picture(2, 1, 2, [0.5, 1, 0, 0.25])).data]).toEqual([0.5, 0.75]);
  });
  it('repeats grey in three channels', () => {
    expect([...toRgb(picture(2, 1, 1, [0.25, 1])).data]).toEqual([0.25, 0.25, 0.25, 1, 1, 1]);
  });
});

describe('size', () => {
  it('averages the covered area when it gets smaller', () => {
    expect([...resize(picture(4, 2, 1, [0, 1, 0, 0, 1, 0, 0, 1]), 2, 1).data]).toEqual([0.5, 0.25]);
    // 3 to 2: each new pixel covers one and a half old ones.
    const third = resize(picture(3, 1, 1, [0, 0.75, 1.5]), 2, 1);
    expect([...third.data].map((value) => Number(value.toFixed(6)))).toEqual([0.25, 1.25]);
  });
  it('keeps the mean when it gets smaller', () => {
    const data = Array.from({ length: 35 }, (_, i) => ((i * 17) % 11) / 11);
    const small = resize(picture(7, 5, 1, data), 3, 2);
    const mean = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value, 0) / [...values].length;
    expect(mean(small.data)).toBeCloseTo(mean(data), 6);
  });
  it('interpolates when it gets larger, and holds the edges', () => {
    expect([...resize(picture(2, 1, 1, [0, 1]), 4, 1).data]).toEqual([0, 0.25, 0.75, 1]);
  });
  it('keeps channels apart', () => {
    expect([...resize(picture(2, 1, 3, [1, 2, 3, 3, 4, 5]), 1, 1).data]).toEqual([2, 3, 4]);
  });
  it('handles a single pixel', () => {
    expect([...resize(picture(1, 1, 1, [0.5]), 3, 2).data]).toEqual(new Array(6).fill(0.5));
  });
});

describe('crop', () => {
  it('takes the middle square', () => {
    expect(cropToAspect(picture(4, 2, 1, [1, 2, 3, 4, 5, 6, 7, 8]), 28, 28)).toEqual(picture(2, 2, 1, [2, 3, 6, 7]));
    expect(cropToAspect(picture(1, 3, 1, [1, 2, 3]), 5, 5)).toEqual(picture(1, 1, 1, [2]));
  });
  it('brings any picture to one form', () => {
    const out = conform(picture(4, 2, 3, new Array(24).fill(0.5)), { width: 3, height: 3, colour: 'grey', crop: true });
    expect([out.width, out.height, out.channels]).toEqual([3, 3, 1]);
    for (const value of out.data) expect(value).toBeCloseTo(0.5, 6);
  });
});
