/**
 * Which results leave the store when room is needed: those with the highest
 *
 *   score = bytes x age / (cost of computing + cost of loading),  all times in ms
 *
 * so that what is large, long unused and cheap to get back goes first. Pure; the store does the deleting.
 */
import type { StoredRecord } from './backing';

/** Loading from the store, ms per byte: 200 MB/s. Keeps a result that took no time from scoring infinitely. */
const LOAD_MS_PER_BYTE = 5e-6;
/** A result is at least this old, so that a burst of new results still differ by size and cost. */
const YOUNGEST_MS = 1000;

export type Evictable = Pick<StoredRecord, 'bytes' | 'used' | 'ms'>;

export function evictionScore(record: Evictable, now: number): number {
  const age = Math.max(YOUNGEST_MS, now - record.used);
  return (record.bytes * age) / (Math.max(record.ms, 1) + record.bytes * LOAD_MS_PER_BYTE);
}

/** The fewest of the highest-scoring records that free `needed` bytes, or all that may go if that is not enough. */
export function chooseEvictions<R extends Evictable>(
  records: readonly R[],
  needed: number,
  now: number,
  exempt: (record: R) => boolean,
): { readonly evict: readonly R[]; readonly freed: number } {
  const candidates = records
    .filter((record) => !exempt(record))
    .map((record) => ({ record, score: evictionScore(record, now) }))
    .sort((a, b) => b.score - a.score);
  const evict: R[] = [];
  let freed = 0;
  for (const { record } of candidates) {
    if (freed >= needed) break;
    evict.push(record);
    freed += record.bytes;
  }
  return { evict, freed };
}
