/** Keys to actions, for the whole page. Which key means what is in src/editor/actions. */
import { useLayoutEffect } from 'react';
import { actionFor, chordOf, sameChord } from '../../editor/actions/keys';
import type { EditorSession } from '../../editor/session';

/** Keys typed here belong to the field. */
export const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select, [role="slider"], [role="combobox"]'));

/** Enter and Space on a control work the control. */
const isControl = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('button, a, [role="menuitem"], [role="option"]') !== null;

export function useShortcuts(session: EditorSession): void {
  // In the layout phase, so that it looks before a dialog's own listener, which is added in an effect, closes it.
  useLayoutEffect(() => {
    let inDialog = false;
    const look = () => {
      inDialog = document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const action = actionFor(session.keymap.store.getState().actions, event, isField(event.target));
      if (action === null) return;
      // A dialog has the page: only its own keys count.
      if (inDialog) return;
      if (event.key === 'Enter' && event.shiftKey && isControl(event.target)) return;
      // Alone it is the canvas's, which may be panned meanwhile: src/canvas/use-space.
      if (sameChord(chordOf(event), { key: ' ' })) return;
      if (action.run(session, chordOf(event))) event.preventDefault();
    };
    addEventListener('keydown', look, { capture: true });
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', look, { capture: true });
      removeEventListener('keydown', onKey);
    };
  }, [session]);
}
