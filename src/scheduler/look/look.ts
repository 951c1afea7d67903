/** Answers the large viewer about a value; null where the request is for another kind. */
import { zipSync } from 'fflate';
import { withPipeline } from '../../data/export/with-pipeline';
import type { FilesLook, FilesRequest, Look, LookRequest } from '../../kit/look';
import type { PortValue } from '../../kit/values';
import { lookAtImages, lookAtMatrix, lookAtWeights } from './arrays';
import { lookAtRaster } from './raster';
import { lookAtSeries } from './series';

export async function lookAt(value: PortValue, request: LookRequest): Promise<Look | null> {
  switch (request.what) {
    case 'raster':
      return value.kind === 'spikes' ? lookAtRaster(value, request) : null;
    case 'images':
      return value.kind === 'images' ? lookAtImages(value, request) : null;
    case 'matrix':
      return value.kind === 'rates' || value.kind === 'features' ? lookAtMatrix(value, request) : null;
    case 'series':
      return value.kind === 'series' ? lookAtSeries(value, request) : null;
    case 'weights':
      return value.kind === 'model' ? lookAtWeights(value, request) : null;
    case 'table':
      return value.kind === 'table' ? { what: 'table', columns: value.columns, rows: value.rows } : null;
    case 'files':
      return files(value, request);
  }
}

const types: Readonly<Record<string, string>> = { csv: 'text/csv', json: 'application/json', png: 'image/png' };

/** The same files as the command line writes. */
async function files(value: PortValue, { name, origin }: FilesRequest): Promise<FilesLook | null> {
  const { exportValue } = await import('../../data/export/export-value');
  const made = (await exportValue(name, value)).map((file) => withPipeline(file, origin));
  const [only] = made;
  if (!only) return null;
  if (made.length === 1) {
    const type = types[only.path.slice(only.path.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
    return { what: 'files', name: only.path, type, bytes: Uint8Array.from(only.bytes) };
  }
  const zip = zipSync(Object.fromEntries(made.map(({ path, bytes }) => [path, bytes])), { level: 1 });
  return { what: 'files', name: `${name}.zip`, type: 'application/zip', bytes: Uint8Array.from(zip) };
}

/** Buffers that may leave with the answer: all of them were made for it. */
export function buffersOf(look: Look | null): ArrayBuffer[] {
  const arrays: unknown[] =
    look?.what === 'series'
      ? look.curves.flatMap(({ x, y }) => [x, y])
      : Object.values((look ?? {}) as Record<string, unknown>);
  const buffers = arrays.flatMap((each) =>
    ArrayBuffer.isView(each) && each.buffer instanceof ArrayBuffer ? [each.buffer] : [],
  );
  return [...new Set(buffers)];
}
