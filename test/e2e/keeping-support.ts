/** What the tests of keeping share: dialogs and notices by name, files in and out, waiting for the database. */
import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { nodeCard, title } from './editor-support';
import { pipelineWith } from './run-support';

export const notices = (page: Page) => page.getByRole('region', { name: 'Notices' });
export const library = (page: Page) => page.getByRole('dialog', { name: 'Library' });
export const points = (page: Page) => page.getByRole('dialog', { name: 'Restore points' });

export async function openMenu(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Look back and keep' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

export async function removeNode(page: Page, id: string): Promise<void> {
  await nodeCard(page, id).getByRole('heading').click();
  await page.keyboard.press('Delete');
  await expect(nodeCard(page, id)).toHaveCount(0);
}

export async function rename(page: Page, text: string): Promise<void> {
  await title(page).fill(text);
  await title(page).press('Enter');
  await expect(page).toHaveTitle(new RegExp(text));
}

/** Drops bytes as a file. */
export async function dropBytes(page: Page, name: string, bytes: Uint8Array, type: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([fileName, base64, mime]) => {
      const data = new DataTransfer();
      const binary = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
      data.items.add(new File([binary], fileName, { type: mime }));
      return data;
    },
    [name, Buffer.from(bytes).toString('base64'), type] as const,
  );
  await page.getByRole('main').dispatchEvent('drop', { dataTransfer: transfer });
}

export async function downloadOf(page: Page, start: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), start()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** What was done is in the database: nothing waits to be written. */
export const settled = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        // Longer than a gesture is held back; then a transaction of our own comes after all others.
        setTimeout(() => {
          const open = indexedDB.open('spikeloom-library');
          open.onsuccess = () => {
            const transaction = open.result.transaction('log', 'readonly');
            transaction.oncomplete = () => resolve();
            transaction.objectStore('log').count();
          };
        }, 300);
      }),
  );

/** The log of commands in the database holds this text. */
export async function logged(page: Page, text: string): Promise<void> {
  const log = () =>
    page.evaluate(
      () =>
        new Promise<string>((resolve, reject) => {
          const open = indexedDB.open('spikeloom-library');
          open.onerror = () => reject(open.error);
          open.onsuccess = () => {
            const reading = open.result.transaction('log', 'readonly').objectStore('log').getAll();
            reading.onerror = () => reject(reading.error);
            reading.onsuccess = () => {
              open.result.close();
              resolve(JSON.stringify(reading.result));
            };
          };
        }),
    );
  await expect.poll(log).toContain(text);
}

/** The default pipeline, small enough to run in seconds. */
export const quick = (name: string): string =>
  pipelineWith(name, {
    images: { trainCount: 60, testCount: 12 },
    encoder: { duration: 100, discard: 20 },
    train: { epochs: 2, warmUpEpochs: 1 },
  });
