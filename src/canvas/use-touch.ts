/**
 * Fingers on the canvas: holding a card opens its menu, as a right click does; a second finger lets go of a wire that is in
 * the hand, so that a pinch never leaves one dangling (editors.md 4.2).
 */
import { type RefObject, useContext, useEffect } from 'react';
import { useStoreApi } from 'reactflow';
import type { EditorSession } from '../editor/session';
import { nodeElementOf } from './canvas-focus';
import { ConnectingContext, idle } from './connecting';

/** ms */
const hold = 500;
/** A finger that trembles less than this is held still. px */
const tremble = 10;

export function useTouch(session: EditorSession, box: RefObject<HTMLElement | null>): void {
  const flow = useStoreApi();
  const connecting = useContext(ConnectingContext);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let start = { x: 0, y: 0 };
    let opened = 0;
    const letGo = () => clearTimeout(timer);

    const cancelWire = () => {
      const { connectionClickStartHandle, connection } = flow.getState();
      if (!connectionClickStartHandle && !connection.inProgress) return;
      connecting.setState({ aborted: true });
      // The drag listens on the document until its finger is up.
      if (connection.inProgress) document.dispatchEvent(new TouchEvent('touchend', { bubbles: false }));
      flow.setState({ connectionClickStartHandle: null });
      connecting.setState(idle);
      session.notices.announce('The wire was let go.');
    };
    const onStart = (event: TouchEvent) => {
      letGo();
      if (event.touches.length > 1) return cancelWire();
      const card = nodeElementOf(event.target);
      const id = card?.getAttribute('data-id');
      const touch = event.touches[0];
      const onControl = event.target instanceof Element && event.target.closest('button, input, .react-flow__handle');
      if (!id || !touch || onControl) return;
      start = { x: touch.clientX, y: touch.clientY };
      timer = setTimeout(() => {
        opened = Date.now();
        session.canvas.current?.openMenu(id);
      }, hold);
    };
    const onMove = (event: TouchEvent) => {
      const touch = event.touches[0];
      if (!touch || Math.hypot(touch.clientX - start.x, touch.clientY - start.y) > tremble) letGo();
    };
    const onEnd = (event: TouchEvent) => {
      letGo();
      // The tap that would follow would close the menu again.
      if (opened > 0 && event.cancelable) event.preventDefault();
      opened = 0;
    };
    const onContext = (event: MouseEvent) => {
      const card = nodeElementOf(event.target);
      const id = card?.getAttribute('data-id');
      if (!id || (event.target instanceof Element && event.target.closest('input, textarea'))) return;
      event.preventDefault();
      letGo();
      if (Date.now() - opened > 2 * hold) session.canvas.current?.openMenu(id);
    };
    element.addEventListener('touchstart', onStart, { capture: true, passive: true });
    element.addEventListener('touchmove', onMove, { capture: true, passive: true });
    element.addEventListener('touchend', onEnd, { capture: true });
    element.addEventListener('touchcancel', letGo, { capture: true });
    element.addEventListener('contextmenu', onContext);
    return () => {
      letGo();
      element.removeEventListener('touchstart', onStart, { capture: true });
      element.removeEventListener('touchmove', onMove, { capture: true });
      element.removeEventListener('touchend', onEnd, { capture: true });
      element.removeEventListener('touchcancel', letGo, { capture: true });
      element.removeEventListener('contextmenu', onContext);
    };
  }, [session, box, flow, connecting]);
}
