/** Space on the canvas: while it is held, a drag pans from wherever it begins, cards and wires too; a tap is a key like others. */
import { type RefObject, useEffect } from 'react';
import { actionFor } from '../editor/actions/keys';
import type { EditorSession } from '../editor/session';
import { onCanvas } from './on-canvas';

/** Longer is held: whoever then lets go without a drag wanted to pan. ms */
const tap = 350;

const isSpace = ({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean =>
  key === ' ' && !ctrlKey && !metaKey && !shiftKey && !altKey;

export function useSpace(session: EditorSession, box: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    /** When it went down; null once something else was done meanwhile. */
    let since: number | null = null;
    const forget = () => {
      since = null;
    };
    const onDown = (event: KeyboardEvent) => {
      if (!isSpace(event) || event.defaultPrevented || event.isComposing) return forget();
      if (!onCanvas(event.target, element)) return forget();
      event.preventDefault();
      if (event.repeat) return;
      since = event.timeStamp;
      element.dataset.panning = '';
    };
    const onUp = (event: KeyboardEvent) => {
      if (event.key !== ' ') return;
      delete element.dataset.panning;
      const tapped = since !== null && event.timeStamp - since < tap;
      forget();
      if (tapped) actionFor(session.keymap.store.getState().actions, event, false)?.run(session);
    };
    const onLeave = () => {
      forget();
      delete element.dataset.panning;
    };
    addEventListener('keydown', onDown);
    addEventListener('keyup', onUp);
    addEventListener('pointerdown', forget, true);
    addEventListener('blur', onLeave);
    return () => {
      removeEventListener('keydown', onDown);
      removeEventListener('keyup', onUp);
      removeEventListener('pointerdown', forget, true);
      removeEventListener('blur', onLeave);
    };
  }, [session, box]);
}
