/** Copy, cut and paste of nodes, frames and notes as JSON, through the clipboard's own events: no permission is asked, fields stay native. */
import { useEffect } from 'react';
import {
  actionFor,
  type ClipboardEventName,
  chordOf,
  clipboardEventOf,
  type KeyPress,
} from '../../editor/actions/keys';
import { fragmentToText, textToFragment } from '../../editor/clipboard';
import { copySelection, removeCopied } from '../../editor/clipboard-commands';
import { countCopied } from '../../editor/clipboard-objects';
import type { EditorSession } from '../../editor/session';
import { isField } from './use-shortcuts';

export function useClipboard(session: EditorSession): void {
  useEffect(() => {
    // The event does not say which keys made it, or whether the browser's menu did.
    let pressed: KeyPress | null = null;
    const onKeyDown = (event: KeyboardEvent) => {
      pressed = event;
    };
    const onKeyUp = () => {
      pressed = null;
    };
    /** The action that is meant by an event: what its keys stand for now, and without keys its own. */
    const meant = (event: ClipboardEventName): string | null => {
      if (!pressed || clipboardEventOf(chordOf(pressed)) !== event) return event;
      return actionFor(session.keymap.store.getState().actions, pressed, false)?.id ?? null;
    };
    const copy = (event: ClipboardEvent): boolean => {
      // Selected text outside the canvas is what the person means.
      if (isField(event.target) || (getSelection()?.toString() ?? '') !== '') return false;
      const fragment = copySelection(session);
      if (!fragment || !event.clipboardData) return false;
      event.clipboardData.setData('text/plain', fragmentToText(fragment));
      event.preventDefault();
      session.notices.announce(`Copied ${countCopied(fragment)}.`);
      return true;
    };
    const onCopy = (event: ClipboardEvent) => {
      if (meant('copy') === 'copy') copy(event);
    };
    const onCut = (event: ClipboardEvent) => {
      if (meant('cut') === 'cut' && copy(event)) removeCopied(session);
    };
    const onPaste = (event: ClipboardEvent) => {
      const action = meant('paste');
      if (isField(event.target) || (action !== 'paste' && action !== 'paste-wired')) return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      const fragment = textToFragment(text);
      if (!fragment) return;
      event.preventDefault();
      session.edits.paste(fragment, action === 'paste-wired');
    };
    document.addEventListener('keydown', onKeyDown, true);
    document.addEventListener('keyup', onKeyUp, true);
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCut);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('keydown', onKeyDown, true);
      document.removeEventListener('keyup', onKeyUp, true);
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCut);
      document.removeEventListener('paste', onPaste);
    };
  }, [session]);
}
