/**
 * Results by key, from the memory tier or the store, and two degrees of certainty about them: `isStored` asks whether a
 * record names them, `isReadable` reads every byte against its checksum. A run answers "stored" only for what is readable.
 */
import type { MemoryTier } from '../cache/memory-tier';
import type { ArtifactStore } from '../cache/store';
import type { ContentKey } from '../core/ids';
import type { PortValue } from '../kit/values';
import type { PortOutputs } from './rete-graph';

export interface ResultPlaces {
  readonly memory: MemoryTier;
  readonly store: ArtifactStore;
}

function heldOutputs(key: ContentKey, ports: readonly string[], memory: MemoryTier): PortValue[] | null {
  const held = ports.map((port) => memory.get(key, port)).filter((value) => value !== undefined);
  return held.length === ports.length ? held : null;
}

/** The outputs at `ports`; null if they are gone. */
export async function loadOutputs(
  key: ContentKey,
  ports: readonly string[],
  { memory, store }: ResultPlaces,
): Promise<PortOutputs | null> {
  const held = heldOutputs(key, ports, memory);
  if (held) return Object.fromEntries(ports.map((port, i) => [port, held[i] as PortValue]));
  const stored = await store.get(key, ports);
  if (stored) for (const [port, value] of Object.entries(stored)) memory.set(key, port, value);
  return stored;
}

/** Do memory or a record of the store name these outputs? Quick; damage is not seen. */
export async function isStored(
  key: ContentKey,
  ports: readonly string[],
  { memory, store }: ResultPlaces,
): Promise<boolean> {
  if (heldOutputs(key, ports, memory)) return true;
  const head = await store.head(key);
  return head !== null && ports.every((port) => head.ports.includes(port));
}

/** Can every byte of these outputs be read? Forgets what cannot, in memory and store. */
export async function isReadable(key: ContentKey, ports: readonly string[], places: ResultPlaces): Promise<boolean> {
  const { memory, store } = places;
  const held = heldOutputs(key, ports, memory);
  if (held?.every((value) => value.kind !== 'spikes')) return true;
  if (!(await isStored(key, ports, places))) return false;
  if (await store.verify(key)) return true;
  // Spikes in memory are handles: their chunks may lie in memory too, if the store could not take them.
  if (held && (await areIntact(held))) return true;
  memory.delete(key);
  return false;
}

async function areIntact(values: readonly PortValue[]): Promise<boolean> {
  try {
    for (const value of values) {
      if (value.kind !== 'spikes') continue;
      for (const index of value.chunks.keys()) await value.read(index);
    }
    return true;
  } catch {
    return false;
  }
}
