/**
 * While a wire is in the hand: which handles would take it, and why the one under the pointer would not. The answers come
 * from graph's canConnect; they are worked out once when the wire is picked up, not for every pointer move.
 */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Refusal } from '../core/validity';

export type HandleSide = 'source' | 'target';
export const handleKey = (node: string, port: string, side: HandleSide): string => `${side}:${node}:${port}`;

export interface ConnectingState {
  /** Where the wire starts; null while none is in the hand. */
  readonly from: string | null;
  /** Handles that would take it. */
  readonly fits: ReadonlySet<string>;
  /** Under the pointer, and why not. */
  readonly refusal: Refusal | null;
  /** It was let go of by a second finger: what React Flow still reports of it does not count. */
  readonly aborted: boolean;
}

export const idle: ConnectingState = { from: null, fits: new Set(), refusal: null, aborted: false };
export const createConnecting = (): StoreApi<ConnectingState> => createStore<ConnectingState>(() => idle);

export const ConnectingContext = createContext<StoreApi<ConnectingState>>(createConnecting());

/** undefined: no wire in the hand. */
export function useConnecting(node: string, port: string, side: HandleSide): 'yes' | 'no' | undefined {
  return useStore(useContext(ConnectingContext), ({ from, fits }) => {
    if (from === null) return undefined;
    const key = handleKey(node, port, side);
    return key === from || fits.has(key) ? 'yes' : 'no';
  });
}
