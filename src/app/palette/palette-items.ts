/** The catalogue as the palette lists it: by category, in the order in which data flows. */

import { search } from '../../editor/search';
import { type AnyNode, type Catalogue, categoryOf } from '../../kit/define-node';

const order = [
  'source',
  'images',
  'data',
  'lgn',
  'encoder',
  'neuron',
  'spikes',
  'model',
  'learn',
  'metric',
  'analysis',
  'stats',
  'theory',
  'table',
  'view',
  'subgraph',
];

const names: Readonly<Record<string, string>> = {
  source: 'Sources',
  images: 'Images',
  data: 'Data',
  lgn: 'LGN',
  encoder: 'Encoders',
  neuron: 'Neurons',
  spikes: 'Spikes',
  model: 'Models',
  learn: 'Learning',
  metric: 'Metrics',
  analysis: 'Analysis',
  stats: 'Statistics',
  theory: 'Theory',
  table: 'Tables',
  view: 'Views',
  subgraph: 'Subgraphs of this pipeline',
};

export interface PaletteGroup {
  readonly category: string;
  readonly title: string;
  readonly nodes: readonly AnyNode[];
}

const rank = (category: string): number => {
  const place = order.indexOf(category);
  return place < 0 ? order.length : place;
};

const describe = (node: AnyNode) => ({
  title: node.title,
  keywords: [
    node.type,
    ...(node.docs.keywords ?? []),
    names[categoryOf(node.type)] ?? '',
    ...Object.values(node.outputs).map(({ kind }) => kind),
    node.docs.summary,
  ],
});

/** Groups for an empty query; one list, best first, for any other. */
export function paletteGroups(catalogue: Catalogue, query: string): readonly PaletteGroup[] {
  const all = [...catalogue.values()];
  if (query.trim() !== '') {
    const found = search(query, all, describe);
    return found.length > 0
      ? [{ category: 'found', title: found.length === 1 ? '1 match' : `${found.length} matches`, nodes: found }]
      : [];
  }
  const categories = [...new Set(all.map(({ type }) => categoryOf(type)))];
  return categories
    .map((category) => [category, all.filter(({ type }) => categoryOf(type) === category)] as const)
    .sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b))
    .map(([category, nodes]) => ({ category, title: names[category] ?? category, nodes }));
}
