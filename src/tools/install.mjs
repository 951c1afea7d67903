/** Installs what package-lock.json asks for, if node_modules does not hold it yet. Needs nothing but Node and npm. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const shell = process.platform === 'win32';

/** Runs a command with its output shown; false if it failed. */
export function run(command, args, options = {}) {
  const name = command === 'npm' ? npm : command;
  return spawnSync(name, args, { cwd: root, stdio: 'inherit', shell, ...options }).status === 0;
}

export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Spikeloom needs Node 20.19 or newer; this is ${process.version}. Install a newer Node and try again.`);
  process.exit(1);
}

/** Installs packages when the lock file has changed since the last time. */
export function installPackages() {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const stamp = join(root, 'node_modules/.spikeloom-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error('Installing packages ...');
  if (!run('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'])) {
    console.error('The packages could not be installed. Check the network connection and try again.');
    process.exit(1);
  }
  writeFileSync(stamp, lock);
}
