/** Several nodes selected: what can be done with all of them. */
import { ActionIcon, Button, CloseButton, Tooltip } from '@mantine/core';
import {
  IconArrowLeftToArc,
  IconArrowRightToArc,
  IconArrowsLeftRight,
  IconBoxModel2,
  IconBoxMultiple,
  IconCopy,
  IconLayoutAlignBottom,
  IconLayoutAlignCenter,
  IconLayoutAlignLeft,
  IconLayoutAlignMiddle,
  IconLayoutAlignRight,
  IconLayoutAlignTop,
  IconLayoutDistributeHorizontal,
  IconLayoutDistributeVertical,
  IconPlayerSkipForward,
  IconTrash,
  type TablerIcon,
} from '@tabler/icons-react';
import { actions } from '../../editor/actions';
import { compareNodes } from '../../editor/compare';
import { useIsRunning, useSession } from '../../editor/hooks';
import { collapseNodes } from '../../editor/subgraph-edits';
import classes from './Inspector.module.css';

/** By the id of their action, as they stand in the panel. Tabler calls the axis that things are gathered on by its other name. */
const icons: Readonly<Record<string, TablerIcon>> = {
  'align-left': IconLayoutAlignLeft,
  'align-centre': IconLayoutAlignCenter,
  'align-right': IconLayoutAlignRight,
  'align-top': IconLayoutAlignTop,
  'align-middle': IconLayoutAlignMiddle,
  'align-bottom': IconLayoutAlignBottom,
  'distribute-horizontal': IconLayoutDistributeVertical,
  'distribute-vertical': IconLayoutDistributeHorizontal,
  frame: IconBoxModel2,
  'select-upstream': IconArrowLeftToArc,
  'select-downstream': IconArrowRightToArc,
};

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
          leftSection={<IconArrowsLeftRight size={15} />}
          onClick={() => compareNodes(session, [...selected().nodes])}
        >
          Compare
        </Button>
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
          onClick={() => session.edits.duplicate(selected().nodes, false, selected().objects)}
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
      <div className={classes.tools} role="toolbar" aria-label="Arrange the selected nodes">
        {actions.map(({ id, label, run }) => {
          const Icon = icons[id];
          return (
            Icon && (
              <Tooltip key={id} label={label}>
                <ActionIcon size={34} aria-label={label} onClick={() => run(session)}>
                  <Icon size={19} stroke={1.7} />
                </ActionIcon>
              </Tooltip>
            )
          );
        })}
      </div>
    </>
  );
}
