/** Which lesson is open and how far: kept in this browser. Steps are done in order; a done step stays done. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Facts, Lesson } from './lesson';

export type LessonDock = 'side' | 'bottom';

export interface LessonState {
  /** The lesson that is open; null while none is. */
  readonly open: string | null;
  /** Finished steps by lesson. */
  readonly done: Readonly<Record<string, number>>;
  /** Numbers that steps have kept, by lesson. */
  readonly kept: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly dock: LessonDock;
}

const storageKey = 'spikeloom.lessons';
const empty: LessonState = { open: null, done: {}, kept: {}, dock: 'side' };

const numbers = (value: unknown): Record<string, number> =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).filter((pair): pair is [string, number] => Number.isFinite(pair[1])))
    : {};

/** What was stored, without whatever no longer makes sense. */
export function readProgress(text: string | null): LessonState {
  try {
    const stored: unknown = JSON.parse(text ?? '{}');
    if (typeof stored !== 'object' || stored === null) return empty;
    const { open, done, kept, dock } = stored as Record<string, unknown>;
    const byLesson = typeof kept === 'object' && kept !== null ? Object.entries(kept) : [];
    return {
      open: typeof open === 'string' ? open : null,
      done: numbers(done),
      kept: Object.fromEntries(byLesson.map(([id, values]) => [id, numbers(values)])),
      dock: dock === 'bottom' ? 'bottom' : 'side',
    };
  } catch {
    return empty;
  }
}

export function createLessonStore(): StoreApi<LessonState> {
  const read = (): string | null => {
    try {
      return localStorage.getItem(storageKey);
    } catch {
      return null;
    }
  };
  const store = createStore<LessonState>(() => readProgress(read()));
  store.subscribe((state) => {
    try {
      localStorage.setItem(storageKey, JSON.stringify(state));
    } catch {
      // Private mode or a full disk: progress is then for this visit only.
    }
  });
  return store;
}

export const stepsDone = (state: LessonState, lesson: Lesson): number =>
  Math.min(state.done[lesson.id] ?? 0, lesson.steps.length);

/** The state with every step done that now is, in their order; the same object if none is. */
export function advance(state: LessonState, lesson: Lesson, facts: Omit<Facts, 'kept'>): LessonState {
  let kept = state.kept[lesson.id] ?? {};
  let done = stepsDone(state, lesson);
  const before = done;
  for (; done < lesson.steps.length; done++) {
    const step = lesson.steps[done];
    if (step?.check({ ...facts, kept }) !== true) break;
    kept = { ...kept, ...step.keep?.({ ...facts, kept }) };
  }
  if (done === before) return state;
  return { ...state, done: { ...state.done, [lesson.id]: done }, kept: { ...state.kept, [lesson.id]: kept } };
}

export const restart = (state: LessonState, id: string): LessonState => ({
  ...state,
  open: id,
  done: { ...state.done, [id]: 0 },
  kept: { ...state.kept, [id]: {} },
});
