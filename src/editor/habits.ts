/**
 * What this person adds and wires: the nodes used last, the favourites, and how often one type followed another. Kept in
 * local storage, in no document; only ever used to put the likely first. Old habits fade.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PipelineDocument } from '../document/schema';
import type { WireEnds } from '../graph/can-connect';
import { graphIndex } from '../graph/graph-index';
import type { Catalogue } from '../kit/define-node';

export interface HabitsState {
  /** Node types, the last used first. */
  readonly recent: readonly string[];
  readonly favourites: readonly string[];
  /** Counts by pair of what gives and what takes. */
  readonly pairs: Readonly<Record<string, number>>;
}

export interface Habits {
  readonly store: StoreApi<HabitsState>;
  used(type: string): void;
  toggleFavourite(type: string): boolean;
  wired(ends: WiredTypes): void;
  /** Counts what is wired in `documents`, for a person without habits of their own. */
  seed(documents: readonly PipelineDocument[], catalogue: Catalogue): void;
  /** How usual such a wire is; 0 when it was never seen. */
  weight(ends: WiredTypes): number;
}

export interface WiredTypes {
  readonly from: string;
  readonly kind: string;
  readonly to: string;
}

/** The types that a wire joins; null where one is not known. */
export function wiredTypes(
  document: PipelineDocument,
  catalogue: Catalogue,
  { from, to }: WireEnds,
): WiredTypes | null {
  const { nodes } = graphIndex(document);
  const [source, target] = [nodes.get(from.node)?.type, nodes.get(to.node)?.type];
  const kind = source === undefined ? undefined : catalogue.get(source)?.outputs[from.port]?.kind;
  return source !== undefined && target !== undefined && kind ? { from: source, kind, to: target } : null;
}

const storageKey = 'spikeloom.habits';
const recentAtMost = 6;
const pairsAtMost = 400;
/** What a count keeps from one visit to the next. */
const fading = 0.8;
/** A pair of types tells more than a kind and a type; all examples together less than one own wire. */
const kindWeight = 0.25;
const seedWeight = 0.8;

const typePair = ({ from, to }: WiredTypes): string => `${from} > ${to}`;
const kindInto = ({ kind, to }: WiredTypes): string => `${kind}: > ${to}`;
const outOfKind = ({ from, kind }: WiredTypes): string => `${from} > :${kind}`;
const keysOf = (ends: WiredTypes): readonly string[] => [typePair(ends), kindInto(ends), outOfKind(ends)];

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string');

/** Whatever was stored, made safe; counts have faded. */
export function readHabits(text: string | null): HabitsState {
  let value: unknown = null;
  try {
    value = JSON.parse(text ?? '{}');
  } catch {
    // Nobody's habits, then.
  }
  const { recent, favourites, pairs } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  const counted = Object.entries(typeof pairs === 'object' && pairs !== null ? pairs : {})
    .filter((entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] > 0.05)
    .map(([pair, count]): [string, number] => [pair, Math.min(1000, count) * fading])
    .sort((a, b) => b[1] - a[1])
    .slice(0, pairsAtMost);
  return {
    recent: isTexts(recent) ? recent.slice(0, recentAtMost) : [],
    favourites: isTexts(favourites) ? favourites : [],
    pairs: Object.fromEntries(counted),
  };
}

const stored = (): string | null => {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
};

export function createHabits(): Habits {
  const store = createStore<HabitsState>(() => readHabits(stored()));
  const seeds = new Map<string, number>();
  store.subscribe((state) => {
    try {
      localStorage.setItem(storageKey, JSON.stringify(state));
    } catch {
      // Private mode or a full disk: the habits are then those of this visit.
    }
  });
  const count = (key: string): number => {
    const examples = seeds.get(key) ?? 0;
    return (store.getState().pairs[key] ?? 0) + (seedWeight * examples) / (examples + 1);
  };
  return {
    store,
    used: (type) =>
      store.setState(({ recent }) => ({
        recent: [type, ...recent.filter((each) => each !== type)].slice(0, recentAtMost),
      })),
    toggleFavourite(type) {
      const { favourites } = store.getState();
      const isOne = favourites.includes(type);
      store.setState({ favourites: isOne ? favourites.filter((each) => each !== type) : [...favourites, type] });
      return !isOne;
    },
    wired(ends) {
      const { pairs } = store.getState();
      const more = Object.fromEntries(keysOf(ends).map((key) => [key, (pairs[key] ?? 0) + 1]));
      store.setState({ pairs: { ...pairs, ...more } });
    },
    seed(documents, catalogue) {
      seeds.clear();
      for (const document of documents) {
        for (const wire of document.wires) {
          const types = wiredTypes(document, catalogue, wire);
          for (const key of types ? keysOf(types) : []) seeds.set(key, (seeds.get(key) ?? 0) + 1);
        }
      }
    },
    weight: (ends) => count(typePair(ends)) + kindWeight * (count(kindInto(ends)) + count(outOfKind(ends))),
  };
}
