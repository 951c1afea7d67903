/** `npm run spikeloom -- ...`: builds the runner when its sources are newer, then hands over. Build talk goes to stderr. */

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const entry = join(root, 'dist/node/cli.js');

function newest(folder) {
  let latest = 0;
  for (const item of readdirSync(folder, { withFileTypes: true })) {
    if (item.name === 'node_modules' || item.name === 'public') continue;
    const path = join(folder, item.name);
    latest = Math.max(latest, item.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }
  return latest;
}

const sources = ['src', 'nodes'].map((folder) => newest(join(root, folder)));
if (!existsSync(entry) || statSync(entry).mtimeMs < Math.max(...sources)) {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  for (const script of ['kernels', 'build:node']) {
    const build = spawnSync(npm, ['run', '--silent', script], {
      cwd: root,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    if (build.status !== 0) {
      process.stderr.write(`The runner could not be built.\n${build.stdout ?? ''}${build.stderr ?? ''}`);
      process.exit(1);
    }
  }
}
await import(entry);
