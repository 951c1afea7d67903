import { describe, expect, it } from 'vitest';
import { etaOfImage, latticePositions, pixelOfUnit } from '../../../../src/kernels/balanced-snn/retinotopy';

describe('retinotopy', () => {
  it('looks at each pixel once when lattice and image agree', () => {
    expect([...pixelOfUnit(28 * 28, 0, 28, 28)]).toEqual(Array.from({ length: 784 }, (_, p) => p));
  });

  it('spreads 32 x 32 and 16 x 16 neurons over 28 x 28 pixels: every pixel seen, the middle neuron sees the middle', () => {
    const looksAt = pixelOfUnit(1024, 256, 28, 28);
    expect(looksAt.length).toBe(1280);
    expect(new Set(looksAt.subarray(0, 1024)).size).toBe(784);
    expect([looksAt[0], looksAt[31], looksAt[1023]]).toEqual([0, 27, 783]);
    // Inhibitory neuron (row 8, column 8): lattice point 8.5 / 16 * 28 = 14.875 -> pixel (14, 14).
    expect(looksAt[1024 + 8 * 16 + 8]).toBe(14 * 28 + 14);
  });

  it.each([1, 2, 7, 250, 1000, 4000])('places %d neurons inside the image, rows differing by at most one', (n) => {
    const positions = latticePositions(n);
    expect(positions.length).toBe(n);
    for (const { x, y } of positions) expect(x > 0 && x < 1 && y > 0 && y < 1).toBe(true);
    const perRow = [...new Set(positions.map(({ y }) => y))].map((y) => positions.filter((p) => p.y === y).length);
    expect(Math.max(...perRow) - Math.min(...perRow)).toBeLessThanOrEqual(1);
  });

  it('maps pixels of a channel to eta', () => {
    const image = Float32Array.of(0, 1, 0.5, 0.25, 1, 0); // 1 x 2 pixels, 3 channels
    expect([...etaOfImage(image, Uint32Array.of(0, 1, 1), 1, 2, 0, 3)]).toEqual([1, 1.5, 1.5]);
    expect([...etaOfImage(image, Uint32Array.of(0, 1, 1), 1, 2, 1, 3)]).toEqual([3, 3, 3]);
  });
});
