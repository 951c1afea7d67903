/**
 * Copy, cut and paste where no clipboard event comes: from the command palette, menus and keys of the person's own. The
 * browser may refuse; then the message says what works without asking.
 */
import { type ClipboardEventName, chordText, clipboardEventOf } from './actions/keys';
import { copyFragment, type Fragment, fragmentToText, textToFragment } from './clipboard';
import { allToCopy, countCopied } from './clipboard-objects';
import { frameKey, noteKey } from './object-keys';
import type { EditorSession } from './session';

/** What is chosen and comes along with it; null where nothing is. */
export function copySelection(session: EditorSession): Fragment | null {
  const { nodes, objects } = session.selection.store.getState();
  const fragment = copyFragment(session.document.store.getState().document, nodes, objects);
  return countCopied(fragment) === '' ? null : fragment;
}

/** The second half of cutting: takes away all that was copied, as one step. */
export function removeCopied(session: EditorSession): void {
  const { nodes, wires, objects } = session.selection.store.getState();
  const all = allToCopy(session.document.store.getState().document, nodes, objects);
  session.selection.set(all.nodes, wires, [
    ...objects,
    ...[...all.frames].map(frameKey),
    ...[...all.notes].map(noteKey),
  ]);
  session.building.removeSelection();
}

function refused(session: EditorSession, what: string, event: ClipboardEventName): void {
  const { actions } = session.keymap.store.getState();
  const keys = actions.find(({ id }) => id === event)?.chords.find((chord) => clipboardEventOf(chord) === event);
  session.notices.show({
    level: 'warning',
    title: `The browser did not let the page ${what} the clipboard`,
    message: keys
      ? `Press ${chordText(keys)} instead: the browser never refuses the keys.`
      : 'Allow it in the browser’s settings of this page, or reset the keys under Help, Change keys: those that came are never refused.',
  });
}

async function write(session: EditorSession, event: 'copy' | 'cut'): Promise<boolean> {
  const fragment = copySelection(session);
  if (!fragment) {
    session.notices.show({ level: 'info', title: 'Nothing is selected to copy', message: 'Select nodes first.' });
    return false;
  }
  try {
    await navigator.clipboard.writeText(fragmentToText(fragment));
    session.notices.announce(`Copied ${countCopied(fragment)}.`);
    return true;
  } catch {
    refused(session, 'write to', event);
    return false;
  }
}

export const copyNodes = (session: EditorSession): Promise<boolean> => write(session, 'copy');

export async function cutNodes(session: EditorSession): Promise<void> {
  if (await write(session, 'cut')) removeCopied(session);
}

export async function pasteNodes(session: EditorSession, withInputs = false): Promise<void> {
  let text: string;
  try {
    text = await navigator.clipboard.readText();
  } catch {
    refused(session, 'read', 'paste');
    return;
  }
  const fragment = textToFragment(text);
  if (fragment) session.edits.paste(fragment, withInputs);
  else
    session.notices.show({
      level: 'info',
      title: 'The clipboard holds no nodes',
      message: 'Copy nodes here or in another tab first.',
    });
}
