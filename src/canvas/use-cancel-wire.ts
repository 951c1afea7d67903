/** Escape lets go of a wire that was picked up by a click. */
import { useContext, useEffect } from 'react';
import { useStoreApi } from 'reactflow';
import { ConnectingContext, idle } from './connecting';

export function useCancelWire(): void {
  const flow = useStoreApi();
  const connecting = useContext(ConnectingContext);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !flow.getState().connectionClickStartHandle) return;
      flow.setState({ connectionClickStartHandle: null });
      connecting.setState(idle);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [flow, connecting]);
}
