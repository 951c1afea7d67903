/** Records of runs as a table: which metrics make its columns, which runs a search finds, in which order they stand. Pure. */
import type { JsonValue } from '../../core/canonical-json';
import type { RunRecord } from '../../library/library';
import { search } from '../search';

export interface Metric {
  /** Column: "psnr", with the node before it where several nodes score. */
  readonly name: string;
  readonly value: number;
  /** "1" for a number without one. */
  readonly unit: string;
}

type Row = Readonly<Record<string, JsonValue>>;
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Summary tables of metrics name their rows in one of these columns, and give the number in one of those. */
const nameColumns = ['metric', 'measure', 'label'] as const;
const valueColumns = ['mean', 'value', 'estimate'] as const;

function metricOf(row: Row, node: string | null): Metric | null {
  const name = nameColumns.map((column) => row[column]).find((entry) => typeof entry === 'string');
  const value = valueColumns.map((column) => row[column]).find((entry) => typeof entry === 'number');
  if (typeof name !== 'string' || typeof value !== 'number') return null;
  const { unit } = row;
  return { name: node === null ? name : `${node}: ${name}`, value, unit: typeof unit === 'string' ? unit : '1' };
}

/** In the order of their tables. */
export function metricsOf({ metrics }: Pick<RunRecord, 'metrics'>): readonly Metric[] {
  const nodes = new Set(Object.keys(metrics).map((place) => place.slice(0, place.lastIndexOf('.'))));
  return Object.entries(metrics).flatMap(([place, rows]) => {
    const node = nodes.size > 1 ? place.slice(0, place.lastIndexOf('.')) : null;
    return (Array.isArray(rows) ? rows : []).filter(isRow).flatMap((row) => metricOf(row, node) ?? []);
  });
}

export interface MetricColumn {
  readonly name: string;
  readonly unit: string;
}

/** Those that most runs have first, at most `limit`. */
export function columnsOf(records: readonly RunRecord[], limit = 8): readonly MetricColumn[] {
  const counts = new Map<string, { readonly column: MetricColumn; readonly place: number; n: number }>();
  for (const record of records) {
    for (const { name, unit } of metricsOf(record)) {
      const known = counts.get(name);
      if (known) known.n++;
      else counts.set(name, { column: { name, unit }, place: counts.size, n: 1 });
    }
  }
  return [...counts.values()]
    .sort((a, b) => b.n - a.n || a.place - b.place)
    .slice(0, limit)
    .map(({ column }) => column);
}

export const outcomeWords: Readonly<Record<RunRecord['outcome'], string>> = {
  succeeded: 'Succeeded',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

/** "3 executed, 5 stored": what the nodes did. */
export function summariseNodes({ nodes }: Pick<RunRecord, 'nodes'>): string {
  const counts = new Map<string, number>();
  for (const { state } of Object.values(nodes)) {
    if (typeof state === 'string') counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return [...counts].map(([state, n]) => `${n} ${state}`).join(', ');
}

/** How a run began, and what it is found by. */
const wordsOf = (record: RunRecord): string[] => [
  outcomeWords[record.outcome],
  String(record.backend?.['name'] ?? ''),
  record.documentHash,
  ...Object.keys(record.nodes),
  ...Object.keys(record.versions),
  ...Object.entries(record.seeds).map(([name, seed]) => `${name} ${seed}`),
];

export interface RunQuery {
  readonly text: string;
  /** Null: of every document. */
  readonly documentId: string | null;
  readonly pinned: ReadonlySet<string>;
  /** A metric's column, largest first; null: latest first. */
  readonly by: string | null;
}

/** Pinned ones first. */
export function chooseRuns(
  records: readonly RunRecord[],
  { text, documentId, pinned, by }: RunQuery,
): readonly RunRecord[] {
  const within = records.filter((record) => documentId === null || record.documentId === documentId);
  const found = search(text, within, (record) => ({ title: record.title ?? 'Untitled', keywords: wordsOf(record) }));
  const value = (record: RunRecord): number =>
    metricsOf(record).find(({ name }) => name === by)?.value ?? Number.NEGATIVE_INFINITY;
  const order = (a: RunRecord, b: RunRecord): number => {
    if (by === null) return text.trim() === '' ? b.started - a.started : 0;
    const [x, y] = [value(a), value(b)];
    return x === y ? b.started - a.started : y - x;
  };
  return [...found].sort((a, b) => Number(pinned.has(b.id)) - Number(pinned.has(a.id)) || order(a, b));
}
