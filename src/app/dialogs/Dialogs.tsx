/** The page's dialogs; at most one is open. */
import { useStore } from 'zustand';
import { useSession } from '../../editor/hooks';
import { CommandPalette } from '../commands/CommandPalette';
import { ConnectDialog } from '../connect/ConnectDialog';
import { KeepingDialogs } from '../keeping/KeepingDialogs';
import { KeysDialog } from '../keys/KeysDialog';
import { GalleryDialog } from './GalleryDialog';
import { HelpDialog } from './HelpDialog';
import { OutputDialog } from './OutputDialog';
import { SettingsDialog } from './SettingsDialog';

export function Dialogs() {
  const session = useSession();
  const open = useStore(session.dialogs, (state) => state.open);
  const close = () => session.dialogs.setState({ open: null });
  return (
    <>
      <GalleryDialog opened={open === 'gallery'} onClose={close} />
      <SettingsDialog opened={open === 'settings'} onClose={close} />
      <HelpDialog opened={open === 'help'} onClose={close} />
      <KeysDialog opened={open === 'keys'} onClose={close} />
      <CommandPalette opened={open === 'palette'} onClose={close} />
      <ConnectDialog />
      <OutputDialog />
      <KeepingDialogs />
    </>
  );
}
