/** What may go wrong around a run, in the page: a worker whose script is blocked, stored bytes that went bad. */
import { expect, type Page, test } from '@playwright/test';
import { firstVisit, nodeCard } from './editor-support';
import { openPipeline, run } from './run-support';

const quick = JSON.stringify({
  schema: 1,
  app: 'spikeloom',
  id: 'quick',
  title: 'Quick',
  nodes: [
    { id: 'images', type: 'source.images', v: 1, params: { trainCount: 4, testCount: 2 } },
    { id: 'encoder', type: 'encoder.poisson', v: 1, params: {} },
    { id: 'readout', type: 'spikes.readout', v: 1, params: {} },
  ],
  wires: [
    { id: 'a', from: { node: 'images', port: 'images' }, to: { node: 'encoder', port: 'drive' } },
    { id: 'b', from: { node: 'encoder', port: 'spikes' }, to: { node: 'readout', port: 'spikes' } },
  ],
});

test('a worker that does not load is tried four times, told once, and started by "Try again"', async ({ page }) => {
  await page.clock.install();
  let asked = 0;
  let blocked = true;
  await page.route(/\/worker-[^/]+\.js$/, (route) => {
    asked++;
    return blocked ? route.abort() : route.continue();
  });
  await firstVisit(page);
  const notices = page.getByRole('region', { name: 'Notices' });
  await expect(notices).toContainText('The computing thread could not be started', { timeout: 30_000 });
  // Whatever waits for its time would come now.
  await page.clock.fastForward('10:00');
  expect(asked).toBe(4);
  await expect(notices.getByRole('button', { name: 'Try again' })).toHaveCount(1);
  blocked = false;
  await notices.getByRole('button', { name: 'Try again' }).click();
  await expect(notices).toContainText('The computing thread has started');
  expect(asked).toBe(5);
  await openPipeline(page, quick);
  expect(await run(page)).toBe(3);
});

/** Flips a bit in every stored blob; gives how many there were. */
const damageStore = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('spikeloom-artifacts');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('blobs', 'readwrite');
          let count = 0;
          transaction.objectStore('blobs').openCursor().onsuccess = (event) => {
            const cursor = (event.target as IDBRequest<IDBCursorWithValue | null>).result;
            if (!cursor) return;
            const bytes = (cursor.value as Uint8Array).slice();
            bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
            cursor.update(bytes);
            count++;
            cursor.continue();
          };
          transaction.oncomplete = () => {
            opening.result.close();
            resolve(count);
          };
          transaction.onerror = () => reject(transaction.error);
        };
      }),
  );

test('stored results that went bad are computed again by the first Run', async ({ page }) => {
  await firstVisit(page);
  await openPipeline(page, quick);
  expect(await run(page)).toBe(3);
  expect(await damageStore(page)).toBeGreaterThan(2);
  await page.reload();
  await expect(nodeCard(page, 'readout')).toBeVisible();
  expect(await run(page)).toBeGreaterThan(0);
  await expect(nodeCard(page, 'readout')).toContainText('Done in');
  expect(await run(page)).toBe(0);
});
