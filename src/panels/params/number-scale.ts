/**
 * Numbers in fields and on sliders: reading what a person typed, one step up or down, and slider positions on a linear
 * or logarithmic scale. A slider has whole positions 0..count, so that every place it can rest is a value worth having.
 */
import type { ParamMeta } from '../../kit/params';

type NumberMeta = Pick<ParamMeta, 'widget' | 'min' | 'max' | 'step' | 'scale' | 'unit'>;

/** Removes what binary fractions add: 0.1 + 0.2 is 0.3. */
export const tidy = (value: number): number => Number(value.toPrecision(12));

/** The whole number as typed text, without separators: what a field holds. */
export function fieldText(value: unknown): string {
  return typeof value === 'number' ? String(tidy(value)) : '';
}

/**
 * A typed number: "0.5", "0,5", "1,250", "1e-3", "−2", "10 ms" (the unit may follow). Null when it is none. A single
 * comma before exactly three digits separates thousands, unless the number starts with 0.
 */
export function readNumber(text: string, unit?: string): number | null {
  let rest = text
    .trim()
    .replace(/−/g, '-')
    .replace(/[\s_\u202f]/g, '');
  const suffix = unit?.replace(/\s/g, '');
  if (suffix && suffix !== '1' && rest.endsWith(suffix)) rest = rest.slice(0, -suffix.length);
  if (/^[-+]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/.test(rest)) rest = rest.replaceAll(',', '');
  else rest = rest.replace(',', '.');
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(rest)) return null;
  const value = Number(rest);
  return Number.isFinite(value) ? value : null;
}

export const isWhole = (meta: NumberMeta): boolean => meta.widget !== 'number';

const clamp = (value: number, { min = -Infinity, max = Infinity }: NumberMeta): number =>
  Math.min(max, Math.max(min, value));

/** The largest of 1, 2, 5 times a power of ten that is not above `size`. */
export function niceStep(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  const ratio = size / power;
  return tidy(power * (ratio >= 5 ? 5 : ratio >= 2 ? 2 : 1));
}

/** Of the keyboard, near `value`. Logarithmic: the second significant digit. */
export function stepAt(meta: NumberMeta, value: number, direction: 1 | -1): number {
  const smallest = meta.step ?? (isWhole(meta) ? 1 : 0);
  if (meta.scale === 'log' && value !== 0) {
    // Going down from 10 the step is that of 9.9, so that up and down are inverse.
    const size = Math.abs(value) * (direction < 0 ? 1 - 1e-9 : 1 + 1e-9);
    return Math.max(smallest, tidy(10 ** (Math.floor(Math.log10(size)) - 1)));
  }
  if (smallest > 0) return smallest;
  return meta.min !== undefined && meta.max !== undefined && meta.max > meta.min
    ? niceStep((meta.max - meta.min) / 100)
    : 1;
}

/** One keyboard step from `value` (`times` of them), on the grid of the step, within the range. */
export function stepped(meta: NumberMeta, value: number, direction: 1 | -1, times = 1): number {
  let next = value;
  for (let i = 0; i < times; i++) {
    const step = stepAt(meta, next, direction);
    const grid = next / step;
    const near = Math.round(grid);
    const onGrid = Math.abs(grid - near) < 1e-6;
    const target = onGrid ? near + direction : direction > 0 ? Math.ceil(grid) : Math.floor(grid);
    next = tidy(target * step);
  }
  return clamp(isWhole(meta) ? Math.round(next) : next, meta);
}

export interface SliderScale {
  readonly count: number;
  readonly toValue: (position: number) => number;
  readonly toPosition: (value: number) => number;
}

const most = 400;

/** Null when the range is open or empty: then there is no slider. */
export function sliderScale(meta: NumberMeta): SliderScale | null {
  const { min, max } = meta;
  if (min === undefined || max === undefined || !(max > min)) return null;
  return meta.scale === 'log' && max > 0 && min >= 0 ? logScale(meta, min, max) : linearScale(meta, min, max);
}

function linearScale(meta: NumberMeta, min: number, max: number): SliderScale {
  const asked = meta.step ?? (isWhole(meta) ? 1 : (max - min) / 200);
  const step = (max - min) / asked <= most ? asked : Math.max(asked, niceStep((max - min) / (most / 2)));
  const count = Math.max(1, Math.ceil((max - min) / step - 1e-9));
  const snap = (value: number): number => clamp(tidy(Math.round(value / step) * step), meta);
  return {
    count,
    toValue: (position) =>
      position <= 0 ? min : position >= count ? max : snap(min + (position / count) * (max - min)),
    toPosition: (value) => Math.round(((clamp(value, meta) - min) / (max - min)) * count),
  };
}

/** Equal ratios; a range from 0 has 0 at its first position and starts at its step (or a millionth of the maximum). */
function logScale(meta: NumberMeta, min: number, max: number): SliderScale {
  const floor = min > 0 ? min : Math.min(max / 10, meta.step ?? (isWhole(meta) ? 1 : max * 1e-6));
  const count = 200;
  const first = min > 0 ? 0 : 1;
  const span = Math.log(max / floor);
  const quantum = meta.step ?? (isWhole(meta) ? 1 : 0);
  return {
    count,
    toValue: (position) => {
      if (position < first || position <= 0) return min;
      if (position >= count) return max;
      const raw = floor * Math.exp((span * (position - first)) / (count - first));
      const rounded = Number(raw.toPrecision(2));
      const value = quantum > 0 ? tidy(Math.max(1, Math.round(rounded / quantum)) * quantum) : rounded;
      return clamp(value, meta);
    },
    toPosition: (value) => {
      const inside = clamp(value, meta);
      if (inside < floor) return 0;
      return Math.round(first + ((count - first) * Math.log(inside / floor)) / span);
    },
  };
}
