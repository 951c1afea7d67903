/** Writes outputs below a folder: tables as CSV and JSON, arrays as NPY, spikes as NPZ, images as PNG. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DataError } from '../core/errors';
import { exportValue } from '../data/export/export-value';
import { withPipeline } from '../data/export/with-pipeline';
import type { PortValue } from '../kit/values';
import { reasonOf, usage } from './exit';

/** Makes the folder and writes to it once, so that a run of minutes does not end in a folder that takes nothing. */
export async function checkFolder(folder: string): Promise<void> {
  const probe = join(folder, `.spikeloom-${process.pid}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(probe, '');
    await rm(probe);
  } catch (thrown) {
    throw usage({
      code: 'flag.out',
      message: `"--out ${folder}" cannot be written.`,
      path: folder,
      found: reasonOf(thrown),
      expected: 'a folder that can be made and written',
      cure: 'Name another folder; nothing was run.',
    });
  }
}

export async function writeFiles(folder: string, files: readonly { path: string; bytes: Uint8Array }[]): Promise<void> {
  for (const { path, bytes } of files) {
    const target = join(folder, path);
    try {
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, bytes);
    } catch (cause) {
      const message = `"${path}" could not be written.`;
      const cure = 'The result is in the store if there is one: free space or name another folder, and run again.';
      throw new DataError(
        { code: 'output.unwritable', message, path: target, found: reasonOf(cause), cure },
        { cause },
      );
    }
  }
}

/** `name` is "node.port". `pipeline`: the file that ran, which pictures carry so that the editor opens it from them. */
export async function writeValue(folder: string, name: string, value: PortValue, pipeline: string): Promise<void> {
  const files = await exportValue(name, value);
  await writeFiles(
    folder,
    files.map((file) => withPipeline(file, { pipeline, run: null })),
  );
}

export const jsonBytes = (value: unknown): Uint8Array =>
  new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
