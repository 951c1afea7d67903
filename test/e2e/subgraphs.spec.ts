/** Subgraphs on the canvas, and mute and bypass: what people see, press and hear. */
import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { dragWire, firstVisit, input, nodeCard, output, wires } from './editor-support';
import { openPipeline, run } from './run-support';

/** Ridge regression of a few drawn digits: some seconds. */
function small(): string {
  const text = readFileSync(new URL('../../pipelines/mnist-ridge.json', import.meta.url), 'utf8');
  const pipeline = JSON.parse(text) as { title: string; nodes: { id: string; params: Record<string, unknown> }[] };
  pipeline.title = 'Small ridge';
  const set = (id: string, params: Record<string, unknown>) =>
    Object.assign(pipeline.nodes.find((node) => node.id === id)?.params ?? {}, params);
  set('images', { trainCount: 100, testCount: 20 });
  set('encoder', { duration: 100, discard: 20 });
  return JSON.stringify(pipeline);
}

const level = (page: Page) => page.getByRole('navigation', { name: 'Level' });
const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' });

async function select(page: Page, first: string, ...others: string[]): Promise<void> {
  await nodeCard(page, first).getByRole('heading').click();
  for (const id of others)
    await nodeCard(page, id)
      .getByRole('heading')
      .click({ modifiers: ['Control'] });
}

/** The decoder of the default pipeline as a subgraph. */
async function collapseDecoder(page: Page): Promise<void> {
  await select(page, 'mlp', 'unet', 'train', 'predict');
  await page.keyboard.press('Control+Shift+E');
  await expect(nodeCard(page, 'subgraph')).toBeVisible();
}

test('a selection becomes a subgraph with typed ports, is opened and left again', async ({ page }) => {
  await firstVisit(page);
  await collapseDecoder(page);
  await expect(page.locator('.react-flow__node')).toHaveCount(5);
  await expect(input(page, 'subgraph', 'inputs')).toBeVisible();
  await expect(output(page, 'subgraph', 'images')).toBeVisible();
  await expect(page.locator('[aria-live="polite"]')).toContainText('Collapse 4 nodes');

  await nodeCard(page, 'subgraph').getByRole('heading').dblclick();
  await expect(level(page)).toContainText('Subgraph');
  await expect(nodeCard(page, 'subgraph/train')).toBeVisible();
  await expect(nodeCard(page, 'subgraph/@inputs')).toBeVisible();
  await expect(wires(page)).toHaveCount(7);

  await level(page).getByRole('button', { name: /MNIST/ }).click();
  await expect(nodeCard(page, 'subgraph')).toBeVisible();
  await nodeCard(page, 'subgraph').focus();
  await page.keyboard.press('Enter');
  await expect(level(page)).toBeVisible();
  await page.keyboard.press('Control+ArrowUp');
  await expect(level(page)).toHaveCount(0);

  await page.keyboard.press('Control+z');
  await expect(page.locator('.react-flow__node')).toHaveCount(8);
  await page.keyboard.press('Control+y');
  await expect(page.locator('.react-flow__node')).toHaveCount(5);
  await select(page, 'subgraph');
  await page.keyboard.press('Control+Alt+e');
  await expect(page.locator('.react-flow__node')).toHaveCount(8);
  await expect(wires(page)).toHaveCount(10);
});

test('a selection that would close a loop is refused with what lies between', async ({ page }) => {
  await firstVisit(page);
  await select(page, 'encoder', 'train');
  await page.keyboard.press('Control+Shift+E');
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText(/wires leave it to Spike readout/);
  await expect(page.locator('.react-flow__node')).toHaveCount(8);
});

test('ports are named and put in order, parameters shown outside, and the level survives a reload of the page', async ({
  page,
}) => {
  await firstVisit(page);
  await collapseDecoder(page);
  await page.keyboard.press('Enter');
  await level(page).getByRole('button', { name: 'Ports' }).click();
  const name = inspector(page).getByRole('textbox', { name: 'Name of the subgraph' });
  await name.fill('Decoder');
  await name.press('Enter');
  await expect(level(page)).toContainText('Decoder');
  const port = inspector(page).getByRole('textbox', { name: 'Name of input Targets' });
  await port.fill('True images');
  await port.press('Enter');
  await inspector(page).getByRole('button', { name: 'Move input True images up' }).click();
  await inspector(page).getByRole('combobox', { name: 'Show a parameter outside' }).click();
  await page.getByRole('option', { name: 'Epochs', exact: true }).click();
  await inspector(page).getByRole('textbox', { name: 'Name of parameter Epochs' }).fill('How long');
  await inspector(page).getByRole('textbox', { name: 'Name of parameter Epochs' }).press('Enter');

  await page.keyboard.press('Escape');
  await level(page).getByRole('button', { name: /MNIST/ }).click();
  await expect(nodeCard(page, 'subgraph')).toContainText('Decoder');
  await expect(nodeCard(page, 'subgraph').locator('.target').first()).toHaveAttribute('title', /True images/);
  await inspector(page).getByRole('textbox', { name: 'How long' }).fill('3');
  await inspector(page).getByRole('textbox', { name: 'How long' }).press('Enter');
  await nodeCard(page, 'subgraph').getByRole('heading').dblclick();
  await expect(nodeCard(page, 'subgraph/train')).toContainText('3 epochs');
  await page.reload();
  await expect(nodeCard(page, 'subgraph')).toContainText('Decoder');
});

test('inside, nodes are added and wired like anywhere, and a copy outside shares what is changed', async ({ page }) => {
  await firstVisit(page);
  await collapseDecoder(page);
  await page.keyboard.press('Control+d');
  await expect(nodeCard(page, 'subgraph-2')).toBeVisible();
  await nodeCard(page, 'subgraph-2').focus();
  await page.keyboard.press('Enter');
  await expect(level(page)).toContainText('Used 2 times');
  await page.getByRole('textbox', { name: 'Search nodes' }).fill('ridge');
  await page.getByRole('textbox', { name: 'Search nodes' }).press('Enter');
  await expect(nodeCard(page, 'subgraph-2/ridge')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('.');
  await dragWire(page, output(page, 'subgraph-2/ridge', 'model'), input(page, 'subgraph-2/train', 'model'));
  await expect(page.locator('[data-id="subgraph-2/ridge-train"]')).toHaveCount(1);
  await page.keyboard.press('Control+ArrowUp');
  await nodeCard(page, 'subgraph').focus();
  await nodeCard(page, 'subgraph').getByRole('heading').dblclick();
  await expect(nodeCard(page, 'subgraph/ridge')).toBeVisible();
});

test('a collapsed graph has the results of the open one; states inside are told outside', async ({ page }) => {
  test.setTimeout(120_000);
  await firstVisit(page);
  await openPipeline(page, small());
  expect(await run(page)).toBe(7);
  await select(page, 'ridge', 'train', 'predict');
  await page.keyboard.press('Control+Shift+E');
  await expect(nodeCard(page, 'subgraph')).toContainText('Stored');
  expect(await run(page)).toBe(0);
  await expect(nodeCard(page, 'subgraph').getByRole('img')).toBeVisible();
  await nodeCard(page, 'subgraph').getByRole('heading').dblclick();
  await expect(nodeCard(page, 'subgraph/train')).toContainText(/Stored|Not needed/);
});

test('mute and bypass by key, the pass-through drawn, and a node that cannot says why', async ({ page }) => {
  await firstVisit(page);
  await select(page, 'unet');
  await page.keyboard.press('Control+b');
  await expect(nodeCard(page, 'unet')).toContainText('Bypassed');
  await expect(nodeCard(page, 'unet').getByRole('img', { name: 'Passes through: Model to Model' })).toBeAttached();
  await page.keyboard.press('Control+b');
  await expect(nodeCard(page, 'unet')).not.toContainText('Bypassed');
  await page.keyboard.press('m');
  await expect(nodeCard(page, 'unet')).toContainText('Muted');
  await expect(nodeCard(page, 'train')).toContainText('Cannot run');
  await page.keyboard.press('m');
  await expect(nodeCard(page, 'train')).not.toContainText('Cannot run');

  await select(page, 'encoder');
  await page.keyboard.press('Control+b');
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('makes something new of its inputs');
  await nodeCard(page, 'encoder').getByRole('button', { name: 'Actions for encoder' }).click();
  await expect(page.getByRole('menuitem', { name: /^Bypass/ })).toBeDisabled();
});
