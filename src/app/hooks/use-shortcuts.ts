/** Keys to actions, for the whole page. Which key means what is in src/editor/actions. */
import { useEffect } from 'react';
import { actionFor } from '../../editor/actions/keys';
import type { EditorSession } from '../../editor/session';

/** Keys typed here belong to the field. */
export const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select, [role="slider"], [role="combobox"]'));

/** Enter and Space on a control work the control. */
const isControl = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('button, a, [role="menuitem"], [role="option"]') !== null;

const openDialog = '[role="dialog"][aria-modal="true"]';

/** Also of one that Escape has closed and taken out of the page before the key came here. */
const cameFromDialog = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(openDialog) !== null;

export function useShortcuts(session: EditorSession): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const action = actionFor(session.keymap.store.getState().actions, event, isField(event.target));
      if (action === null) return;
      // A dialog has the page: only its own keys count.
      if (document.querySelector(openDialog) !== null || cameFromDialog(event.target)) return;
      if (event.key === 'Enter' && event.shiftKey && isControl(event.target)) return;
      if (action.run(session)) event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [session]);
}
