/** Everything without a pointer: the focus on the canvas, wires by lists, the outline, and a whole pipeline built and run. */
import { expect, type Locator, type Page, test } from '@playwright/test';
import { openSmall } from './canvas-support';
import { firstVisit, input, nodeCard, output, wires } from './editor-support';
import {
  command,
  connect,
  connectList,
  expectFocused,
  expectNoViolation,
  expectSaid,
  listen,
  tabTo,
  walkTo,
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

test('keyboard alone: images, encoder, readout, decoder and metric are built, run, branched and compared, each step said', async ({
  page,
}) => {
  test.setTimeout(300_000);
  await firstVisit(page);
  const heard = await listen(page);
  await command(page, 'empty', 'Empty pipeline');
  await expect(nodeCard(page, 'encoder')).toHaveCount(0);

  await command(page, 'images', /^Images/);
  await expectFocused(page, 'images');
  await page.keyboard.press('Enter');
  const set = async (label: string, value: string) => {
    // The field itself: the button before it, which puts it on the form, begins with the same words.
    await tabTo(page, new RegExp(`^${label}(?!.* on the form)`));
    await page.keyboard.press('Control+a');
    await page.keyboard.type(value);
    await expect(page.locator('input:focus')).toHaveValue(new RegExp(`^${value}\\b`));
    await page.keyboard.press('Tab');
  };
  await set('Training images', '48');
  await set('Test images', '16');
  await page.keyboard.press('Escape');
  await expectFocused(page, 'images');

  await connect(page, 'images', 'balanced', 'New Balanced spiking network');
  await expectFocused(page, 'balanced-snn');
  await page.keyboard.press('Enter');
  await set('Duration per item', '100');
  await page.keyboard.press('Escape');
  await connect(page, 'spikes', 'readout', 'New Spike readout');
  await expectFocused(page, 'readout');
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
  await expectFocused(page, 'predict');
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

  // A branch from the encoder, with less inhibition, and both metrics side by side.
  await expectFocused(page, 'image-quality');
  await command(page, 'go to balanced-snn', 'Balanced spiking network');
  await expectFocused(page, 'balanced-snn');
  await page.keyboard.press('Enter');
  // Escape of the node would take the selection away: only once the focus is in the inspector.
  await expect(page.getByRole('complementary', { name: 'Inspector' }).locator(':focus')).toBeAttached();
  await page.keyboard.press('Escape');
  await expectFocused(page, 'balanced-snn');
  await page.keyboard.press('Shift+B');
  await expectSaid(page, /^Made .*branch 2.*: 5 nodes/);
  await expect(nodeCard(page, 'image-quality-2')).toBeVisible();
  await expectFocused(page, 'balanced-snn');
  await page.keyboard.press('Escape');
  await walkTo(page, 'balanced-snn-2', 'Alt+ArrowDown');
  await page.keyboard.press('Enter');
  await set('Inhibition', '3');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Enter');
  await expect(runStatus(page)).toHaveText(/^Finished in .*5 executed/, { timeout: 120_000 });
  await page.keyboard.press('Escape');
  await walkTo(page, 'image-quality-2', 'Alt+ArrowRight');
  await page.keyboard.press('Control+ ');
  await walkTo(page, 'image-quality', 'Control+Shift+ArrowUp');
  await page.keyboard.press('Control+ ');
  await page.keyboard.press('v');
  const panel = page.getByRole('region', { name: 'Comparison' });
  const verdict = panel.getByRole('status', { name: 'Verdict' });
  await expect(verdict).toHaveText(/PSNR .* n = 16 items/);
  await expect(panel.getByRole('region', { name: 'What differs' })).toContainText(
    /Inhibition \/ excitation\s*3\s*5|Inhibition \/ excitation\s*5\s*3/,
  );
  await expectSaid(page, /^Comparing Image quality.* and .*\.$/);
  await tabTo(page, /^Close the comparison$/);
  await page.keyboard.press('Enter');
  await expect(panel).toHaveCount(0);
  await expectSaid(page, 'The comparison was closed.');

  // The same node against the run before, after another change.
  await command(page, 'balanced-snn-2', /balanced-snn-2/);
  await expectFocused(page, 'balanced-snn-2');
  await page.keyboard.press('Enter');
  await set('Inhibition', '4');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Enter');
  await expect(nodeCard(page, 'balanced-snn-2')).toContainText('g = 4');
  await expect(nodeCard(page, 'image-quality-2')).toContainText('input reconstruction changed');
  await expectSaid(page, /^Run finished in/);
  await command(page, 'image-quality-2', /image-quality-2/);
  await expectFocused(page, 'image-quality-2');
  await page.keyboard.press('p');
  await expect(verdict).toHaveText(/PSNR .* n = 16 items/);
  await expect(panel.getByRole('list', { name: 'Compared results' }).getByRole('listitem')).toHaveText([
    /Run of/,
    /Now/,
  ]);
  await expect(panel.getByRole('region', { name: 'What differs' })).toContainText(/Inhibition \/ excitation\s*3\s*4/);
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

  test('a tap on an output and a tap on an input make the wire, which undo takes back; a second tap on the output lets go', async ({
    page,
  }) => {
    await openSmall(page, { images: ['source.images', 0, 0], spare: ['encoder.poisson', 0, 420] });
    await expect(wires(page)).toHaveCount(0);
    const [from, to] = [output(page, 'images', 'images'), input(page, 'spare', 'drive')];
    await from.tap();
    await expectSaid(page, /Choose the port to connect to/);
    await to.tap();
    await expect(wires(page)).toHaveCount(1);
    await expectSaid(page, /^Connected Images to Poisson encoder\.$/);
    await page.getByRole('button', { name: 'Undo' }).tap();
    await expect(wires(page)).toHaveCount(0);
    // The other way round: from the input.
    await to.tap();
    await from.tap();
    await expect(wires(page)).toHaveCount(1);
    // A finger that does not hit the dot itself: its target is 44 px wide.
    await page.getByRole('button', { name: 'Undo' }).tap();
    await expect(wires(page)).toHaveCount(0);
    for (const [port, side] of [
      [from, -1],
      [to, 1],
    ] as const) {
      const at = await middle(port);
      await page.touchscreen.tap(at.x + 14 * side, at.y + 6);
    }
    await expect(wires(page)).toHaveCount(1);
    await page.getByRole('button', { name: 'Undo' }).tap();
    await expect(wires(page)).toHaveCount(0);
    // Changed one's mind: the same port again, or the empty canvas.
    const picked = page.locator('.react-flow__handle[data-fit="no"]');
    const letsGo = [() => from.tap(), async () => page.touchscreen.tap((await middle(from)).x, 700)];
    for (const letGo of letsGo) {
      await from.tap();
      await expect(picked).not.toHaveCount(0);
      await letGo();
      await expect(picked).toHaveCount(0);
      await expectSaid(page, 'The wire was let go.');
      await to.tap();
      await expect(wires(page)).toHaveCount(0);
      await to.tap();
      await expect(picked).toHaveCount(0);
    }
    await expect(page.getByRole('region', { name: 'Notices' }).getByText(/./)).toHaveCount(0);
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
