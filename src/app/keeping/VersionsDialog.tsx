/** Two versions in a window of their own: a file, a run or another document against the open pipeline. */
import { useStore } from 'zustand';
import { useSession } from '../../editor/hooks';
import { KeepingModal } from './KeepingModal';
import { VersionDifference } from './VersionDifference';

export function VersionsDialog() {
  const session = useSession();
  const { versions } = session.keeping;
  const shown = useStore(versions, (state) => state.shown);
  const close = () => versions.setState({ shown: null });
  const show = (node: string) => {
    close();
    session.dialogs.setState({ open: null });
    session.selection.set([node]);
    session.canvas.current?.show(node);
  };
  return (
    <KeepingModal opened={shown !== null} onClose={close} title="What differs">
      {shown && <VersionDifference pair={shown} onShow={show} />}
    </KeepingModal>
  );
}
