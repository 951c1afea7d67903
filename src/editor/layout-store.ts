/**
 * Which panels are open: a matter of this browser alone, kept in local storage and never in the document. Local storage
 * is read synchronously, so that the first paint already has the right panels and nothing jumps.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';

export type MobilePanel = 'nodes' | 'inspector' | 'log' | null;

export type InspectorTab = 'parameters' | 'outputs' | 'help';

export type LowerTab = 'log' | 'why';

export type SideTab = 'nodes' | 'outline';

export interface LayoutState {
  readonly palette: boolean;
  /** Pinned open; otherwise it comes with a selection and goes with it. */
  readonly inspector: boolean;
  readonly log: boolean;
  readonly minimap: boolean;
  /** Edits are followed by runs (live.ts). */
  readonly live: boolean;
  /** What the inspector shows of a node; it stays from one node to the next. */
  readonly tab: InspectorTab;
  /** What the left panel shows: node types, or the pipeline as a list. */
  readonly side: SideTab;
  /** What the panel below the canvas shows: what happened, or why each node ran or will. */
  readonly lower: LowerTab;
  /** The pipeline's simple form takes the place of the canvas. */
  readonly formOnly: boolean;
  /** The first visit of this browser: what a newcomer may begin with is offered. */
  readonly welcome: boolean;
  /** The drawer that is open on a narrow screen. */
  readonly mobile: MobilePanel;
}

const storageKey = 'spikeloom.layout';
const kept = ['palette', 'inspector', 'log', 'minimap', 'live'] as const;

function read(): Partial<LayoutState> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    const entries = Object.entries(stored).filter(
      ([name, value]) => kept.some((k) => k === name) && typeof value === 'boolean',
    );
    return Object.fromEntries(entries);
  } catch {
    return {};
  }
}

export function createLayoutStore(): StoreApi<LayoutState> {
  const store = createStore<LayoutState>(() => ({
    palette: true,
    inspector: false,
    log: false,
    minimap: true,
    live: false,
    tab: 'parameters',
    side: 'nodes',
    lower: 'log',
    formOnly: false,
    welcome: false,
    mobile: null,
    ...read(),
  }));
  store.subscribe((state) => {
    try {
      localStorage.setItem(storageKey, JSON.stringify(Object.fromEntries(kept.map((name) => [name, state[name]]))));
    } catch {
      // Private mode or a full disk: the layout is then for this visit only.
    }
  });
  return store;
}
