/** Memory of the default study in Chromium: the most that the page's process holds from Run to the scores. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { firstVisit, nodeCard } from './editor-support';
import { openPipeline, pipelineWith, run } from './run-support';

test.skip(process.platform !== 'linux', 'Resident memory is read from /proc.');

/** Bytes in residence of every renderer that this process has started. */
function renderers(): Map<number, number> {
  const parents = new Map<number, number>();
  const found = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      parents.set(pid, Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]));
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer')) continue;
      found.set(pid, 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0));
    } catch {
      // It has ended meanwhile.
    }
  }
  const isOurs = (pid: number): boolean => {
    for (let at: number | undefined = pid; at && at > 1; at = parents.get(at)) if (at === process.pid) return true;
    return false;
  };
  return new Map([...found].filter(([pid]) => isOurs(pid)));
}

test('the MNIST study holds less than 1.5 GB at any time', async ({ page }) => {
  test.setTimeout(900_000);
  await firstVisit(page);
  // Every stage at its full size; more epochs hold nothing more (test/unit/learn/memory.test.ts).
  await openPipeline(page, pipelineWith('Memory of the study', { train: { epochs: 3, warmUpEpochs: 2 } }));
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, ...renderers().values());
  }, 100);
  try {
    expect(await run(page, 800_000)).toBe(8);
  } finally {
    clearInterval(watch);
    console.log(`peak of the page's process ${(peak / 1e6).toFixed(0)} MB`);
  }
  await expect(nodeCard(page, 'quality').getByRole('table')).toContainText('psnr');
  expect(peak).toBeGreaterThan(100e6);
  expect(peak).toBeLessThan(1.5e9);
});
