/** What is selected: session state, neither saved nor in the undo history. */
import { createStore, type StoreApi } from 'zustand/vanilla';

export interface SelectionState {
  readonly nodes: ReadonlySet<string>;
  readonly wires: ReadonlySet<string>;
}

export interface Selection {
  readonly store: StoreApi<SelectionState>;
  set(nodes: Iterable<string>, wires?: Iterable<string>): void;
  /** Adds or removes single entries, as React Flow reports them. */
  change(kind: 'nodes' | 'wires', changes: readonly { readonly id: string; readonly selected: boolean }[]): void;
  clear(): void;
  /** Drops what no longer exists. */
  retain(hasNode: (id: string) => boolean, hasWire: (id: string) => boolean): void;
}

const nothing: SelectionState = { nodes: new Set(), wires: new Set() };

export function createSelection(): Selection {
  const store = createStore<SelectionState>(() => nothing);
  return {
    store,
    set: (nodes, wires = []) => store.setState({ nodes: new Set(nodes), wires: new Set(wires) }),
    change(kind, changes) {
      const next = new Set(store.getState()[kind]);
      for (const { id, selected } of changes) {
        if (selected) next.add(id);
        else next.delete(id);
      }
      store.setState({ [kind]: next });
    },
    clear: () => store.setState(nothing),
    retain(hasNode, hasWire) {
      const { nodes, wires } = store.getState();
      const keptNodes = [...nodes].filter(hasNode);
      const keptWires = [...wires].filter(hasWire);
      if (keptNodes.length === nodes.size && keptWires.length === wires.size) return;
      store.setState({ nodes: new Set(keptNodes), wires: new Set(keptWires) });
    },
  };
}

/** The selected node, if it is the only one. */
export const soleNode = ({ nodes }: SelectionState): string | null =>
  nodes.size === 1 ? ([...nodes][0] ?? null) : null;
