/** Files in Node: prepared data sets from a folder, imported files by name from any of a list of folders. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
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
 * Finds imported files below `folders`: at the path that their name gives, else anywhere below under the same file name,
 * each taken only if its hash is the one asked for. A file of that name with other content is refused with both hashes. The
 * folders may be somebody's home: only files of the asked name are ever read, and the search ends after `reach`.
 */
export function importedFromFolders(
  folders: readonly string[],
  reach: Reach = { depth: 4, entries: 20_000 },
): AssetReader['imported'] {
  const roots = [...new Set(folders.map((folder) => resolve(folder)))];
  let listing: Promise<string[]> | undefined;
  return async (hash, name) => {
    const parts = name.split(/[\\/]/).filter((part) => part !== '' && part !== '.' && part !== '..');
    const base = parts.at(-1) ?? '';
    const found: { readonly file: string; readonly hash: string }[] = [];
    const look = async (file: string): Promise<Uint8Array | null> => {
      if (found.some((other) => other.file === file)) return null;
      const bytes = await readFile(file).then(
        (read) => new Uint8Array(read),
        () => null,
      );
      if (!bytes) return null;
      found.push({ file, hash: await hashBytes(bytes) });
      return found.at(-1)?.hash === hash ? bytes : null;
    };
    for (const root of roots) {
      const bytes = (await look(join(root, ...parts))) ?? (await look(join(root, base)));
      if (bytes) return bytes;
    }
    listing ??= listFiles(roots, reach);
    for (const file of await listing) {
      const bytes = basename(file) === base ? await look(file) : null;
      if (bytes) return bytes;
    }
    const [other] = found;
    if (!other) {
      const where = roots.length > 0 ? roots.join(', ') : 'no folder';
      const cure = 'Put it beside the pipeline file, or name it with --set node.files=\'["path"]\'.';
      throw missingImport(hash, name, where, cure);
    }
    throw new DataError({
      code: 'data.changed-import',
      message: `"${name}" is not the file that the pipeline was made with.`,
      path: other.file,
      found: `content with the hash ${other.hash.slice(0, 12)}`,
      expected: hash.slice(0, 12),
      cure: 'Put the original file there, or choose the file anew in the editor.',
    });
  };
}

interface Reach {
  /** Folders below folders. */
  readonly depth: number;
  /** Files and folders looked at in all. */
  readonly entries: number;
}

/** Names of files below `roots`, nearest first, without hidden folders and installed packages. */
async function listFiles(roots: readonly string[], { depth, entries }: Reach): Promise<string[]> {
  const found: string[] = [];
  let seen = 0;
  let level = [...roots];
  for (let below = 0; below <= depth && level.length > 0; below++) {
    const next: string[] = [];
    for (const folder of level) {
      const listed = await readdir(folder, { withFileTypes: true }).catch(() => []);
      for (const entry of listed.sort((a, b) => (a.name < b.name ? -1 : 1))) {
        if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
        if (++seen > entries) return found;
        const path = join(folder, entry.name);
        if (entry.isDirectory()) next.push(path);
        else if (entry.isFile()) found.push(path);
      }
    }
    level = next;
  }
  return found;
}
