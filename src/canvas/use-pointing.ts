/**
 * The pointer over the canvas, and whether the hand is at work there: pressed on the canvas last, and not yet elsewhere.
 * Cards must then stay where they are, since the next press may be aimed already. A finger that is lifted is nowhere.
 */
import { type RefObject, useEffect, useMemo, useRef } from 'react';
import type { Position } from '../document/schema';

export interface Pointing {
  /** On the screen; null while it is elsewhere. */
  readonly at: () => Position | null;
  readonly busy: () => boolean;
  /** Calls back whenever the hand is no longer at work here. */
  readonly onFree: (then: () => void) => void;
}

/** A panel may have opened under the hand, which is on its way back. ms */
const linger = 500;

export function usePointing(box: RefObject<HTMLElement | null>): Pointing {
  const at = useRef<Position | null>(null);
  const busy = useRef(false);
  const waiting = useRef<(() => void)[]>([]);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const off = new AbortController();
    const { signal } = off;
    let leaving: ReturnType<typeof setTimeout> | undefined;
    const free = () => {
      clearTimeout(leaving);
      if (!busy.current) return;
      busy.current = false;
      for (const then of waiting.current) then();
    };
    const here = ({ target }: Event): boolean => target instanceof Node && element.contains(target);
    const on = { signal };
    element.addEventListener('pointerenter', () => clearTimeout(leaving), on);
    element.addEventListener('pointermove', ({ clientX: x, clientY: y }) => (at.current = { x, y }), on);
    element.addEventListener(
      'pointerleave',
      () => {
        at.current = null;
        leaving = setTimeout(free, linger);
      },
      on,
    );
    // Who goes on by keys, or elsewhere, does not aim at a card.
    const first = { signal, capture: true };
    addEventListener('keydown', free, first);
    addEventListener(
      'pointerdown',
      (event) => {
        if (here(event) && event.pointerType !== 'touch') busy.current = true;
        else free();
      },
      first,
    );
    return () => {
      clearTimeout(leaving);
      off.abort();
    };
  }, [box]);
  return useMemo(
    () => ({
      at: () => at.current,
      busy: () => busy.current,
      onFree: (then) => void waiting.current.push(then),
    }),
    [],
  );
}
