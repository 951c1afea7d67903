/** Where an axis has its ticks and how they are written: all labels of one axis with the same number of decimals. */
import { formatNumber } from '../core/units';

const tidy = (value: number): number => Number(value.toPrecision(12));

/** A tenth of what is smaller may be 0, and a step of 0 never arrives. */
const smallest = 1e-300;

/** Multiples of 1, 2 or 5 times a power of ten within min..max, about `count` of them. */
export function niceTicks(min: number, max: number, count: number): readonly number[] {
  if (!(max > min) || !Number.isFinite(max - min)) return Number.isFinite(min) ? [min] : [];
  // Ticks that near would differ by less than a number can say.
  if (max - min < Math.max(smallest, 1e-12 * Math.max(Math.abs(min), Math.abs(max)))) return [min];
  const raw = (max - min) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const ratio = raw / power;
  const step = power * (ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10);
  const ticks: number[] = [];
  for (let i = Math.ceil(min / step - 1e-9); i <= Math.floor(max / step + 1e-9); i++) ticks.push(tidy(i * step));
  return ticks;
}

/** "0", "0.5", "1.0"; thousands grouped; very small and very large ones with an exponent. */
export function tickLabels(ticks: readonly number[]): readonly string[] {
  const largest = Math.max(0, ...ticks.map(Math.abs));
  if (largest >= 1e6 || (largest > 0 && largest < 1e-3))
    return ticks.map((tick) => (tick === 0 ? '0' : exponent(tick)));
  const decimals = Math.min(6, Math.max(0, ...ticks.map(decimalsOf)));
  return ticks.map((tick) =>
    tick
      .toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
      .replace('-', '−'),
  );
}

const decimalsOf = (value: number): number => (String(tidy(value)).split('.')[1] ?? '').length;

/** "2e6", "1.5e−4". */
export function exponent(value: number): string {
  const [digits = '0', power = '0'] = value.toExponential().split('e');
  return `${formatNumber(Number(digits), 3)}e${power.replace('+', '').replace('-', '−')}`;
}

/** "time (ms)"; a pure number has no brackets. */
export const axisTitle = (label: string, unit: string): string => (unit && unit !== '1' ? `${label} (${unit})` : label);
