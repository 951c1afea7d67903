/** What can be done with one node, behind three dots on its card. */
import { Menu } from '@mantine/core';
import {
  IconArrowRampRight2,
  IconArrowsLeftRight,
  IconArrowsMaximize,
  IconBoxMultiple,
  IconCopy,
  IconCopyOff,
  IconDoorEnter,
  IconDotsVertical,
  IconGitBranch,
  IconLock,
  IconLockOpen,
  IconMaximize,
  IconPencil,
  IconPlayerSkipForward,
  IconPlugConnected,
  IconPower,
  IconRefresh,
  IconTrash,
  IconVolumeOff,
} from '@tabler/icons-react';
import { memo } from 'react';
import { subgraphOf } from '../document/subgraphs';
import { branchFrom, compareWithPrevious } from '../editor/compare';
import { toggleLock } from '../editor/form-edits';
import { useDocument, useIsRunning, useNode, useSession } from '../editor/hooks';
import { enterSubgraph } from '../editor/levels';
import { bypassTrouble } from '../editor/modes';
import { collapseNodes, detachInstance, dissolveInstance } from '../editor/subgraph-edits';
import { isLocked } from '../graph/simple-form';
import { KeysOf } from '../panels/KeysOf';
import classes from './NodeCard.module.css';

/** The items are made when the menu opens, so that a card costs only its three dots. */
export const NodeMenu = memo(function NodeMenu({ id }: { id: string }) {
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <button
          type="button"
          // The card is the tab stop; its keys open the menu.
          tabIndex={-1}
          className={`${classes.menuButton} nodrag nopan`}
          aria-label={`Actions for ${id}`}
        >
          <IconDotsVertical size={15} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown className="nodrag nopan nowheel">
        <Items id={id} />
      </Menu.Dropdown>
    </Menu>
  );
});

function Items({ id }: { id: string }) {
  const session = useSession();
  const running = useIsRunning();
  const node = useNode(id);
  const mode = node?.mode ?? 'on';
  const known = node !== undefined && session.catalogue.get(node.type) !== undefined;
  const isSubgraph = known && subgraphOf(node.type) !== null;
  const trouble = useDocument(() => bypassTrouble(session, id));
  const locked = useDocument(({ document }) => isLocked(document, id));
  const outside = useDocument(({ path }) => path.length === 0);
  const collapse = () => {
    const { nodes } = session.selection.store.getState();
    collapseNodes(session, nodes.has(id) ? nodes : [id]);
  };
  return (
    <>
      <Menu.Item
        leftSection={<IconPlayerSkipForward size={15} />}
        disabled={running}
        onClick={() => session.runner.run({ to: [id] })}
      >
        Run to here
      </Menu.Item>
      <Menu.Item
        leftSection={<IconRefresh size={15} />}
        disabled={running}
        onClick={() => session.runner.run({ to: [id], anyway: [id] })}
      >
        Run again anyway
      </Menu.Item>
      <Menu.Item
        leftSection={<IconPlugConnected size={15} />}
        rightSection={<KeysOf action="connect" />}
        onClick={() => session.connect.setState({ from: { node: id } })}
      >
        Connect
      </Menu.Item>
      <Menu.Item
        leftSection={<IconMaximize size={15} />}
        disabled={!known}
        onClick={() => session.viewer.setState({ shown: { node: id } })}
      >
        Open large
      </Menu.Item>
      <Menu.Item
        leftSection={<IconArrowsLeftRight size={15} />}
        rightSection={<KeysOf action="compare-previous" />}
        disabled={!known}
        onClick={() => compareWithPrevious(session, id)}
      >
        Compare with previous run
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item leftSection={<IconGitBranch size={15} />} onClick={() => branchFrom(session, id, 'downstream')}>
        Make a branch from here
      </Menu.Item>
      <Menu.Item leftSection={<IconGitBranch size={15} />} onClick={() => branchFrom(session, id, 'upstream')}>
        Branch what leads here
      </Menu.Item>
      <Menu.Divider />
      {mode === 'on' ? (
        <>
          <Menu.Item
            leftSection={<IconVolumeOff size={15} />}
            rightSection={<KeysOf action="mute" />}
            onClick={() => session.edits.setMode(id, 'mute')}
          >
            Mute
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowRampRight2 size={15} />}
            rightSection={<KeysOf action="bypass" />}
            disabled={trouble !== null}
            onClick={() => session.edits.setMode(id, 'bypass')}
          >
            Bypass
            {trouble !== null && <span className={classes.menuNote}>{trouble}</span>}
          </Menu.Item>
        </>
      ) : (
        <Menu.Item leftSection={<IconPower size={15} />} onClick={() => session.edits.setMode(id, 'on')}>
          Switch on
        </Menu.Item>
      )}
      <Menu.Divider />
      {isSubgraph && (
        <>
          <Menu.Item leftSection={<IconDoorEnter size={15} />} onClick={() => enterSubgraph(session, id)}>
            Open the subgraph
          </Menu.Item>
          <Menu.Item leftSection={<IconArrowsMaximize size={15} />} onClick={() => dissolveInstance(session, id)}>
            Expand in place
          </Menu.Item>
          <Menu.Item leftSection={<IconCopyOff size={15} />} onClick={() => detachInstance(session, id)}>
            Make independent
          </Menu.Item>
        </>
      )}
      {outside && (
        <Menu.Item
          leftSection={locked ? <IconLockOpen size={15} /> : <IconLock size={15} />}
          onClick={() => toggleLock(session, id)}
        >
          {locked ? 'Unlock' : 'Lock'}
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconBoxMultiple size={15} />} onClick={collapse}>
        Collapse to a subgraph
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconPencil size={15} />}
        rightSection={<KeysOf action="rename" />}
        onClick={() => session.renaming.setState({ node: id })}
      >
        Rename
      </Menu.Item>
      <Menu.Item leftSection={<IconCopy size={15} />} onClick={() => session.edits.duplicate([id])}>
        Duplicate
      </Menu.Item>
      <Menu.Item leftSection={<IconTrash size={15} />} color="red" onClick={() => session.edits.remove([id], [])}>
        Delete
      </Menu.Item>
    </>
  );
}
