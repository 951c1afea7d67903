/**
 * Checkpoints of a lineage (a node's key without the parameters that only extend it), by extent. While a run goes on, its
 * own are thinned: the last few stay, for continuing and for resuming when the newest is damaged, and those at powers of
 * two, so that going back to fewer epochs starts no further back than half way. 300 epochs leave 12 instead of 300. What
 * earlier runs ended with stays until room is needed.
 */
import type { CheckpointState, Checkpoints } from '../kit/context';
import { type StoredRecord, sizeOfPorts } from './backing';
import { totalBytes } from './payload';
import { DamagedError, type StoreCore } from './store-core';
import { decodeValue, encodeValue } from './value-codec';

const PORT = 'state';
/** Newest checkpoints of a run that stay. */
const LAST_KEPT = 3;
const isPowerOfTwo = (extent: number): boolean => Number.isInteger(Math.log2(extent));
const checkpointId = (lineage: string, extent: number): string => `checkpoint.${lineage}.${extent}`;

export function openCheckpoints(core: StoreCore, lineage: string): Checkpoints {
  const begun = core.clock();
  /** What the checkpoint that this run started from had cost. */
  let inherited = 0;
  /** The newest ones of this run, oldest first. */
  const saved: StoredRecord[] = [];

  async function load(record: StoredRecord): Promise<CheckpointState | null> {
    const stored = record.ports[PORT];
    if (!stored) return null;
    try {
      return (await decodeValue(stored.textBytes, core.reader(stored.blobs))) as CheckpointState;
    } catch (error) {
      if (!(error instanceof DamagedError)) throw error;
      await core.drop(record);
      core.announce('A stored checkpoint was damaged and has been removed.');
      return null;
    }
  }

  return {
    async latest(extent) {
      try {
        const records = (await core.backing.listRecords())
          .filter(
            (record) =>
              record.role === 'checkpoint' && record.owner === lineage && (record.extent ?? Infinity) <= extent,
          )
          .sort((a, b) => (b.extent ?? 0) - (a.extent ?? 0));
        for (const record of records) {
          const state = await load(record);
          if (!state) continue;
          inherited = record.ms;
          await core.touch(record);
          return { extent: record.extent ?? 0, state };
        }
      } catch (error) {
        core.announceReadFailure(error);
      }
      return null;
    },

    async save(extent, state) {
      const { parts, textBytes } = encodeValue(state);
      await core.save(totalBytes(parts) + sizeOfPorts({}), async () => {
        const ports = { [PORT]: { textBytes, blobs: await core.writeBlobs(parts) } };
        const now = core.clock();
        const record: StoredRecord = {
          id: checkpointId(lineage, extent),
          role: 'checkpoint',
          owner: lineage,
          nonce: core.nonce(),
          type: 'checkpoint',
          ms: inherited + now - begun,
          bytes: sizeOfPorts(ports),
          created: now,
          used: now,
          ports,
          extent,
        };
        await core.replace(record);
        saved.push(record);
        for (const old of saved.splice(0, Math.max(0, saved.length - LAST_KEPT)))
          if (!isPowerOfTwo(old.extent ?? 0)) await core.drop(old);
      });
    },
  };
}
