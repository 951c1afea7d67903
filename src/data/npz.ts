/** NPZ, NumPy's archive: a ZIP file whose entries are NPY files, named with ".npy" after the array's name. */
import { unzipSync, type Zippable, zipSync } from 'fflate';
import { DataError } from '../core/errors';
import type { DenseArray } from './idx';
import { readNpy, writeNpy } from './npy';
import type { ElementArray } from './typed-arrays';

/** From here on arrays are stored as they are: compression would take longer than the disk does. */
const compressBelow = 64e6;
/** ZIP's dates begin in 1980; a fixed one gives the same bytes for the same arrays. */
const mtime = new Date(1980, 0, 2);

export const looksLikeZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);

/** Reads every array of an NPZ file, by name. Throws DataError if it is no ZIP file or an entry is no NPY file. */
export function readNpz(bytes: Uint8Array, name: string): ReadonlyMap<string, DenseArray> {
  let entries: Record<string, Uint8Array>;
  try {
    entries = unzipSync(bytes, { filter: (file) => file.name.endsWith('.npy') });
  } catch (cause) {
    throw new DataError(
      {
        code: 'data.not-npz',
        message: `"${name}" is no readable NPZ file.`,
        path: name,
        found: cause instanceof Error ? cause.message : 'damaged content',
        expected: 'a ZIP archive of NPY files',
        cure: 'Save it again with numpy.savez.',
      },
      { cause },
    );
  }
  const arrays = new Map<string, DenseArray>();
  for (const [entry, content] of Object.entries(entries)) {
    arrays.set(entry.slice(0, -'.npy'.length), readNpy(content, `${name}/${entry}`));
  }
  return arrays;
}

export interface NpzEntry {
  readonly data: ElementArray;
  readonly shape: readonly number[];
}

/** An NPZ file of the named arrays; the same arrays give the same bytes. */
export function writeNpz(arrays: Readonly<Record<string, NpzEntry>>): Uint8Array {
  const total = Object.values(arrays).reduce((sum, { data }) => sum + data.byteLength, 0);
  const files: Zippable = {};
  for (const [name, { data, shape }] of Object.entries(arrays)) files[`${name}.npy`] = writeNpy(data, shape);
  return zipSync(files, { level: total < compressBelow ? 6 : 0, mtime });
}
