/** Numbers and tables of a report. */
import type { Difference, Summary } from './balanced-decoding/compare';

export const dash = '-';

export const fixed = (value: number | null | undefined, digits: number): string => {
  if (value === null || value === undefined || Number.isNaN(value)) return dash;
  return Number.isFinite(value) ? value.toFixed(digits) : 'infinite';
};

/** With its sign, so that the side of a difference is seen. */
export const signed = (value: number, digits: number): string => `${value > 0 ? '+' : ''}${value.toFixed(digits)}`;

export const interval = ({ estimate, low, high }: Difference, digits = 2): string =>
  `${signed(estimate, digits)} [${signed(low, digits)}, ${signed(high, digits)}]`;

export const range = (of: Summary | null, digits: number): string =>
  of ? `${fixed(of.low, digits)} to ${fixed(of.high, digits)}` : dash;

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** "1 graph", "10 graphs". */
export const counted = (count: number, thing: string): string =>
  `${count.toLocaleString('en-US')} ${thing}${count === 1 ? '' : 's'}`;
