/** The form alone: what may be changed on the left, what comes out on the right, and nothing else. */
import { Button, ScrollArea } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { titleOf } from '../../canvas/flow-view';
import { useDefinition, useDocument, useNode, useNodeStatus, useSession } from '../../editor/hooks';
import { graphIndex } from '../../graph/graph-index';
import { StateBadge } from '../../panels/StateBadge';
import { Outputs } from '../inspector/Outputs';
import classes from './Form.module.css';
import { SimpleForm } from './SimpleForm';

export function FormView() {
  const session = useSession();
  const title = useDocument(({ root }) => root.title);
  const text = useDocument(({ root }) => root.description);
  // A string, so that the selector's answer compares by value.
  const ends = useDocument(({ root }) =>
    JSON.stringify(root.nodes.map(({ id }) => id).filter((id) => graphIndex(root).outgoing(id).length === 0)),
  );
  return (
    <div className={classes.view}>
      <ScrollArea className={classes.left} type="auto" scrollbarSize={8}>
        <div className={classes.pad}>
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            leftSection={<IconArrowLeft size={15} />}
            onClick={() => session.layout.setState({ formOnly: false })}
          >
            Show the whole pipeline
          </Button>
          <h2>{title}</h2>
          {text && <p className={classes.of}>{text}</p>}
          <SimpleForm />
        </div>
      </ScrollArea>
      <ScrollArea className={classes.right} type="auto" scrollbarSize={8}>
        <div className={classes.results}>
          {(JSON.parse(ends) as string[]).map((id) => (
            <Result key={id} id={id} />
          ))}
        </div>
      </ScrollArea>
    </div>
  );
}

function Result({ id }: { id: string }) {
  const session = useSession();
  const node = useNode(id);
  const definition = useDefinition(node?.type ?? '');
  const status = useNodeStatus(id);
  if (!node || !definition) return null;
  const name = titleOf(node, session.catalogue);
  return (
    <section className={classes.result} aria-label={`Results of ${name}`}>
      <header>
        <h3>{name}</h3>
        <StateBadge {...status} />
      </header>
      <Outputs id={id} definition={definition} />
    </section>
  );
}
