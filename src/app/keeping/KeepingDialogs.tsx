/** The dialogs of this folder; Dialogs.tsx puts them on the page. */
import { useStore } from 'zustand';
import { useSession } from '../../editor/hooks';
import { ImportDialog } from './ImportDialog';
import { LibraryDialog } from './LibraryDialog';
import { LinkDialog } from './LinkDialog';
import { PointsDialog } from './PointsDialog';
import { RunsDialog } from './RunsDialog';
import { StoredDialog } from './StoredDialog';
import { VersionsDialog } from './VersionsDialog';

export function KeepingDialogs() {
  const session = useSession();
  const open = useStore(session.dialogs, (state) => state.open);
  const close = () => session.dialogs.setState({ open: null });
  return (
    <>
      <LibraryDialog opened={open === 'library'} onClose={close} />
      <PointsDialog opened={open === 'points'} onClose={close} />
      <RunsDialog opened={open === 'runs'} onClose={close} />
      <StoredDialog opened={open === 'stored'} onClose={close} />
      <VersionsDialog />
      <ImportDialog />
      <LinkDialog />
    </>
  );
}
