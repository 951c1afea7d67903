/** How much memory a value takes, in bytes: its arrays exactly, everything else by a rough rate. */
import type { PortValue } from '../kit/values';
import { heldBytes } from './spike-set';

const NUMBER_BYTES = 8;
const OBJECT_BYTES = 48;

export function sizeOfValue(value: PortValue): number {
  const seen = new Set<object>();
  function size(entry: unknown): number {
    if (typeof entry === 'string') return OBJECT_BYTES + entry.length * 2;
    if (entry === null || typeof entry !== 'object') return NUMBER_BYTES;
    if (seen.has(entry)) return NUMBER_BYTES;
    seen.add(entry);
    if (ArrayBuffer.isView(entry)) return OBJECT_BYTES + entry.byteLength;
    return Object.values(entry).reduce((sum: number, field) => sum + size(field), OBJECT_BYTES);
  }
  return size(value) + (value.kind === 'spikes' ? heldBytes(value) : 0);
}
