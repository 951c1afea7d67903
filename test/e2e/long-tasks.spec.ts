/** A run leaves the main thread free: no task over 50 ms more than when nothing runs. */
import { expect, test } from '@playwright/test';
import { firstVisit } from './editor-support';
import { openPipeline, run, small, watchLongTasks } from './run-support';

// A trace takes snapshots of the whole page in its main thread, which are long tasks of their own.
test.use({ trace: 'off' });
test.describe.configure({ timeout: 240_000 });

test('running adds no long task to the main thread', async ({ page }) => {
  await firstVisit(page);
  await openPipeline(page, small);
  const tasks = await watchLongTasks(page);
  await page.waitForTimeout(4000); // the idle baseline is a stretch of time by its nature
  const idle = await tasks();
  const begun = Date.now();
  await run(page);
  const share = (Date.now() - begun) / 4000;
  const running = await tasks();
  console.log(
    `long tasks: idle ${idle.length} in 4 s, running ${running.length} (${running.map(Math.round).join(', ')} ms) in ${(share * 4).toFixed(1)} s`,
  );
  expect(running.length).toBeLessThanOrEqual(Math.ceil(idle.length * share));
});
