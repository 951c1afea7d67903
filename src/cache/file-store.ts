/** Opens an artifact store in a directory, for Node. One that cannot be written gives a store in memory and a notice. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createArtifactStore, type OpenedStore } from './artifact-store';
import { openFileBacking } from './file-backing';
import { openMemoryStore } from './memory-store';
import type { CoreOptions } from './store-core';

export interface FileStoreOptions extends CoreOptions {
  readonly directory: string;
}

/** Of the layout that file-backing.ts describes. */
const FORMAT = 1;

export async function openFileStore(options: FileStoreOptions): Promise<OpenedStore> {
  const { directory } = options;
  try {
    const format = await readFormat(directory);
    if (format !== FORMAT) {
      const notice = `The cache in ${directory} has format ${format}, this Spikeloom writes ${FORMAT}. Nothing is kept; name another directory.`;
      return openMemoryStore({ ...options, notice });
    }
    const store = createArtifactStore(await openFileBacking(directory), options);
    await store.sweep().catch(() => {});
    return store;
  } catch (error) {
    const { message } = error as Error;
    return openMemoryStore({ ...options, notice: `The cache directory cannot be used (${message}). Nothing is kept.` });
  }
}

async function readFormat(directory: string): Promise<number> {
  const path = join(directory, 'store.json');
  try {
    return (JSON.parse(await readFile(path, 'utf8')) as { format: number }).format;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await mkdir(directory, { recursive: true });
    await writeFile(path, JSON.stringify({ app: 'spikeloom', format: FORMAT }));
    return FORMAT;
  }
}
