/** Building by hand: palette, wires, refusals, moving, deleting, undo, copies, names. */
import { expect, test } from '@playwright/test';
import { dragWire, firstVisit, input, nodeCard, output, wires } from './editor-support';
import { boxOf } from './pointer-support';

test.beforeEach(({ page }) => firstVisit(page));

test('a first visit shows the default pipeline whole, with one Run', async ({ page }) => {
  for (const id of ['images', 'encoder', 'readout', 'mlp', 'unet', 'train', 'predict', 'quality']) {
    await expect(nodeCard(page, id)).toBeInViewport();
  }
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toHaveCount(1);
  await expect(wires(page)).toHaveCount(10);
});

test('at 1440x900 the default pipeline is legible, and no card, label or panel lies on another', async ({ page }) => {
  const boxes = (selector: string) =>
    page.locator(selector).evaluateAll((all) =>
      all.map((each) => {
        const { x, y, width, height } = each.getBoundingClientRect();
        return { name: each.getAttribute('data-id') ?? each.textContent ?? '', x, y, width, height };
      }),
    );
  const cards = await boxes('.react-flow__node');
  const labels = await boxes('[data-wire]');
  const fixed = await boxes('.react-flow__panel');
  expect(cards).toHaveLength(8);
  expect(labels).toHaveLength(10);
  expect(fixed.length).toBeGreaterThanOrEqual(2);
  const all = [...cards, ...labels, ...fixed];
  const overlaps = all.flatMap((a, k) =>
    all
      .slice(k + 1)
      .filter((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
      .map((b) => `${a.name} on ${b.name}`),
  );
  // The attribution stands on a corner of the minimap.
  expect(overlaps.filter((pair) => !pair.endsWith('React Flow'))).toEqual([]);
  // Text of 11 px is then at least 9 px high.
  const zoom = (cards[0]?.width ?? 0) / 264;
  expect(zoom).toBeGreaterThan(0.82);
});

test('a wire says shape and unit, and its whole type while it is pointed at or selected', async ({ page }) => {
  const label = page.locator('[data-wire="encoder-readout"]');
  await expect(label).toHaveText(/^1,280.*0\.1 ms$/);
  const whole = 'spikes 3,500 × 1,280, dt 0.1 ms, 250 ms';
  const place = await label.boundingBox();
  if (!place) throw new Error('The label is not on the screen.');
  const [x, y] = [place.x + place.width / 2, place.y + place.height / 2];
  await page.mouse.move(x, y);
  await expect(label).toHaveText(whole);
  await page.mouse.move(x, y + 120);
  await expect(label).not.toHaveText(whole);
  await page.mouse.click(x, y);
  await page.mouse.move(x, y + 120);
  await expect(label).toHaveText(whole);
});

test('a node is dragged from the palette, found by search and wired', async ({ page }) => {
  await page.getByRole('textbox', { name: 'Search nodes' }).fill('poiss');
  const item = page.getByRole('button', { name: 'Poisson encoder' });
  const canvas = page.locator('.react-flow__pane');
  await item.dragTo(canvas, { targetPosition: { x: 560, y: 20 } });
  const card = nodeCard(page, 'poisson');
  await expect(card).toBeVisible();
  await dragWire(page, output(page, 'images', 'images'), input(page, 'poisson', 'drive'));
  await expect(wires(page)).toHaveCount(11);
  await page.keyboard.press('Control+z');
  await expect(wires(page)).toHaveCount(10);
  await page.keyboard.press('Control+z');
  await expect(card).toHaveCount(0);
  await page.keyboard.press('Control+y');
  await page.keyboard.press('Control+Shift+z');
  await expect(wires(page)).toHaveCount(11);
});

test('Enter in the search inserts the best match', async ({ page }) => {
  const search = page.getByRole('textbox', { name: 'Search nodes' });
  await search.fill('U-Net');
  await search.press('Enter');
  await expect(nodeCard(page, 'unet-2')).toBeVisible();
});

test('a wrong wire is refused with the reason, beside the pointer and in the live region', async ({ page }) => {
  const reason = /Spikes cannot go into "Targets" of Train, which takes/;
  await dragWire(page, output(page, 'encoder', 'spikes'), input(page, 'train', 'targets'), async () => {
    await expect(page.locator('[aria-hidden]', { hasText: reason }).first()).toBeVisible();
  });
  await expect(page.getByRole('region', { name: 'Notices' }).getByText(reason)).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: reason })).toHaveCount(1);
  await expect(wires(page)).toHaveCount(10);
});

test('a wire dropped on a card takes its first free port that fits', async ({ page }) => {
  await page.getByRole('textbox', { name: 'Search nodes' }).fill('Predict');
  await page.getByRole('textbox', { name: 'Search nodes' }).press('Enter');
  const card = nodeCard(page, 'predict-2');
  await expect(card).toBeVisible();
  await page.getByRole('button', { name: 'Lay out' }).click();
  await dragWire(page, output(page, 'readout', 'features'), card.getByRole('heading'));
  await expect(wires(page)).toHaveCount(11);
  await expect(page.getByLabel('Wire from readout, features, to predict-2, inputs')).toHaveCount(1);
});

test('a click on two ports connects them, without a drag', async ({ page }) => {
  await page.getByRole('textbox', { name: 'Search nodes' }).fill('Poisson');
  await page.getByRole('textbox', { name: 'Search nodes' }).press('Enter');
  await page.getByRole('button', { name: 'Lay out' }).click();
  await output(page, 'images', 'images').click();
  await input(page, 'poisson', 'drive').click();
  await expect(wires(page)).toHaveCount(11);
});

test('Delete removes nodes with their wires in one step; keys in a field stay there', async ({ page }) => {
  await nodeCard(page, 'readout').getByRole('heading').click();
  await page.keyboard.press('Delete');
  await expect(nodeCard(page, 'readout')).toHaveCount(0);
  await expect(wires(page)).toHaveCount(7);
  const field = page.getByRole('textbox', { name: 'Title of the pipeline' });
  await field.focus();
  await page.keyboard.press('Backspace');
  await expect(nodeCard(page, 'encoder')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(wires(page)).toHaveCount(10);
});

test('a drag is one step of undo, and so is a burst of arrow keys', async ({ page }) => {
  const card = nodeCard(page, 'mlp');
  const before = await card.boundingBox();
  const box = before ?? { x: 0, y: 0 };
  await page.mouse.move(box.x + 60, box.y + 12);
  await page.mouse.down();
  await page.mouse.move(box.x + 90, box.y + 60, { steps: 8 });
  await page.mouse.move(box.x + 120, box.y + 72, { steps: 8 });
  await page.mouse.up();
  // The first 3 px tell a drag from a click and move nothing.
  await expect.poll(async () => Math.abs(((await card.boundingBox())?.x ?? 0) - (box.x + 60))).toBeLessThanOrEqual(4);
  await card.focus();
  const dragged = await card.boundingBox();
  for (let n = 0; n < 4; n++) await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await card.boundingBox())?.x ?? 0).toBeGreaterThan(dragged?.x ?? 0);
  await page.keyboard.press('Control+z');
  await expect.poll(async () => Math.round((await card.boundingBox())?.x ?? 0)).toBe(Math.round(dragged?.x ?? 0));
  await page.keyboard.press('Control+z');
  await expect.poll(async () => Math.round((await card.boundingBox())?.x ?? 0)).toBe(Math.round(box.x));
});

test('duplicate, copy and paste leave the wires that lead in, or keep them with Shift', async ({ page }) => {
  await nodeCard(page, 'readout').getByRole('heading').click();
  await page.keyboard.press('Control+d');
  await expect(nodeCard(page, 'readout-2')).toBeVisible();
  await expect(wires(page)).toHaveCount(10);
  await page.keyboard.press('Control+z');
  await nodeCard(page, 'readout').getByRole('heading').click();
  await page.keyboard.press('Control+Shift+D');
  await expect(nodeCard(page, 'readout-2')).toBeVisible();
  await expect(wires(page)).toHaveCount(11);
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Control+v');
  await expect(nodeCard(page, 'readout-3')).toBeVisible();
  await expect(wires(page)).toHaveCount(11);
});

test('F2 renames on the card', async ({ page }) => {
  await nodeCard(page, 'encoder').getByRole('heading').click();
  await page.keyboard.press('F2');
  const field = page.getByRole('textbox', { name: 'Name of the node' });
  await field.fill('Cortex');
  await field.press('Enter');
  await expect(page.getByRole('group', { name: 'Cortex (encoder)' })).toBeVisible();
});

test('two quick clicks hit the cards that they were aimed at: nothing moves under the pointer', async ({ page }) => {
  // Narrow enough for the inspector to cut off the card that is clicked first.
  await page.setViewportSize({ width: 1180, height: 900 });
  await page.keyboard.press('.');
  await page.getByRole('button', { name: 'Fit view' }).click();
  const box = (id: string) => boxOf(nodeCard(page, id).getByRole('heading'));
  const settled = async () => {
    let before = await box('encoder');
    await expect
      .poll(async () => {
        const last = before;
        before = await box('encoder');
        return Math.abs(before.x - last.x) + Math.abs(before.y - last.y);
      })
      .toBe(0);
  };
  await settled();
  const [first, second] = [await box('quality'), await box('encoder')];
  const aim = (at: typeof first) => page.mouse.click(at.x + at.width / 2, at.y + at.height / 2);
  await aim(first);
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toBeVisible();
  await aim(second);
  await expect(nodeCard(page, 'encoder')).toHaveClass(/selected/);
  await settled();
  expect(await box('encoder')).toEqual(second);

  // Once the hand is at the inspector, the card that it covers comes out.
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toHaveCount(0);
  await aim(first);
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector.getByRole('heading', { name: 'Image quality' })).toBeVisible();
  await inspector.getByRole('heading', { name: 'Image quality' }).hover();
  const edge = (await boxOf(inspector)).x;
  await expect
    .poll(async () => {
      const { x, width } = await boxOf(nodeCard(page, 'quality'));
      return x + width;
    })
    .toBeLessThan(edge);
});
