/** The editor for everyone: axe, keyboard, narrow screens, themes, and the page's own policy. */
import { expect, type Locator, type Page, test } from '@playwright/test';
import { dragWire, firstVisit, input, nodeCard, output, wires } from './editor-support';
import { expectNoViolation as expectClean } from './keyboard-support';
import { boxOf } from './pointer-support';

async function expectNoViolation(page: Page): Promise<void> {
  // Tooltips live outside the landmarks while the pointer rests on something.
  await page.mouse.move(720, 3);
  await expectClean(page);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });
    test('axe finds nothing in the editor, its panels and dialogs', async ({ page }) => {
      await firstVisit(page);
      await expectNoViolation(page);
      await nodeCard(page, 'encoder').getByRole('heading').click();
      await expectNoViolation(page);
      await page.getByRole('tab', { name: 'Results' }).click();
      await page.getByRole('button', { name: 'Log', exact: true }).click();
      await expectNoViolation(page);
      await page.getByRole('tab', { name: 'Help' }).click();
      await expect(page.getByRole('article')).toBeVisible();
      await expectNoViolation(page);
      for (const name of ['Gallery', 'Settings', 'Help']) {
        await page.getByRole('button', { name, exact: true }).click();
        await expect(page.getByRole('dialog')).toBeVisible();
        await expectNoViolation(page);
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toHaveCount(0);
      }
    });
  });
}

test('a node is added, wired by clicks, renamed and removed without a pointer drag; each step is announced', async ({
  page,
}) => {
  await firstVisit(page);
  const said = (text: string | RegExp) => expect(page.getByRole('status').filter({ hasText: text })).toHaveCount(1);
  await page.keyboard.press('Shift+A');
  await page.keyboard.type('poisson');
  await page.keyboard.press('Enter');
  await said('Added Poisson encoder.');
  await output(page, 'images', 'images').click();
  await said(/Choose the port/);
  await page.keyboard.press('Escape');
  await input(page, 'poisson', 'drive').click();
  await expect(wires(page)).toHaveCount(10);
});

test('the shortcut list opens with "?" and a theme is remembered', async ({ page }) => {
  await firstVisit(page);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Help' }).getByText('Run to the selected nodes')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Colour theme' }).click();
  await page.getByRole('menuitem', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
});

test('the page loads no tensor library, and nothing breaks its content policy', async ({ page }) => {
  const broken: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) broken.push(message.text());
  });
  await firstVisit(page);
  await nodeCard(page, 'encoder').getByRole('heading').click();
  await page.getByRole('tab', { name: 'Help' }).click();
  await expect(page.getByRole('article')).toBeVisible();
  const scripts = await page.evaluate(() => performance.getEntriesByType('resource').map((entry) => entry.name));
  expect(scripts.filter((name) => /tfjs|worker|compute/.test(name) && !/worker-/.test(name))).toEqual([]);
  expect(broken).toEqual([]);
});

test.describe('on a narrow screen', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });
  test('axe finds nothing on the canvas, in drawers, in dialogs and in a lesson, in light and dark', async ({
    page,
  }) => {
    test.setTimeout(150_000);
    /** All rules in light; in dark only what a theme can change. */
    const look = async () => {
      await page.emulateMedia({ colorScheme: 'light' });
      await expectNoViolation(page);
      await page.emulateMedia({ colorScheme: 'dark' });
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
      await expectNoViolation(page);
    };
    await firstVisit(page);
    await look();
    await page.getByRole('button', { name: 'Nodes', exact: true }).tap();
    await expect(page.getByRole('dialog')).toBeVisible();
    await look();
    await page.keyboard.press('Escape');
    await nodeCard(page, 'images').getByRole('heading').tap();
    await page.getByRole('button', { name: 'Inspect', exact: true }).tap();
    await expect(page.getByRole('tab', { name: 'Parameters' })).toBeVisible();
    await look();
    await page.getByRole('button', { name: 'Close the inspector' }).tap();
    for (const name of ['Gallery', 'Open the library', 'Help']) {
      await page.getByRole('button', { name: 'Menu' }).tap();
      await page.getByRole('menuitem', { name, exact: true }).tap();
      await expect(page.getByRole('dialog')).toBeVisible();
      await look();
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
    await page.goto('/#lesson=first-run');
    await expect(page.getByRole('region', { name: 'Lesson: First run' })).toBeVisible();
    await look();
  });

  test.describe('with a clipboard', () => {
    test.use({ permissions: ['clipboard-read', 'clipboard-write'] });
    test('a notice covers no heading, no tool and not Run, with a dialog open or without', async ({ page }) => {
      await firstVisit(page);
      const item = async (name: string) => {
        await page.getByRole('button', { name: 'Menu' }).tap();
        await page.getByRole('menuitem', { name, exact: true }).tap();
      };
      await item('Copy a link to this pipeline');
      const notices = page.getByRole('region', { name: 'Notices' });
      await expect(notices).toContainText('Link copied');
      const apart = async (other: Locator) => {
        const [a, b] = [await boxOf(notices), await boxOf(other)];
        expect(a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(true);
      };
      await apart(page.getByRole('button', { name: 'Run', exact: true }));
      await apart(page.getByRole('button', { name: 'Fit view' }));
      await apart(page.getByRole('button', { name: 'Menu' }));
      await page.getByRole('button', { name: 'Inspect', exact: true }).tap();
      await apart(page.getByRole('dialog').getByRole('heading', { level: 2 }).first());
      await page.getByRole('button', { name: 'Close the inspector' }).tap();
      for (const name of ['Open the library', 'Run history', 'Gallery', 'Help']) {
        await item(name);
        await apart(page.getByRole('dialog').getByRole('heading', { level: 2 }).first());
        // What stands last can be scrolled clear of it.
        const last = page.getByRole('dialog').locator('.mantine-Modal-body');
        await last.evaluate((body) => {
          const scroller = body.closest('.mantine-Modal-content');
          scroller?.scrollTo(0, scroller.scrollHeight);
        });
        const [body, notice] = [await boxOf(last), await boxOf(notices)];
        expect(body.y + body.height).toBeLessThanOrEqual(notice.y);
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toHaveCount(0);
      }
    });
  });

  test('panels are drawers, Run is at the thumb, nothing is cut', async ({ page }) => {
    await firstVisit(page);
    await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeInViewport();
    await page.getByRole('button', { name: 'Nodes' }).tap();
    const nodes = page.getByRole('dialog', { name: 'Nodes' });
    await nodes.getByRole('button', { name: 'Poisson encoder' }).tap();
    await expect(nodes).toHaveCount(0);
    await expect(nodeCard(page, 'poisson')).toBeVisible();
    await page.getByRole('button', { name: 'Inspect' }).tap();
    await expect(page.getByRole('dialog').getByRole('heading', { name: 'Poisson encoder' })).toBeVisible();
    await page.getByRole('button', { name: 'Close the inspector' }).tap();
    await page.getByRole('button', { name: 'Menu' }).tap();
    await expect(page.getByRole('menuitem', { name: 'Save', exact: true })).toBeInViewport();
    await page.keyboard.press('Escape');
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBe(0);
  });
});

test('a wire end that is let go in empty space removes the wire; a small move does not', async ({ page }) => {
  await firstVisit(page);
  const end = page.locator('.react-flow__edge[data-id="predict-quality"] .react-flow__edgeupdater-target');
  const box = await end.boundingBox();
  if (!box) throw new Error('The wire is not on the screen.');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 2, y + 2, { steps: 2 });
  await page.mouse.up();
  await expect(wires(page)).toHaveCount(10);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 30, y + 220, { steps: 8 });
  await page.mouse.up();
  await expect(wires(page)).toHaveCount(9);
  await dragWire(page, output(page, 'predict', 'images'), input(page, 'quality', 'reconstruction'));
  await expect(wires(page)).toHaveCount(10);
});
