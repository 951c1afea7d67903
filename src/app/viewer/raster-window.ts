/** Which part of a raster is in view: steps of all items one after the other, and units. Zoom and pan stay within it. Pure. */

export interface RasterWindow {
  readonly fromStep: number;
  readonly toStep: number;
  readonly fromUnit: number;
  readonly toUnit: number;
}
export interface RasterSize {
  readonly stepCount: number;
  readonly itemCount: number;
  readonly unitCount: number;
}

/** Closer than this nothing more is to be seen. */
const leastSteps = 20;
const leastUnits = 4;

export const wholeItem = ({ stepCount, unitCount }: RasterSize, item: number): RasterWindow => ({
  fromStep: item * stepCount,
  toStep: (item + 1) * stepCount,
  fromUnit: 0,
  toUnit: unitCount,
});
export const everything = ({ stepCount, itemCount, unitCount }: RasterSize): RasterWindow => ({
  fromStep: 0,
  toStep: stepCount * itemCount,
  fromUnit: 0,
  toUnit: unitCount,
});

/** A stretch of this length, moved and shortened until it lies in 0 .. all; whole numbers. */
function within(from: number, length: number, all: number, least: number): readonly [number, number] {
  const size = Math.round(Math.min(all, Math.max(Math.min(least, all), length)));
  const start = Math.round(Math.min(all - size, Math.max(0, from)));
  return [start, start + size];
}

const make = (steps: readonly [number, number], units: readonly [number, number]): RasterWindow => ({
  fromStep: steps[0],
  toStep: steps[1],
  fromUnit: units[0],
  toUnit: units[1],
});

const stepsOf = (size: RasterSize, from: number, length: number) =>
  within(from, length, size.stepCount * size.itemCount, leastSteps);
const unitsOf = (size: RasterSize, from: number, length: number) => within(from, length, size.unitCount, leastUnits);

/** `factor` below 1 comes closer. `at`: what stays in place, as fractions of the window from lower left. */
export function zoomed(
  size: RasterSize,
  { fromStep, toStep, fromUnit, toUnit }: RasterWindow,
  factor: { readonly time: number; readonly units: number },
  at = { x: 0.5, y: 0.5 },
): RasterWindow {
  const [steps, units] = [toStep - fromStep, toUnit - fromUnit];
  return make(
    stepsOf(size, fromStep + at.x * steps * (1 - factor.time), steps * factor.time),
    unitsOf(size, fromUnit + at.y * units * (1 - factor.units), units * factor.units),
  );
}

/** By fractions of the window. */
export function panned(
  size: RasterSize,
  { fromStep, toStep, fromUnit, toUnit }: RasterWindow,
  by: { readonly x: number; readonly y: number },
): RasterWindow {
  const [steps, units] = [toStep - fromStep, toUnit - fromUnit];
  return make(stepsOf(size, fromStep + by.x * steps, steps), unitsOf(size, fromUnit + by.y * units, units));
}

/** Items that the window touches, first and last. */
export const itemsIn = ({ stepCount }: RasterSize, { fromStep, toStep }: RasterWindow): readonly [number, number] => [
  Math.floor(fromStep / stepCount),
  Math.max(0, Math.ceil(toStep / stepCount) - 1),
];
