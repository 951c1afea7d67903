/**
 * Coloured shapes of 32 x 32 in RGB, for where CIFAR-10 cannot be had: a straight gradient between two random colours in a
 * random direction, and on it one shape of ten classes at a random place, in a random size and colour. The shape lies
 * wholly inside and is antialiased.
 */
import { type DrawKey, uniform } from '../../core/random/draws';
import { luma } from '../image-ops';
import type { DrawnSet } from './drawn-set';
import { coverage, directionOf, type Point, polygonDistance } from './outline';

const side = 32;
/** Half the size of a shape, pixels. */
const [smallest, largest] = [5, 12];
/**
 * A shape is seen by its brightness too, so that the grey form holds it: its colour is the first of `candidates` random
 * ones whose luma differs this much from the background at its middle, else the last.
 */
const leastContrast = 0.25;
const candidates = 16;

const length = (x: number, y: number): number => Math.sqrt(x * x + y * y);
const box = (x: number, y: number, width: number, height: number): number =>
  Math.max(Math.abs(x) - width, Math.abs(y) - height);
const plus = (x: number, y: number): number => Math.min(box(x, y, 1, 0.3), box(x, y, 0.3, 1));
const triangle: readonly Point[] = [
  [0, -0.95],
  [0.98, 0.8],
  [-0.98, 0.8],
];
const star: readonly Point[] = Array.from({ length: 10 }, (_, i) => {
  const [cos, sin] = directionOf(0.75 + i / 10);
  const radius = i % 2 === 0 ? 1 : 0.42;
  return [radius * cos, radius * sin];
});

/** Distance to the edge of each shape, negative inside, in units of half its size; all lie in -1..1. */
const shapes: readonly (readonly [string, (x: number, y: number) => number])[] = [
  ['disc', (x, y) => length(x, y) - 1],
  ['square', (x, y) => box(x, y, 0.85, 0.85)],
  ['triangle', (x, y) => polygonDistance(x, y, triangle)],
  ['ring', (x, y) => Math.abs(length(x, y) - 0.75) - 0.25],
  ['plus', plus],
  ['star', (x, y) => polygonDistance(x, y, star)],
  ['diamond', (x, y) => (Math.abs(x) / 0.65 + Math.abs(y) - 1) * 0.545],
  ['saltire', (x, y) => plus((x + y) * Math.SQRT1_2, (x - y) * Math.SQRT1_2)],
  ['crescent', (x, y) => Math.max(length(x, y) - 1, 0.8 - length(x - 0.5, y))],
  ['bar', (x, y) => box(x, y, 1, 0.35)],
];

type Colour = readonly [number, number, number];
const colourAt = (key: DrawKey, index: number): Colour => [
  uniform(key, index),
  uniform(key, index + 1),
  uniform(key, index + 2),
];

function shapeColour(key: DrawKey, behind: Colour): Colour {
  const dark = luma(...behind);
  let colour = behind;
  for (let k = 0; k < candidates; k++) {
    colour = colourAt(key, 10 + 3 * k);
    if (Math.abs(luma(...colour) - dark) >= leastContrast) break;
  }
  return colour;
}

function draw(key: DrawKey, label: number, out: Float32Array): void {
  const [first, last] = [colourAt(key, 0), colourAt(key, 3)];
  const [cos, sin] = directionOf(uniform(key, 6));
  const radius = smallest + (largest - smallest) * uniform(key, 7);
  // Half a pixel stays free at each edge for the antialiasing.
  const room = side - 2 - 2 * radius;
  const x0 = 0.5 + radius + room * uniform(key, 8);
  const y0 = 0.5 + radius + room * uniform(key, 9);
  const middle = (side - 1) / 2;
  const reach = 2 * middle * (Math.abs(cos) + Math.abs(sin));
  const gradientAt = (x: number, y: number) =>
    Math.min(1, Math.max(0, 0.5 + ((x - middle) * cos + (y - middle) * sin) / reach));
  const mix = (a: Colour, b: Colour, t: number, c: number) => (a[c] as number) * (1 - t) + (b[c] as number) * t;
  const there = gradientAt(x0, y0);
  const colour = shapeColour(key, [mix(first, last, there, 0), mix(first, last, there, 1), mix(first, last, there, 2)]);
  const distance = (shapes[label] as (typeof shapes)[number])[1];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const t = gradientAt(x, y);
      const covered = coverage(radius * distance((x - x0) / radius, (y - y0) / radius));
      for (let c = 0; c < 3; c++) {
        const behind = mix(first, last, t, c);
        out[(y * side + x) * 3 + c] = behind * (1 - covered) + (colour[c] as number) * covered;
      }
    }
  }
}

export const colouredShapes: DrawnSet = {
  shape: [side, side, 3],
  classNames: shapes.map(([name]) => name),
  counts: { train: 50_000, test: 10_000 },
  draw,
};
