/**
 * Records and blobs as files, for Node: `records/<id>.json`, `blobs/<id>`, `meta/<name>.json`. Every file is written beside
 * its place and renamed into it, so that a second process sees old or new and never half. The time of last use is the
 * record file's modification time. Updates are atomic within a process; between two, the later one wins, which the store
 * above allows for (no record is trusted beyond what its blobs prove).
 */
import { constants } from 'node:fs';
import { access, mkdir, open, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonValue } from '../core/canonical-json';
import { type Backing, type StoredRecord, StoreFullError } from './backing';

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;
const absentAs =
  <T>(value: T) =>
  (error: unknown): T => {
    if (codeOf(error) === 'ENOENT') return value;
    throw error;
  };

export async function openFileBacking(directory: string): Promise<Backing> {
  const folders = {
    records: join(directory, 'records'),
    blobs: join(directory, 'blobs'),
    meta: join(directory, 'meta'),
  };
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true });
  await access(folders.blobs, constants.W_OK);
  const recordPath = (id: string) => join(folders.records, `${encodeURIComponent(id)}.json`);
  const metaPath = (name: string) => join(folders.meta, `${encodeURIComponent(name)}.json`);
  const blobPath = (id: string) => join(folders.blobs, encodeURIComponent(id));
  let written = 0;
  for (const folder of Object.values(folders)) await removeOldDrafts(folder);

  async function write(path: string, data: Uint8Array | string, modified?: number): Promise<void> {
    const draft = `${path}.${process.pid}-${written++}.tmp`;
    try {
      await writeFile(draft, data);
      if (modified !== undefined) await utimes(draft, modified / 1000, modified / 1000);
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      const code = codeOf(error);
      if (code === 'ENOSPC' || code === 'EDQUOT') throw new StoreFullError(code);
      throw error;
    }
  }

  async function readRecordFile(path: string): Promise<StoredRecord | null> {
    const file = await open(path).catch(absentAs(null));
    if (!file) return null;
    try {
      const record = JSON.parse(await file.readFile('utf8')) as StoredRecord;
      return { ...record, used: Math.round((await file.stat()).mtimeMs) };
    } catch (error) {
      // A file cut short by a power failure is no record.
      if (error instanceof SyntaxError) return null;
      throw error;
    } finally {
      await file.close();
    }
  }

  let queue: Promise<unknown> = Promise.resolve();
  const readRecord = (id: string) => readRecordFile(recordPath(id));
  const listFiles = async (folder: string) => (await readdir(folder)).filter((name) => !name.endsWith('.tmp'));

  return {
    kind: 'files',
    readRecord,
    async listRecords() {
      const names = await listFiles(folders.records);
      const records = await Promise.all(names.map((name) => readRecordFile(join(folders.records, name))));
      return records.filter((record) => record !== null);
    },
    updateRecord(id, change) {
      const update = async () => {
        const next = change(await readRecord(id));
        if (next) await write(recordPath(id), JSON.stringify(next), next.used);
        else if (next === null) await rm(recordPath(id), { force: true });
      };
      const result = queue.then(update, update);
      queue = result.catch(() => {});
      return result;
    },
    touchRecord: (id, used) => utimes(recordPath(id), used / 1000, used / 1000).catch(absentAs(undefined)),
    putBlob: (id, bytes) => write(blobPath(id), bytes),
    getBlob: (id) =>
      readFile(blobPath(id)).then(
        (bytes) => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength),
        absentAs(null),
      ),
    async hasBlobs(ids) {
      const found = await Promise.all(ids.map((id) => access(blobPath(id)).then(() => true, absentAs(false))));
      return found.every(Boolean);
    },
    async deleteBlobs(ids) {
      await Promise.all(ids.map((id) => rm(blobPath(id), { force: true })));
    },
    listBlobs: async () => (await listFiles(folders.blobs)).map(decodeURIComponent),
    async readMeta(name) {
      const text = await readFile(metaPath(name), 'utf8').catch(absentAs(null));
      return text === null ? null : (JSON.parse(text) as JsonValue);
    },
    writeMeta: (name, value) => write(metaPath(name), JSON.stringify(value)),
    async clearMeta() {
      for (const name of await listFiles(folders.meta)) await rm(join(folders.meta, name), { force: true });
    },
    async close() {
      await queue;
    },
  };
}

/** Drafts of killed writes. A process that is still writing its own is never an hour behind. */
async function removeOldDrafts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.tmp')) continue;
    const path = join(folder, name);
    const modified = await stat(path).then(({ mtimeMs }) => mtimeMs, absentAs(Number.POSITIVE_INFINITY));
    if (Date.now() - modified > 3600 * 1000) await rm(path, { force: true });
  }
}
