/** Which parameters of nodes inside are shown, and can be set, on every instance. */
import { Select } from '@mantine/core';
import { titleOf } from '../../../canvas/flow-view';
import { freshId } from '../../../core/ids';
import type { PromotedParam, Subgraph } from '../../../document/schema';
import { useSession } from '../../../editor/hooks';
import { changeSubgraph } from '../../../editor/subgraph-edits';
import { paramMeta } from '../../../kit/params';
import { EditableRow, moved } from './EditableRow';
import classes from './Subgraph.module.css';

export function PromotedList({ definition }: { definition: Subgraph }) {
  const session = useSession();
  const params = definition.params ?? [];
  const set = (next: readonly PromotedParam[]) =>
    changeSubgraph(session, { type: 'set-promoted', subgraph: definition.id, params: next });
  const labelOf = (node: string, param: string): string => {
    const type = definition.nodes.find(({ id }) => id === node)?.type ?? '';
    const schema = session.catalogue.get(type)?.params[param];
    return schema ? paramMeta(schema).label : param;
  };
  const groups = definition.nodes.flatMap((node) => {
    const free = Object.entries(session.catalogue.get(node.type)?.params ?? {}).filter(
      ([param]) => !params.some((each) => each.node === node.id && each.param === param),
    );
    const items = free.map(([param, schema]) => ({
      value: JSON.stringify([node.id, param]),
      label: paramMeta(schema).label,
    }));
    return items.length === 0 ? [] : [{ group: `${titleOf(node, session.catalogue)} (${node.id})`, items }];
  });
  const add = (value: string) => {
    const [node, param] = JSON.parse(value) as [string, string];
    const id = freshId(param, new Set(params.map((each) => each.id)));
    set([...params, { id, node, param }]);
  };
  return (
    <section aria-label="Parameters shown outside">
      <h3 className={classes.heading}>Parameters shown outside</h3>
      {params.length === 0 && (
        <p className={classes.none}>None: instances can only be told apart by what is wired to them.</p>
      )}
      <ul className={classes.list}>
        {params.map((each, place) => {
          const label = each.label ?? labelOf(each.node, each.param);
          return (
            <EditableRow
              key={each.id}
              what={`parameter ${label}`}
              name={label}
              isFirst={place === 0}
              isLast={place === params.length - 1}
              onRename={(name) => set(params.map((entry) => (entry === each ? { ...entry, label: name } : entry)))}
              onMove={(by) => set(moved(params, place, by))}
              onRemove={() => set(params.filter((entry) => entry !== each))}
            >
              <span>
                {labelOf(each.node, each.param)} of {each.node}
              </span>
            </EditableRow>
          );
        })}
      </ul>
      <Select
        size="xs"
        aria-label="Show a parameter outside"
        placeholder="Show a parameter outside"
        searchable
        nothingFoundMessage="No such parameter"
        data={groups}
        value={null}
        onChange={(value) => value && add(value)}
      />
    </section>
  );
}
