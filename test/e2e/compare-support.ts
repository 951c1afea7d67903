/** What the tests of comparing share: pipelines with branches, the panel and what it says, selecting by id, downloads. */
import { readFileSync } from 'node:fs';
import { type Download, expect, type Locator, type Page } from '@playwright/test';
import { firstVisit, nodeCard } from './editor-support';
import { openPipeline, run } from './run-support';

export interface Pipeline {
  id: string;
  title: string;
  description: string;
  nodes: { id: string; type: string; v: number; params: Record<string, unknown>; label?: string }[];
  wires: { id: string; from: { node: string; port: string }; to: { node: string; port: string } }[];
  ui: { positions: Record<string, { x: number; y: number }> };
}

const shipped = JSON.parse(
  readFileSync(new URL('../../pipelines/mnist-ridge.json', import.meta.url), 'utf8'),
) as Pipeline;
const copied = ['encoder', 'readout', 'train', 'predict', 'quality'];
const others = [
  ['b', { label: 'Unbalanced', inhExcRatio: 3, jExc: 0.6 }],
  ['c', { label: 'Between', inhExcRatio: 4, jExc: 0.6 }],
] as const;

/** One source and one model, two or three small networks with a decoder and a metric each: "-b" is the unbalanced one. */
export function branches(count: 2 | 3): string {
  const size: Record<string, Record<string, unknown>> = {
    images: { trainCount: 48, testCount: 16 },
    encoder: { duration: 40, discard: 10 },
  };
  const nodes = shipped.nodes.map((node) => ({ ...node, params: { ...node.params, ...size[node.id] } }));
  const { positions } = shipped.ui;
  const made = others.slice(0, count - 1).map(([letter, { label, ...network }], k) => ({
    nodes: nodes
      .filter(({ id }) => copied.includes(id))
      .map((node) => ({
        ...node,
        id: `${node.id}-${letter}`,
        ...(node.id === 'encoder' ? { label, params: { ...node.params, ...network } } : {}),
      })),
    wires: shipped.wires
      .filter(({ to }) => copied.includes(to.node))
      .map((wire) => ({
        id: `${wire.id}-${letter}`,
        from: copied.includes(wire.from.node) ? { ...wire.from, node: `${wire.from.node}-${letter}` } : wire.from,
        to: { ...wire.to, node: `${wire.to.node}-${letter}` },
      })),
    places: copied.map((id) => {
      const { x, y } = positions[id] ?? { x: 0, y: 0 };
      return [`${id}-${letter}`, { x, y: y + 800 * (k + 1) }] as const;
    }),
  }));
  const first = nodes.map((node) => (node.id === 'encoder' ? { ...node, label: 'Balanced' } : node));
  return JSON.stringify({
    ...shipped,
    id: `branches-${count}`,
    title: count === 2 ? 'Two branches' : 'Three branches',
    nodes: [...first, ...made.flatMap((branch) => branch.nodes)],
    wires: [...shipped.wires, ...made.flatMap((branch) => branch.wires)],
    ui: { positions: { ...positions, ...Object.fromEntries(made.flatMap(({ places }) => places)) } },
  });
}

export const panel = (page: Page): Locator => page.getByRole('region', { name: 'Comparison' });
export const verdict = (page: Page): Locator => panel(page).getByRole('status', { name: 'Verdict' });
export const compared = (page: Page): Locator =>
  panel(page).getByRole('list', { name: 'Compared results' }).getByRole('listitem');
export const picture = (page: Page, name: RegExp): Locator => panel(page).getByRole('img', { name });

export async function select(page: Page, ...ids: string[]): Promise<void> {
  await page.getByRole('button', { name: 'Fit view' }).click();
  for (const [k, id] of ids.entries())
    await nodeCard(page, id)
      .getByRole('heading')
      .click(k > 0 ? { modifiers: ['Control'] } : {});
}

/** A pipeline that has run. */
export async function start(page: Page, text = branches(2)): Promise<void> {
  await firstVisit(page);
  await openPipeline(page, text);
  expect(await run(page)).toBeGreaterThan(5);
}

/** Sets a number of the selected node and runs. */
export async function change(page: Page, field: string, value: string): Promise<void> {
  const box = page.getByRole('complementary', { name: 'Inspector' }).getByRole('spinbutton', { name: field });
  await box.fill(value);
  await box.press('Enter');
  await run(page);
}

export async function textOf(download: Download): Promise<string> {
  return readFileSync(await download.path(), 'utf8');
}

export async function save(page: Page, what: RegExp): Promise<Download> {
  await panel(page).getByRole('button', { name: 'Export' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: what }).click();
  return download;
}
