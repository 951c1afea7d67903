/**
 * Previews by content key: asked for once while something shows them, kept for a while, never part of the document.
 * Undo and switching back therefore show the old picture again at once. Live previews of a run in flight are kept by
 * node and port; the latest wins.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ContentKey } from '../core/ids';
import type { Preview } from '../kit/preview';
import type { PreviewRequest } from '../scheduler/protocol';

/** null: asked, and there is none. */
type PreviewEntry = { readonly state: 'loading' } | { readonly state: 'ready'; readonly preview: Preview | null };

interface LivePreview {
  readonly sequence: number;
  readonly preview: Preview;
}

export interface PreviewState {
  readonly entries: ReadonlyMap<string, PreviewEntry>;
  readonly live: ReadonlyMap<string, LivePreview>;
}

export interface PreviewStore {
  readonly store: StoreApi<PreviewState>;
  /** Asks for a preview unless it is there or on its way. */
  want(request: PreviewRequest): void;
  showLive(node: string, port: string, sequence: number, preview: Preview): void;
  /** The run is over: finished results take the place of live ones. */
  dropLive(node?: string): void;
  /** A result was just made under this key: answers of "there is none" no longer hold. */
  refresh(key: ContentKey): void;
  /** After the store was cleared or the worker replaced: what was not there may be there now, and the reverse. */
  forget(): void;
}

export const previewId = ({ key, port, item }: PreviewRequest): string => `${key}/${port}/${item ?? ''}`;
export const liveId = (node: string, port: string): string => `${node}/${port}`;

/** A preview is at most 64 kB, so this is at most 12 MB. */
const limit = 192;

export function createPreviewStore(fetch: (request: PreviewRequest) => Promise<Preview | null>): PreviewStore {
  const store = createStore<PreviewState>(() => ({ entries: new Map(), live: new Map() }));
  let generation = 0;

  const put = (id: string, entry: PreviewEntry) => {
    store.setState(({ entries }) => {
      const next = new Map(entries);
      next.delete(id);
      next.set(id, entry);
      for (const oldest of next.keys()) {
        if (next.size <= limit) break;
        next.delete(oldest);
      }
      return { entries: next };
    });
  };

  return {
    store,
    want(request) {
      const id = previewId(request);
      if (store.getState().entries.has(id)) return;
      const asked = generation;
      put(id, { state: 'loading' });
      fetch(request).then(
        (preview) => asked === generation && put(id, { state: 'ready', preview }),
        // A worker that could not answer counts as "there is none" until refresh or forget: no asking in circles.
        () => asked === generation && put(id, { state: 'ready', preview: null }),
      );
    },
    showLive(node, port, sequence, preview) {
      store.setState(({ live }) => {
        const before = live.get(liveId(node, port));
        if (before && before.sequence >= sequence) return {};
        return { live: new Map(live).set(liveId(node, port), { sequence, preview }) };
      });
    },
    dropLive(node) {
      store.setState(({ live }) => {
        if (live.size === 0) return {};
        if (node === undefined) return { live: new Map() };
        return { live: new Map([...live].filter(([id]) => !id.startsWith(`${node}/`))) };
      });
    },
    refresh(key) {
      store.setState(({ entries }) => {
        const isEmpty = (id: string, entry: PreviewEntry) =>
          id.startsWith(`${key}/`) && entry.state === 'ready' && entry.preview === null;
        const kept = [...entries].filter(([id, entry]) => !isEmpty(id, entry));
        return kept.length === entries.size ? {} : { entries: new Map(kept) };
      });
    },
    forget() {
      generation++;
      store.setState({ entries: new Map() });
    },
  };
}
