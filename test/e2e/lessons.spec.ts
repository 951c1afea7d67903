/** Guided lessons: opened by address and from the gallery, checked from what is built, kept in the browser. */
import { expect, type Page, test } from '@playwright/test';
import { pngBytes } from '../support/png-bytes';
import { nodeCard, title } from './editor-support';
import { dropBytes } from './keeping-support';
import { runButton } from './run-support';

const lesson = (page: Page) => page.getByRole('region', { name: /^Lesson:/ });
const step = (page: Page) => lesson(page).getByRole('listitem').and(page.locator('[aria-current="step"]'));
const help = (page: Page) => lesson(page).getByRole('button', { name: 'Do it for me' });

test('the first lesson opens by its address, has a first result within ten seconds, and is finished by hand', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await page.goto('/#lesson=first-run');
  await expect(lesson(page)).toBeVisible();
  await expect(title(page)).toHaveValue('Lesson: first run');
  await expect(step(page)).toContainText('Run the pipeline');
  const started = Date.now();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(nodeCard(page, 'images')).toContainText('Done in');
  const took = Date.now() - started;
  console.log(`first result ${(took / 1000).toFixed(1)} s after Run`);
  expect(took).toBeLessThan(10_000);
  await expect(step(page)).toContainText('Change the decoder', { timeout: 90_000 });

  await nodeCard(page, 'ridge').getByRole('heading').click();
  const lambda = page.getByRole('complementary', { name: 'Inspector' }).getByRole('spinbutton', { name: /^Lambda/ });
  await lambda.fill('5000');
  await lambda.press('Enter');
  await expect(lesson(page).getByRole('status')).toHaveText('Now run.');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(step(page)).toContainText('Change it back', { timeout: 30_000 });
  await lambda.fill('100');
  await lambda.press('Enter');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(lesson(page)).toContainText('Lesson finished');
  await expect(page.getByRole('contentinfo').getByRole('status')).toContainText('0 executed');
});

test('a wrong answer is told, a hint is there, progress survives a reload, and the gallery shows it', async ({
  page,
}) => {
  await page.goto('/#lesson=what-g-does');
  await help(page).click();
  await expect(step(page)).toContainText('Let excitation win');
  await nodeCard(page, 'encoder').getByRole('heading').click();
  const g = page
    .getByRole('complementary', { name: 'Inspector' })
    .getByRole('spinbutton', { name: /inhibit|^g|ratio/i })
    .first();
  await g.fill('4.5');
  await g.press('Enter');
  await expect(lesson(page).getByRole('status')).toContainText('still at 4 or above');
  await lesson(page).getByRole('button', { name: 'Show a hint' }).click();
  await expect(lesson(page)).toContainText('first parameter of the network');
  await page.reload();
  await expect(step(page)).toContainText('Let excitation win');
  await help(page).click();
  await expect(step(page)).toContainText('More inhibition');
  await lesson(page).getByRole('button', { name: 'Close the lesson' }).click();
  await expect(lesson(page)).toHaveCount(0);
  await page
    .getByRole('button', { name: /gallery|pipelines/i })
    .first()
    .click();
  const card = page.getByRole('region', { name: 'Lessons' }).getByRole('button', { name: /What g does/ });
  await expect(card).toContainText('2 done');
  await page
    .getByRole('region', { name: 'Lessons' })
    .getByRole('button', { name: /Your own image/ })
    .click();
  await expect(title(page)).toHaveValue('Lesson: your own image');
});

test('a lesson does itself when asked: branch, run, compare', async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto('/#lesson=balanced-unbalanced');
  for (const next of [/Make a branch/, /Run both/, /Compare them/]) {
    await help(page).click();
    await expect(step(page)).toContainText(next, { timeout: 100_000 });
  }
  await help(page).click();
  await expect(lesson(page)).toContainText('Lesson finished');
});

test('on a narrow screen the lesson is a sheet below the canvas, which stays in reach', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/#lesson=own-image');
  const sheet = await lesson(page).boundingBox();
  const canvas = await page.getByRole('region', { name: 'Pipeline canvas' }).boundingBox();
  expect((canvas?.y ?? 0) + (canvas?.height ?? 0)).toBeLessThanOrEqual((sheet?.y ?? 0) + 1);
  expect(canvas?.height ?? 0).toBeGreaterThan(250);
  await help(page).click();
  await expect(step(page)).toContainText('Bring your image', { timeout: 30_000 });
  await help(page).click();
  await expect(step(page)).toContainText('Look at its spikes');
  await help(page).click();
  await expect(lesson(page)).toContainText('Lesson finished', { timeout: 30_000 });
});

test('a picture of one’s own, dropped on the canvas, goes through the network', async ({ page }) => {
  await page.goto('/#lesson=own-image');
  await help(page).click();
  await expect(step(page)).toContainText('Bring your image', { timeout: 30_000 });
  await expect(lesson(page).getByRole('status')).toContainText('No image source holds a file of yours yet.');
  // Left half dark, right half bright: 48 × 32 pixels in colour.
  const row = Array.from({ length: 48 }, (_, x) => (x < 24 ? [20, 20, 30] : [240, 230, 220])).flat();
  const picture = pngBytes({ width: 48, height: 32, depth: 8, colorType: 2, rows: Array(32).fill(row) });
  const images = nodeCard(page, 'images');
  await images.getByRole('heading').click();
  await dropBytes(page, 'half.png', picture, 'image/png');
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Imported half.png');
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('half.png');
  await expect(step(page)).toContainText('Look at its spikes');
  await runButton(page).click();
  await expect(lesson(page)).toContainText('Lesson finished', { timeout: 30_000 });
  await expect(nodeCard(page, 'encoder')).toContainText('Done in');

  // What the network saw: one grey image, dark on the left and bright on the right.
  await images.focus();
  await page.keyboard.press('Alt+Enter');
  const viewer = page.getByRole('dialog');
  await expect(viewer.getByRole('status', { name: 'What is in view' })).toHaveText('Images 1 to 1 of 1, 28 × 28');
  const pixel = viewer.getByRole('status', { name: 'Pixel' });
  const brightness = async () => Number(/: ([\d.]+)$/.exec(await pixel.innerText())?.[1]);
  await viewer.getByRole('group', { name: /^Image 1 large/ }).focus();
  for (let n = 0; n < 8; n++) await page.keyboard.press('ArrowLeft');
  await expect(pixel).toHaveText(/^row 14, column 6:/);
  expect(await brightness()).toBeLessThan(0.2);
  for (let n = 0; n < 14; n++) await page.keyboard.press('ArrowRight');
  await expect(pixel).toHaveText(/^row 14, column 20:/);
  expect(await brightness()).toBeGreaterThan(0.8);
});

test('a picture dropped beside the lesson’s cards is another source, and the lesson says what is missing', async ({
  page,
}) => {
  await page.goto('/#lesson=own-image');
  await help(page).click();
  await expect(step(page)).toContainText('Bring your image', { timeout: 30_000 });
  const grey = pngBytes({
    width: 2,
    height: 2,
    depth: 8,
    colorType: 0,
    rows: [
      [0, 255],
      [255, 0],
    ],
  });
  await dropBytes(page, 'tiny.png', grey, 'image/png');
  await expect(lesson(page).getByRole('status')).toContainText('Your image is there, but not wired to the network.');
});

test('parameters are pinned to a form, shown alone with the results; a locked node takes only those', async ({
  page,
}) => {
  await page.goto('/#lesson=what-g-does');
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await nodeCard(page, 'encoder').getByRole('heading').click();
  await inspector
    .getByRole('button', { name: /^(g|Inhib).* on the form$/i })
    .first()
    .click();
  await nodeCard(page, 'encoder').getByRole('button', { name: 'Actions for encoder' }).click();
  await page.getByRole('menuitem', { name: 'Lock' }).click();
  await expect(nodeCard(page, 'encoder').getByRole('img', { name: 'Locked' })).toBeVisible();
  await nodeCard(page, 'encoder').focus();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('is locked');
  await expect(nodeCard(page, 'encoder')).toBeVisible();

  await page.getByRole('button', { name: 'Keep the inspector open' }).click();
  await page.keyboard.press('Escape');
  await inspector.getByRole('button', { name: 'Show the form alone' }).click();
  const form = page.getByRole('region', { name: 'Form', exact: true });
  await form.getByRole('spinbutton').first().fill('4');
  await form.getByRole('spinbutton').first().press('Enter');
  await expect(page.getByRole('region', { name: /Results of/ })).toBeVisible();
  await expect(inspector).toHaveCount(0);
  await page.getByRole('button', { name: 'Show the whole pipeline' }).click();
  await expect(nodeCard(page, 'encoder')).toContainText('g = 4');
});

test('a parameter inside a subgraph is pinned, changed on the form without going in, undone there, and back after a reload', async ({
  page,
}) => {
  await page.goto('/#lesson=what-g-does');
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  const form = page.getByRole('region', { name: 'Form', exact: true });
  await nodeCard(page, 'encoder').getByRole('heading').click();
  await page.keyboard.press('Control+Shift+E');
  const instance = 'network';
  await nodeCard(page, instance).getByRole('heading').dblclick();
  await nodeCard(page, `${instance}/encoder`).getByRole('heading').click();
  await inspector
    .getByRole('button', { name: /^(g|Inhib).* on the form$/i })
    .first()
    .click();
  await page.getByRole('button', { name: 'Keep the inspector open' }).click();
  await page.keyboard.press('Escape');

  // From inside: the form is the whole pipeline's.
  await expect(form).toContainText('Network in Network');
  await inspector.getByRole('button', { name: 'Show the form alone' }).click();
  const g = form.getByRole('spinbutton').first();
  const before = await g.inputValue();
  await g.fill('4.5');
  await g.press('Enter');
  await expect(g).toHaveValue('4.5');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(g).toHaveValue(before);
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect(g).toHaveValue('4.5');
  await page.getByRole('button', { name: 'Show the whole pipeline' }).click();
  await expect(nodeCard(page, `${instance}/encoder`)).toContainText('g = 4.5');
  await page.reload();
  await expect(nodeCard(page, instance)).toBeVisible();
  await expect(form.getByRole('spinbutton').first()).toHaveValue('4.5');
});

test('a first visit offers a result and a lesson: from the address to a table of scores in less than ten seconds', async ({
  page,
}) => {
  const started = Date.now();
  await page.goto('/');
  const welcome = page.getByRole('region', { name: 'Welcome' });
  await welcome.getByRole('button', { name: 'Show me a result' }).click();
  const scores = page.getByRole('complementary', { name: 'Inspector' }).getByRole('table').first();
  await expect(scores).toContainText('psnr', { timeout: 30_000 });
  const took = Date.now() - started;
  console.log(`a table of scores ${(took / 1000).toFixed(1)} s after the address`);
  expect(took).toBeLessThan(10_000);
  await expect(nodeCard(page, 'quality')).toContainText('Done in');
  await expect(welcome).toHaveCount(0);
  await page.reload();
  await expect(nodeCard(page, 'quality')).toContainText('Stored');
  await expect(welcome).toHaveCount(0);
});

test('the welcome leads to the first lesson, is closed for good, and gives way to whoever begins by themselves', async ({
  page,
}) => {
  const welcome = page.getByRole('region', { name: 'Welcome' });
  await page.goto('/');
  await nodeCard(page, 'mlp').getByRole('heading').click();
  await page.keyboard.press('Delete');
  await expect(welcome).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await welcome.getByRole('button', { name: 'First lesson' }).click();
  await expect(lesson(page)).toBeVisible();
  await expect(welcome).toHaveCount(0);
  await page.goto('/');
  await expect(nodeCard(page, 'ridge')).toBeVisible();
  await expect(welcome).toHaveCount(0);
});
