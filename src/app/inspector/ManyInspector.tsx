/** Several nodes selected: what can be done with all of them. */
import { Button, CloseButton } from '@mantine/core';
import { IconBoxMultiple, IconCopy, IconPlayerSkipForward, IconTrash } from '@tabler/icons-react';
import { useIsRunning, useSession } from '../../editor/hooks';
import { collapseNodes } from '../../editor/subgraph-edits';
import classes from './Inspector.module.css';

export function ManyInspector({ count, onClose }: { count: number; onClose?: (() => void) | undefined }) {
  const session = useSession();
  const running = useIsRunning();
  const selected = () => session.selection.store.getState();
  return (
    <>
      <div className={classes.head}>
        <div className={classes.headText}>
          <h2 className={classes.title}>{count} nodes selected</h2>
        </div>
        <CloseButton aria-label="Select nothing" onClick={onClose ?? (() => session.selection.clear())} />
      </div>
      <div className={classes.actions}>
        <Button
          variant="default"
          leftSection={<IconPlayerSkipForward size={15} />}
          disabled={running}
          onClick={() => session.runner.run({ to: [...selected().nodes] })}
        >
          Run to here
        </Button>
        <Button
          variant="default"
          leftSection={<IconCopy size={15} />}
          onClick={() => session.edits.duplicate(selected().nodes)}
        >
          Duplicate
        </Button>
        <Button
          variant="default"
          leftSection={<IconBoxMultiple size={15} />}
          onClick={() => collapseNodes(session, selected().nodes)}
        >
          Collapse to a subgraph
        </Button>
        <Button
          variant="default"
          color="red"
          leftSection={<IconTrash size={15} />}
          onClick={() => session.edits.remove(selected().nodes, selected().wires)}
        >
          Delete
        </Button>
      </div>
    </>
  );
}
