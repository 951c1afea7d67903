/** Files in Node: prepared data sets from a folder, imported files by name from any of a list of folders. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { DataError, RunCancelled } from '../core/errors';
import { hashBytes } from '../core/hash';
import type { AssetReader } from '../kit/context';
import { checkAssetPath, missingAsset, missingImport } from './asset-errors';

const isMissing = (cause: unknown): boolean =>
  ['ENOENT', 'ENOTDIR', 'EISDIR'].includes((cause as NodeJS.ErrnoException | null)?.code ?? '');

/**
 * `folder` holds prepared data sets ("mnist/..."). `imported`: bytes of an imported file by content hash;
 * `importedFromFolders` is the usual one.
 */
export function createNodeAssetReader(folder: string, imported: AssetReader['imported']): AssetReader {
  const root = resolve(folder);
  return {
    imported,
    async read(path, signal) {
      checkAssetPath(path);
      const place = join(root, path);
      try {
        return new Uint8Array(await readFile(place, { signal }));
      } catch (cause) {
        if (signal?.aborted) throw new RunCancelled();
        if (isMissing(cause)) throw missingAsset(path, place, 'no such file', cause);
        throw new DataError(
          {
            code: 'data.unreadable',
            message: `The data file "${path}" cannot be read.`,
            path: place,
            found: cause instanceof Error ? cause.message : 'an unknown failure',
            cure: 'Check the permissions of the file.',
          },
          { cause },
        );
      }
    },
  };
}

/**
 * Finds imported files by content below `folders`: files of the right name first, then others of the same ending, each
 * taken only if its hash is the one asked for. A file of that name with other content is refused with both hashes.
 */
export function importedFromFolders(folders: readonly string[]): AssetReader['imported'] {
  let listing: Promise<string[]> | undefined;
  const hashes = new Map<string, Promise<string>>();
  const hashOf = (file: string): Promise<string> => {
    const known = hashes.get(file) ?? readFile(file).then((bytes) => hashBytes(new Uint8Array(bytes)));
    hashes.set(file, known);
    return known;
  };
  return async (hash, name) => {
    listing ??= Promise.all(folders.map(listFiles)).then((lists) => lists.flat());
    const files = await listing;
    const base = name.slice(name.lastIndexOf('/') + 1);
    const sameName = files.filter((file) => basename(file) === base);
    const sameEnding = files.filter((file) => extname(file) === extname(base));
    for (const file of [...sameName, ...sameEnding]) {
      if ((await hashOf(file)) === hash) return new Uint8Array(await readFile(file));
    }
    if (sameName[0] === undefined) {
      const where = folders.length > 0 ? folders.join(', ') : 'no folder';
      throw missingImport(hash, name, where, 'Give the folder that holds it with --assets DIR.');
    }
    throw new DataError({
      code: 'data.changed-import',
      message: `"${name}" is not the file that the pipeline was made with.`,
      path: sameName[0],
      found: `content with the hash ${(await hashOf(sameName[0])).slice(0, 12)}`,
      expected: hash.slice(0, 12),
      cure: 'Put the original file there, or choose the file anew in the editor.',
    });
  };
}

/** Every file below `folder`, without hidden folders and installed packages; none if it is no folder. */
async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await listFiles(path)));
    else if (entry.isFile()) found.push(path);
  }
  return found;
}
