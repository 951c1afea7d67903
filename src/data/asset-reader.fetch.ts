/**
 * Files in the page and its workers: prepared data sets from the page's own origin, imported files from wherever
 * `imported` finds them (the library's database). Nothing is ever fetched from elsewhere.
 */
import { DataError, RunCancelled } from '../core/errors';
import type { AssetReader } from '../kit/context';
import { checkAssetPath, missingAsset } from './asset-errors';
import { looksLikeHtml } from './sniff';

/**
 * `base`: address of the data folder, ending in "/". `imported`: bytes of an imported file by content hash, rejecting
 * with DataError when it is gone.
 */
export function createFetchAssetReader(
  base: string | URL,
  imported: AssetReader['imported'],
  get: typeof globalThis.fetch = globalThis.fetch.bind(globalThis),
): AssetReader {
  return {
    imported,
    async read(path, signal) {
      checkAssetPath(path);
      const address = new URL(path, base).href;
      let response: Response;
      let bytes: Uint8Array;
      try {
        response = await get(address, signal ? { signal } : {});
        bytes = new Uint8Array(await response.arrayBuffer());
      } catch (cause) {
        if (signal?.aborted) throw new RunCancelled();
        throw new DataError(
          {
            code: 'data.unreachable',
            message: `The data file "${path}" could not be fetched.`,
            path: address,
            found: cause instanceof Error ? cause.message : 'no answer',
            cure: 'Check that the server that serves this page is still running, then run again.',
          },
          { cause },
        );
      }
      if (!response.ok) throw missingAsset(path, address, `the answer ${response.status}`);
      // Servers of single-page apps answer index.html for whatever they do not have.
      const isPage = response.headers.get('content-type')?.startsWith('text/html') || looksLikeHtml(bytes);
      if (isPage) throw missingAsset(path, address, 'a web page in its place');
      return bytes;
    },
  };
}
