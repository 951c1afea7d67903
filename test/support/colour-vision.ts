/**
 * Colours as people see them: contrast as WCAG 2 has it, vision with a deficiency as Machado, Oliveira and Fernandes (2009)
 * simulate it at severity 1 on linear RGB, and distance in OKLab, where 0.02 is about just noticeable.
 */

type Rgb = readonly [number, number, number];

/** Surfaces of src/app/theme/tokens.css that colours lie on. */
export const surfaces = {
  light: ['#ffffff', '#f2f3f6', '#f6f7f9', '#eceef2'],
  dark: ['#111319', '#191c24', '#20242d', '#292e39'],
} as const;

const matrices = {
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
} as const;
type Vision = keyof typeof matrices;
export const visions = Object.keys(matrices) as readonly Vision[];

const linear = (hex: string): Rgb => {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
};
/** WCAG 2 contrast ratio. */
export const contrast = (a: string, b: string): number => {
  const luminance = (hex: string): number => {
    const [r, g, bl] = linear(hex);
    return 0.2126 * r + 0.7152 * g + 0.0722 * bl + 0.05;
  };
  const [x, y] = [luminance(a), luminance(b)];
  return Math.max(x, y) / Math.min(x, y);
};
const seen = (hex: string, vision: Vision): Rgb => {
  const colour = linear(hex);
  const row = (m: Rgb): number => Math.min(1, Math.max(0, m[0] * colour[0] + m[1] * colour[1] + m[2] * colour[2]));
  return matrices[vision].map(row) as unknown as Rgb;
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
/** Of two colours, hexadecimal, in OKLab. */
export const distance = (a: string, b: string, vision: Vision): number => {
  const [x, y] = [oklab(seen(a, vision)), oklab(seen(b, vision))];
  return Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
};
