/** Escape, and a click or tap on the empty canvas, let go of a wire that was picked up by a click. */
import { useContext, useEffect } from 'react';
import { useStoreApi } from 'reactflow';
import type { EditorSession } from '../editor/session';
import { ConnectingContext, idle } from './connecting';

export function useCancelWire({ notices }: EditorSession): void {
  const flow = useStoreApi();
  const connecting = useContext(ConnectingContext);
  useEffect(() => {
    const letGo = () => {
      if (!flow.getState().connectionClickStartHandle) return;
      flow.setState({ connectionClickStartHandle: null });
      connecting.setState(idle);
      notices.announce('The wire was let go.');
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') letGo();
    };
    const onClick = ({ target }: MouseEvent) => {
      if (target instanceof Element && target.classList.contains('react-flow__pane')) letGo();
    };
    addEventListener('keydown', onKey);
    addEventListener('click', onClick);
    return () => {
      removeEventListener('keydown', onKey);
      removeEventListener('click', onClick);
    };
  }, [flow, connecting, notices]);
}
