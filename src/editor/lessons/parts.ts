/** Pipelines of the lessons, written short. Small enough that a first result is there within seconds. */
import { type PipelineDocument, SCHEMA_VERSION } from '../../document/schema';

type Params = PipelineDocument['nodes'][number]['params'];
export interface Card {
  readonly id: string;
  readonly type: string;
  readonly params?: Params;
  readonly label?: string;
  readonly at: readonly [x: number, y: number];
}

/** Of the node types that the lessons use; the others are at their first. */
const versions: Readonly<Record<string, number>> = { 'metric.image-quality': 2 };

export const nodesFrom = (cards: readonly Card[]): PipelineDocument['nodes'] =>
  cards.map(({ id, type, params = {}, label }) => ({
    id,
    type,
    v: versions[type] ?? 1,
    params: { ...params },
    ...(label === undefined ? {} : { label }),
  }));

/** "from.port > to.port" */
export const wiresFrom = (wires: readonly string[]): PipelineDocument['wires'] =>
  wires.map((text) => {
    const [from = '', to = ''] = text.split(' > ');
    const end = (part: string) => {
      const dot = part.lastIndexOf('.');
      return { node: part.slice(0, dot), port: part.slice(dot + 1) };
    };
    return { id: `${from}-${to}`, from: end(from), to: end(to) };
  });

export function pipelineFrom(title: string, cards: readonly Card[], wires: readonly string[]): PipelineDocument {
  return {
    schema: SCHEMA_VERSION,
    app: 'spikeloom',
    title,
    nodes: nodesFrom(cards),
    wires: wiresFrom(wires),
    ui: { positions: Object.fromEntries(cards.map(({ id, at: [x, y] }) => [id, { x, y }])) },
  };
}

/** Drawn digits through the balanced network, decoded by ridge regression: the smallest whole round trip. */
export const digitCards: readonly Card[] = [
  {
    id: 'images',
    type: 'source.images',
    params: { dataset: 'glyphs', trainCount: 300, testCount: 60 },
    label: 'Drawn digits',
    at: [0, 0],
  },
  { id: 'encoder', type: 'encoder.balanced-snn', params: { duration: 150, inhExcRatio: 5 }, at: [344, 0] },
  { id: 'readout', type: 'spikes.readout', at: [688, 0] },
  { id: 'ridge', type: 'model.ridge', params: { penalty: 'given', lambda: 100 }, at: [344, 400] },
  { id: 'train', type: 'learn.train', at: [688, 400] },
  { id: 'predict', type: 'learn.predict', at: [1032, 0] },
  { id: 'quality', type: 'metric.image-quality', at: [1376, 0] },
];
export const digitWires: readonly string[] = [
  'images.images > encoder.drive',
  'encoder.spikes > readout.spikes',
  'ridge.model > train.model',
  'readout.features > train.inputs',
  'images.images > train.targets',
  'train.model > predict.model',
  'readout.features > predict.inputs',
  'images.images > quality.reference',
  'predict.images > quality.reconstruction',
];
