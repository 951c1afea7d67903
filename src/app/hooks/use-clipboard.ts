/** Copy, cut and paste of nodes, frames and notes as JSON, through the clipboard's own events: no permission is asked, fields stay native. */
import { useEffect } from 'react';
import { fragmentToText, textToFragment } from '../../editor/clipboard';
import { copySelection, removeCopied } from '../../editor/clipboard-commands';
import { countCopied } from '../../editor/clipboard-objects';
import type { EditorSession } from '../../editor/session';
import { isField } from './use-shortcuts';

export function useClipboard(session: EditorSession): void {
  useEffect(() => {
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
    // The event of a paste does not say which keys were pressed.
    let withInputs = false;
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 'v') withInputs = event.shiftKey;
    };
    const onCopy = (event: ClipboardEvent) => void copy(event);
    const onCut = (event: ClipboardEvent) => {
      if (copy(event)) removeCopied(session);
    };
    const onPaste = (event: ClipboardEvent) => {
      if (isField(event.target)) return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      const fragment = textToFragment(text);
      if (!fragment) return;
      event.preventDefault();
      session.edits.paste(fragment, withInputs);
    };
    document.addEventListener('keydown', onKey, true);
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCut);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('keydown', onKey, true);
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCut);
      document.removeEventListener('paste', onPaste);
    };
  }, [session]);
}
