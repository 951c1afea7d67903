/**
 * Tables as measures. A table of items (one row each, named by a column such as "item") gives a sample for every numeric
 * column. In any other table each row is a quantity of its own, known by its words: its numbers are compared one by one,
 * with the interval that stands beside them.
 */

import type { TableColumn, TableRow, TableValue } from '../../kit/values';
import type { Interval } from '../bootstrap';
import { betterOf, type Measure } from './measure';

const itemNames = ['item', 'id', 'image', 'trial', 'neuron', 'unit', 'cell'];
/** What describes an item rather than scores it. */
const describing = new Set([...itemNames, 'label', 'split', 'stimulus', 'seed', 'rank']);
/** Ends of an interval: "ciLow", "value_low", "low". */
const low = /(^|_)low$|^ciLow$/;
const high = /(^|_)high$|^ciHigh$/;
/** Columns of statistics about a mean that stands in the same row. */
const beside = new Set(['median', 'min', 'max', 'sd', 'n', 'baseline', 'infinite', 'bound']);
/** More rows than this are listed by no one. */
const mostFacts = 60;

const isNumber = (value: unknown): value is number => typeof value === 'number';

function itemColumn({ columns, rows }: TableValue): TableColumn | null {
  const found = columns.find(({ name }) => itemNames.includes(name.toLowerCase()));
  return found && new Set(rows.map((row) => row[found.name])).size === rows.length ? found : null;
}

export function tableMeasures(table: TableValue): Measure[] {
  const key = itemColumn(table);
  return key ? itemMeasures(table, key) : factMeasures(table);
}

function itemMeasures({ columns, rows }: TableValue, key: TableColumn): Measure[] {
  const keys = rows.map((row) => row[key.name] ?? '');
  return columns
    .filter(({ name, type }) => type === 'number' && !describing.has(name.toLowerCase()))
    .map(({ name, label, unit = '1' }) => ({
      name,
      label,
      unit,
      better: betterOf(name),
      values: Float64Array.from(rows, (row) => (isNumber(row[name]) ? row[name] : Number.NaN)),
      keys,
      of: key.name === 'image' ? 'images' : `${key.name}s`,
      sampled: true,
    }));
}

function factMeasures({ columns, rows }: TableValue): Measure[] {
  const texts = columns.filter(({ type, name }) => type === 'text' && name !== 'unit');
  const numbers = columns.filter(({ type, name }) => type === 'number' && !low.test(name) && !high.test(name));
  const main = numbers.find(({ name }) => name === 'mean' || name === 'value');
  const kept = main ? [main] : numbers.filter(({ name }) => !beside.has(name));
  return rows.slice(0, mostFacts).flatMap((row, place) => {
    const name = nameOf(row, texts, place, rows.length);
    return kept.flatMap((column): Measure[] => {
      const value = row[column.name];
      if (!isNumber(value)) return [];
      const label = kept.length > 1 ? [name, column.label].filter(Boolean).join(': ') : name || column.label;
      const unit = typeof row['unit'] === 'string' ? row['unit'] : (column.unit ?? '1');
      return [
        {
          name: `${name} ${column.name}`,
          label,
          unit,
          better: betterOf(name) ?? betterOf(column.name),
          values: [value],
          keys: [name],
          of: 'values',
          interval: intervalOf(row, column.name),
          sampled: false,
        },
      ];
    });
  });
}

/** The words of a row that stay the same between two results: its name, not its verdict. */
function nameOf(row: TableRow, texts: readonly TableColumn[], place: number, count: number): string {
  const words = texts.slice(0, 3).flatMap(({ name }) => {
    const value = row[name];
    return typeof value === 'string' && value !== '' ? [value] : [];
  });
  if (words.length > 0) return (words.length > 2 ? words.slice(1) : words).map(spelled).join(', ');
  return count > 1 ? `Row ${place + 1}` : '';
}

/** Acronyms as they are written. */
const spelled = (word: string): string => (/^(psnr|ssim|mse|cv)$/.test(word) ? word.toUpperCase() : word);

function intervalOf(row: TableRow, column: string): Interval | null {
  for (const [from, to] of [
    [`${column}_low`, `${column}_high`],
    ['ciLow', 'ciHigh'],
    ['low', 'high'],
  ] as const) {
    const [a, b] = [row[from], row[to]];
    if (isNumber(a) && isNumber(b)) return [a, b];
  }
  return null;
}
