/** The menu that adds a node where the pointer is: whether it is open, where, and what it is to be wired to. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Position } from '../document/schema';
import type { WireStart } from './node-search';

export interface AddRequest {
  /** Where the node goes, in document coordinates; null: a free place in view. */
  readonly at: Position | null;
  /** Typed already. */
  readonly query?: string;
  /** The wire whose other end the node is to take. */
  readonly wire?: WireStart;
}

export type AddMenuStore = StoreApi<{ readonly open: AddRequest | null }>;

export const createAddMenuStore = (): AddMenuStore => createStore<{ open: AddRequest | null }>(() => ({ open: null }));
