/** metric.classification against numbers by hand, and items and classes that do not fit. */
import { describe, expect, test } from 'vitest';
import classification from '../../../../nodes/metric/classification';
import { wilsonInterval } from '../../../../src/analysis/classification';
import type { LabelsValue } from '../../../../src/kit/values';
import { computeNode, createTestContext, paramsOf } from '../../../support/compute-context';

const labelled = (values: readonly number[], classNames = ['a', 'b', 'c'], firstId = 0): LabelsValue => ({
  kind: 'labels',
  shape: [values.length],
  data: Int32Array.from(values),
  classNames,
  items: {
    ids: Int32Array.from(values, (_, i) => firstId + i),
    split: new Uint8Array(values.length).fill(2),
    columns: {},
  },
});
const run = (truth: LabelsValue, predicted: LabelsValue, shuffles = 0) =>
  computeNode(
    classification,
    { reference: truth, predicted },
    paramsOf(classification, { shuffles }),
    createTestContext(),
  );
const value = (rows: readonly Readonly<Record<string, unknown>>[], measure: string) =>
  rows.find((row) => row['measure'] === measure)?.['value'];

describe('by hand', () => {
  // a: 4 items, 3 right, 1 called b. b: 2 items, 1 right, 1 called a. No c.
  const truth = labelled([0, 0, 0, 0, 1, 1]);
  const predicted = labelled([0, 0, 0, 1, 1, 0]);

  test('accuracy, chance, kappa, bits', async () => {
    const { summary } = await run(truth, predicted);
    expect(value(summary.rows, 'accuracy')).toBeCloseTo(4 / 6, 12);
    expect(value(summary.rows, 'balanced accuracy')).toBeCloseTo((3 / 4 + 1 / 2) / 2, 12);
    const chance = (4 * 4 + 2 * 2) / 36;
    expect(value(summary.rows, 'chance')).toBeCloseTo(chance, 12);
    expect(value(summary.rows, 'kappa')).toBeCloseTo((4 / 6 - chance) / (1 - chance), 12);
    const term = (n: number, row: number, column: number) => (n / 6) * Math.log2((6 * n) / (row * column));
    const bits = term(3, 4, 4) + term(1, 4, 2) + term(1, 2, 4) + term(1, 2, 2);
    expect(value(summary.rows, 'confusion bits')).toBeCloseTo(bits, 10);
  });

  test('per class, with empty cells where nothing is defined', async () => {
    const { classes, figure } = await run(truth, predicted);
    expect(classes.rows[0]).toMatchObject({ class: 'a', items: 4, called: 4, precision: 0.75, recall: 0.75, f1: 0.75 });
    expect(classes.rows[1]).toMatchObject({ class: 'b', items: 2, called: 2, precision: 0.5, taken_for: 'a' });
    expect(classes.rows[2]).toMatchObject({ items: 0, called: 0, precision: null, recall: null, f1: null });
    expect(figure.panels.map(({ title }) => title)).toEqual(['Confusion', 'Recall']);
    expect(figure.caption).toContain('66.67 % right');
  });

  test("Wilson's interval: 0 of 10 is 0 to 0.2775, 5 of 10 is 0.2366 to 0.7634 (his formula, by hand)", () => {
    expect(wilsonInterval(0, 10)?.[0]).toBe(0);
    expect(wilsonInterval(0, 10)?.[1]).toBeCloseTo(0.2775, 4);
    expect(wilsonInterval(5, 10)?.[0]).toBeCloseTo(0.2366, 4);
    expect(wilsonInterval(5, 10)?.[1]).toBeCloseTo(0.7634, 4);
    expect(wilsonInterval(0, 0)).toBeNull();
  });
});

test('items are joined by id, whatever the order; shuffles take the bias off', async () => {
  const truth = labelled(Array.from({ length: 60 }, (_, i) => i % 3));
  const some = labelled(Array.from({ length: 30 }, (_, i) => (29 - i) % 3));
  const reversed = { ...some, items: { ...some.items, ids: some.items.ids.slice().reverse() } };
  const { summary } = await run(truth, reversed, 50);
  expect(value(summary.rows, 'accuracy')).toBe(1);
  const bits = value(summary.rows, 'confusion bits') as number;
  expect(bits).toBeLessThan(Math.log2(3));
  expect(bits).toBeGreaterThan(1.3);
  expect((await run(truth, reversed, 50)).summary).toEqual(summary);
});

test('one item', async () => {
  const { summary } = await run(labelled([1]), labelled([1]));
  expect(value(summary.rows, 'accuracy')).toBe(1);
  expect(value(summary.rows, 'kappa')).toBeNull();
});

test('refuses items without truth, no items, and other classes', async () => {
  const truth = labelled([0, 1]);
  await expect(run(truth, labelled([0], undefined, 7))).rejects.toMatchObject({
    details: { code: 'classification.no-truth', port: 'reference' },
  });
  await expect(run(truth, labelled([]))).rejects.toMatchObject({ details: { code: 'classification.no-truth' } });
  await expect(run(truth, labelled([0], ['a', 'b']))).rejects.toMatchObject({
    details: { code: 'classification.classes' },
  });
});
