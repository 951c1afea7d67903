/** What is selected: session state, neither saved nor in the undo history. */
import { createStore, type StoreApi } from 'zustand/vanilla';

export interface SelectionState {
  readonly nodes: ReadonlySet<string>;
  readonly wires: ReadonlySet<string>;
  /** Frames, notes and points of wires, by their keys (object-keys.ts). */
  readonly objects: ReadonlySet<string>;
}

export interface Selection {
  readonly store: StoreApi<SelectionState>;
  set(nodes: Iterable<string>, wires?: Iterable<string>, objects?: Iterable<string>): void;
  /** Adds or removes single entries, as React Flow reports them. */
  change(kind: keyof SelectionState, changes: readonly { readonly id: string; readonly selected: boolean }[]): void;
  clear(): void;
  /** Drops what no longer exists. */
  retain(
    hasNode: (id: string) => boolean,
    hasWire: (id: string) => boolean,
    hasObject?: (key: string) => boolean,
  ): void;
}

const nothing: SelectionState = { nodes: new Set(), wires: new Set(), objects: new Set() };

export function createSelection(): Selection {
  const store = createStore<SelectionState>(() => nothing);
  return {
    store,
    set: (nodes, wires = [], objects = []) =>
      store.setState({ nodes: new Set(nodes), wires: new Set(wires), objects: new Set(objects) }),
    change(kind, changes) {
      const next = new Set(store.getState()[kind]);
      for (const { id, selected } of changes) {
        if (selected) next.add(id);
        else next.delete(id);
      }
      store.setState({ [kind]: next });
    },
    clear: () => store.setState(nothing),
    retain(hasNode, hasWire, hasObject = () => true) {
      const { nodes, wires, objects } = store.getState();
      const keptNodes = [...nodes].filter(hasNode);
      const keptWires = [...wires].filter(hasWire);
      const keptObjects = [...objects].filter(hasObject);
      const kept = keptNodes.length + keptWires.length + keptObjects.length;
      if (kept === nodes.size + wires.size + objects.size) return;
      store.setState({ nodes: new Set(keptNodes), wires: new Set(keptWires), objects: new Set(keptObjects) });
    },
  };
}

/** The selected node, if it is the only one. */
export const soleNode = ({ nodes }: Pick<SelectionState, 'nodes'>): string | null =>
  nodes.size === 1 ? ([...nodes][0] ?? null) : null;

/** The selected frame, note or point, if nothing else is selected. */
export const soleObject = ({ nodes, objects }: SelectionState): string | null =>
  nodes.size === 0 && objects.size === 1 ? ([...objects][0] ?? null) : null;
