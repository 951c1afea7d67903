/**
 * Reads imported files where the page's library is not at hand: the scheduler's worker opens the same database for
 * reading, or asks the page when there is none. The only module of src/library that the worker may import.
 */
import { DataError } from '../core/errors';
import { askForAsset } from './asset-exchange';
import { readStoredAsset } from './assets';
import { openDatabase } from './database';
import type { Tables } from './tables';

let opened: Promise<Tables> | undefined;

/** Bytes of an imported file; throws DataError when no page of this browser has it. */
export async function readAsset(hash: string, name: string): Promise<Uint8Array> {
  const bytes = (await readFromDatabase(hash)) ?? (await askForAsset(hash));
  if (bytes) return bytes;
  throw new DataError({
    code: 'data.not-imported',
    message: `The imported file "${name}" is not in this browser.`,
    path: name,
    found: 'no file with its content',
    cure: 'Drop the file on the canvas again, or choose another in the inspector.',
  });
}

async function readFromDatabase(hash: string): Promise<Uint8Array | null> {
  try {
    opened ??= openDatabase({ onLost: () => (opened = undefined) });
    return await readStoredAsset(await opened, hash);
  } catch {
    // Not to be had now; the page may still answer, and the next call tries again.
    opened = undefined;
    return null;
  }
}
