/** What is in the hand while cards are dragged: the wire they would go into, the lines they stand in, whether it copies. */
import { createContext } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Guide } from '../graph/arrange';

export interface HandState {
  /** The wire that a node let go now would be put into. */
  readonly splice: string | null;
  readonly guides: readonly Guide[];
  /** Alt is held: nothing snaps, and nothing goes into a wire. */
  readonly free: boolean;
  /** Alt was held when the drag began: copies are put down. */
  readonly copy: boolean;
}

export const emptyHand: HandState = { splice: null, guides: [], free: false, copy: false };
export const createHand = (): StoreApi<HandState> => createStore<HandState>(() => emptyHand);
export const HandContext = createContext<StoreApi<HandState>>(createHand());
