/** The subgraph whose inside is open: its name, its ports, which parameters it shows outside, what a bypass hands on. */
import { CloseButton, ScrollArea, TextInput } from '@mantine/core';
import { subgraphAt } from '../../../document/subgraphs';
import { useDocument, useSession } from '../../../editor/hooks';
import { changeSubgraph } from '../../../editor/subgraph-edits';
import inspector from '../Inspector.module.css';
import { BypassList } from './BypassList';
import { PortList } from './PortList';
import { PromotedList } from './PromotedList';
import classes from './Subgraph.module.css';

export function SubgraphInspector({ onClose }: { onClose?: (() => void) | undefined }) {
  const session = useSession();
  const definition = useDocument(({ document }) => subgraphAt(document));
  const readOnly = useDocument((state) => state.access === 'read-only');
  if (!definition) return null;
  const { id } = definition;
  const rename = (name: string) => {
    if (name.trim() !== definition.name) changeSubgraph(session, { type: 'rename-subgraph', subgraph: id, name });
  };
  return (
    <>
      <div className={inspector.head}>
        <div className={inspector.headText}>
          <h2 className={inspector.title}>{definition.name}</h2>
          <p className={inspector.sub}>Subgraph, the same for all its instances</p>
        </div>
        <CloseButton aria-label="Close the inspector" onClick={onClose ?? (() => session.selection.clear())} />
      </div>
      <ScrollArea className={inspector.scroll} type="auto" scrollbarSize={8}>
        <fieldset className={classes.form} disabled={readOnly}>
          <TextInput
            key={definition.name}
            size="xs"
            label="Name of the subgraph"
            defaultValue={definition.name}
            maxLength={200}
            onBlur={(event) => rename(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Enter' && rename(event.currentTarget.value)}
          />
          <PortList definition={definition} side="inputs" />
          <PortList definition={definition} side="outputs" />
          <PromotedList definition={definition} />
          <BypassList definition={definition} />
        </fieldset>
      </ScrollArea>
    </>
  );
}
