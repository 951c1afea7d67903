/** What the page's artifact store holds, read out of its database and decoded here. */
import type { Page } from '@playwright/test';
import type { StoredRecord } from '../../src/cache/backing';
import { PayloadReader } from '../../src/cache/payload';
import { decodeValue } from '../../src/cache/value-codec';

interface StoredOutput {
  readonly textBytes: number;
  /** Checksum of each blob. */
  readonly sums: readonly string[];
  /** Each blob as base64. */
  readonly blobs: readonly string[];
}

/** An output of the newest result of a node type. */
async function storedOutput(page: Page, type: string, port: string): Promise<StoredOutput> {
  return page.evaluate(
    async ([wanted, name]) => {
      const settled = <T>(request: IDBRequest<T>): Promise<T> =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const database = await settled(indexedDB.open('spikeloom-artifacts'));
      const records: StoredRecord[] = await settled(database.transaction('records').objectStore('records').getAll());
      const [newest] = records
        .filter((record) => record.role === 'result' && record.type === wanted)
        .sort((a, b) => b.created - a.created);
      const found = newest?.ports[name];
      if (!found) throw new Error(`There is no stored ${wanted}.${name}.`);
      const base64 = (bytes: Uint8Array) => {
        let text = '';
        for (const byte of bytes) text += String.fromCharCode(byte);
        return btoa(text);
      };
      const blobs: string[] = [];
      for (const { id } of found.blobs) {
        blobs.push(base64(await settled(database.transaction('blobs').objectStore('blobs').get(id))));
      }
      database.close();
      return { textBytes: found.textBytes, sums: found.blobs.map(({ sum }) => sum), blobs };
    },
    [type, port] as const,
  );
}

/** Checksums of an output: equal for equal bits. */
export const storedSums = async (page: Page, type: string, port: string): Promise<readonly string[]> =>
  (await storedOutput(page, type, port)).sums;

/** The value itself. */
export async function storedValue(page: Page, type: string, port: string): Promise<unknown> {
  const { textBytes, blobs } = await storedOutput(page, type, port);
  const reader = new PayloadReader(blobs.length, async (index) =>
    Uint8Array.from(Buffer.from(blobs[index] as string, 'base64')),
  );
  return decodeValue(textBytes, reader);
}
