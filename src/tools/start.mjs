/** `npm start`: installs what is missing, prepares MNIST, builds the editor, serves it, and opens a browser if there is one. */
import { spawn } from 'node:child_process';
import { installPackages, requireNode, root, run } from './install.mjs';

requireNode();
installPackages();
for (const script of ['kernels', 'datasets', 'build:page']) {
  if (!run('npm', ['run', '--silent', script])) process.exit(1);
}

const { preview } = await import('vite');
const wanted = Number(process.env.PORT ?? 4173);
const server = await preview({
  root,
  configFile: `${root}/vite.config.ts`,
  preview: { port: wanted, strictPort: false, open: false },
});
const address = server.resolvedUrls?.local[0] ?? `http://localhost:${wanted}/`;
console.log(`\nSpikeloom is at ${address}  (Ctrl+C to stop)\n`);

function open(url) {
  if (process.env.CI || process.env.SPIKELOOM_NO_OPEN) return;
  const [command, args] =
    process.platform === 'darwin'
      ? ['open', [url]]
      : process.platform === 'win32'
        ? ['cmd', ['/c', 'start', '', url]]
        : ['xdg-open', [url]];
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined) // no browser: the address has been printed
    .unref();
}
open(address);
