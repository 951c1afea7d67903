/** A trained model as one file: model.json and weights.bin (src/data/export/export-model.ts) in a ZIP archive, uncompressed. */
import { zipSync } from 'fflate';
import { exportModel } from '../../data/export/export-model';
import { download } from '../../editor/file-io';
import type { ModelValue } from '../../kit/values';

/** ZIP's dates begin in 1980; a fixed one gives the same bytes for the same model. */
const mtime = new Date(1980, 0, 2);

/** Downloads `model` as NAME.zip and gives the file's name. */
export function saveModel(model: ModelValue, name: string): string {
  const files = exportModel(name, model).map(({ path, bytes }) => [path, bytes] as const);
  const archive = zipSync(Object.fromEntries(files), { level: 0, mtime });
  const file = `${name}.zip`;
  download(new Blob([archive as Uint8Array<ArrayBuffer>], { type: 'application/zip' }), file);
  return file;
}
