/**
 * Drawn digits of 28 x 28, bright on dark, for where MNIST cannot be had: strokes of ten vector glyphs, each shifted by
 * up to 2 pixels, turned by up to 12 degrees, scaled by 0.85 to 1.15, with strokes 2 to 3 pixels wide, then blurred by
 * a Gaussian with a standard deviation of 0.6 pixels. All uniform.
 */
import { type DrawKey, uniform } from '../../core/random/draws';
import { exactExp } from '../../core/random/elementary';
import type { DrawnSet } from './drawn-set';
import { arc, coverage, directionOf, type Point, squaredDistance } from './outline';

const side = 28;
/** Half the height of a glyph at scale 1, pixels: at its largest, turned and shifted, it still lies inside. */
const halfHeight = 8;
const blurSigma = 0.6;

/** The bowl and back of a six; a nine is the same turned by half a turn. */
const six: readonly Point[][] = [
  [...arc([0.5, 0.45], [1, 1.45], 0.72, 0.5)],
  [...arc([0, 0.45], [0.5, 0.55], 0.5, 1.5)],
];

/** Lines through the points of each glyph, in units of half its height. */
const glyphs: readonly (readonly Point[][])[] = [
  [arc([0, 0], [0.56, 1], 0, 1)],
  [
    [
      [-0.3, -0.6],
      [0.05, -1],
      [0.05, 1],
    ],
  ],
  [[...arc([0, -0.5], [0.5, 0.5], 0.5, 1.1), [-0.5, 1], [0.55, 1]]],
  [[...arc([0, -0.5], [0.45, 0.5], 0.58, 1.25), ...arc([0, 0.5], [0.52, 0.5], 0.75, 1.42)]],
  [
    [
      [0.25, 1],
      [0.25, -1],
      [-0.55, 0.4],
      [0.6, 0.4],
    ],
  ],
  [[[0.45, -1], [-0.4, -1], ...arc([0, 0.35], [0.52, 0.65], 0.6, 1.42)]],
  six,
  [
    [
      [-0.5, -1],
      [0.5, -1],
      [-0.15, 1],
    ],
  ],
  [[...arc([0, -0.5], [0.42, 0.5], 0.25, 1.25), ...arc([0, 0.5], [0.52, 0.5], 0.75, 1.75)]],
  six.map((line) => line.map(([x, y]) => [-x, -y])),
];

/** Weights of the blur at -2..2 pixels; beyond them lies under 0.01 % of it. */
const blurWeights = (() => {
  const raw = [-2, -1, 0, 1, 2].map((k) => exactExp(-(k * k) / (2 * blurSigma * blurSigma)));
  const sum = raw.reduce((total, weight) => total + weight, 0);
  return raw.map((weight) => weight / sum);
})();

function blur(from: Float32Array, to: Float32Array, step: number, across: number): void {
  for (let line = 0; line < side; line++) {
    for (let i = 0; i < side; i++) {
      let sum = 0;
      for (let k = -2; k <= 2; k++) {
        if (i + k >= 0 && i + k < side)
          sum += (blurWeights[k + 2] as number) * (from[line * across + (i + k) * step] as number);
      }
      to[line * across + i * step] = Math.min(1, sum);
    }
  }
}

const between = (key: DrawKey, index: number, low: number, high: number) => low + (high - low) * uniform(key, index);

/** Scratch: written whole before it is read. */
const inked = new Float32Array(side * side);
const smoothed = new Float32Array(side * side);

function draw(key: DrawKey, label: number, out: Float32Array): void {
  const shift = [between(key, 0, -2, 2), between(key, 1, -2, 2)] as const;
  const [cos, sin] = directionOf(between(key, 2, -12, 12) / 360);
  const scale = halfHeight * between(key, 3, 0.85, 1.15);
  const halfWidth = between(key, 4, 2, 3) / 2;
  const place = ([x, y]: Point): Point => [
    (side - 1) / 2 + shift[0] + scale * (cos * x - sin * y),
    (side - 1) / 2 + shift[1] + scale * (sin * x + cos * y),
  ];
  inked.fill(0);
  for (const line of glyphs[label] as readonly Point[][]) {
    const points = line.map(place);
    for (let i = 1; i < points.length; i++) ink(points[i - 1] as Point, points[i] as Point, halfWidth);
  }
  blur(inked, smoothed, 1, side);
  blur(smoothed, out, side, 1);
}

/** Draws one stroke; only the pixels near it are touched. */
function ink(a: Point, b: Point, halfWidth: number): void {
  const reach = halfWidth + 0.5;
  const [left, right] = [Math.max(0, Math.ceil(Math.min(a[0], b[0]) - reach)), Math.max(a[0], b[0]) + reach];
  const [top, bottom] = [Math.max(0, Math.ceil(Math.min(a[1], b[1]) - reach)), Math.max(a[1], b[1]) + reach];
  for (let y = top; y <= Math.min(side - 1, bottom); y++) {
    for (let x = left; x <= Math.min(side - 1, right); x++) {
      const covered = coverage(Math.sqrt(squaredDistance(x, y, a, b)) - halfWidth);
      if (covered > (inked[y * side + x] as number)) inked[y * side + x] = covered;
    }
  }
}

export const drawnDigits: DrawnSet = {
  shape: [side, side, 1],
  classNames: Array.from({ length: 10 }, (_, digit) => String(digit)),
  counts: { train: 60_000, test: 10_000 },
  draw,
};
