/** In the header: the library, the link, and a menu of what else can be kept and looked back at. */
import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import {
  IconBooks,
  IconChevronDown,
  IconDatabase,
  IconGitCompare,
  IconHistory,
  IconLink,
  IconListDetails,
  IconPhotoDown,
  type TablerIcon,
} from '@tabler/icons-react';
import { actions } from '../../editor/actions';
import { useSession } from '../../editor/hooks';

interface Entry {
  readonly id: string;
  readonly icon: TablerIcon;
}

const entries: readonly Entry[] = [
  { id: 'restore-points', icon: IconHistory },
  { id: 'run-history', icon: IconListDetails },
  { id: 'stored-results', icon: IconDatabase },
  { id: 'compare-file', icon: IconGitCompare },
  { id: 'picture-svg', icon: IconPhotoDown },
  { id: 'picture-png', icon: IconPhotoDown },
];
const narrowEntries: readonly Entry[] = [
  { id: 'library', icon: IconBooks },
  { id: 'copy-link', icon: IconLink },
  ...entries,
];

function Items({ list }: { readonly list: readonly Entry[] }) {
  const session = useSession();
  return list.map(({ id, icon: Icon }) => {
    const action = actions.find((entry) => entry.id === id);
    return (
      <Menu.Item key={id} leftSection={<Icon size={17} />} onClick={() => action?.run(session)}>
        {action?.label}
      </Menu.Item>
    );
  });
}

export const NarrowKeepingItems = () => <Items list={narrowEntries} />;

export function KeepingTools() {
  const session = useSession();
  const run = (id: string) => actions.find((entry) => entry.id === id)?.run(session);
  return (
    <>
      <Tooltip label="Library: every pipeline kept in this browser">
        <ActionIcon aria-label="Library" onClick={() => run('library')}>
          <IconBooks size={18} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Copy a link that holds this pipeline">
        <ActionIcon aria-label="Copy a link" onClick={() => run('copy-link')}>
          <IconLink size={18} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
      <Menu position="bottom-end">
        <Menu.Target>
          <Tooltip label="Versions, runs and pictures">
            <ActionIcon aria-label="Look back and keep">
              <IconHistory size={18} stroke={1.7} />
              <IconChevronDown size={11} stroke={2} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          <Items list={entries} />
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
