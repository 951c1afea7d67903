/** Where one is among subgraphs, and the way back: one level at a time, the whole pipeline first. */
import { IconChevronRight, IconPlugConnected } from '@tabler/icons-react';
import { definitionsOf, inputsNode, levelDocument, prefixOf, subgraphAt, subgraphOf } from '../document/subgraphs';
import { useDocument, useSession } from '../editor/hooks';
import { leaveSubgraph } from '../editor/levels';
import classes from './Breadcrumbs.module.css';

export function Breadcrumbs() {
  const session = useSession();
  const root = useDocument((state) => state.root);
  const path = useDocument((state) => state.path);
  if (path.length === 0) return null;
  const names = path.map((id, depth) => {
    const level = levelDocument(root, path.slice(0, depth));
    const node = level?.nodes.find((each) => each.id === prefixOf(path.slice(0, depth)) + id);
    const definition = definitionsOf(root).byId.get(subgraphOf(node?.type ?? '') ?? '');
    return node?.label || definition?.name || id;
  });
  const here = levelDocument(root, path);
  const definition = here && subgraphAt(here);
  const all = [root, ...definitionsOf(root).byId.values()].flatMap(({ nodes }) => nodes);
  const twins = all.filter(({ type }) => definition && subgraphOf(type) === definition.id).length;
  const ports = prefixOf(path) + inputsNode;
  return (
    <nav className={classes.bar} aria-label="Level">
      <ol className={classes.trail}>
        {[root.title, ...names].map((name, depth) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place in the trail is what it is
          <li key={depth}>
            {depth > 0 && <IconChevronRight size={14} aria-hidden />}
            {depth < path.length ? (
              <button type="button" onClick={() => leaveSubgraph(session, depth)}>
                {name}
              </button>
            ) : (
              <strong aria-current="location">{name}</strong>
            )}
          </li>
        ))}
      </ol>
      {twins > 1 && <span className={classes.twins}>Used {twins} times: edits here change all</span>}
      <button
        type="button"
        className={classes.ports}
        onClick={() => {
          session.selection.set([ports]);
          session.layout.setState({ mobile: 'inspector' });
        }}
      >
        <IconPlugConnected size={15} aria-hidden /> Ports
      </button>
    </nav>
  );
}
