/** The real prepared data sets, made first if they are not there (about a second), and a reader on their folder. */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { createNodeAssetReader } from '../../src/data/asset-reader.node';
import type { AssetReader } from '../../src/kit/context';

const root = resolve(import.meta.dirname, '../..');
const dataFolder = resolve(root, 'src/app/public/data');

export function preparedData(
  imported: AssetReader['imported'] = () => Promise.reject(new Error('No imports here.')),
): AssetReader {
  execFileSync(process.execPath, [resolve(root, 'src/tools/prepare-datasets.mjs')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return createNodeAssetReader(dataFolder, imported);
}

/** The same reader with some files answered otherwise: by other bytes, or by throwing. Remembers what was read. */
export function watched(
  assets: AssetReader,
  change: (path: string, bytes: Uint8Array) => Uint8Array = (_, bytes) => bytes,
): AssetReader & { readonly paths: string[] } {
  const paths: string[] = [];
  return {
    paths,
    imported: assets.imported,
    read: async (path, signal) => {
      paths.push(path);
      return change(path, await assets.read(path, signal));
    },
  };
}
