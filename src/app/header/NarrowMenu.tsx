/** On a narrow screen: everything of the header that has no room there. */
import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import {
  IconDeviceFloppy,
  IconDotsVertical,
  IconFolderOpen,
  IconHelp,
  IconLayoutGrid,
  IconPlayerSkipForward,
  IconSearch,
  IconSettings,
} from '@tabler/icons-react';
import { useIsRunning, useSelection, useSession } from '../../editor/hooks';
import { NarrowKeepingItems } from '../keeping/KeepingTools';
import { themeChoices } from './ThemeToggle';

export function NarrowMenu() {
  const session = useSession();
  const running = useIsRunning();
  const selected = useSelection(({ nodes }) => nodes.size);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon size={44} aria-label="Menu">
          <IconDotsVertical size={20} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah="calc(100dvh - 64px)" style={{ overflowY: 'auto' }}>
        <Menu.Item
          leftSection={<IconPlayerSkipForward size={17} />}
          disabled={running || selected === 0}
          onClick={() => session.runner.run({ to: [...session.selection.store.getState().nodes] })}
        >
          Run to here
        </Menu.Item>
        <Menu.Item leftSection={<IconSearch size={17} />} onClick={() => session.dialogs.setState({ open: 'palette' })}>
          Commands
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLayoutGrid size={17} />}
          onClick={() => session.dialogs.setState({ open: 'gallery' })}
        >
          Gallery
        </Menu.Item>
        <Menu.Item leftSection={<IconFolderOpen size={17} />} onClick={() => session.openFile()}>
          Open
        </Menu.Item>
        <Menu.Item leftSection={<IconDeviceFloppy size={17} />} onClick={() => session.save()}>
          Save
        </Menu.Item>
        <NarrowKeepingItems />
        <Menu.Divider />
        {themeChoices.map(({ value, label, icon: Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={17} />}
            onClick={() => setColorScheme(value)}
            fw={value === colorScheme ? 600 : 400}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconSettings size={17} />}
          onClick={() => session.dialogs.setState({ open: 'settings' })}
        >
          Settings
        </Menu.Item>
        <Menu.Item leftSection={<IconHelp size={17} />} onClick={() => session.dialogs.setState({ open: 'help' })}>
          Help
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
