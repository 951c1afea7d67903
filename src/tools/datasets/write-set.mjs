/**
 * What every prepared data set has in common: a folder with a manifest, the labels of each split in one file, and the
 * images as unsigned bytes (row major, channel last) in chunks, each with its length and SHA-256. A set is made beside
 * its place and moved there whole. src/data/prepared-set.ts reads what this writes.
 */
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Goes up when the layout of the written files changes. */
const layoutVersion = 1;

/** A failure that a person can do something about; the message says what. */
export class PreparationError extends Error {}

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** True when a whole preparation of `set` by this layout version is there. */
export async function isFresh(folder, set) {
  try {
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
    if (manifest.layout !== layoutVersion) return false;
    for (const name of ['train', 'test']) {
      const { source, labels, chunks } = manifest.splits[name];
      if (source.imagesSha256 !== set.splits[name].imagesSha256) return false;
      if (source.labelsSha256 !== set.splits[name].labelsSha256) return false;
      for (const file of [labels, ...chunks]) {
        if ((await stat(join(folder, file.path))).size !== file.bytes) return false;
      }
    }
    return true;
  } catch {
    return false;
  }
}

/** Writes the images and labels of one split into `folder`; resolves to its entry in the manifest. */
async function writeSplit(set, name, { images, labels }, folder) {
  const { count, imagesSha256, labelsSha256 } = set.splits[name];
  const imageBytes = set.shape[0] * set.shape[1] * set.shape[2];
  const write = async (path, bytes) => {
    await writeFile(join(folder, path), bytes);
    return { path, bytes: bytes.length, sha256: sha256(bytes) };
  };
  const classCounts = new Array(set.classNames.length).fill(0);
  for (const label of labels) classCounts[label]++;
  const chunks = [];
  for (let first = 0; first < count; first += set.imagesPerChunk) {
    const taken = Math.min(set.imagesPerChunk, count - first);
    const path = `${name}-images-${String(first / set.imagesPerChunk).padStart(2, '0')}.bin`;
    const file = await write(path, images.subarray(first * imageBytes, (first + taken) * imageBytes));
    chunks.push({ ...file, first, count: taken });
  }
  return {
    count,
    classCounts,
    source: { imagesSha256, labelsSha256 },
    labels: await write(`${name}-labels.bin`, labels),
    chunks,
  };
}

/**
 * Writes `set` to `target`. `read(name)` resolves to { images, labels } of a split, both as bytes that have been checked.
 * An interrupted preparation, or two at once, leave nothing half-written.
 */
export async function writeSet(target, set, read) {
  await mkdir(join(target, '..'), { recursive: true });
  const made = await mkdtemp(`${target}-`);
  try {
    const splits = {};
    for (const name of ['train', 'test']) splits[name] = await writeSplit(set, name, await read(name), made);
    const { title, source, shape, classNames } = set;
    const manifest = { layout: layoutVersion, name: title, source, shape, classNames, splits };
    await writeFile(join(made, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
    await chmod(made, 0o755);
    await rm(target, { recursive: true, force: true });
    await rename(made, target).catch(async (cause) => {
      if (!(await isFresh(target, set))) throw cause;
    });
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}
