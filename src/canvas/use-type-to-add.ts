/** A letter typed on the canvas that no shortcut takes begins the search for a node. */
import { type RefObject, useEffect } from 'react';
import type { EditorSession } from '../editor/session';
import { onCanvas } from './on-canvas';

export function useTypeToAdd(session: EditorSession, box: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (!/^[\p{L}\p{N}]$/u.test(event.key) || !onCanvas(event.target, box.current)) return;
      // Whoever takes the key as a shortcut says so by then.
      setTimeout(() => {
        if (event.defaultPrevented || session.addMenu.getState().open) return;
        session.addMenu.setState({ open: { at: session.canvas.current?.pointer() ?? null, query: event.key } });
      }, 0);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [session, box]);
}
