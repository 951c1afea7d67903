/**
 * The balance verdict: five tests of one network, each a value with its interval against a bound. Balanced is a network
 * that passes all; the ones that it fails are named. Values decide, intervals only say how clearly. A value that does
 * not exist (the CV of a silent network) fails its test.
 */
import type { Interval } from './bootstrap';

export interface BalanceTest {
  readonly id: 'a' | 'b' | 'c' | 'd' | 'e';
  /** What the test is about, one or two words. */
  readonly name: string;
  /** What is measured. */
  readonly measure: string;
  readonly unit: string;
  readonly value: number;
  readonly interval: Interval | null;
  readonly relation: 'at least' | 'at most';
  readonly bound: number;
  /** What was drawn again for the interval. */
  readonly resampled: string;
}

export const passes = ({ value, relation, bound }: BalanceTest): boolean =>
  relation === 'at least' ? value >= bound : value <= bound;

/** Whether the whole interval lies on the value's side of the bound; null without an interval. */
export function isClear({ interval, bound }: BalanceTest): boolean | null {
  return interval ? interval[0] > bound || interval[1] < bound : null;
}

export function verdictOf(tests: readonly BalanceTest[]): string {
  const failed = tests.filter((test) => !passes(test));
  if (failed.length === 0) return 'balanced';
  return `not balanced: ${failed.map(({ id, name }) => `(${id}) ${name}`).join(', ')}`;
}
