/**
 * The selected node, once the pointer is up: a panel that opened while the hand still holds the node would slide under it.
 */
import { useEffect, useState } from 'react';
import { soleNode } from '../../editor/selection-store';
import type { EditorSession } from '../../editor/session';

export function useSettledNode(session: EditorSession): string | null {
  const [node, setNode] = useState(() => soleNode(session.selection.store.getState()));
  useEffect(() => {
    let pressed = false;
    const settle = () => setNode(soleNode(session.selection.store.getState()));
    const down = () => {
      pressed = true;
    };
    const up = () => {
      pressed = false;
      // After React Flow has heard of the same event.
      setTimeout(settle, 0);
    };
    const off = session.selection.store.subscribe(() => !pressed && settle());
    addEventListener('pointerdown', down, true);
    addEventListener('pointerup', up, true);
    addEventListener('pointercancel', up, true);
    return () => {
      off();
      removeEventListener('pointerdown', down, true);
      removeEventListener('pointerup', up, true);
      removeEventListener('pointercancel', up, true);
    };
  }, [session]);
  return node;
}
