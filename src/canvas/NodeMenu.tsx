/** What can be done with one node, behind three dots on its card. */
import { Menu } from '@mantine/core';
import {
  IconCopy,
  IconDotsVertical,
  IconPencil,
  IconPlayerSkipForward,
  IconRefresh,
  IconTrash,
} from '@tabler/icons-react';
import { useIsRunning, useSession } from '../editor/hooks';
import classes from './NodeCard.module.css';

export function NodeMenu({ id }: { id: string }) {
  const session = useSession();
  const running = useIsRunning();
  return (
    <Menu position="bottom-end" width={210}>
      <Menu.Target>
        <button type="button" className={`${classes.menuButton} nodrag nopan`} aria-label={`Actions for ${id}`}>
          <IconDotsVertical size={15} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown className="nodrag nopan nowheel">
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
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconPencil size={15} />}
          rightSection={<kbd>F2</kbd>}
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
      </Menu.Dropdown>
    </Menu>
  );
}
