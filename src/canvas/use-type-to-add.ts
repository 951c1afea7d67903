/** A letter typed on the canvas that no shortcut takes begins the search for a node. */
import { type RefObject, useEffect } from 'react';
import type { EditorSession } from '../editor/session';

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

/** Nothing has the focus, or a part of the canvas that takes no text and is no menu. */
function onCanvas(target: EventTarget | null, box: HTMLElement | null): boolean {
  if (document.querySelector('[role="dialog"], [role="menu"]') !== null) return false;
  if (target === document.body) return true;
  if (!(target instanceof HTMLElement) || !box?.contains(target)) return false;
  return !target.isContentEditable && target.closest('input, textarea, select, button, [role="dialog"]') === null;
}
