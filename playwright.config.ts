/** Browser tests run against the built page with its real headers, in an installed Chrome or Chromium. */
import { defineConfig } from '@playwright/test';
import { findBrowser } from './src/tools/find-browser.mjs';

const port = Number(process.env.SPIKELOOM_TEST_PORT ?? 4199);

export default defineConfig({
  testDir: 'test/e2e',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  workers: 1,
  retries: 0,
  reporter: [['list']],
  use: {
    baseURL: `http://localhost:${port}`,
    viewport: { width: 1440, height: 900 },
    // A trace takes a snapshot of the whole page at every step, which made the tests 1.6 times as long; --trace on gives it.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: findBrowser() ?? '',
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: `npx vite preview --port ${port} --strictPort`,
    port,
    reuseExistingServer: false,
    stdout: 'ignore',
  },
});
