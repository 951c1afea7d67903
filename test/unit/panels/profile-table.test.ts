/** The table of a node's operations: shares of the whole, and one row for the rest. */
import { expect, test } from 'vitest';
import { profileTable } from '../../../src/panels/ProfileView';

const op = (name: string, ms: number) => ({ name, calls: 3, ms, bytes: 2_500_000 });

test('shares are of the whole node, outside work included', () => {
  const { rows } = profileTable({ backend: 'wasm', ms: 200, peakBytes: 1, ops: [op('a', 100), op('b', 50)] });
  expect(rows).toEqual([
    { operation: 'a', time: 100, share: 50, calls: 3, size: 2.5 },
    { operation: 'b', time: 50, share: 25, calls: 3, size: 2.5 },
  ]);
});

test('what does not fit is one row', () => {
  const ops = Array.from({ length: 20 }, (_, k) => op(`op ${k}`, 20 - k));
  const { rows, totalRows } = profileTable({ backend: 'wasm', ms: 210, peakBytes: 1, ops });
  expect(totalRows).toBe(15);
  expect(rows.at(-1)).toEqual({ operation: '6 more', time: 21, share: 10, calls: 18, size: 15 });
});
