/** Building on the canvas: the menu at the pointer, wires that find their node, splicing, healing, moving wires, copies. */
import { expect, test } from '@playwright/test';
import { chain, emptyPlace, grip, openSmall, saved, wireMiddle, wiresOf } from './canvas-support';
import { dragWire, input, nodeCard, output, wires } from './editor-support';
import { boxOf, centreOf, drag } from './pointer-support';

const menu = 'Add a node';

test.describe('the menu at the pointer', () => {
  test.beforeEach(({ page }) => chain(page));

  test('a double click opens it; Enter inserts the best match there, in one step, with the focus', async ({ page }) => {
    const place = await emptyPlace(page);
    await page.mouse.dblclick(place.x, place.y);
    const field = page.getByRole('combobox', { name: menu });
    await expect(field).toBeFocused();
    await field.fill('unet');
    await expect(page.getByRole('option').first()).toHaveAccessibleName('U-Net');
    await expect(page.getByRole('dialog', { name: menu })).toContainText('Takes Model; gives Model.');
    await field.press('Enter');
    const card = nodeCard(page, 'unet');
    await expect(card).toBeFocused();
    const box = await boxOf(card);
    expect(Math.abs(box.x - place.x)).toBeLessThan(80);
    expect(Math.abs(box.y - place.y)).toBeLessThan(40);
    await expect(page.getByRole('status').filter({ hasText: 'Added U-Net.' })).toHaveCount(1);
    await page.keyboard.press('Control+z');
    await expect(card).toHaveCount(0);
  });

  test('Shift+A opens it, synonyms find nodes, the arrows choose, Escape gives the focus back', async ({ page }) => {
    await nodeCard(page, 'images').focus();
    await page.keyboard.press('Shift+A');
    const field = page.getByRole('combobox', { name: menu });
    await expect(field).toBeFocused();
    // "peak signal" stands in no title; "psnr" is a keyword.
    await field.fill('psnr');
    await expect(page.getByRole('option').first()).toHaveAccessibleName('Image quality');
    await field.fill('encod');
    await expect(page.getByRole('option', { selected: true })).toHaveAccessibleName(/encoder/i);
    const first = await page.getByRole('option', { selected: true }).getAttribute('aria-label');
    await field.press('ArrowDown');
    await expect(page.getByRole('option', { selected: true })).not.toHaveAccessibleName(first ?? '');
    await field.press('Escape');
    await expect(field).toHaveCount(0);
    await expect(nodeCard(page, 'images')).toBeFocused();
  });

  test('a letter typed on the canvas begins the search; in a field it stays a letter', async ({ page }) => {
    const place = await emptyPlace(page);
    await page.mouse.click(place.x, place.y);
    await page.keyboard.press('v');
    const field = page.getByRole('combobox', { name: menu });
    await expect(field).toHaveValue('v');
    await page.keyboard.type('ae');
    await expect(field).toHaveValue('vae');
    await page.keyboard.press('Enter');
    await expect(nodeCard(page, 'vae')).toBeVisible();
    await page.getByRole('textbox', { name: 'Title of the pipeline' }).focus();
    await page.keyboard.press('v');
    await expect(field).toHaveCount(0);
  });

  test('a tap on Space opens it; Space held pans, from a card too, and moves and opens nothing', async ({ page }) => {
    const field = page.getByRole('combobox', { name: menu });
    await nodeCard(page, 'images').focus();
    await page.keyboard.press('Space');
    await expect(field).toBeFocused();
    await expect(field).toHaveValue('');
    await field.press('Escape');
    await expect(nodeCard(page, 'images')).toBeFocused();

    const before = await saved(page);
    await nodeCard(page, 'images').focus();
    const [card, other] = [await boxOf(nodeCard(page, 'encoder')), await boxOf(nodeCard(page, 'readout'))];
    const from = await grip(page, 'encoder');
    await page.mouse.move(from.x, from.y);
    await page.keyboard.down('Space');
    await drag(page, from, { x: from.x - 90, y: from.y + 60 });
    await page.keyboard.up('Space');
    for (const [id, was] of [
      ['encoder', card],
      ['readout', other],
    ] as const) {
      const now = await boxOf(nodeCard(page, id));
      expect([Math.round(now.x - was.x), Math.round(now.y - was.y)]).toEqual([-90, 60]);
    }
    expect((await saved(page)).ui.positions).toEqual(before.ui.positions);
    await expect(field).toHaveCount(0);
    // Without Space the same drag moves the card.
    await nodeCard(page, 'images').focus();
    const again = await grip(page, 'encoder');
    await drag(page, again, { x: again.x, y: again.y + 60 });
    expect((await saved(page)).ui.positions['encoder']).not.toEqual(before.ui.positions['encoder']);
    // On a button Space presses it.
    await page.getByRole('button', { name: 'Log', exact: true }).press('Space');
    await expect(page.getByRole('region', { name: 'Run log' })).toBeVisible();
    await expect(field).toHaveCount(0);
  });

  test('what was used last and favourites come first, also after a reload', async ({ page }) => {
    const place = await emptyPlace(page);
    const open = () => page.mouse.dblclick(place.x, place.y);
    await open();
    const field = page.getByRole('combobox', { name: menu });
    await field.fill('Information');
    await field.press('Enter');
    await page.keyboard.press('Control+z');
    await open();
    await expect(page.getByRole('group', { name: 'Used last' }).getByRole('option').first()).toHaveAccessibleName(
      'Information',
    );
    await field.fill('Ridge');
    await field.press('Alt+Enter');
    await expect(page.getByRole('status').filter({ hasText: /is a favourite/ })).toHaveCount(1);
    await field.press('Escape');
    await page.reload();
    await expect(nodeCard(page, 'images')).toBeVisible();
    await open();
    await expect(page.getByRole('option').first()).toHaveAccessibleName('Ridge regression, favourite');
  });
});

test.describe('a wire dropped on the empty canvas', () => {
  test.beforeEach(({ page }) => chain(page));

  test('lists only what fits, the usual first, and wires it in one step', async ({ page }) => {
    const place = await emptyPlace(page, { x: 0.8, y: 0.75 });
    await drag(page, await centreOf(output(page, 'encoder', 'spikes')), place);
    const field = page.getByRole('combobox', { name: 'Node for the wire from Balanced spiking network' });
    await expect(field).toBeFocused();
    // No pipeline of the gallery leaves a spike train unread.
    const usual = page.getByRole('group', { name: 'Often wired here' }).getByRole('option');
    await expect.poll(async () => (await usual.allTextContents()).join()).toMatch(/Spike (readout|statistics)/);
    await field.fill('U-Net');
    await expect(page.getByText('No node that fits matches “U-Net”.')).toBeVisible();
    await field.fill('readout');
    await field.press('Enter');
    await expect(nodeCard(page, 'readout-2')).toBeVisible();
    await expect(wires(page)).toHaveCount(3);
    await expect(page.getByLabel('Wire from encoder, spikes, to readout-2, spikes')).toHaveCount(1);
    await page.keyboard.press('Control+z');
    await expect(nodeCard(page, 'readout-2')).toHaveCount(0);
    await expect(wires(page)).toHaveCount(2);
  });

  test('works backwards from an input, and what was chosen comes first the next time', async ({ page }) => {
    const place = await emptyPlace(page, { x: 0.3, y: 0.8 });
    const pull = async () => drag(page, await centreOf(input(page, 'spare', 'drive')), place);
    const field = page.getByRole('combobox', { name: 'Node for the wire to Poisson encoder' });
    for (let n = 0; n < 2; n++) {
      await pull();
      await field.fill('Predict');
      await field.press('Enter');
      await expect(page.getByLabel('Wire from predict, images, to spare, drive')).toHaveCount(1);
      await page.keyboard.press('Control+z');
      await expect(wires(page)).toHaveCount(2);
    }
    await pull();
    await expect(field).toBeFocused();
    await expect(page.getByRole('option').first()).toHaveAccessibleName('Predict, Images');
    await field.press('Escape');
    await expect(wires(page)).toHaveCount(2);
  });
});

test.describe('splicing and healing', () => {
  const spliced = ['images.images > encoder.drive', 'encoder.spikes > readout.spikes'];

  test('a node let go on a wire goes into it, neighbours make room, Alt lets it pass', async ({ page }) => {
    await openSmall(page, { mlp: ['model.mlp', 0, 0], unet: ['model.unet', 330, 0], vae: ['model.vae', 150, 420] }, [
      'mlp.model > unet.model',
    ]);
    const target = await wireMiddle(page, 'mlp-unet');
    const start = await grip(page, 'vae');
    await page.keyboard.down('Alt');
    await page.keyboard.up('Alt');
    await drag(page, start, target, async () => {
      await expect(page.locator('.react-flow__edge[data-id="mlp-unet"] [data-splice="true"]')).toHaveCount(1);
      await page.keyboard.down('Alt');
      await page.mouse.move(target.x + 1, target.y);
      await expect(page.locator('[data-splice="true"]')).toHaveCount(0);
      await page.keyboard.up('Alt');
      await page.mouse.move(target.x, target.y);
      await expect(page.locator('[data-splice="true"]')).toHaveCount(1);
    });
    await expect(wires(page)).toHaveCount(2);
    const after = await saved(page);
    expect(wiresOf(after)).toEqual(['mlp.model > vae.model', 'vae.model > unet.model']);
    const { positions } = after.ui;
    expect((positions['vae']?.x ?? 0) - (positions['mlp']?.x ?? 0)).toBeGreaterThanOrEqual(264);
    expect((positions['unet']?.x ?? 0) - (positions['vae']?.x ?? 0)).toBeGreaterThanOrEqual(264);
    // Move and splice are one gesture.
    await page.keyboard.press('Control+z');
    const before = await saved(page);
    expect(wiresOf(before)).toEqual(['mlp.model > unet.model']);
    expect(before.ui.positions['vae']).toEqual({ x: 150, y: 420 });
    expect(before.ui.positions['unet']).toEqual({ x: 330, y: 0 });
  });

  test('a node dropped from the list on a wire goes into it', async ({ page }) => {
    await openSmall(page, { mlp: ['model.mlp', 0, 0], unet: ['model.unet', 500, 0] }, ['mlp.model > unet.model']);
    const pane = await boxOf(page.locator('.react-flow__pane'));
    const target = await wireMiddle(page, 'mlp-unet');
    await page
      .getByRole('button', { name: 'VAE' })
      .dragTo(page.locator('.react-flow'), { targetPosition: { x: target.x - pane.x, y: target.y - pane.y } });
    await expect(nodeCard(page, 'vae')).toBeVisible();
    expect(wiresOf(await saved(page))).toEqual(['mlp.model > vae.model', 'vae.model > unet.model']);
    await page.keyboard.press('Control+z');
    await expect(nodeCard(page, 'vae')).toHaveCount(0);
    await expect(wires(page)).toHaveCount(1);
  });

  test('Ctrl+Delete takes a node out and joins its wires where kinds fit; undo brings all back', async ({ page }) => {
    await openSmall(page, { mlp: ['model.mlp', 0, 0], vae: ['model.vae', 400, 0], unet: ['model.unet', 800, 0] }, [
      'mlp.model > vae.model',
      'vae.model > unet.model',
    ]);
    await nodeCard(page, 'vae').getByRole('heading').click();
    await page.keyboard.press('Control+Delete');
    await expect(nodeCard(page, 'vae')).toHaveCount(0);
    await expect(page.getByLabel('Wire from mlp, model, to unet, model')).toHaveCount(1);
    await expect(page.getByRole('status').filter({ hasText: 'Remove the node and join its wire.' })).toHaveCount(1);
    await page.keyboard.press('Control+z');
    await expect(nodeCard(page, 'vae')).toBeVisible();
    expect(wiresOf(await saved(page))).toEqual(['mlp.model > vae.model', 'vae.model > unet.model']);
  });

  test('where nothing fits the wires are gone, and nothing else', async ({ page }) => {
    await chain(page);
    expect(wiresOf(await saved(page))).toEqual([...spliced].sort());
    await nodeCard(page, 'encoder').getByRole('heading').click();
    await page.keyboard.press('Control+Delete');
    await expect(wires(page)).toHaveCount(0);
    await expect(nodeCard(page, 'readout')).toBeVisible();
  });
});

test.describe('wires in the hand', () => {
  test('an output dropped on an occupied input replaces its wire in one step', async ({ page }) => {
    await chain(page);
    await dragWire(page, output(page, 'spare', 'spikes'), input(page, 'readout', 'spikes'));
    await expect(page.getByLabel('Wire from spare, spikes, to readout, spikes')).toHaveCount(1);
    await expect(wires(page)).toHaveCount(2);
    await page.keyboard.press('Control+z');
    await expect(page.getByLabel('Wire from encoder, spikes, to readout, spikes')).toHaveCount(1);
  });

  test('Shift-drag from an output moves all its wires to another one', async ({ page }) => {
    await openSmall(
      page,
      {
        one: ['source.images', 0, 0],
        two: ['source.images', 0, 420],
        a: ['encoder.poisson', 420, 0],
        b: ['encoder.poisson', 420, 420],
      },
      ['one.images > a.drive', 'one.images > b.drive'],
    );
    await page.keyboard.down('Shift');
    await drag(page, await centreOf(output(page, 'one', 'images')), await centreOf(output(page, 'two', 'images')));
    await page.keyboard.up('Shift');
    await expect(page.getByLabel('Wire from two, images, to a, drive')).toHaveCount(1);
    expect(wiresOf(await saved(page))).toEqual(['two.images > a.drive', 'two.images > b.drive']);
    await page.keyboard.press('Control+z');
    expect(wiresOf(await saved(page))).toEqual(['one.images > a.drive', 'one.images > b.drive']);
  });

  test('Alt-click on an input takes its wire off', async ({ page }) => {
    await chain(page);
    await input(page, 'readout', 'spikes').click({ modifiers: ['Alt'] });
    await expect(wires(page)).toHaveCount(1);
    await expect(page.getByRole('status').filter({ hasText: /Disconnected 1 wire/ })).toHaveCount(1);
    await page.keyboard.press('Control+z');
    await expect(wires(page)).toHaveCount(2);
  });

  test('a refused wire offers the node that fits between, or two in a row', async ({ page }) => {
    await openSmall(page, {
      spikes: ['encoder.poisson', 0, 0],
      predict: ['learn.predict', 420, 0],
      quality: ['metric.image-quality', 840, 0],
    });
    const notices = page.getByRole('region', { name: 'Notices' });
    await dragWire(page, output(page, 'spikes', 'spikes'), input(page, 'predict', 'inputs'));
    await notices.getByRole('button', { name: 'Add Spike readout between' }).click();
    expect(wiresOf(await saved(page))).toEqual(['readout.features > predict.inputs', 'spikes.spikes > readout.spikes']);
    await page.keyboard.press('Control+z');
    await expect(wires(page)).toHaveCount(0);
    await dragWire(page, output(page, 'spikes', 'spikes'), input(page, 'quality', 'reconstruction'));
    await notices.getByRole('button', { name: 'Add Spike readout and Predict between' }).click();
    await expect(wires(page)).toHaveCount(3);
    await page.keyboard.press('Control+z');
    await expect(wires(page)).toHaveCount(0);
  });

  test('a double click on a wire leads it through a point, which is dragged, saved and removed', async ({ page }) => {
    await chain(page);
    const middle = await wireMiddle(page, 'encoder-readout');
    await page.mouse.dblclick(middle.x, middle.y);
    const dot = page.getByRole('group', { name: 'Reroute 1 of the wire from encoder to readout' });
    await expect(dot).toBeVisible();
    await drag(page, await centreOf(dot), { x: middle.x, y: middle.y + 150 });
    const first = (await saved(page)).wires.find(({ id }) => id === 'encoder-readout')?.via?.[0];
    expect(first?.y).toBeGreaterThan(150);
    // The wire runs through it.
    const lowest = await page
      .locator('.react-flow__edge[data-id="encoder-readout"] path.react-flow__edge-path')
      .evaluate((path) => (path as SVGPathElement).getBBox().y + (path as SVGPathElement).getBBox().height);
    expect(Math.abs(lowest - (first?.y ?? 0))).toBeLessThan(2);
    await dot.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Delete');
    await expect(dot).toHaveCount(0);
    await expect(wires(page)).toHaveCount(2);
    for (const _ of ['remove', 'move', 'insert']) await page.keyboard.press('Control+z');
    const wire = (await saved(page)).wires.find(({ id }) => id === 'encoder-readout');
    expect(wire).not.toHaveProperty('via');
  });
});

test.describe('copies', () => {
  test.beforeEach(({ page }) => chain(page));

  test('Ctrl+D copies without the wires that lead in, Ctrl+Shift+D with them', async ({ page }) => {
    await nodeCard(page, 'readout').getByRole('heading').click();
    await page.keyboard.press('Control+d');
    await expect(nodeCard(page, 'readout-2')).toBeVisible();
    await expect(wires(page)).toHaveCount(2);
    await page.keyboard.press('Control+z');
    await nodeCard(page, 'readout').getByRole('heading').click();
    await page.keyboard.press('Control+Shift+D');
    await expect(page.getByLabel('Wire from encoder, spikes, to readout-2, spikes')).toHaveCount(1);
  });

  test('Alt-drag puts down a copy and leaves the original', async ({ page }) => {
    const before = (await saved(page)).ui.positions['readout'];
    const start = await grip(page, 'readout');
    await page.keyboard.down('Alt');
    await drag(page, start, { x: start.x - 60, y: start.y + 260 });
    await page.keyboard.up('Alt');
    await expect(nodeCard(page, 'readout-2')).toBeVisible();
    const after = await saved(page);
    expect(after.ui.positions['readout']).toEqual(before);
    expect(after.ui.positions['readout-2']?.y).toBeGreaterThan((before?.y ?? 0) + 100);
    await page.keyboard.press('Control+z');
    await expect(nodeCard(page, 'readout-2')).toHaveCount(0);
  });

  test('copies are plain JSON for another tab, pasted at the pointer, with incoming wires by Ctrl+Shift+V', async ({
    page,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await nodeCard(page, 'readout').getByRole('heading').click();
    await nodeCard(page, 'encoder')
      .getByRole('heading')
      .click({ modifiers: ['Control'] });
    await page.keyboard.press('Control+c');
    const text = await page.evaluate(() => navigator.clipboard.readText());
    const parsed = JSON.parse(text) as { readonly nodes: readonly { readonly id: string }[] };
    expect(parsed.nodes.map(({ id }) => id)).toEqual(['encoder', 'readout']);

    const other = await context.newPage();
    await openSmall(other, { images: ['source.images', 0, 0] });
    const place = await emptyPlace(other, { x: 0.6, y: 0.3 });
    await other.mouse.move(place.x, place.y);
    await other.keyboard.press('Control+v');
    await expect(nodeCard(other, 'readout')).toBeVisible();
    expect(wiresOf(await saved(other))).toEqual(['encoder.spikes > readout.spikes']);
    const box = await boxOf(nodeCard(other, 'encoder'));
    expect(Math.hypot(box.x - place.x, box.y - place.y)).toBeLessThan(12);
    await other.keyboard.press('Control+z');
    await other.keyboard.press('Control+Shift+V');
    await expect(nodeCard(other, 'readout')).toBeVisible();
    await expect(wires(other)).toHaveCount(2);
    await expect(other.getByLabel('Wire from images, images, to encoder, drive')).toHaveCount(1);
  });

  test('Ctrl+X cuts, Ctrl+V brings it back', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await nodeCard(page, 'spare').getByRole('heading').click();
    await page.keyboard.press('Control+x');
    await expect(nodeCard(page, 'spare')).toHaveCount(0);
    await page.keyboard.press('Control+v');
    await expect(nodeCard(page, 'spare')).toBeVisible();
  });
});
