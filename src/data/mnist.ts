/**
 * MNIST as `npm run datasets` prepares it: a manifest, the labels of each split in one file, and the images as unsigned
 * bytes in chunks of 5,000 (28 x 28, row major), so that a run reads only what it uses. Every file is checked against
 * the length and SHA-256 of the manifest. Which digits to take is left to the caller.
 *
 * Source of the data: LeCun, Cortes, Burges, "The MNIST database of handwritten digits"; 60,000 and 10,000 images.
 */
import { sha256 } from 'hash-wasm';
import { DataError } from '../core/errors';
import { z } from '../core/zod';
import type { AssetReader } from '../kit/context';

const folder = 'mnist';
const layout = 1;
const cure = 'Run "npm run datasets -- --force" in the project folder, then run again.';

const file = z.object({ path: z.string(), bytes: z.number().int(), sha256: z.string() });
const split = z.object({
  count: z.number().int(),
  classCounts: z.array(z.number().int()).length(10),
  labels: file,
  chunks: z.array(file.extend({ first: z.number().int(), count: z.number().int() })).min(1),
});
const manifestSchema = z.object({
  layout: z.literal(layout),
  shape: z.tuple([z.literal(28), z.literal(28), z.literal(1)]),
  classNames: z.array(z.string()).length(10),
  splits: z.object({ train: split, test: split }),
});
export type MnistManifest = z.infer<typeof manifestSchema>;
/** The two files of MNIST; a validation set is taken out of `train` by the caller. */
export type MnistFile = 'train' | 'test';

/** Elements of one image. */
export const mnistPixels = 28 * 28;

export async function readMnistManifest(assets: AssetReader, signal?: AbortSignal): Promise<MnistManifest> {
  const path = `${folder}/manifest.json`;
  const bytes = await assets.read(path, signal);
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new DataError(
      { code: 'data.bad-manifest', message: `"${path}" is cut short or damaged.`, path, found: 'no whole JSON', cure },
      { cause },
    );
  }
  const parsed = manifestSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new DataError({
    code: 'data.bad-manifest',
    message: `"${path}" does not describe MNIST as this version expects it.`,
    path,
    found: issue ? `${issue.path.join('.') || 'the whole file'}: ${issue.message}` : 'another layout',
    cure,
  });
}

async function readChecked(
  assets: AssetReader,
  entry: z.infer<typeof file>,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const path = `${folder}/${entry.path}`;
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

/** Digit 0..9 of every image of a file, in its order. */
export const readMnistLabels = (
  assets: AssetReader,
  manifest: MnistManifest,
  name: MnistFile,
  signal?: AbortSignal,
): Promise<Uint8Array> => readChecked(assets, manifest.splits[name].labels, signal);

/**
 * The images at `positions` of a file, in that order, written to `out` from element `at` on as value / 255. Reads only
 * the chunks that hold them; `onChunk` is awaited after each.
 */
export async function readMnistImages(
  assets: AssetReader,
  manifest: MnistManifest,
  name: MnistFile,
  positions: ArrayLike<number>,
  out: Float32Array,
  at: number,
  onChunk: (done: number, of: number) => Promise<void> = () => Promise.resolve(),
  signal?: AbortSignal,
): Promise<void> {
  const { chunks } = manifest.splits[name];
  const wanted = chunks.map(() => [] as number[]);
  for (let k = 0; k < positions.length; k++) {
    const position = positions[k] as number;
    const chunk = chunks.findIndex(({ first, count }) => position >= first && position < first + count);
    if (chunk < 0) throw new RangeError(`MNIST ${name} has no image ${position}.`);
    (wanted[chunk] as number[]).push(k);
  }
  const needed = chunks
    .map((entry, index) => ({ entry, places: wanted[index] as number[] }))
    .filter((c) => c.places.length > 0);
  for (const [done, { entry, places }] of needed.entries()) {
    const bytes = await readChecked(assets, entry, signal);
    for (const k of places) {
      const from = ((positions[k] as number) - entry.first) * mnistPixels;
      const to = at + k * mnistPixels;
      for (let p = 0; p < mnistPixels; p++) out[to + p] = (bytes[from + p] as number) / 255;
    }
    await onChunk(done + 1, needed.length);
  }
}
