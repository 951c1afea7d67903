/**
 * Stores the outputs of a node as one record: blobs first, record last, so a killed write leaves no half result. Spikes
 * that this store's writer made for the same key are adopted; all others are copied, since a result owns its blobs.
 */
import type { ContentKey } from '../core/ids';
import type { PortValue, SpikesValue } from '../kit/values';
import { type BlobRef, blobsOf, type StoredChunk, type StoredPort, type StoredRecord, sizeOfPorts } from './backing';
import { totalBytes } from './payload';
import { SpikePacker } from './spike-codec';
import { headerOf, originOf, readPacked, unfinishedId } from './spike-set';
import type { ArtifactInfo, PutOutcome } from './store';
import { DamagedError, resultId, type StoreCore } from './store-core';
import { type EncodedValue, encodeValue } from './value-codec';

const EVICTED = 'its spikes were evicted by another run on the same store';

type Outputs = Readonly<Record<string, PortValue>>;

/** What a port will take, before anything is written. */
interface PortDraft {
  readonly name: string;
  readonly encoded: EncodedValue;
  readonly spikes: SpikesValue | null;
  readonly adopted: readonly (StoredChunk | null)[];
  readonly freshBytes: number;
}

export async function writeResult(
  core: StoreCore,
  key: ContentKey,
  outputs: Outputs,
  info: ArtifactInfo,
): Promise<PutOutcome> {
  try {
    // The first of two equal results stays, because others may be reading its spikes.
    const existing = await core.backing.readRecord(resultId(key));
    if (existing && Object.keys(outputs).every((name) => name in existing.ports) && (await core.isComplete(existing))) {
      return { kept: true, bytes: existing.bytes };
    }
    const drafts = Object.entries(outputs).map(([name, value]) => draftPort(core, key, name, value));
    const fresh = drafts.reduce((sum, draft) => sum + draft.freshBytes, 0);
    let bytes = 0;
    const reason = await core.save(
      fresh,
      async () => {
        const ports = await writePorts(core, drafts);
        bytes = sizeOfPorts(ports);
        await commit(core, key, ports, info);
        releaseMemory(core, key, outputs, ports);
      },
      key,
    );
    return reason ? { kept: false, bytes: 0, reason } : { kept: true, bytes };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const reason = `This result could not be stored (${message}). It is kept until the end of the session.`;
    core.announce(reason);
    return { kept: false, bytes: 0, reason };
  }
}

const ownOrigin = (core: StoreCore, key: ContentKey, port: string, value: SpikesValue) => {
  const origin = originOf(value);
  return origin?.core === core && origin.key === key && origin.port === port ? origin : undefined;
};

function draftPort(core: StoreCore, key: ContentKey, name: string, value: PortValue): PortDraft {
  if (value.kind !== 'spikes') {
    const encoded = encodeValue(value);
    return { name, encoded, spikes: null, adopted: [], freshBytes: totalBytes(encoded.parts) };
  }
  const encoded = encodeValue(headerOf(value));
  const origin = ownOrigin(core, key, name, value);
  const adopted = value.chunks.map((_, index) => {
    const source = origin?.sources[index];
    return source && 'blobs' in source ? source : null;
  });
  // About two bytes a spike, the codec's size at the usual rates; the budget is counted anew from what was written.
  const copied = value.chunks.reduce((sum, chunk, index) => sum + (adopted[index] ? 0 : chunk.spikeCount * 2), 0);
  return { name, encoded, spikes: value, adopted, freshBytes: totalBytes(encoded.parts) + copied };
}

async function writePorts(core: StoreCore, drafts: readonly PortDraft[]): Promise<Record<string, StoredPort>> {
  const ports: Record<string, StoredPort> = {};
  const written: BlobRef[] = [];
  const write = async (parts: readonly Uint8Array[]) => {
    const blobs = await core.writeBlobs(parts);
    written.push(...blobs);
    return blobs;
  };
  try {
    for (const { name, encoded, spikes, adopted } of drafts) {
      const payload = { textBytes: encoded.textBytes, blobs: await write(encoded.parts) };
      if (!spikes) {
        ports[name] = payload;
        continue;
      }
      // Another store on the same storage may have evicted them meanwhile.
      const kept = adopted.filter((chunk) => chunk !== null);
      if (!(await core.isComplete({ ports: { [name]: { ...payload, chunks: kept } } })))
        throw new DamagedError(EVICTED);
      const chunks: StoredChunk[] = [];
      for (const [index, info] of spikes.chunks.entries()) {
        chunks.push(adopted[index] ?? { ...info, blobs: await write([await packedChunk(spikes, index)]) });
      }
      ports[name] = { ...payload, chunks };
    }
  } catch (error) {
    await core.deleteBlobs(written);
    throw error;
  }
  return ports;
}

async function packedChunk(spikes: SpikesValue, index: number): Promise<Uint8Array> {
  const origin = originOf(spikes);
  if (origin) return readPacked(origin, index);
  const { offsets, units, steps, itemCount } = await spikes.read(index);
  const packer = new SpikePacker(spikes.unitCount);
  for (let k = 0; k < itemCount; k++) {
    packer.add(units.subarray(offsets[k], offsets[k + 1]), steps.subarray(offsets[k], offsets[k + 1]));
  }
  return packer.take();
}

async function commit(
  core: StoreCore,
  key: ContentKey,
  ports: Record<string, StoredPort>,
  info: ArtifactInfo,
): Promise<void> {
  const now = core.clock();
  const { type, ms } = info;
  const head = { id: resultId(key), role: 'result', owner: key, nonce: core.nonce(), type, ms } as const;
  const record: StoredRecord = { ...head, bytes: sizeOfPorts(ports), created: now, used: now, ports };
  await core.replace(record);
  const named = new Set(blobsOf(record).map((blob) => blob.id));
  for (const [name, port] of Object.entries(ports)) {
    if (!port.chunks) continue;
    // The unfinished set is now part of the result. One that another writer carried further stays its own.
    let forgotten: StoredRecord | null = null;
    await core.backing.updateRecord(unfinishedId(key, name), (current) => {
      const covered = current?.ports[name]?.chunks?.every((chunk) => chunk.blobs.every((blob) => named.has(blob.id)));
      forgotten = covered ? current : null;
      return covered ? null : undefined;
    });
    if (forgotten) await core.deleteUnshared(forgotten, record);
  }
}

/** Chunks that waited in memory are in the store now. */
function releaseMemory(core: StoreCore, key: ContentKey, outputs: Outputs, ports: Record<string, StoredPort>): void {
  for (const [name, value] of Object.entries(outputs)) {
    if (value.kind !== 'spikes') continue;
    const origin = ownOrigin(core, key, name, value);
    for (const [index, chunk] of (ports[name]?.chunks ?? []).entries()) if (origin) origin.sources[index] = chunk;
  }
}
