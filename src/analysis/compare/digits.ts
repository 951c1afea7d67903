/**
 * How many digits a compared number is written with. One with an interval is rounded to two digits of the interval's width,
 * as are its ends: 0.231 in [0.142, 0.318] is 0.23 in [0.14, 0.32]. One without gets as many as it takes to see a difference.
 */
import { formatNumber } from '../../core/units';
import type { Interval } from '../bootstrap';

/** A width that is smaller than this part of the ends is left over from rounding to float32. */
const noWidth = 1e-6;

/** Power of ten of the last digit; null where there is no interval, or one without width. */
export function placeOf(interval: Interval | null | undefined): number | null {
  if (!interval) return null;
  const [low, high] = interval;
  const width = high - low;
  const hasWidth = width > noWidth * Math.max(Math.abs(low), Math.abs(high));
  return hasWidth && Number.isFinite(width) ? Math.floor(Math.log10(width)) - 1 : null;
}

/** The finest of several. */
export function finest(places: readonly (number | null)[]): number | null {
  const known = places.filter((place) => place !== null);
  return known.length > 0 ? Math.min(...known) : null;
}

/** More decimals than this are written as a power of ten. */
const decimalsAtMost = 6;

/** To a place, with the zeros that say so; without one, to `digits` significant digits. */
export function writeTo(value: number, place: number | null, digits = 3): string {
  return (place === null || !Number.isFinite(value) ? formatNumber(value, digits) : rounded(value, place)).replace(
    /-/g,
    '−',
  );
}

function rounded(value: number, place: number): string {
  const step = 10 ** Math.abs(place);
  const whole = place < 0 ? Math.round(value * step) / step : Math.round(value / step) * step;
  if (whole === 0 && -place > decimalsAtMost) return '0';
  if (-place > decimalsAtMost) return value.toExponential(Math.max(0, Math.floor(Math.log10(Math.abs(whole))) - place));
  // Never "-0.00".
  return (whole === 0 ? 0 : whole).toLocaleString('en-US', {
    minimumFractionDigits: Math.max(0, -place),
    maximumFractionDigits: Math.max(0, -place),
  });
}

/** With its sign, as differences are. */
export const writeSigned = (value: number, place: number | null, digits = 3): string => {
  const text = writeTo(value, place, digits);
  return value > 0 && /[1-9∞]/.test(text) ? `+${text}` : text;
};

/** Significant digits that tell values close together apart: at least 3. */
export function digitsOf(values: readonly number[], difference = spreadOf(values)): number {
  const size = Math.max(...values.filter(Number.isFinite).map(Math.abs));
  if (!(Math.abs(difference) > 0) || !(size > 0)) return 3;
  return Math.min(6, Math.max(3, Math.ceil(Math.log10(size / Math.abs(difference))) + 2));
}

function spreadOf(values: readonly number[]): number {
  const finite = values.filter(Number.isFinite);
  return Math.max(...finite) - Math.min(...finite);
}
