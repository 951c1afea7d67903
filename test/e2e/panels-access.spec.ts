/** axe over what is opened from the editor: dialogs of keeping and looking back, lessons, the form alone, a collapsed frame. */
import { expect, type Page, test } from '@playwright/test';
import { dropFile, firstVisit, nodeCard, title } from './editor-support';
import { library, logged, openMenu, points, rename } from './keeping-support';
import { expectNoViolation } from './keyboard-support';
import { openPipeline, run } from './run-support';

const pipeline = JSON.stringify({
  schema: 1,
  app: 'spikeloom',
  title: 'Small',
  description: 'Four digits as Poisson spikes, counted.',
  nodes: [
    { id: 'images', type: 'source.images', v: 1, params: { dataset: 'glyphs', trainCount: 4, testCount: 2 } },
    { id: 'encoder', type: 'encoder.poisson', v: 1, params: {} },
    { id: 'readout', type: 'spikes.readout', v: 1, params: {} },
  ],
  wires: [
    { id: 'a', from: { node: 'images', port: 'images' }, to: { node: 'encoder', port: 'drive' } },
    { id: 'b', from: { node: 'encoder', port: 'spikes' }, to: { node: 'readout', port: 'spikes' } },
  ],
  frames: [{ id: 'coding', title: 'Coding', nodes: ['encoder', 'readout'], x: 400, y: -60, width: 760, height: 420 }],
  ui: { positions: { images: { x: 0, y: 0 }, encoder: { x: 420, y: 0 }, readout: { x: 840, y: 0 } } },
});

test.describe.configure({ timeout: 180_000 });
test.use({ contextOptions: { reducedMotion: 'reduce' } });

/** With the pointer on nothing that has a tooltip. */
async function clean(page: Page): Promise<void> {
  await page.mouse.move(200, 3);
  await expectNoViolation(page);
}

/** A menu hangs on its button and lies in no landmark while it is open. */
async function cleanMenu(page: Page, item: string): Promise<void> {
  await expect(page.getByRole('menuitem', { name: item })).toBeVisible();
  await page.mouse.move(200, 3);
  await expectNoViolation(page, ['region']);
}

async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });
    test('axe finds nothing in the library, restore points and what differs', async ({ page }) => {
      await firstVisit(page);
      await rename(page, 'Kept');
      await logged(page, 'Kept');
      await page.getByRole('button', { name: 'Library' }).click();
      await expect(library(page).getByRole('listitem')).toHaveCount(1);
      await clean(page);
      await library(page).getByRole('button', { name: 'More about Kept' }).click();
      await page.getByRole('menuitem', { name: 'Duplicate' }).click();
      await expect(library(page).getByRole('listitem')).toHaveCount(2);
      await library(page).getByRole('button', { name: 'More about Kept (copy)' }).click();
      await page.getByRole('menuitem', { name: 'Move to a folder' }).click();
      await clean(page);
      await library(page).getByRole('combobox', { name: 'Folder' }).fill('Study');
      await library(page).getByRole('button', { name: 'Move', exact: true }).click();
      await expect(library(page).getByRole('navigation', { name: 'Folders' })).toContainText('Study');
      await library(page).getByRole('textbox', { name: 'Search the library' }).fill('nowhere');
      await expect(library(page).getByText('Nothing here matches')).toBeVisible();
      await clean(page);
      await closeDialog(page);

      await page.getByRole('button', { name: 'Look back and keep' }).click();
      await cleanMenu(page, 'Restore points');
      await page.getByRole('menuitem', { name: 'Restore points' }).click();
      await points(page).getByRole('textbox', { name: 'Name of the restore point' }).fill('Before the cut');
      await points(page).getByRole('button', { name: 'Keep a point now' }).click();
      await points(page)
        .getByRole('button', { name: /^Kept by hand Before the cut/ })
        .click();
      await expect(points(page).getByRole('region', { name: 'Preview of the point' })).toBeVisible();
      await clean(page);
      await closeDialog(page);

      const choosing = page.waitForEvent('filechooser');
      await page.evaluate(() => Object.assign(window, { showOpenFilePicker: undefined }));
      await openMenu(page, 'What differs from a file');
      await (await choosing).setFiles({
        name: 'small.json',
        mimeType: 'application/json',
        buffer: Buffer.from(pipeline),
      });
      const versions = page.getByRole('dialog', { name: 'What differs' });
      await expect(versions.getByRole('row').first()).toBeVisible();
      await clean(page);
    });

    test('axe finds nothing in run history and stored results', async ({ page }) => {
      await firstVisit(page);
      await openPipeline(page, pipeline);
      expect(await run(page)).toBe(3);
      await openMenu(page, 'Run history');
      const runs = page.getByRole('dialog', { name: 'Run history' });
      await clean(page);
      await runs
        .getByRole('button', { name: /^today/ })
        .first()
        .click();
      await expect(runs.getByText('3 executed')).toBeVisible();
      await clean(page);
      await closeDialog(page);
      await openMenu(page, 'Stored results of this pipeline');
      const stored = page.getByRole('dialog', { name: 'Stored results of this pipeline' });
      await expect(stored.getByRole('button', { name: 'Hold the result of Poisson encoder' })).toBeVisible();
      await clean(page);
    });

    test('axe finds nothing in an import that is asked about, and a link to be copied by hand', async ({ page }) => {
      await page.addInitScript(() => {
        const refuse = () => Promise.reject(new DOMException('Denied.', 'NotAllowedError'));
        Object.defineProperty(navigator.clipboard, 'writeText', { value: refuse });
      });
      await firstVisit(page);
      const strange = JSON.parse(pipeline) as { nodes: unknown[] };
      strange.nodes.push(
        { id: 'odd', type: 'future.thing', v: 3, params: {} },
        {
          id: 'own',
          type: 'source.images',
          v: 1,
          params: { dataset: 'files', files: [{ name: 'cats.png', hash: 'ab'.repeat(32), bytes: 9 }] },
        },
      );
      await dropFile(page, 'strange.json', JSON.stringify(strange));
      const asked = page.getByRole('dialog', { name: 'Open strange.json?' });
      await expect(asked.getByRole('region', { name: /does not know/ })).toBeVisible();
      await clean(page);
      await asked.getByRole('button', { name: 'Leave it' }).click();
      await page.getByRole('button', { name: 'Copy a link' }).click();
      await expect(page.getByRole('textbox', { name: 'Link to this pipeline' })).toHaveValue(/#p=/);
      await clean(page);
    });

    test('axe finds nothing in a lesson, beside the canvas and below it, begun and finished', async ({ page }) => {
      // They differ in their words alone: once is enough.
      const others = ['first-run', 'what-g-does', 'balanced-unbalanced', 'two-decoders'];
      for (const lesson of [...(colorScheme === 'light' ? others : []), 'own-image']) {
        await page.goto('about:blank');
        await page.goto(`/#lesson=${lesson}`);
        await expect(page.getByRole('region', { name: /^Lesson:/ })).toBeVisible();
        await expect(page.locator('.react-flow__node').first()).toBeVisible();
        await clean(page);
      }
      const lesson = page.getByRole('region', { name: /^Lesson:/ });
      await lesson.getByRole('button', { name: 'Show a hint' }).click();
      await lesson.getByRole('button', { name: /^Move the lesson/ }).click();
      await clean(page);
      for (const next of ['Lesson, step 2 of 3', 'Lesson, step 3 of 3', 'Lesson finished']) {
        await lesson.getByRole('button', { name: 'Do it for me' }).click();
        await expect(lesson).toContainText(next, { timeout: 30_000 });
      }
      await clean(page);
    });

    test('axe finds nothing in the form alone, nor in a collapsed frame', async ({ page }) => {
      await firstVisit(page);
      await openPipeline(page, pipeline);
      await page.getByRole('button', { name: 'Collapse frame Coding' }).click();
      const card = page.getByRole('group', { name: 'Frame Coding, collapsed' });
      await expect(card).toBeFocused();
      await clean(page);
      expect(await run(page)).toBe(3);
      await expect(card).toContainText('Done');
      await clean(page);
      await page.getByRole('button', { name: 'Actions for frame Coding' }).click();
      await cleanMenu(page, 'Expand');
      await page.getByRole('menuitem', { name: 'Expand' }).click();

      await nodeCard(page, 'encoder').getByRole('heading').click();
      const inspector = page.getByRole('complementary', { name: 'Inspector' });
      await inspector.getByRole('button', { name: /^Duration.* on the form$/i }).click();
      await page.getByRole('button', { name: 'Keep the inspector open' }).click();
      await page.keyboard.press('Escape');
      await clean(page);
      await inspector.getByRole('button', { name: 'Show the form alone' }).click();
      await expect(page.getByRole('region', { name: /^Results of/ })).toBeVisible();
      await clean(page);
    });
  });
}

test.describe('on a narrow screen', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });
  test('axe finds nothing in a lesson, the library and the run history', async ({ page }) => {
    await page.goto('/#lesson=own-image');
    await expect(page.getByRole('region', { name: /^Lesson:/ })).toBeVisible();
    await expect(title(page)).toHaveValue('Lesson: your own image');
    await clean(page);
    for (const [item, name] of [
      ['Open the library', 'Library'],
      ['Run history', 'Run history'],
    ] as const) {
      await page.getByRole('button', { name: 'Menu' }).tap();
      await page.getByRole('menuitem', { name: item }).tap();
      await expect(page.getByRole('dialog', { name })).toBeVisible();
      await clean(page);
      await closeDialog(page);
    }
  });
});
