/** Records and blobs in maps: what the store falls back to when the browser offers no storage. Ends with the worker. */
import type { JsonValue } from '../core/canonical-json';
import type { Backing, StoredRecord } from './backing';

export function createMemoryBacking(): Backing {
  const records = new Map<string, StoredRecord>();
  const blobs = new Map<string, Uint8Array>();
  const meta = new Map<string, JsonValue>();
  return {
    kind: 'memory',
    readRecord: async (id) => records.get(id) ?? null,
    listRecords: async () => [...records.values()],
    async updateRecord(id, change) {
      const next = change(records.get(id) ?? null);
      if (next) records.set(id, next);
      else if (next === null) records.delete(id);
    },
    async touchRecord(id, used) {
      const record = records.get(id);
      if (record) records.set(id, { ...record, used });
    },
    async putBlob(id, bytes) {
      blobs.set(id, bytes);
    },
    getBlob: async (id) => blobs.get(id) ?? null,
    hasBlobs: async (ids) => ids.every((id) => blobs.has(id)),
    async deleteBlobs(ids) {
      for (const id of ids) blobs.delete(id);
    },
    listBlobs: async () => [...blobs.keys()],
    readMeta: async (name) => meta.get(name) ?? null,
    async writeMeta(name, value) {
      meta.set(name, value);
    },
    async clearMeta() {
      meta.clear();
    },
    async close() {
      records.clear();
      blobs.clear();
      meta.clear();
    },
  };
}
