/**
 * Imported files by the hash of their bytes, in chunks of at most 16 MiB: chunks first, head last, so that a file is there
 * when its head is. Never evicted. The reading half is shared with asset-reader.ts.
 */
import { createHasher } from '../core/hash';
import type { AssetReference, Library, NamedBytes } from './library';
import type { Tables } from './tables';

const CHUNK_BYTES = 16 * 1024 * 1024;

async function* slices(file: NamedBytes): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < file.size; start += CHUNK_BYTES) {
    yield new Uint8Array(await file.slice(start, Math.min(file.size, start + CHUNK_BYTES)).arrayBuffer());
  }
}

async function hashFile(file: NamedBytes): Promise<string> {
  const hasher = await createHasher();
  hasher.init();
  for await (const slice of slices(file)) hasher.update(slice);
  return hasher.digest('hex');
}

export function createAssets(tables: Tables): Library['assets'] {
  return {
    async put(file) {
      const hash = await hashFile(file);
      const reference: AssetReference = { name: file.name, hash, bytes: file.size };
      if (await tables.read(['assets'], (transaction) => transaction.get('assets', [hash]))) return reference;
      let position = 0;
      for await (const slice of slices(file)) {
        const key = [hash, position++];
        await tables.write(['assetChunks'], (transaction) => transaction.put('assetChunks', key, slice));
      }
      const head = { ...reference, type: file.type ?? '', added: Date.now() };
      await tables.write(['assets'], (transaction) => transaction.put('assets', [hash], head));
      return reference;
    },
    list: () => tables.read(['assets'], (transaction) => transaction.list('assets')),
    read: (hash) => readStoredAsset(tables, hash),
    async remove(hash) {
      await tables.write(['assets', 'assetChunks'], async (transaction) => {
        await transaction.delete('assets', [hash]);
        await transaction.deleteAll('assetChunks', hash);
      });
    },
  };
}

/** Null when it is not there or its bytes are not those that the hash names. */
export async function readStoredAsset(tables: Tables, hash: string): Promise<Uint8Array | null> {
  const found = await tables.read(['assets', 'assetChunks'], async (transaction) => {
    const head = await transaction.get('assets', [hash]);
    return head && { bytes: head.bytes, chunks: await transaction.list('assetChunks', hash) };
  });
  if (!found || found.chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0) !== found.bytes) return null;
  const bytes = new Uint8Array(found.bytes);
  const hasher = await createHasher();
  hasher.init();
  let at = 0;
  for (const chunk of found.chunks) {
    bytes.set(chunk, at);
    hasher.update(chunk);
    at += chunk.byteLength;
  }
  return hasher.digest('hex') === hash ? bytes : null;
}
