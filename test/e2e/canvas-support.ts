/** What the tests of building on the canvas share: small pipelines at known places, what is saved, drags on the canvas. */
import { expect, type Page } from '@playwright/test';
import { dropFile, firstVisit, nodeCard } from './editor-support';
import { boxOf, type Point } from './pointer-support';

export interface SavedPipeline {
  readonly nodes: readonly { readonly id: string; readonly type: string; readonly mode?: string }[];
  readonly wires: readonly {
    readonly id: string;
    readonly from: { readonly node: string; readonly port: string };
    readonly to: { readonly node: string; readonly port: string };
    readonly via?: readonly { readonly x: number; readonly y: number }[];
  }[];
  readonly frames?: readonly {
    readonly id: string;
    readonly title: string;
    readonly nodes: readonly string[];
    readonly colour?: string;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
  readonly notes?: readonly { readonly id: string; readonly text: string; readonly height: number }[];
  readonly ui: { readonly positions: Readonly<Record<string, { readonly x: number; readonly y: number }>> };
}

type Places = Readonly<Record<string, readonly [type: string, x: number, y: number]>>;

/** Of node types that are not at their first; an older one would be migrated, and the page would say so first. */
const versions: Readonly<Record<string, number>> = { 'metric.image-quality': 2 };

/** Nodes as "id: [type, x, y]", wires as "from.port > to.port"; opened by dropping its file. */
export async function openSmall(page: Page, nodes: Places, wires: readonly string[] = []): Promise<void> {
  // A download is the way of saving that every browser has, and that a test can read.
  await page.addInitScript(() => {
    Object.assign(window, { showSaveFilePicker: undefined });
  });
  await firstVisit(page);
  const end = (text: string) => {
    const [node, port] = text.split('.');
    return { node, port };
  };
  const pipeline = {
    schema: 1,
    app: 'spikeloom',
    title: 'Small',
    nodes: Object.entries(nodes).map(([id, [type]]) => ({ id, type, v: versions[type] ?? 1, params: {} })),
    wires: wires.map((text) => {
      const [from = '', to = ''] = text.split(' > ');
      return { id: `${from.split('.')[0]}-${to.split('.')[0]}`, from: end(from), to: end(to) };
    }),
    ui: { positions: Object.fromEntries(Object.entries(nodes).map(([id, [, x, y]]) => [id, { x, y }])) },
  };
  await dropFile(page, 'small.json', JSON.stringify(pipeline));
  await expect(page.getByRole('textbox', { name: 'Title of the pipeline' })).toHaveValue('Small');
  for (const id of Object.keys(nodes)) await expect(nodeCard(page, id)).toBeVisible();
}

/** images -> encoder -> readout in a row, with room below. */
export const chain = (page: Page): Promise<void> =>
  openSmall(
    page,
    {
      images: ['source.images', 0, 0],
      encoder: ['encoder.balanced-snn', 420, 0],
      readout: ['spikes.readout', 840, 0],
      spare: ['encoder.poisson', 420, 420],
    },
    ['images.images > encoder.drive', 'encoder.spikes > readout.spikes'],
  );

/** The document as it would be saved to a file now. */
export async function saved(page: Page): Promise<SavedPipeline> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save', exact: true }).click(),
  ]);
  const stream = await download.createReadStream();
  let text = '';
  for await (const piece of stream) text += String(piece);
  return JSON.parse(text) as SavedPipeline;
}

/** "from.port > to.port", sorted. */
export const wiresOf = ({ wires }: SavedPipeline): readonly string[] =>
  wires.map(({ from, to }) => `${from.node}.${from.port} > ${to.node}.${to.port}`).sort();

/** Where a hand takes a card: its title bar. */
export async function grip(page: Page, id: string): Promise<Point> {
  const { x, y } = await boxOf(nodeCard(page, id).getByRole('heading'));
  return { x: x + 20, y: y + 8 };
}

/** A place on the canvas with nothing on it, right of the tools at its foot. */
export async function emptyPlace(page: Page, share = { x: 0.2, y: 0.75 }): Promise<Point> {
  const { x, y, width, height } = await boxOf(page.locator('.react-flow__pane'));
  return { x: x + width * share.x, y: y + height * share.y };
}

/** The middle of a wire as it is drawn. */
export const wireMiddle = (page: Page, id: string): Promise<Point> => wirePoint(page, id, 0.5);

/** On a wire as it is drawn, at a share of its length. */
export async function wirePoint(page: Page, id: string, share: number): Promise<Point> {
  return page.locator(`.react-flow__edge[data-id="${id}"] path.react-flow__edge-path`).evaluate((element, along) => {
    const path = element as SVGPathElement;
    const { x, y } = path.getPointAtLength(path.getTotalLength() * along);
    const matrix = path.getScreenCTM();
    if (!matrix) throw new Error('The wire is not drawn.');
    const point = new DOMPoint(x, y).matrixTransform(matrix);
    return { x: point.x, y: point.y };
  }, share);
}
