/**
 * Files that `--set node.files=...` names by path: hashed into the references that a document holds, as the page's import
 * does, and found again by content when a node reads them.
 */
import { readFile } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { DataError } from '../core/errors';
import { hashBytes } from '../core/hash';
import type { AssetReader } from '../kit/context';
import type { AssetReference } from '../kit/params';
import { reasonOf, usage } from './exit';

export class GivenFiles {
  private readonly paths = new Map<string, string>();

  /** A path, relative to the current directory. `flag` and `place` are for the message of a file that cannot be read. */
  async add(path: string, flag: string, place: { readonly node: string; readonly param: string }) {
    let bytes: Uint8Array;
    try {
      bytes = new Uint8Array(await readFile(path));
    } catch (thrown) {
      throw usage({
        code: 'flag.set-file',
        ...place,
        message: `"${flag}": the file "${path}" cannot be read.`,
        path: resolve(path),
        found: reasonOf(thrown),
        expected: 'a file, by its path from the current directory',
        cure: 'Name each file; a folder is not searched.',
      });
    }
    const hash = await hashBytes(bytes);
    this.paths.set(hash, resolve(path));
    return { name: shownName(path), hash, bytes: bytes.length } satisfies AssetReference;
  }

  /** The given files, then those that `elsewhere` finds. */
  reader(elsewhere: AssetReader['imported']): AssetReader['imported'] {
    return async (hash, name) => {
      const path = this.paths.get(hash);
      if (path === undefined) return elsewhere(hash, name);
      const bytes = new Uint8Array(await readFile(path).catch(() => []));
      if ((await hashBytes(bytes)) === hash) return bytes;
      throw new DataError({
        code: 'data.changed-import',
        message: `"${name}" was changed or removed since the run began.`,
        path,
        cure: 'Run again.',
      });
    };
  }
}

/** As in the page: with its folder, which may be its class, and nothing above it that tells of this machine. */
function shownName(path: string): string {
  const parts = path.split(/[\\/]/).filter((part) => part !== '' && part !== '.');
  return parts.includes('..') || isAbsolute(path) ? parts.slice(-2).join('/') : parts.join('/');
}
