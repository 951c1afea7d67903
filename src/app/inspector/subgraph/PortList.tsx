/** The inputs or outputs of a subgraph: named, put in order, removed, added with a kind of their own. */
import { Button, Select } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { PortGlyph } from '../../../canvas/PortGlyph';
import { freshId } from '../../../core/ids';
import type { Subgraph, SubgraphPort } from '../../../document/schema';
import { useSession } from '../../../editor/hooks';
import { changeSubgraph } from '../../../editor/subgraph-edits';
import { type PortKind, portKinds } from '../../../kit/port-type';
import { EditableRow, moved } from './EditableRow';
import classes from './Subgraph.module.css';

interface Props {
  readonly definition: Subgraph;
  readonly side: 'inputs' | 'outputs';
}

export function PortList({ definition, side }: Props) {
  const session = useSession();
  const ports = definition[side];
  const one = side === 'inputs' ? 'input' : 'output';
  const [kind, setKind] = useState<PortKind>('images');
  const set = (next: readonly SubgraphPort[]) =>
    changeSubgraph(session, { type: 'set-ports', subgraph: definition.id, side, ports: next });
  const add = () => {
    const id = freshId(kind, new Set(ports.map((port) => port.id)));
    const name = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
    const names = new Set(ports.map((port) => port.name));
    let free = name;
    for (let n = 2; names.has(free); n++) free = `${name} ${n}`;
    set([...ports, { id, name: free, kind, ...(side === 'inputs' ? { optional: true } : {}) }]);
  };
  return (
    <section aria-label={side === 'inputs' ? 'Inputs' : 'Outputs'}>
      <h3 className={classes.heading}>{side === 'inputs' ? 'Inputs' : 'Outputs'}</h3>
      {ports.length === 0 && <p className={classes.none}>None yet.</p>}
      <ul className={classes.list}>
        {ports.map((port, place) => (
          <EditableRow
            key={port.id}
            what={`${one} ${port.name}`}
            name={port.name}
            isFirst={place === 0}
            isLast={place === ports.length - 1}
            onRename={(name) => set(ports.map((each) => (each === port ? { ...each, name } : each)))}
            onMove={(by) => set(moved(ports, place, by))}
            onRemove={() => set(ports.filter((each) => each !== port))}
          >
            <PortGlyph kind={port.kind as PortKind} size={11} />
            <span>{port.kind}</span>
          </EditableRow>
        ))}
      </ul>
      <div className={classes.add}>
        <Select
          size="xs"
          aria-label={`Kind of the new ${one}`}
          data={[...portKinds]}
          value={kind}
          allowDeselect={false}
          onChange={(value) => setKind((value ?? 'images') as PortKind)}
        />
        <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={add}>
          Add an {one}
        </Button>
      </div>
    </section>
  );
}
