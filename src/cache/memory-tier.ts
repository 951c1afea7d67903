/**
 * Decoded values in front of the store, least recently used first to go, within a budget in bytes. Losing one costs a
 * read from the store; what a run is using is held by the run itself.
 */
import type { ContentKey } from '../core/ids';
import type { PortValue } from '../kit/values';
import { sizeOfValue } from './size-of-value';

interface Entry {
  readonly value: PortValue;
  readonly bytes: number;
}

export class MemoryTier {
  /** A Map keeps the order of insertion, and a use is a new insertion. */
  private readonly entries = new Map<string, Entry>();
  private used = 0;

  constructor(private limit: number) {}

  get bytes(): number {
    return this.used;
  }
  get budget(): number {
    return this.limit;
  }

  get(key: ContentKey, port: string): PortValue | undefined {
    const name = nameOf(key, port);
    const entry = this.entries.get(name);
    if (!entry) return undefined;
    this.entries.delete(name);
    this.entries.set(name, entry);
    return entry.value;
  }

  /** A value larger than the whole budget is not kept. */
  set(key: ContentKey, port: string, value: PortValue): void {
    const name = nameOf(key, port);
    this.remove(name);
    const bytes = sizeOfValue(value);
    if (bytes > this.limit) return;
    this.entries.set(name, { value, bytes });
    this.used += bytes;
    this.shrink();
  }

  /** All ports of a key. */
  delete(key: ContentKey): void {
    const prefix = nameOf(key, '');
    for (const name of [...this.entries.keys()]) if (name.startsWith(prefix)) this.remove(name);
  }

  setBudget(bytes: number): void {
    this.limit = bytes;
    this.shrink();
  }

  clear(): void {
    this.entries.clear();
    this.used = 0;
  }

  private remove(name: string): void {
    const entry = this.entries.get(name);
    if (!entry) return;
    this.entries.delete(name);
    this.used -= entry.bytes;
  }

  private shrink(): void {
    for (const name of this.entries.keys()) {
      if (this.used <= this.limit) return;
      this.remove(name);
    }
  }
}

const nameOf = (key: ContentKey, port: string): string => `${key}/${port}`;
