/** The node that a command without an argument means: the only selected one, else the one with the keyboard focus. */
import { soleNode } from './selection-store';
import type { EditorSession } from './session';

export const nodeAtHand = ({ canvas, selection }: Pick<EditorSession, 'canvas' | 'selection'>): string | null =>
  canvas.current?.focusedNode() ?? soleNode(selection.store.getState()) ?? canvas.current?.lastNode() ?? null;
