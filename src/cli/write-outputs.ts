/** Writes outputs below a folder: tables as CSV and JSON, arrays as NPY, spikes as NPZ, images as PNG. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { exportValue } from '../data/export/export-value';
import type { PortValue } from '../kit/values';

export async function writeFiles(folder: string, files: readonly { path: string; bytes: Uint8Array }[]): Promise<void> {
  for (const { path, bytes } of files) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, bytes);
  }
}

/** `name` is "node.port". */
export async function writeValue(folder: string, name: string, value: PortValue): Promise<void> {
  await writeFiles(folder, await exportValue(name, value));
}

export const jsonBytes = (value: unknown): Uint8Array =>
  new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
