/** The top of the page: which pipeline, the one obvious Run, history, files and settings. */
import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconDeviceFloppy,
  IconFolderOpen,
  IconHelp,
  IconLayoutGrid,
  IconLayoutSidebar,
  IconLayoutSidebarRight,
  IconSearch,
  IconSettings,
  type TablerIcon,
} from '@tabler/icons-react';
import { chordText } from '../../editor/actions/keys';
import { useDocument, useLayout, useSession } from '../../editor/hooks';
import { useKeysOf } from '../../panels/KeysOf';
import { KeepingTools } from '../keeping/KeepingTools';
import logo from '../logo.svg';
import classes from './Header.module.css';
import { NarrowMenu } from './NarrowMenu';
import { RunButtons } from './RunButtons';
import { ThemeToggle } from './ThemeToggle';
import { TitleField } from './TitleField';

interface ToolProps {
  readonly label: string;
  readonly hint?: string;
  /** Whose keys the tooltip names. */
  readonly action?: string;
  readonly icon: TablerIcon;
  readonly onClick: () => void;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
}

function Tool({ label, hint, action, icon: Icon, onClick, disabled = false, pressed }: ToolProps) {
  const [chord] = useKeysOf(action ?? '');
  const more = [hint, chord && chordText(chord)].filter(Boolean).join(', ');
  return (
    <Tooltip label={more ? `${label} (${more})` : label}>
      <ActionIcon
        aria-label={label}
        onClick={onClick}
        // Stays focusable, so that its tooltip can say why there is nothing to do.
        data-disabled={disabled || undefined}
        aria-disabled={disabled}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      >
        <Icon size={18} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}

function HistoryTools() {
  const { edits } = useSession();
  const undo = useDocument(({ history }) => history.done.at(-1)?.label ?? null);
  const redo = useDocument(({ history }) => history.undone.at(-1)?.label ?? null);
  return (
    <>
      <Tool
        label="Undo"
        action="undo"
        hint={undo ?? 'nothing to undo'}
        icon={IconArrowBackUp}
        disabled={undo === null}
        onClick={() => edits.undo()}
      />
      <Tool
        label="Redo"
        action="redo"
        hint={redo ?? 'nothing to redo'}
        icon={IconArrowForwardUp}
        disabled={redo === null}
        onClick={() => edits.redo()}
      />
    </>
  );
}

export function Header({ narrow }: { narrow: boolean }) {
  const session = useSession();
  if (narrow) {
    return (
      <div className={`${classes.header} ${classes.narrow}`}>
        <div className={classes.left}>
          <Brand bare />
          <TitleField />
        </div>
        <div className={classes.right}>
          <HistoryTools />
          <NarrowMenu />
        </div>
      </div>
    );
  }
  return (
    <div className={classes.header}>
      <div className={classes.left}>
        <Brand />
        <TitleField />
        <SavedNote />
      </div>
      <div className={classes.middle}>
        <RunButtons />
      </div>
      <div className={classes.right}>
        <HistoryTools />
        <span className={classes.divider} />
        <Tool
          label="Commands"
          action="palette"
          icon={IconSearch}
          onClick={() => session.dialogs.setState({ open: 'palette' })}
        />
        <Tool label="Gallery" icon={IconLayoutGrid} onClick={() => session.dialogs.setState({ open: 'gallery' })} />
        <Tool label="Open" action="open" icon={IconFolderOpen} onClick={() => session.openFile()} />
        <Tool label="Save" action="save" icon={IconDeviceFloppy} onClick={() => session.save()} />
        <KeepingTools />
        <span className={classes.divider} />
        <PanelTools />
        <ThemeToggle />
        <Tool label="Settings" icon={IconSettings} onClick={() => session.dialogs.setState({ open: 'settings' })} />
        <Tool label="Help" action="help" icon={IconHelp} onClick={() => session.dialogs.setState({ open: 'help' })} />
      </div>
    </div>
  );
}

function Brand({ bare = false }: { bare?: boolean }) {
  return (
    <h1 className={classes.brand} style={{ margin: 0 }}>
      <img src={logo} alt={bare ? 'Spikeloom' : ''} />
      {!bare && 'Spikeloom'}
    </h1>
  );
}

function SavedNote() {
  const { library } = useSession();
  const changed = useDocument(({ root, savedDocument }) => savedDocument !== null && root !== savedDocument);
  const kept = library.kind === 'indexeddb' ? 'kept in this browser' : 'not kept after this tab';
  return <span className={classes.saved}>{changed ? `Edited, ${kept}` : ''}</span>;
}

function PanelTools() {
  const { layout } = useSession();
  const palette = useLayout((state) => state.palette);
  const inspector = useLayout((state) => state.inspector);
  return (
    <>
      <Tool
        label="Node list"
        icon={IconLayoutSidebar}
        pressed={palette}
        onClick={() => layout.setState({ palette: !palette })}
      />
      <Tool
        label="Keep the inspector open"
        icon={IconLayoutSidebarRight}
        pressed={inspector}
        onClick={() => layout.setState({ inspector: !inspector })}
      />
    </>
  );
}
