/**
 * `npm test`: installs, type-checks, lints, runs the unit tests and the browser tests in a real Chrome or Chromium.
 * Finds an installed browser, else gets one by the platform's means, else says exactly what to install.
 */
import { findBrowser } from './find-browser.mjs';
import { installPackages, requireNode, run } from './install.mjs';

function getBrowser() {
  if (findBrowser()) return;
  console.error('No Chrome or Chromium was found; trying to get one ...');
  const isRoot = process.getuid?.() === 0;
  if (process.platform === 'linux' && isRoot) {
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
  }
  if (!findBrowser()) run('npx', ['playwright', 'install', 'chrome']);
  if (findBrowser()) return;
  console.error(
    'The browser tests need Chrome or Chromium. Install one (Debian, Ubuntu: sudo apt-get install chromium; macOS: ' +
      'brew install --cask google-chrome; Windows: winget install Google.Chrome), or set SPIKELOOM_BROWSER to its path.',
  );
  process.exit(1);
}

const stages = [
  ['kernels', () => run('npm', ['run', '--silent', 'kernels'])],
  ['types', () => run('npm', ['run', '--silent', 'types'])],
  ['lint', () => run('npm', ['run', '--silent', 'lint'])],
  ['data sets', () => run('npm', ['run', '--silent', 'datasets'])],
  ['build', () => run('npm', ['run', '--silent', 'build'])],
  ['unit tests', () => run('npm', ['run', '--silent', 'test:unit'])],
  ['browser tests', () => run('npm', ['run', '--silent', 'test:browser'])],
];

requireNode();
installPackages();
getBrowser();
for (const [name, stage] of stages) {
  const begun = Date.now();
  console.error(`\n== ${name}`);
  if (!stage()) {
    console.error(`\n${name}: failed`);
    process.exit(1);
  }
  console.error(`== ${name}: ${((Date.now() - begun) / 1000).toFixed(1)} s`);
}
