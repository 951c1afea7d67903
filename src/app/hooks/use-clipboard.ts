/** Copy, cut and paste of nodes as JSON, through the clipboard's own events: no permission is asked, fields stay native. */
import { useEffect } from 'react';
import { copyFragment, fragmentToText, textToFragment } from '../../editor/clipboard';
import type { EditorSession } from '../../editor/session';
import { isField } from './use-shortcuts';

export function useClipboard(session: EditorSession): void {
  useEffect(() => {
    const copy = (event: ClipboardEvent): boolean => {
      // Selected text outside the canvas is what the person means.
      if (isField(event.target) || (getSelection()?.toString() ?? '') !== '') return false;
      const { nodes } = session.selection.store.getState();
      if (nodes.size === 0 || !event.clipboardData) return false;
      const fragment = copyFragment(session.document.store.getState().document, nodes);
      event.clipboardData.setData('text/plain', fragmentToText(fragment));
      event.preventDefault();
      session.notices.announce(`Copied ${nodes.size === 1 ? '1 node' : `${nodes.size} nodes`}.`);
      return true;
    };
    // The event of a paste does not say which keys were pressed.
    let withInputs = false;
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 'v') withInputs = event.shiftKey;
    };
    const onCopy = (event: ClipboardEvent) => void copy(event);
    const onCut = (event: ClipboardEvent) => {
      if (copy(event)) session.building.removeSelection();
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
