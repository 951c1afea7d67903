/** Everything without a pointer: the focus on the canvas, wires by lists, the outline, and a whole pipeline built and run. */
import { expect, type Locator, type Page, test } from '@playwright/test';
import { firstVisit, nodeCard, output, wires } from './editor-support';
import {
  command,
  connect,
  connectList,
  expectFocused,
  expectNoViolation,
  expectSaid,
  listen,
  tabTo,
} from './keyboard-support';
import { runStatus } from './run-support';

test('the canvas is one tab stop; arrows, wires, Enter and Escape lead around it', async ({ page }) => {
  await firstVisit(page);
  const stops = await page
    .locator('.react-flow__renderer *')
    .evaluateAll((all) => all.filter((each) => each instanceof HTMLElement && each.tabIndex >= 0).length);
  expect(stops).toBe(1);
  await nodeCard(page, 'images').focus();
  await page.keyboard.press('ArrowRight');
  await expectFocused(page, 'encoder');
  await page.keyboard.press('Alt+ArrowRight');
  await expectFocused(page, 'readout');
  await page.keyboard.press('ArrowDown');
  await expectFocused(page, 'train');
  await page.keyboard.press('ArrowLeft');
  await expectFocused(page, 'unet');
  await page.keyboard.press('Alt+ArrowLeft');
  await expectFocused(page, 'mlp');
  await page.keyboard.press('ArrowLeft');
  await expectSaid(page, 'No node lies that way.');
  await expectFocused(page, 'mlp');
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('complementary', { name: 'Inspector' }).getByRole('heading', { name: 'MLP' }),
  ).toBeVisible();
  await tabTo(page, /Hidden units/);
  await page.keyboard.press('Escape');
  await expectFocused(page, 'mlp');
  // Selected: arrows move it now, and Escape lets it go without losing the focus.
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toHaveCount(0);
  await expectFocused(page, 'mlp');
  await page.keyboard.press('ArrowRight');
  await expectFocused(page, 'unet');
  await page.keyboard.press('Tab');
  await expect(page.locator('.react-flow__node:focus')).toHaveCount(0);
  await page.keyboard.press('F6');
  await expectFocused(page, 'unet');
});

test('the menu of a node opens by keys, and gives the focus back', async ({ page }) => {
  await firstVisit(page);
  await nodeCard(page, 'readout').focus();
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expectFocused(page, 'readout');
  await page.keyboard.press('F1');
  await expect(page.getByRole('tab', { name: 'Help', selected: true })).toBeVisible();
});

test('wires are made, refused with reasons and taken off from a list; each is said', async ({ page }) => {
  await firstVisit(page);
  await nodeCard(page, 'encoder').focus();
  await connect(page, 'spikes', 'information', 'New Information');
  await expectFocused(page, 'information');
  await expectSaid(page, 'Added Information, connected to Balanced spiking network.');
  await expect(wires(page)).toHaveCount(11);

  await nodeCard(page, 'encoder').focus();
  await page.keyboard.press('c');
  await page.keyboard.type('spikes');
  await page.keyboard.press('Enter');
  const list = connectList(page);
  const refused = list.getByRole('group', { name: 'Does not fit' });
  await expect(refused.getByRole('option', { name: /Train, Targets/ })).toContainText(
    'Spikes cannot go into "Targets"',
  );
  await expect(refused.getByRole('option', { name: /Image quality, Originals/ })).toBeVisible();
  // Connected ones are taken off.
  await page.keyboard.type('information');
  await list
    .getByRole('group', { name: 'Connected' })
    .getByRole('option', { name: /Information/ })
    .click();
  await expectSaid(page, 'Disconnected Balanced spiking network from Information.');
  await expect(wires(page)).toHaveCount(10);
  // Backspace in the empty field goes back to the ports.
  await page.getByRole('combobox').fill('');
  await page.keyboard.press('Backspace');
  await expect(page.getByRole('combobox', { name: 'Port of Balanced spiking network' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expectFocused(page, 'encoder');
});

test('a wire that does not fit is offered the node between', async ({ page }) => {
  await firstVisit(page);
  await nodeCard(page, 'encoder').focus();
  await connect(page, 'spikes', 'predict inputs', /Enter puts Spike readout between/);
  await expect(nodeCard(page, 'readout-2')).toBeVisible();
  await expectSaid(page, /Add Spike readout between/);
});

test('the outline lists nodes in the order of the data and edits them, in step with the canvas', async ({ page }) => {
  await firstVisit(page);
  await page.keyboard.press('Control+Shift+o');
  const outline = page.getByRole('list', { name: 'Nodes in the order of the data' });
  const heads = outline.locator('button[aria-expanded]');
  await expect(heads).toHaveCount(8);
  await expect(heads.first()).toBeFocused();
  const ids = await heads.locator('code').allInnerTexts();
  for (const [before, after] of [
    ['images', 'encoder'],
    ['encoder', 'readout'],
    ['readout', 'train'],
    ['train', 'predict'],
    ['predict', 'quality'],
  ])
    expect(ids.indexOf(before as string)).toBeLessThan(ids.indexOf(after as string));

  const head = outline.getByRole('button', { name: /^Spike readout/ });
  await head.focus();
  await page.keyboard.press('ArrowRight');
  await expect(head).toHaveAttribute('aria-expanded', 'true');
  await expect(outline.getByText('from Balanced spiking network, spikes')).toBeVisible();
  await outline.getByRole('button', { name: 'Disconnect Spikes from Balanced spiking network, spikes' }).press('Enter');
  await expect(wires(page)).toHaveCount(9);
  await expect(outline.getByText('Not wired, and needed.')).toBeVisible();
  await outline.getByRole('button', { name: 'Connect Spikes from…' }).press('Enter');
  await expect(page.getByRole('combobox', { name: 'Feed Spikes of Spike readout from' })).toBeFocused();
  await page.keyboard.type('balanced spikes');
  await page.keyboard.press('Enter');
  await expect(wires(page)).toHaveCount(10);
  // Parameters are those of the inspector.
  await outline
    .getByRole('combobox', { name: /Feature|Method|Window|What/ })
    .or(outline.getByRole('radiogroup'))
    .first()
    .waitFor();
  // A selection on the canvas is one here.
  await nodeCard(page, 'train').getByRole('heading').click();
  await expect(outline.getByRole('button', { name: /^Train/ })).toHaveAttribute('aria-current', 'true');
  await outline.getByRole('button', { name: 'Select Predict (predict) on the canvas' }).press('Enter');
  await expect(nodeCard(page, 'predict')).toHaveClass(/selected/);
  await outline.getByRole('button', { name: /^Predict/ }).focus();
  await page.keyboard.press('Delete');
  await expect(nodeCard(page, 'predict')).toHaveCount(0);
  await expect(heads).toHaveCount(7);
});

test('keyboard alone: images, encoder, readout, decoder and metric are built, run and announced', async ({ page }) => {
  test.setTimeout(240_000);
  await firstVisit(page);
  const heard = await listen(page);
  await command(page, 'empty', 'Empty pipeline');
  await expect(nodeCard(page, 'encoder')).toHaveCount(0);

  await command(page, 'images', /^Images/);
  await expectFocused(page, 'images');
  await page.keyboard.press('Enter');
  const set = async (label: RegExp, value: string) => {
    await tabTo(page, label);
    await page.keyboard.press('Control+a');
    await page.keyboard.type(value);
    await page.keyboard.press('Tab');
  };
  await set(/^Training images/, '120');
  await set(/^Test images/, '24');
  await page.keyboard.press('Escape');
  await expectFocused(page, 'images');

  await connect(page, 'images', 'balanced', 'New Balanced spiking network');
  await expectFocused(page, 'balanced-snn');
  await page.keyboard.press('Enter');
  await set(/^Duration per item/, '100');
  await page.keyboard.press('Escape');
  await connect(page, 'spikes', 'readout', 'New Spike readout');
  await connect(page, 'features', 'new train', 'New Train');
  await expectFocused(page, 'train');
  await connect(page, 'targets', 'images', /^Images, Images/);
  await page.keyboard.press('c');
  await page.getByRole('option', { name: /^Model.*not wired/ }).waitFor();
  await page.keyboard.type('model');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.type('ridge');
  await expect(connectList(page).getByRole('option', { selected: true })).toContainText('New Ridge regression');
  await page.keyboard.press('Enter');
  await expectFocused(page, 'ridge');
  await page.keyboard.press('Alt+ArrowRight');
  await expectFocused(page, 'train');
  await connect(page, 'model', 'predict', 'New Predict');
  await connect(page, 'inputs', 'readout', /^Spike readout, Features/);
  await command(page, 'image quality', 'Image quality');
  await expectFocused(page, 'image-quality');
  await connect(page, 'originals', 'images images', /^Images, Images/);
  await connect(page, 'reconstructions', 'predict', /^Predict, Images/);
  await expect(wires(page)).toHaveCount(9);
  await page.keyboard.press('Control+Shift+f');

  await page.keyboard.press('Control+Enter');
  await expect(runStatus(page)).toHaveText(/^Finished in/, { timeout: 180_000 });
  const sentences = await heard();
  for (const sentence of [
    'Added Images.',
    'Added Balanced spiking network, connected to Images.',
    'Added Spike readout, connected to Balanced spiking network.',
    'Added Train, connected to Spike readout.',
    'Connected Images to Train.',
    'Added Ridge regression, connected to Train.',
    'Added Predict, connected to Train.',
    'Connected Spike readout to Predict.',
    'Added Image quality.',
    'Connected Predict to Image quality.',
    'Run started.',
    'Balanced spiking network finished.',
    'Train finished.',
    'Image quality finished.',
  ])
    expect(sentences).toContain(sentence);
  expect(sentences.at(-1)).toMatch(/^Run finished in .*7 executed/);
  await expect(nodeCard(page, 'image-quality').getByRole('table')).toContainText(/psnr/i);
});

test.describe('with fingers', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  /** Fingers on the screen, as the browser itself reports them. */
  const fingers = async (page: Page) => {
    const session = await page.context().newCDPSession(page);
    return (type: 'touchStart' | 'touchMove' | 'touchEnd', points: readonly { x: number; y: number }[]) =>
      session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: points.map((point, id) => ({ ...point, id })),
      });
  };
  const middle = async (locator: Locator) => {
    const box = await locator.boundingBox();
    if (!box) throw new Error('Not on the screen.');
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };

  test('a tap on two ports connects them; targets are 44 px; holding a card opens its menu', async ({ page }) => {
    await firstVisit(page);
    const port = output(page, 'images', 'labels');
    const target = await port.evaluate((handle) => {
      const { width, height } = getComputedStyle(handle, '::after');
      return [Number.parseFloat(width), Number.parseFloat(height)];
    });
    expect(Math.min(...target)).toBeGreaterThanOrEqual(44);
    await output(page, 'images', 'images').tap();
    await expectSaid(page, /Choose the port to connect to/);
    const touch = await fingers(page);
    // A second finger lets go of the wire.
    const [a, b] = [
      { x: 60, y: 600 },
      { x: 200, y: 700 },
    ];
    await touch('touchStart', [a, b]);
    await expectSaid(page, 'The wire was let go.');
    await touch('touchEnd', []);
    await expect(wires(page)).toHaveCount(10);

    const at = await middle(nodeCard(page, 'images').getByRole('heading'));
    await touch('touchStart', [at]);
    await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeVisible();
    await touch('touchEnd', []);
    await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeVisible();
    await page.getByRole('menuitem', { name: 'Connect' }).tap();
    const ports = page.getByRole('option', { name: /^Labels/ });
    expect((await ports.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    await page.keyboard.press('Escape');
  });

  test('a pinch moves no node', async ({ page }) => {
    await firstVisit(page);
    const place = () =>
      page.evaluate(() => {
        const card = document.querySelector<HTMLElement>('.react-flow__node[data-id="images"]');
        return card?.style.transform;
      });
    const before = await place();
    const at = await middle(nodeCard(page, 'images').getByRole('heading'));
    const touch = await fingers(page);
    await touch('touchStart', [at]);
    await touch('touchStart', [at, { x: at.x + 60, y: at.y + 60 }]);
    for (let step = 1; step <= 5; step++)
      await touch('touchMove', [
        { x: at.x - 6 * step, y: at.y - 6 * step },
        { x: at.x + 60 + 6 * step, y: at.y + 60 + 6 * step },
      ]);
    await touch('touchEnd', []);
    expect(await place()).toBe(before);
    await expect(page.getByRole('menuitem', { name: 'Rename' })).toHaveCount(0);
  });

  test('the outline is in the drawer of nodes', async ({ page }) => {
    await firstVisit(page);
    await page.getByRole('button', { name: 'Nodes' }).tap();
    await page.getByRole('dialog').getByText('Outline', { exact: true }).tap();
    const head = page.getByRole('dialog').getByRole('button', { name: /^Spike readout/ });
    expect((await head.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    await head.tap();
    await page.getByRole('dialog').getByRole('button', { name: 'Connect Spikes from…' }).tap();
    await expect(page.getByRole('combobox', { name: 'Feed Spikes of Spike readout from' })).toBeVisible();
  });
});

test('far out, a card is a tile: pictures are hidden below a zoom of 0.35', async ({ page }) => {
  await firstVisit(page);
  await nodeCard(page, 'encoder').focus();
  const picture = nodeCard(page, 'encoder').getByRole('figure');
  await expect(picture).toBeVisible();
  const zoom = () =>
    page.locator('.react-flow__viewport').evaluate((view) => new DOMMatrix(getComputedStyle(view).transform).a);
  await expect
    .poll(async () => {
      await page.keyboard.press('Control+-');
      return zoom();
    })
    .toBeLessThan(0.35);
  await expect(picture).toBeHidden();
  await page.keyboard.press('Control+0');
  await expect(picture).toBeVisible();
});

test('at 200 %, which halves the page, everything is reached and nothing is cut', async ({ page }) => {
  await page.setViewportSize({ width: 720, height: 450 });
  await firstVisit(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Command, node or pipeline' })).toBeInViewport();
  await expect(page.getByRole('option', { selected: true })).toBeInViewport();
  await page.keyboard.press('Escape');
  await page.keyboard.press('F6');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByRole('tab', { name: 'Parameters' })).toBeInViewport();
});

test('a refusal and a failure are announced with the reason', async ({ page }) => {
  await firstVisit(page);
  const heard = await listen(page);
  await command(page, 'empty', 'Empty pipeline');
  await command(page, 'poisson', 'Poisson encoder');
  await expectFocused(page, 'poisson');
  await page.keyboard.press('Control+Enter');
  await expect.poll(async () => (await heard()).join('\n')).toMatch(/"Drive" of Poisson encoder is not wired/);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });
    test('axe finds nothing in the outline', async ({ page }) => {
      await firstVisit(page);
      await page.keyboard.press('Control+Shift+o');
      const head = page.getByRole('button', { name: /^Train/, expanded: false });
      await head.press('Enter');
      await expect(page.getByRole('region', { name: 'Parameters of Train' })).toBeVisible();
      await expectNoViolation(page);
    });
  });
}
