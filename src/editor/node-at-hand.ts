/** The node that a command without an argument means: the only selected one, else the one with the keyboard focus. */
import { readObjectKey } from './object-keys';
import { soleNode } from './selection-store';
import type { EditorSession } from './session';

export function nodeAtHand({ canvas, selection }: Pick<EditorSession, 'canvas' | 'selection'>): string | null {
  const isNode = (id: string | null | undefined): id is string => typeof id === 'string' && readObjectKey(id) === null;
  const candidates = [canvas.current?.focusedNode(), soleNode(selection.store.getState()), canvas.current?.lastNode()];
  return candidates.find(isNode) ?? null;
}
