/** What the menu that adds a node lists, in which order, and what it says of each. Pure. */
import type { PipelineDocument } from '../document/schema';
import type { AddRequest } from '../editor/add-menu-store';
import type { Habits } from '../editor/habits';
import { type Candidate, candidatesFor, searchNodes } from '../editor/node-search';
import type { AnyNode, Catalogue } from '../kit/define-node';

export interface AddGroup {
  readonly title: string;
  readonly items: readonly Candidate[];
}

/** More than these nobody reads; a further letter finds the others. */
const mostFound = 40;
/** The usual ones for a wire stand apart. */
const mostUsual = 5;

export function addGroups(
  document: PipelineDocument,
  catalogue: Catalogue,
  { wire }: AddRequest,
  query: string,
  habits: Habits,
): readonly AddGroup[] {
  const all: readonly Candidate[] = wire
    ? candidatesFor(document, catalogue, wire, habits)
    : [...catalogue.values()].map((node) => ({ node, ports: [] }));
  const of = (nodes: readonly AnyNode[]): readonly Candidate[] =>
    nodes.flatMap((node) => all.find((each) => each.node === node) ?? []);
  if (query.trim() !== '') {
    const found = of(
      searchNodes(
        all.map(({ node }) => node),
        query,
      ),
    ).slice(0, mostFound);
    return found.length === 0
      ? []
      : [{ title: found.length === 1 ? '1 match' : `${found.length} matches`, items: found }];
  }
  const { favourites, recent } = habits.store.getState();
  const typed = (types: readonly string[]): readonly Candidate[] =>
    types.flatMap((type) => all.find(({ node }) => node.type === type) ?? []);
  const groups: AddGroup[] = [{ title: 'Favourites', items: typed(favourites) }];
  if (wire) groups.push({ title: 'Often wired here', items: all.slice(0, mostUsual) });
  else groups.push({ title: 'Used last', items: typed(recent) });
  const listed = new Set(groups.flatMap(({ items }) => items));
  const rest = all.filter((each) => !listed.has(each));
  const title = wire ? 'Also fits' : 'All nodes';
  groups.push({ title, items: wire ? rest : [...rest].sort((a, b) => a.node.title.localeCompare(b.node.title)) });
  const seen = new Set<Candidate>();
  return groups
    .map((group) => ({
      ...group,
      items: group.items.filter((each) => {
        const isNew = !seen.has(each);
        seen.add(each);
        return isNew;
      }),
    }))
    .filter(({ items }) => items.length > 0);
}

const labels = (ports: Readonly<Record<string, { readonly label: string }>>): string =>
  Object.values(ports)
    .map(({ label }) => label)
    .join(', ') || 'nothing';

/** "Takes Drive; gives Spikes." */
export const portsText = ({ inputs, outputs }: AnyNode): string => `Takes ${labels(inputs)}; gives ${labels(outputs)}.`;
