/** What stands where: frames, notes, selections, alignment, layout, helper lines, nudges, the minimap, and undo of it all. */
import { expect, test } from '@playwright/test';
import { chain, emptyPlace, grip, openSmall, saved, wirePoint } from './canvas-support';
import { nodeCard, wires } from './editor-support';
import { boxOf, centreOf, drag } from './pointer-support';

const frame = (title: string) => new RegExp(`^Frame ${title} `);

test.describe('frames', () => {
  test.beforeEach(async ({ page }) => {
    await chain(page);
    await nodeCard(page, 'encoder').getByRole('heading').click();
    await nodeCard(page, 'spare')
      .getByRole('heading')
      .click({ modifiers: ['Control'] });
    await page.keyboard.press('Control+g');
    const title = page.getByRole('textbox', { name: 'Title of the frame' });
    await expect(title).toBeFocused();
    await title.fill('Encoders');
    await title.press('Enter');
    await expect(page.getByRole('group', { name: frame('Encoders') })).toBeVisible();
    // Its bar was at the edge, where a drag scrolls the canvas.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.keyboard.press('.');
    await expect
      .poll(async () => (await boxOf(page.getByRole('group', { name: frame('Encoders') }))).y)
      .toBeGreaterThan(50);
  });

  test('Ctrl+G frames the selection, F2 renames, Ctrl+Shift+G takes the frame away and keeps the nodes', async ({
    page,
  }) => {
    const [made] = (await saved(page)).frames ?? [];
    expect(made).toMatchObject({ title: 'Encoders', nodes: ['encoder', 'spare'] });
    const box = await boxOf(page.getByRole('group', { name: frame('Encoders') }));
    for (const id of ['encoder', 'spare']) {
      const card = await boxOf(nodeCard(page, id));
      expect(card.x).toBeGreaterThan(box.x);
      expect(card.y).toBeGreaterThan(box.y);
      expect(card.x + card.width).toBeLessThan(box.x + box.width);
      expect(card.y + card.height).toBeLessThan(box.y + box.height);
    }
    await page.keyboard.press('F2');
    const title = page.getByRole('textbox', { name: 'Title of the frame' });
    await title.fill('Two encoders');
    await title.press('Enter');
    await expect(page.getByRole('group', { name: frame('Two encoders') })).toBeFocused();
    await page.keyboard.press('Control+Shift+G');
    await expect(page.getByRole('group', { name: /^Frame / })).toHaveCount(0);
    await expect(nodeCard(page, 'encoder')).toBeVisible();
    expect((await saved(page)).frames).toEqual([]);
    for (const _ of ['remove', 'rename', 'title', 'frame']) await page.keyboard.press('Control+z');
    expect(await saved(page)).not.toHaveProperty('frames');
  });

  test('a frame that is moved takes its nodes along; nodes join and leave by being dragged', async ({ page }) => {
    const before = (await saved(page)).ui.positions;
    const bar = await boxOf(page.getByRole('group', { name: frame('Encoders') }).getByRole('heading'));
    const start = { x: bar.x + 20, y: bar.y + 8 };
    const away = await boxOf(nodeCard(page, 'encoder'));
    await drag(page, start, { x: start.x, y: start.y + 60 }, async () => {
      expect((await boxOf(nodeCard(page, 'encoder'))).y).toBeGreaterThan(away.y + 40);
    });
    const moved = (await saved(page)).ui.positions;
    for (const id of ['encoder', 'spare']) {
      expect((moved[id]?.y ?? 0) - (before[id]?.y ?? 0)).toBeGreaterThan(40);
      expect(moved[id]?.x).toBe(before[id]?.x);
    }
    expect(moved['images']).toEqual(before['images']);
    await page.keyboard.press('Control+z');
    expect((await saved(page)).ui.positions).toEqual(before);

    const out = await grip(page, 'spare');
    await drag(page, out, { x: out.x - 330, y: out.y });
    expect((await saved(page)).frames?.[0]?.nodes).toEqual(['encoder']);
    const back = await grip(page, 'spare');
    await drag(page, back, { x: back.x + 330, y: back.y });
    expect((await saved(page)).frames?.[0]?.nodes).toEqual(['encoder', 'spare']);
  });

  test('Ctrl+D on a frame copies it with its nodes and notes in one step; cut and paste move them, and are undone', async ({
    page,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const named = page.getByRole('group', { name: frame('Encoders') });
    const bar = await boxOf(named);
    const press = () => page.mouse.click(bar.x + bar.width / 3, bar.y + 14);
    await press();
    await page.keyboard.press('Control+d');
    await expect(named).toHaveCount(2);
    await expect(nodeCard(page, 'encoder-2')).toBeVisible();
    await expect(nodeCard(page, 'spare-2')).toBeVisible();
    const [first, second] = (await saved(page)).frames ?? [];
    expect(second).toMatchObject({ title: 'Encoders', nodes: ['encoder-2', 'spare-2'], x: (first?.x ?? 0) + 36 });
    await page.keyboard.press('Control+z');
    await expect(named).toHaveCount(1);
    await expect(nodeCard(page, 'spare-2')).toHaveCount(0);

    await press();
    await page.keyboard.press('Control+x');
    await expect(named).toHaveCount(0);
    await expect(nodeCard(page, 'encoder')).toHaveCount(0);
    await page.keyboard.press('Control+v');
    await expect(named).toHaveCount(1);
    expect((await saved(page)).frames).toMatchObject([{ title: 'Encoders', nodes: ['encoder', 'spare'] }]);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await expect(named).toHaveCount(1);
    // With the wires that a paste leaves behind.
    await expect(wires(page)).toHaveCount(2);
  });

  test('its menu mutes and switches on its nodes, colours it, and selects them', async ({ page }) => {
    const open = async (item: string) => {
      await page.getByRole('button', { name: 'Actions for frame Encoders' }).click();
      await page.getByRole('menu').getByText(item, { exact: true }).click();
    };
    await open('Mute these nodes');
    expect((await saved(page)).nodes.map(({ id, mode }) => [id, mode ?? 'on'])).toEqual([
      ['images', 'on'],
      ['encoder', 'mute'],
      ['readout', 'on'],
      ['spare', 'mute'],
    ]);
    await expect(nodeCard(page, 'spare')).toContainText('Muted');
    await open('Switch these nodes on');
    await expect(nodeCard(page, 'spare')).not.toContainText('Muted');
    await page.getByRole('button', { name: 'Actions for frame Encoders' }).click();
    await page.getByRole('menuitem', { name: 'green' }).click();
    expect((await saved(page)).frames?.[0]?.colour).toBe('green');
    await page.getByRole('button', { name: /inspector/i }).click();
    await open('Select these nodes');
    await expect(page.getByRole('heading', { name: '2 nodes selected' })).toBeVisible();
  });

  test('it collapses to a card that keeps the wires, by its button, its menu and a key; a reload and undo know it', async ({
    page,
  }) => {
    const card = page.getByRole('group', { name: 'Frame Encoders, collapsed' });
    const before = await saved(page);
    await page.getByRole('button', { name: 'Collapse frame Encoders' }).click();
    await expect(card).toBeFocused();
    await expect(page.getByText('Collapsed the frame Encoders: its card stands for 2 nodes.')).toBeAttached();
    for (const id of ['encoder', 'spare']) await expect(nodeCard(page, id)).toHaveCount(0);
    await expect(card).toContainText('2 nodes');
    // Of a node that lacks its input people must hear before one that only has not run.
    await expect(card).toContainText('Cannot run');
    // Both wires are drawn, to the ports on the card.
    await expect(wires(page)).toHaveCount(2);
    for (const [side, wire, share] of [
      ['target', 'images-encoder', 1],
      ['source', 'encoder-readout', 0],
    ] as const) {
      const port = await boxOf(card.locator(`.react-flow__handle.${side}`));
      const end = await wirePoint(page, wire, share);
      expect(Math.abs(end.y - port.y - port.height / 2)).toBeLessThan(3);
      expect(Math.abs(end.x - port.x - port.width / 2)).toBeLessThan(12);
    }
    // The outline has every node.
    await page.keyboard.press('Control+Shift+o');
    await expect(page.locator('button[data-outline="encoder"]')).toBeVisible();
    await page.getByRole('button', { name: 'Select Poisson encoder (spare) on the canvas' }).click();
    await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('encoder.poisson');
    const now = await saved(page);
    expect({ ...now, frames: [] }).toEqual({ ...before, frames: [] });
    expect(now.frames?.[0]).toMatchObject({ collapsed: { frames: [], notes: [] } });

    await page.reload();
    await expect(card).toBeVisible();
    await expect(nodeCard(page, 'encoder')).toHaveCount(0);
    await page.keyboard.press('Control+z');
    await expect(nodeCard(page, 'encoder')).toBeVisible();
    await page.keyboard.press('Control+y');
    await expect(card).toBeVisible();

    // By keys alone: along the wire to the card, open it, and closed again.
    await nodeCard(page, 'images').focus();
    await page.keyboard.press('Alt+ArrowRight');
    await expect(card).toBeFocused();
    await page.keyboard.press('h');
    await expect(nodeCard(page, 'encoder')).toBeVisible();
    await expect(page.getByRole('group', { name: frame('Encoders') })).toBeFocused();
    await expect(page.getByText('Expanded the frame Encoders: 2 nodes shown.')).toBeAttached();
    await page.keyboard.press('h');
    await expect(card).toBeFocused();
    // And by the command palette, from the focused card.
    for (const there of [page.getByRole('group', { name: frame('Encoders') }), card]) {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('collapse or expand');
      await expect(page.getByRole('option', { selected: true })).toContainText('Collapse or expand');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await expect(there).toBeFocused();
    }
    await page.getByRole('button', { name: 'Actions for frame Encoders' }).click();
    await page.getByRole('menuitem', { name: 'Expand' }).click();
    await expect(nodeCard(page, 'spare')).toBeVisible();
    expect(await saved(page)).toEqual(before);
  });

  test('a collapsed frame is moved with what it hides, and its menu copies it', async ({ page }) => {
    const before = (await saved(page)).ui.positions;
    await page.getByRole('button', { name: 'Actions for frame Encoders' }).click();
    await page.getByRole('menuitem', { name: 'Collapse' }).click();
    const card = page.getByRole('group', { name: 'Frame Encoders, collapsed' });
    const bar = await boxOf(card.getByRole('heading'));
    const start = { x: bar.x + 20, y: bar.y + 8 };
    await drag(page, start, { x: start.x, y: start.y + 80 });
    const moved = (await saved(page)).ui.positions;
    for (const id of ['encoder', 'spare']) expect((moved[id]?.y ?? 0) - (before[id]?.y ?? 0)).toBeGreaterThan(40);
    expect(moved['images']).toEqual(before['images']);
    await card.getByRole('button', { name: 'Actions for frame Encoders' }).click();
    await page.getByRole('menuitem', { name: 'Duplicate' }).click();
    await expect(card).toHaveCount(2);
    await expect(page.getByText('Insert 2 nodes and 1 frame.')).toBeAttached();
    expect((await saved(page)).frames?.map(({ nodes }) => nodes)).toEqual([
      ['encoder', 'spare'],
      ['encoder-2', 'spare-2'],
    ]);
    // A wire that is let go on the card is told what to do.
    const port = await centreOf(nodeCard(page, 'images').locator('.source[data-handleid="images"]'));
    const target = await boxOf(card.first());
    await drag(page, port, { x: target.x + target.width / 2, y: target.y + 16 });
    await expect(page.getByText('Expand it, and connect to a node in it.', { exact: true })).toBeVisible();
  });

  test('its edge resizes it: nodes inside are its members', async ({ page }) => {
    await page
      .getByRole('group', { name: frame('Encoders') })
      .getByRole('heading')
      .click();
    const box = await boxOf(page.getByRole('group', { name: frame('Encoders') }));
    const corner = { x: box.x + box.width, y: box.y + box.height };
    await drag(page, corner, { x: corner.x, y: corner.y - box.height / 2 + 20 });
    const [made] = (await saved(page)).frames ?? [];
    expect(made?.nodes).toEqual(['encoder']);
    await page.keyboard.press('Control+z');
    expect((await saved(page)).frames?.[0]?.nodes).toEqual(['encoder', 'spare']);
  });
});

test.describe('notes', () => {
  test('are written in Markdown with TeX, by the keyboard alone, and nothing in them becomes markup', async ({
    page,
  }) => {
    await chain(page);
    const place = await emptyPlace(page);
    await page.mouse.move(place.x, place.y);
    await page.keyboard.press('Shift+N');
    const field = page.getByRole('textbox', { name: 'Text of the note' });
    await expect(field).toBeFocused();
    const hostile = '<img src=x onerror="window.hit=1"> [go](javascript:window.hit=1)';
    await field.fill(`# Balance\n\nDrive **and** $g = 5$\n\n$$\\tau \\dot V = -V$$\n\n- one\n- two\n\n${hostile}`);
    await field.press('Escape');
    const note = page.getByRole('group', { name: 'Note (note)' });
    await expect(note.getByRole('heading', { name: 'Balance' })).toBeVisible();
    await expect(note.locator('strong', { hasText: 'and' })).toHaveCount(1);
    await expect(note.locator('.katex')).toHaveCount(2);
    await expect(note.getByRole('listitem')).toHaveText(['one', 'two']);
    await expect(note.getByText(/<img src=x/)).toBeVisible();
    await expect(note.locator('img, a')).toHaveCount(0);
    expect(await page.evaluate(() => 'hit' in window)).toBe(false);
    await expect(note).toBeFocused();
    // From 160 it has grown to what was written: nothing of it is left to scroll to.
    await expect.poll(async () => (await saved(page)).notes?.[0]?.height ?? 0).toBeGreaterThan(160);
    const last = await boxOf(note.getByText(/<img src=x/));
    const edge = await boxOf(note);
    expect(last.y + last.height).toBeLessThanOrEqual(edge.y + edge.height);
    await page.keyboard.press('F2');
    await expect(field).toHaveValue(/^# Balance/);
    await field.fill('Short');
    await field.press('Control+Enter');
    await expect(note).toContainText('Short');
    await page.keyboard.press('Delete');
    await expect(note).toHaveCount(0);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await expect(note.getByRole('heading', { name: 'Balance' })).toBeVisible();
  });

  test('one that nobody wrote into is not kept', async ({ page }) => {
    await chain(page);
    await page.keyboard.press('Shift+N');
    await page.getByRole('textbox', { name: 'Text of the note' }).press('Escape');
    await expect(page.getByRole('group', { name: /^Note / })).toHaveCount(0);
  });
});

test.describe('selecting', () => {
  test.beforeEach(({ page }) => chain(page));

  test('Shift-drag draws a box', async ({ page }) => {
    const readout = await boxOf(nodeCard(page, 'readout'));
    const spare = await boxOf(nodeCard(page, 'spare'));
    await page.keyboard.down('Shift');
    await drag(
      page,
      { x: readout.x + readout.width + 20, y: readout.y - 10 },
      { x: spare.x + spare.width - 5, y: spare.y + 40 },
    );
    await page.keyboard.up('Shift');
    // The box touches the encoder above the spare one too; the images lie outside.
    await page.getByRole('button', { name: /inspector/i }).click();
    await expect(page.getByRole('heading', { name: '3 nodes selected' })).toBeVisible();
  });

  test('upstream and downstream of the selection, from the panel of several', async ({ page }) => {
    await nodeCard(page, 'readout').getByRole('heading').click();
    await nodeCard(page, 'encoder')
      .getByRole('heading')
      .click({ modifiers: ['Control'] });
    await page.getByRole('button', { name: /inspector/i }).click();
    const bar = page.getByRole('toolbar', { name: 'Arrange the selected nodes' });
    await bar.getByRole('button', { name: 'Select everything upstream' }).click();
    await expect(page.getByRole('heading', { name: '3 nodes selected' })).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: '3 nodes selected.' })).toHaveCount(1);
  });
});

test.describe('places', () => {
  const scattered = {
    a: ['encoder.poisson', 0, 0],
    b: ['encoder.poisson', 330, 57],
    c: ['encoder.poisson', 760, -40],
  } as const;
  test.beforeEach(({ page }) => openSmall(page, scattered));

  const all = async (page: import('@playwright/test').Page) => {
    await page.keyboard.press('Control+a');
    await page.getByRole('button', { name: /inspector/i }).click();
    return page.getByRole('toolbar', { name: 'Arrange the selected nodes' });
  };

  test('align and spread, each undone in one step', async ({ page }) => {
    const bar = await all(page);
    const places = async () => (await saved(page)).ui.positions;
    const before = await places();
    await bar.getByRole('button', { name: 'Align upper edges' }).click();
    expect(Object.values(await places()).map(({ y }) => y)).toEqual([-40, -40, -40]);
    await bar.getByRole('button', { name: 'Spread evenly from left to right' }).click();
    expect(Object.values(await places()).map(({ x }) => x)).toEqual([0, 380, 760]);
    await bar.getByRole('button', { name: 'Align left edges' }).click();
    expect(Object.values(await places()).map(({ x }) => x)).toEqual([0, 0, 0]);
    for (let n = 0; n < 3; n++) await page.keyboard.press('Control+z');
    expect(await places()).toEqual(before);
  });

  test('a dragged card snaps to the lines of others, which are drawn; Alt lets it go freely', async ({ page }) => {
    const start = await grip(page, 'b');
    const a = await boxOf(nodeCard(page, 'a'));
    const b = await boxOf(nodeCard(page, 'b'));
    // The first 3 px tell a drag from a click and move nothing.
    const near = { x: start.x + 3, y: start.y + (a.y - b.y) - 1 };
    await drag(page, start, near, async () => {
      await expect(page.locator('[data-guide="y"]')).toHaveCount(1);
    });
    await expect(page.locator('[data-guide]')).toHaveCount(0);
    expect((await saved(page)).ui.positions['b']?.y).toBe(0);
    await page.keyboard.press('Control+z');
    await page.mouse.move(start.x, start.y);
    await page.mouse.down();
    await page.mouse.move(start.x + 3, start.y - 10, { steps: 3 });
    await page.keyboard.down('Alt');
    await page.mouse.move(near.x, near.y, { steps: 6 });
    await expect(page.locator('[data-guide]')).toHaveCount(0);
    await page.mouse.up();
    await page.keyboard.up('Alt');
    expect((await saved(page)).ui.positions['b']?.y).not.toBe(0);
  });

  test('arrows nudge the selection, Shift further; a burst is one step', async ({ page }) => {
    const before = (await saved(page)).ui.positions;
    await page.keyboard.press('Control+a');
    for (let n = 0; n < 3; n++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowDown');
    const after = (await saved(page)).ui.positions;
    expect(after['a']).toEqual({ x: 15, y: 20 });
    expect(after['c']).toEqual({ x: 775, y: -20 });
    await page.keyboard.press('Control+z');
    expect((await saved(page)).ui.positions).toEqual(before);
  });

  test('layout of the selection leaves the others, and is shown as a movement unless motion is reduced', async ({
    page,
  }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await nodeCard(page, 'a').getByRole('heading').click();
    await nodeCard(page, 'c')
      .getByRole('heading')
      .click({ modifiers: ['Control'] });
    const before = (await saved(page)).ui.positions;
    await page.keyboard.press('Control+Shift+F');
    const after = (await saved(page)).ui.positions;
    expect(after['b']).toEqual(before['b']);
    expect(after['c']).not.toEqual(before['c']);
    const seen = () =>
      page.evaluate(async () => {
        const card = document.querySelector<HTMLElement>('.react-flow__node[data-id="c"]');
        const places = new Set<string>();
        const end = performance.now() + 400;
        while (performance.now() < end) {
          places.add(card?.style.transform ?? '');
          await new Promise((resolve) => requestAnimationFrame(resolve));
        }
        return places.size;
      });
    await page.keyboard.press('Control+z');
    const still = seen();
    await page.keyboard.press('Control+Shift+F');
    expect(await still).toBeLessThanOrEqual(2);
    await page.keyboard.press('Control+z');
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    const moving = seen();
    await page.keyboard.press('Control+Shift+F');
    expect(await moving).toBeGreaterThan(2);
  });
});

test('the minimap shows the state of nodes by colour, and frames behind them', async ({ page }) => {
  await chain(page);
  const shapes = page.locator('.react-flow__minimap-node');
  await expect(shapes).toHaveCount(4);
  const colours = () => shapes.evaluateAll((all) => new Set(all.map((each) => getComputedStyle(each).fill)).size);
  // Three that were never run, one that cannot: its input is not wired.
  await expect.poll(colours).toBe(2);
  await nodeCard(page, 'encoder').getByRole('heading').click();
  await page.keyboard.press('Control+g');
  await expect(shapes).toHaveCount(5);
});

test('undo goes back through a reload, over frames, notes and reroutes', async ({ page }) => {
  await chain(page);
  const before = await saved(page);
  await nodeCard(page, 'encoder').getByRole('heading').click();
  await page.keyboard.press('Control+g');
  await page.keyboard.press('Escape');
  const place = await emptyPlace(page);
  await page.mouse.move(place.x, place.y);
  await page.keyboard.press('Shift+N');
  await page.getByRole('textbox', { name: 'Text of the note' }).fill('Look here');
  await page.keyboard.press('Escape');
  await page.mouse.dblclick(
    ...(Object.values(await centreOf(page.locator('[data-wire="encoder-readout"]'))) as [number, number]),
  );
  await expect(page.getByRole('group', { name: /^Reroute/ })).toBeVisible();
  const after = await saved(page);
  await page.reload();
  await expect(page.getByRole('group', { name: 'Note (note)' })).toContainText('Look here');
  await expect(page.getByRole('group', { name: /^Reroute/ })).toBeVisible();
  await expect(wires(page)).toHaveCount(2);
  expect(await saved(page)).toEqual(after);
  const undo = page.getByRole('button', { name: 'Undo' });
  for (let steps = 0; steps < 10 && (await undo.isEnabled()); steps++) await undo.click();
  expect(await saved(page)).toEqual(before);
});
