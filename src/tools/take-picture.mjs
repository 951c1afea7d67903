/**
 * `npm run picture`: builds the editor, runs the default pipeline in an installed Chrome or Chromium and takes README's
 * picture, docs/pictures/editor-finished-run.png: 1440x900, light, at two pixels a point if the file stays small.
 */
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { root } from './install.mjs';
import { onStage, savePicture, smaller } from './pictures/stage.mjs';

const target = join(root, 'docs/pictures/editor-finished-run.png');
/** A README's first screen should not take longer to load than its text to read. */
const mostBytes = 600_000;
const runTimeout = 600_000;

await onStage(async (browser, address) => {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    deviceScaleFactor: 2,
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(address);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const status = page.getByRole('contentinfo').getByRole('status');
  await status.filter({ hasText: /^Finished in/ }).waitFor({ timeout: runTimeout });
  const cards = page.locator('.react-flow__node');
  const drawn = page.locator('figure').filter({ hasNotText: /Loading|Run to see/ });
  await expect(drawn).toHaveCount(await cards.count());
  // Nothing is pointed at, nothing is selected.
  await page.mouse.move(720, 60);
  await page.evaluate(() => document.fonts.ready);
  const sharp = smaller(await page.screenshot({ animations: 'disabled' }));
  const picture =
    sharp.length <= mostBytes ? sharp : smaller(await page.screenshot({ animations: 'disabled', scale: 'css' }));
  await savePicture(target, picture, `${await status.textContent()}, `);
});
