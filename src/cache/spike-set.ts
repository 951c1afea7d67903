/**
 * Spikes on their way into the store and out of it. A writer packs items as they are simulated and stores a chunk every
 * 2 MiB or 5 s, so that a killed run continues behind its last chunk; what the store cannot take stays packed in memory,
 * and the value reads from either. One writer at a time appends to a set: a second one for the same key (another tab)
 * takes the set over, and the first goes on in memory. Both are right, because equal keys make equal spikes.
 */
import { CacheError } from '../core/errors';
import type { ContentKey } from '../core/ids';
import type { SpikeHeader, SpikeWriter } from '../kit/context';
import type { SpikeChunkInfo, SpikesValue } from '../kit/values';
import { blobsOf, type StoredChunk, type StoredPort, type StoredRecord, sizeOfPorts } from './backing';
import { totalBytes } from './payload';
import { SpikePacker, unpackSpikes } from './spike-codec';
import { DamagedError, resultId, type StoreCore } from './store-core';
import { encodeValue } from './value-codec';

/** Small beside the 16 MiB limit: a preview of one item unpacks one chunk, and a killed run loses at most one. */
const CHUNK_BYTES = 2 * 1024 * 1024;
const CHUNK_MS = 5000;

/** Where the chunks of a handle are: in the store, or packed in memory. */
export interface SpikeOrigin {
  readonly core: StoreCore;
  readonly key: ContentKey;
  readonly port: string;
  readonly unitCount: number;
  readonly sources: (StoredChunk | PackedChunk)[];
}
interface PackedChunk extends SpikeChunkInfo {
  readonly packed: Uint8Array;
}

const origins = new WeakMap<SpikesValue, SpikeOrigin>();
export const originOf = (value: SpikesValue): SpikeOrigin | undefined => origins.get(value);

/** Packed bytes that a handle keeps in memory for want of a store. */
export function heldBytes(value: SpikesValue): number {
  const sources = origins.get(value)?.sources ?? [];
  return sources.reduce((sum, source) => sum + ('packed' in source ? source.packed.byteLength : 0), 0);
}

export const unfinishedId = (key: string, port: string): string => `unfinished.${key}.${port}`;

export function createHandle(origin: SpikeOrigin, header: SpikeHeader): SpikesValue {
  const chunks = origin.sources.map(({ firstItem, itemCount, spikeCount }) => ({ firstItem, itemCount, spikeCount }));
  const value: SpikesValue = {
    kind: 'spikes',
    items: header.items,
    unitCount: header.unitCount,
    populations: header.populations,
    dt: header.dt,
    stepCount: header.stepCount,
    discardSteps: header.discardSteps,
    ...(header.network ? { network: header.network } : {}),
    spikeCount: chunks.reduce((sum, chunk) => sum + chunk.spikeCount, 0),
    chunks,
    read: async (index) => unpackSpikes(await readPacked(origin, index), chunks[index]?.firstItem ?? 0),
  };
  origins.set(value, origin);
  return value;
}

/** Packed bytes of one chunk. Damage deletes the result, so that the next run computes it again. */
export async function readPacked(origin: SpikeOrigin, index: number): Promise<Uint8Array> {
  const { core, key, port } = origin;
  const source = origin.sources[index];
  if (!source) throw new CacheError({ code: 'cache.no-chunk', message: `There is no spike chunk ${index}.`, port });
  if ('packed' in source) return source.packed;
  try {
    return await core.readAll(source.blobs);
  } catch (error) {
    if (!(error instanceof DamagedError)) throw error;
    for (const id of [resultId(key), unfinishedId(key, port)]) {
      const record = await core.backing.readRecord(id);
      if (record && namesChunk(record, source)) await core.drop(record);
    }
    const message = 'Stored spikes are damaged or were evicted while in use. They were removed.';
    core.announce(message);
    throw new CacheError({ code: 'cache.corrupt', message, port, cure: 'Run again: they will be computed again.' });
  }
}

const namesChunk = (record: StoredRecord, chunk: StoredChunk): boolean => {
  const wanted = chunk.blobs[0]?.id;
  return blobsOf(record).some((blob) => blob.id === wanted);
};

export const headerOf = (value: SpikeHeader): SpikeHeader => ({
  items: value.items,
  unitCount: value.unitCount,
  populations: value.populations,
  dt: value.dt,
  stepCount: value.stepCount,
  discardSteps: value.discardSteps,
  ...(value.network ? { network: value.network } : {}),
});

/** Looks for an interrupted set, checks it, takes it over; then writes behind it. */
export async function openSpikeWriter(
  core: StoreCore,
  key: ContentKey,
  port: string,
  header: SpikeHeader,
): Promise<SpikeWriter> {
  const id = unfinishedId(key, port);
  const writer = core.nonce();
  const found = await core.exclusive(() => takeOver(core, id, port, header, writer)).catch(() => null);
  return new StoringWriter(
    core,
    { core, key, port, unitCount: header.unitCount, sources: [...(found?.chunks ?? [])] },
    header,
    writer,
    found,
  );
}

interface Found {
  readonly chunks: readonly StoredChunk[];
  readonly ms: number;
}

async function takeOver(
  core: StoreCore,
  id: string,
  port: string,
  header: SpikeHeader,
  writer: string,
): Promise<Found | null> {
  const record = await core.backing.readRecord(id);
  const stored = record?.ports[port];
  if (!record || !stored) return null;
  if (!(await sameHeader(core, stored, header))) {
    await core.drop(record);
    return null;
  }
  const chunks: StoredChunk[] = [];
  for (const chunk of stored.chunks ?? []) {
    const intact = await core.readAll(chunk.blobs).then(
      () => true,
      () => false,
    );
    if (!intact) break;
    chunks.push(chunk);
  }
  const ports = { [port]: { ...stored, chunks } };
  const next = { ...record, ports, bytes: sizeOfPorts(ports), writer, nonce: core.nonce(), used: core.clock() };
  let taken = false;
  await core.backing.updateRecord(id, (current) => {
    taken = current?.nonce === record.nonce;
    return taken ? next : undefined;
  });
  if (!taken) return null;
  await core.deleteUnshared(record, next);
  return { chunks, ms: record.ms };
}

async function sameHeader(core: StoreCore, stored: StoredPort, header: SpikeHeader): Promise<boolean> {
  const { parts } = encodeValue(headerOf(header));
  if (totalBytes(parts) !== stored.blobs.reduce((sum, blob) => sum + blob.bytes, 0)) return false;
  try {
    const bytes = await core.readAll(stored.blobs);
    let at = 0;
    return parts.every((part) => part.every((byte) => byte === bytes[at++]));
  } catch {
    return false;
  }
}

class StoringWriter implements SpikeWriter {
  readonly finishedItems: number;
  private readonly packer: SpikePacker;
  private firstItem: number;
  private flushed: number;
  private flushing: Promise<void> = Promise.resolve();
  private readonly begun: number;
  /** Once a chunk could not be stored the rest stays in memory: a set with a hole cannot be continued. */
  private storing = true;
  private hasRecord: boolean;

  constructor(
    private readonly core: StoreCore,
    private readonly origin: SpikeOrigin,
    private readonly header: SpikeHeader,
    private readonly writer: string,
    found: Found | null,
  ) {
    this.packer = new SpikePacker(header.unitCount);
    this.finishedItems = origin.sources.reduce((sum, chunk) => sum + chunk.itemCount, 0);
    this.firstItem = this.finishedItems;
    this.hasRecord = found !== null;
    this.begun = core.clock() - (found?.ms ?? 0);
    this.flushed = core.clock();
  }

  async add(units: ArrayLike<number>, steps: ArrayLike<number>): Promise<void> {
    this.packer.add(units, steps);
    if (this.packer.bytes >= CHUNK_BYTES || this.core.clock() - this.flushed > CHUNK_MS) await this.flush();
  }

  async finish(): Promise<SpikesValue> {
    await this.flush();
    await this.flushing;
    return createHandle(this.origin, this.header);
  }

  /** Hands the chunk over and returns; waits only for the chunk before it. */
  private async flush(): Promise<void> {
    const { packer, origin } = this;
    if (packer.items === 0) return;
    const chunk = { firstItem: this.firstItem, itemCount: packer.items, spikeCount: packer.spikes };
    const packed = packer.take();
    this.firstItem += chunk.itemCount;
    this.flushed = this.core.clock();
    await this.flushing;
    const index = origin.sources.push({ ...chunk, packed }) - 1;
    this.flushing = this.storing ? this.store(index, { ...chunk, packed }) : Promise.resolve();
  }

  private async store(index: number, { packed, ...chunk }: PackedChunk): Promise<void> {
    const { core, origin } = this;
    const write = async () => {
      const stored = { ...chunk, blobs: await core.writeBlobs([packed]) };
      const appended = await this.append(stored).catch(async (error) => {
        await core.deleteBlobs(stored.blobs);
        throw error;
      });
      if (appended) {
        origin.sources[index] = stored;
        return;
      }
      this.storing = false;
      await core.deleteBlobs(stored.blobs);
    };
    const reason = await core.save(packed.byteLength, write, origin.key);
    if (reason) this.storing = false;
  }

  /** False when the set is no longer ours: another writer has it, or it was deleted. */
  private async append(chunk: StoredChunk): Promise<boolean> {
    const { core, writer } = this;
    const { key, port } = this.origin;
    const id = unfinishedId(key, port);
    const first = this.hasRecord ? null : await this.writeHeader();
    const now = core.clock();
    const nonce = core.nonce();
    let appended = false;
    await core.backing.updateRecord(id, (current) => {
      const before = current ? (current.writer === writer ? current.ports[port] : null) : first;
      appended = Boolean(before);
      if (!before) return undefined;
      const ports = { [port]: { ...before, chunks: [...(before.chunks ?? []), chunk] } };
      const common = { ports, bytes: sizeOfPorts(ports), used: now, ms: now - this.begun, nonce };
      return current
        ? { ...current, ...common }
        : { ...common, id, role: 'unfinished', owner: key, type: 'spikes', created: now, writer };
    });
    if (appended) this.hasRecord = true;
    else if (first) await core.deleteBlobs(first.blobs);
    return appended;
  }

  private async writeHeader(): Promise<StoredPort> {
    const { parts, textBytes } = encodeValue(headerOf(this.header));
    return { textBytes, blobs: await this.core.writeBlobs(parts), chunks: [] };
  }
}
