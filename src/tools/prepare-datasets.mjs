/**
 * `npm run datasets [-- NAME ...]`: prepares the data sets that the page and the command line read. Without a name MNIST
 * alone, which a first start needs; `cifar10` is fetched when asked for (`--from FILE` gives its tarball). Does nothing
 * where the files are there; `--force` writes them again. Plain Node, needs no build. Progress goes to stderr.
 */
import { existsSync } from 'node:fs';
import { chmod, cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { prepareCifar10 } from './datasets/cifar10.mjs';
import { prepareMnist } from './datasets/mnist.mjs';
import { PreparationError } from './datasets/write-set.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'src/app/public/data');
/** What is prepared when nothing is named; every start asks for it, so it says nothing where all is there. */
const firstStart = ['mnist'];
const sets = { mnist: prepareMnist, cifar10: prepareCifar10 };
const usage = 'npm run datasets -- [mnist] [cifar10] [--from FILE] [--force]';

/** An editor that is already built, and perhaps being served, gets the set as well: it need not be built again. */
async function addToBuiltPage(name, isNew) {
  const built = join(root, 'dist/page/data');
  const target = join(built, name);
  if (!existsSync(built) || (!isNew && existsSync(target))) return;
  const made = await mkdtemp(`${target}-`);
  try {
    await cp(join(folder, name), made, { recursive: true });
    await chmod(made, 0o755);
    await rm(target, { recursive: true, force: true });
    await rename(made, target);
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { force: { type: 'boolean', default: false }, from: { type: 'string' } },
    });
    const unknown = positionals.find((name) => !Object.hasOwn(sets, name));
    if (unknown !== undefined) throw new Error(`There is no data set "${unknown}".`);
    const names = positionals.length > 0 ? positionals : firstStart;
    if (values.from !== undefined && names.length !== 1) throw new Error('--from goes with one data set.');
    // npm runs scripts in the project's folder; the path is meant from where the person stands.
    const here = process.env.INIT_CWD ?? process.cwd();
    const from = values.from === undefined ? {} : { from: resolve(here, values.from) };
    return { names, force: values.force, ...from };
  } catch (error) {
    throw new PreparationError(`${error.message} Usage: ${usage}`, { cause: error });
  }
}

try {
  const { names, ...options } = readArguments();
  for (const name of names) {
    const log = (line) => process.stderr.write(`${line}\n`);
    const result = await sets[name]({ folder, log, ...options });
    await addToBuiltPage(name, result === 'written');
    if (result === 'fresh' && names !== firstStart) log(`${name} is there already.`);
  }
} catch (error) {
  if (!(error instanceof PreparationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
