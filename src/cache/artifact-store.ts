/**
 * The artifact store over any backing. A result is one record that names the blobs of its ports; reading checks every
 * blob, and damage is a miss. Writing is in write-result.ts, spikes in spike-set.ts, what they share in store-core.ts.
 */
import { CacheError } from '../core/errors';
import type { ContentKey } from '../core/ids';
import type { SpikeHeader } from '../kit/context';
import type { PortValue } from '../kit/values';
import { type Backing, blobsOf, type StoredPort, type StoredRecord } from './backing';
import { openCheckpoints } from './checkpoints';
import { createHandle, openSpikeWriter } from './spike-set';
import type { ArtifactStore } from './store';
import { type CoreOptions, DamagedError, resultId, StoreCore } from './store-core';
import { decodeValue } from './value-codec';
import { writeResult } from './write-result';

export interface OpenedStore extends ArtifactStore {
  /** Run once after opening. */
  sweep(): Promise<void>;
  announce(message: string): void;
}

export function createArtifactStore(backing: Backing, options: CoreOptions): OpenedStore {
  const core = new StoreCore(backing, options);

  async function readPort(key: ContentKey, name: string, stored: StoredPort): Promise<PortValue> {
    const value = await decodeValue(stored.textBytes, core.reader(stored.blobs));
    if (!stored.chunks) return value as PortValue;
    if (!(await core.isComplete({ ports: { [name]: stored } })))
      throw new DamagedError('A stored spike chunk is missing.');
    const header = value as SpikeHeader;
    return createHandle({ core, key, port: name, unitCount: header.unitCount, sources: [...stored.chunks] }, header);
  }

  /** Reads with `read`; damage is a miss, announced and deleted, unless the record was replaced in between. */
  async function readRecord<T>(key: ContentKey, read: (record: StoredRecord) => Promise<T>): Promise<T | null> {
    try {
      for (let attempt = 0; ; attempt++) {
        const record = await core.backing.readRecord(resultId(key));
        if (!record) return null;
        try {
          const result = await read(record);
          await core.touch(record);
          return result;
        } catch (error) {
          if (!(error instanceof DamagedError || error instanceof RangeError || error instanceof SyntaxError))
            throw error;
          const now = await core.backing.readRecord(resultId(key));
          if (!now) return null;
          if (now.nonce !== record.nonce && attempt === 0) continue;
          await core.drop(now);
          core.announce(
            `A stored result of ${record.type} was damaged and has been removed. It will be computed again.`,
          );
          return null;
        }
      }
    } catch (error) {
      core.announceReadFailure(error);
      return null;
    }
  }

  return {
    get kind() {
      return core.backing.kind;
    },
    get notice() {
      return core.notice;
    },
    pinned: core.pinned,
    onNotice: (listener) => core.onNotice(listener),

    async head(key) {
      try {
        const record = await core.backing.readRecord(resultId(key));
        if (!record) return null;
        if (!(await core.isComplete(record))) return null;
        const { bytes, ms, type, created, used } = record;
        return { bytes, ms, type, created, used, ports: Object.keys(record.ports) };
      } catch (error) {
        core.announceReadFailure(error);
        return null;
      }
    },

    get: (key, ports) =>
      readRecord(key, async (record) => {
        const wanted = ports ?? Object.keys(record.ports);
        const values: Record<string, PortValue> = {};
        for (const name of wanted) {
          const stored = record.ports[name];
          if (!stored) return null;
          values[name] = await readPort(key, name, stored);
        }
        return values;
      }),

    async verify(key) {
      const intact = await readRecord(key, async (record) => {
        for (const blob of blobsOf(record)) await core.readBlob(blob);
        return true;
      });
      return intact ?? false;
    },

    put: (key, outputs, info) => writeResult(core, key, outputs, info),
    spikeWriter: (key, port, header) => openSpikeWriter(core, key, port, header),
    checkpoints: (lineage) => openCheckpoints(core, lineage),

    held: async () => new Set([...(await core.readHeld().catch(() => []))] as ContentKey[]),
    hold: (key, on) => core.exclusive(() => core.hold(key, on)),
    forget: (keys) => core.exclusive(() => core.forget(keys)).catch(notCleared),

    async usage() {
      const bytes = await core.count().catch(() => 0);
      return { bytes, budget: core.budget };
    },
    async setBudget(bytes) {
      core.budget = bytes;
      await core.exclusive(() => core.shrinkToBudget()).catch((error) => core.announceReadFailure(error));
    },

    readMeta: (name) => core.backing.readMeta(name).catch(() => null),
    async writeMeta(name, value) {
      // A fact that is not remembered only makes a reason vaguer.
      await core.backing.writeMeta(name, value).catch(() => {});
    },

    clear: () => core.exclusive(() => core.clear()).catch(notCleared),
    close: () => core.exclusive(() => core.backing.close()),
    sweep: () => core.sweep(),
    announce: (message) => core.announce(message),
  };
}

function notCleared(cause: Error): never {
  const message = `The store could not be cleared (${cause.message}).`;
  throw new CacheError({ code: 'cache.not-cleared', message }, { cause });
}
