/**
 * For a dialog that says itself where the focus goes: back to what had it when the dialog opened, unless the choice took it
 * elsewhere. The answer is called when it did.
 */
import { useCallback, useEffect, useRef } from 'react';

export interface ReturnFocus {
  /** What had the focus before. */
  readonly before: Element | null;
  /** The focus has another place to go. */
  readonly take: () => void;
}

export function useReturnFocus(): ReturnFocus {
  const before = useRef(document.activeElement);
  const taken = useRef(false);
  useEffect(() => {
    const { current: element } = before;
    return () => {
      if (!taken.current && element instanceof HTMLElement)
        requestAnimationFrame(() => element.focus({ preventScroll: true }));
    };
  }, []);
  const take = useCallback(() => {
    taken.current = true;
  }, []);
  return { before: before.current, take };
}
