/** The catalogue as the palette lists it: by category, in the order in which data flows. */

import { categoryTitles, searchNodes } from '../../editor/node-search';
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

export interface PaletteGroup {
  readonly category: string;
  readonly title: string;
  readonly nodes: readonly AnyNode[];
}

const rank = (category: string): number => {
  const place = order.indexOf(category);
  return place < 0 ? order.length : place;
};

/** Groups for an empty query; one list, best first, for any other. */
export function paletteGroups(catalogue: Catalogue, query: string): readonly PaletteGroup[] {
  const all = [...catalogue.values()];
  if (query.trim() !== '') {
    const found = searchNodes(all, query);
    return found.length > 0
      ? [{ category: 'found', title: found.length === 1 ? '1 match' : `${found.length} matches`, nodes: found }]
      : [];
  }
  const categories = [...new Set(all.map(({ type }) => categoryOf(type)))];
  return categories
    .map((category) => [category, all.filter(({ type }) => categoryOf(type) === category)] as const)
    .sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b))
    .map(([category, nodes]) => ({ category, title: categoryTitles[category] ?? category, nodes }));
}
