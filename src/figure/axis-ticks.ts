/**
 * Ticks of one axis of a figure and their labels: multiples of 1, 2 and 5 on a linear axis, decades (and 2, 5 where there
 * are few) on a logarithmic one, names on a categorical one. As many as fit without touching.
 */
import type { FigureAxis } from '../kit/figure';
import { hasLog, type Range } from './ranges';
import { shorten, textWidth, wrapText } from './text-width';
import { niceTicks, tickLabels } from './ticks';

export interface AxisTicks {
  readonly values: readonly number[];
  readonly labels: readonly string[];
  /** Without labels. */
  readonly minor: readonly number[];
}
export const noTicks: AxisTicks = { values: [], labels: [], minor: [] };

export interface Axis {
  readonly spec: FigureAxis;
  readonly range: Range;
}

export const isLog = ({ spec }: Axis): boolean => hasLog(spec);

/** Position of a value between 0 (begin of the range) and 1. */
export function placeOn(axis: Axis, value: number): number {
  const [low, high] = axis.range;
  if (!isLog(axis)) return (value - low) / (high - low);
  return value > 0 ? Math.log(value / low) / Math.log(high / low) : Number.NaN;
}

/** Ticks for an axis of `length` whose labels take `size` along it (a function: x labels lie along it, y labels across). */
export function ticksOf(axis: Axis, length: number, size: (label: string) => number, most: number): AxisTicks {
  const { categories } = axis.spec;
  if (categories && categories.length > 0) return categoryTicks(categories, axis.range);
  for (let count = most; count > 1; count--) {
    const ticks = isLog(axis) ? logTicks(axis.range, count) : linearTicks(axis.range, count);
    if (fits(axis, ticks, length, size)) return ticks;
  }
  return isLog(axis) ? logTicks(axis.range, 1) : linearTicks(axis.range, 1);
}

function fits(axis: Axis, { values, labels }: AxisTicks, length: number, size: (label: string) => number): boolean {
  for (let i = 1; i < values.length; i++) {
    const distance = Math.abs(placeOn(axis, values[i] as number) - placeOn(axis, values[i - 1] as number)) * length;
    if (distance < (size(labels[i] as string) + size(labels[i - 1] as string)) / 2 + 5) return false;
  }
  return true;
}

function categoryTicks(categories: readonly string[], [low, high]: Range): AxisTicks {
  const values = categories.flatMap((_, i) => (i >= Math.min(low, high) && i <= Math.max(low, high) ? [i] : []));
  return { values, labels: values.map((i) => categories[i] ?? ''), minor: [] };
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const superscript = (power: number): string =>
  `${power < 0 ? '⁻' : ''}${[...String(Math.abs(power))].map((digit) => superscripts[Number(digit)]).join('')}`;

/** Journals group digits from five on, and write powers of ten: "1.5×10⁷". */
function plainLabels(values: readonly number[]): readonly string[] {
  const short = values.every((value) => Math.abs(value) < 10_000);
  return tickLabels(values).map((label) => {
    const [, digits, power] = /^(.+)e(−?\d+)$/.exec(label) ?? [];
    if (digits === undefined || power === undefined) return short ? label.replace(',', '') : label;
    const ten = `10${superscript(Number(power.replace('−', '-')))}`;
    return digits === '1' ? ten : `${digits.replace('-', '−')}×${ten}`;
  });
}

function linearTicks([low, high]: Range, count: number): AxisTicks {
  const values = niceTicks(Math.min(low, high), Math.max(low, high), count);
  return { values, labels: plainLabels(values), minor: [] };
}

function logTicks([from, to]: Range, count: number): AxisTicks {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  const inside = (value: number): boolean => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const powers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const decades = powers.filter((power) => inside(10 ** power));
  const all = powers.flatMap((power) => [1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => digit * 10 ** power)).filter(inside);
  let values: number[];
  if (decades.length >= 3 || (decades.length === 2 && count < 4)) {
    const step = Math.ceil(decades.length / count);
    values = decades.filter((power) => (power - (decades[0] as number)) % step === 0).map((power) => 10 ** power);
  } else {
    const some = powers.flatMap((power) => [1, 2, 5].map((digit) => digit * 10 ** power)).filter(inside);
    // Within less than a decade even 1, 2, 5 may be missing: then a linear choice reads better than none.
    values = some.length >= 2 ? some : [...niceTicks(low, high, count)].filter((value) => value > 0);
    const step = Math.ceil(values.length / (count + 1));
    values = values.filter((_, i) => i % step === 0);
  }
  // Numerals where all are short, else powers of ten.
  const plain = values.every((value) => value >= 0.00999 && value <= 10_000);
  const labels = values.map((value) => {
    if (plain) return plainLabels([Number(value.toPrecision(12))])[0] ?? '';
    const power = Math.floor(Math.log10(value) + 1e-9);
    const digit = Math.round(value / 10 ** power);
    return digit === 1 ? `10${superscript(power)}` : `${digit}×10${superscript(power)}`;
  });
  return { values, labels, minor: all.length <= 60 ? all.filter((value) => !values.includes(value)) : [] };
}

export interface CategoryLayout {
  /** With line breaks. */
  readonly labels: readonly string[];
  readonly slanted: boolean;
  readonly height: number;
}

/** Labels of a categorical axis: in one line, in up to three, or slanted, then no longer than `longest`, where the slots are too narrow. */
export function categoryLayout(labels: readonly string[], slot: number, size: number, longest: number): CategoryLayout {
  const room = slot - 4;
  const words = labels.flatMap((label) => label.split(/\s+/));
  const wrapped = labels.map((label) => wrapText(label, size, room));
  const lines = Math.max(1, ...wrapped.map((each) => each.length));
  if (words.every((word) => textWidth(word, size) <= room) && lines <= 3) {
    return {
      labels: wrapped.map((each) => each.join('\n')),
      slanted: false,
      height: size + (lines - 1) * size * 1.1,
    };
  }
  const widest = Math.max(0, ...labels.map((label) => textWidth(label, size)));
  return {
    labels: labels.map((label) => shorten(label, size, longest)),
    slanted: true,
    height: Math.min(widest, longest) * Math.SQRT1_2 + size * 0.8,
  };
}
