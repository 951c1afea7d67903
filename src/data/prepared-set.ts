/**
 * A data set as `npm run datasets` prepares it: a manifest, the labels of each split in one file, and the images as
 * unsigned bytes in chunks (row major, channel last), so that a run reads only what it uses. Every file is checked against
 * the length and SHA-256 of the manifest. Which images to take is left to the caller.
 */
import { sha256 } from 'hash-wasm';
import { DataError } from '../core/errors';
import { z } from '../core/zod';
import type { AssetReader } from '../kit/context';
import { prepareCommand } from './asset-errors';
import { luma } from './image-ops';
import { type ImageStore, imageSize, type SetFile } from './image-store';

/** Goes up when the layout of the written files changes. */
const layout = 1;

export interface PreparedSet {
  /** Its folder among the prepared data. */
  readonly folder: string;
  readonly title: string;
  readonly shape: readonly [number, number, number];
  /** What else there is while it cannot be had; empty if nothing. */
  readonly instead: string;
}

const file = z.object({ path: z.string(), bytes: z.number().int(), sha256: z.string() });
const split = z.object({
  count: z.number().int(),
  classCounts: z.array(z.number().int()).length(10),
  labels: file,
  chunks: z.array(file.extend({ first: z.number().int(), count: z.number().int() })).min(1),
});
const manifestOf = ({ shape: [height, width, channels] }: PreparedSet) =>
  z.object({
    layout: z.literal(layout),
    shape: z.tuple([z.literal(height), z.literal(width), z.literal(channels)]),
    classNames: z.array(z.string()).length(10),
    splits: z.object({ train: split, test: split }),
  });
type Manifest = z.infer<ReturnType<typeof manifestOf>>;

export interface PreparedStore extends ImageStore {
  /** How many images of each class the files have. */
  readonly classCounts: Readonly<Record<SetFile, readonly number[]>>;
}

/** Reads the manifest; labels and images are read when they are asked for. */
export async function openPreparedSet(
  assets: AssetReader,
  set: PreparedSet,
  signal?: AbortSignal,
): Promise<PreparedStore> {
  const manifest = await readManifest(assets, set, signal);
  const read = (entry: z.infer<typeof file>) => readChecked(assets, set, entry, signal);
  return {
    shape: set.shape,
    classNames: manifest.classNames,
    classCounts: { train: manifest.splits.train.classCounts, test: manifest.splits.test.classCounts },
    labels: (name) => read(manifest.splits[name].labels),
    async images(name, positions, { out, at, grey }, onStep) {
      const size = imageSize(set, grey);
      const stored = imageSize(set, false);
      const write = grey && set.shape[2] === 3 ? writeGrey : writeBytes;
      const needed = placesByChunk(manifest.splits[name].chunks, positions, `${set.title} ${name}`);
      for (const [done, { entry, places }] of needed.entries()) {
        const bytes = await read(entry);
        for (const k of places)
          write(bytes, ((positions[k] as number) - entry.first) * stored, out, at + k * size, size);
        await onStep?.(done + 1, needed.length);
      }
    },
  };
}

const againCure = ({ folder }: PreparedSet): string =>
  `Run "npm run datasets -- ${folder} --force" in the project folder, then run again.`;

async function readManifest(assets: AssetReader, set: PreparedSet, signal?: AbortSignal): Promise<Manifest> {
  const path = `${set.folder}/manifest.json`;
  const cure = againCure(set);
  const bytes = await assets.read(path, signal).catch((error: unknown) => {
    throw error instanceof DataError && error.details.code === 'data.missing' ? notPrepared(set, error) : error;
  });
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new DataError(
      { code: 'data.bad-manifest', message: `"${path}" is cut short or damaged.`, path, found: 'no whole JSON', cure },
      { cause },
    );
  }
  const parsed = manifestOf(set).safeParse(content);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new DataError({
    code: 'data.bad-manifest',
    message: `"${path}" does not describe ${set.title} as this version expects it.`,
    path,
    found: issue ? `${issue.path.join('.') || 'the whole file'}: ${issue.message}` : 'another layout',
    cure,
  });
}

const notPrepared = (set: PreparedSet, cause: DataError): DataError =>
  new DataError(
    {
      ...cause.details,
      message: `${set.title} has not been prepared on this machine.`,
      cure: `Run "${prepareCommand(set.folder)}" in the project folder, then run again. ${set.instead}`.trim(),
    },
    { cause },
  );

async function readChecked(
  assets: AssetReader,
  set: PreparedSet,
  entry: z.infer<typeof file>,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const path = `${set.folder}/${entry.path}`;
  const cure = againCure(set);
  const bytes = await assets.read(path, signal);
  if (bytes.length !== entry.bytes) {
    throw new DataError({
      code: 'data.short-file',
      message: `"${path}" is cut short.`,
      path,
      found: `${bytes.length} bytes`,
      expected: `${entry.bytes} bytes`,
      cure,
    });
  }
  const found = await sha256(bytes);
  if (found !== entry.sha256) {
    throw new DataError({
      code: 'data.bad-checksum',
      message: `"${path}" is damaged: its checksum is not the one that was prepared.`,
      path,
      found: found.slice(0, 12),
      expected: entry.sha256.slice(0, 12),
      cure,
    });
  }
  return bytes;
}

type Chunk = Manifest['splits']['train']['chunks'][number];

/** The chunks that hold `positions`, each with the indices of those it holds. */
function placesByChunk(chunks: readonly Chunk[], positions: ArrayLike<number>, name: string) {
  const wanted = chunks.map(() => [] as number[]);
  for (let k = 0; k < positions.length; k++) {
    const position = positions[k] as number;
    const chunk = chunks.findIndex(({ first, count }) => position >= first && position < first + count);
    if (chunk < 0) throw new RangeError(`${name} has no image ${position}.`);
    (wanted[chunk] as number[]).push(k);
  }
  return chunks
    .map((entry, index) => ({ entry, places: wanted[index] as number[] }))
    .filter(({ places }) => places.length > 0);
}

function writeBytes(bytes: Uint8Array, from: number, out: Float32Array, to: number, size: number): void {
  for (let i = 0; i < size; i++) out[to + i] = (bytes[from + i] as number) / 255;
}

function writeGrey(bytes: Uint8Array, from: number, out: Float32Array, to: number, size: number): void {
  for (let p = 0; p < size; p++) {
    const i = from + 3 * p;
    out[to + p] = luma(bytes[i] as number, bytes[i + 1] as number, bytes[i + 2] as number) / 255;
  }
}
