/** Colours of port kinds: contrast on every surface, and distance from each other as people with and without a deficiency see them. */
import { describe, expect, it } from 'vitest';
import { portKinds } from '../../../src/kit/port-type';
import { kindColour, kindStyles, shapePaths } from '../../../src/panels/kind-style';

type Rgb = readonly [number, number, number];

/** Surfaces of src/app/theme/tokens.css that glyphs and wires lie on. */
const surfaces = {
  light: ['#ffffff', '#f2f3f6', '#f6f7f9', '#eceef2'],
  dark: ['#111319', '#191c24', '#20242d', '#292e39'],
} as const;

/** Simulated vision, Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB. */
const visions: Readonly<Record<string, readonly Rgb[]>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const linear = (hex: string): Rgb => {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
};
/** WCAG 2 contrast ratio. */
const contrast = (a: string, b: string): number => {
  const luminance = (hex: string): number => {
    const [r, g, bl] = linear(hex);
    return 0.2126 * r + 0.7152 * g + 0.0722 * bl + 0.05;
  };
  const [x, y] = [luminance(a), luminance(b)];
  return Math.max(x, y) / Math.min(x, y);
};
const seen = (hex: string, vision: readonly Rgb[]): Rgb => {
  const colour = linear(hex);
  const row = (m: Rgb): number => Math.min(1, Math.max(0, m[0] * colour[0] + m[1] * colour[1] + m[2] * colour[2]));
  return vision.map(row) as unknown as Rgb;
};
const oklab = ([r, g, b]: Rgb): Rgb => {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
};
const distance = (a: Rgb, b: Rgb): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

describe('kind colours', () => {
  it('measures contrast as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  for (const scheme of ['light', 'dark'] as const) {
    it(`stand out by 3:1 on every ${scheme} surface`, () => {
      for (const kind of portKinds) {
        for (const surface of surfaces[scheme]) {
          expect(contrast(kindColour(kind, scheme), surface), `${kind} on ${surface}`).toBeGreaterThanOrEqual(3);
        }
      }
    });

    it.each(Object.keys(visions))(`differ from each other in ${scheme} with %s`, (name) => {
      for (const a of portKinds) {
        for (const b of portKinds) {
          if (a >= b) continue;
          const apart = distance(
            ...([a, b].map((kind) => oklab(seen(kindColour(kind, scheme), visions[name] ?? []))) as [Rgb, Rgb]),
          );
          // About four just noticeable differences (0.02 each).
          expect(apart, `${a} and ${b}`).toBeGreaterThan(0.075);
        }
      }
    });
  }

  it('are never alone: each kind has a shape of its own, which has an outline', () => {
    const shapes = portKinds.map((kind) => kindStyles[kind].shape);
    expect(new Set(shapes).size).toBe(portKinds.length);
    for (const shape of shapes) expect(shapePaths[shape]).toMatch(/^M[\d.\sa-zA-Z-]+z$/);
  });
});
