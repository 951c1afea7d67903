/** What every control of the parameter form is given, and ids for the gestures that make one undo step. */
import { useRef } from 'react';
import type { JsonValue } from '../../core/canonical-json';
import type { ParamMeta } from '../../kit/params';

export interface ControlProps {
  /** Of the focusable element: the label points at it. */
  readonly id: string;
  readonly name: string;
  readonly meta: ParamMeta;
  readonly value: unknown;
  readonly disabled: boolean;
  readonly invalid: boolean;
  /** Ids of the help and error texts. */
  readonly describedBy: string;
  readonly onChange: (value: JsonValue, gesture?: string) => void;
  /** What is wrong with text that is not committed yet; null when nothing is. */
  readonly onDraftProblem: (problem: string | null) => void;
}

let gestures = 0;
export const newGesture = (name: string): string => `${name}:${++gestures}`;

/** Keyboard steps closer than this belong to one gesture, ms. */
const burst = 900;

/** A function that gives one id to a burst of calls. */
export function useBurst(name: string): () => string {
  const last = useRef({ id: '', at: 0 });
  return () => {
    const now = performance.now();
    if (now - last.current.at > burst) last.current.id = newGesture(name);
    last.current.at = now;
    return last.current.id;
  };
}
