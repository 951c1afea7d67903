/** How components read the session: one hook per store, each with a selector, so that a component renders for its own facts only. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { NodeId } from '../core/ids';
import type { DocumentNode } from '../document/schema';
import { graphIndex } from '../graph/graph-index';
import { inferTypes, type NodeInference } from '../graph/infer';
import type { DocumentState } from './document-session';
import type { LayoutState } from './layout-store';
import type { NodeStatus } from './node-status';
import type { NoticeState } from './notices';
import type { PreviewState } from './preview-store';
import { type ResultsState, unknownStatus } from './results-store';
import type { SelectionState } from './selection-store';
import type { EditorSession } from './session';
import type { SettingsState } from './settings-store';

export const SessionContext = createContext<EditorSession | null>(null);

export function useSession(): EditorSession {
  const session = useContext(SessionContext);
  if (!session) throw new Error('No editor session around this component.');
  return session;
}

export const useDocument = <T>(select: (state: DocumentState) => T): T => useStore(useSession().document.store, select);
export const useSelection = <T>(select: (state: SelectionState) => T): T =>
  useStore(useSession().selection.store, select);
export const useResults = <T>(select: (state: ResultsState) => T): T => useStore(useSession().results.store, select);
export const usePreviews = <T>(select: (state: PreviewState) => T): T => useStore(useSession().previews.store, select);
export const useNotices = <T>(select: (state: NoticeState) => T): T => useStore(useSession().notices.store, select);
export const useLayout = <T>(select: (state: LayoutState) => T): T => useStore(useSession().layout, select);
export const useSettings = <T>(select: (state: SettingsState) => T): T => useStore(useSession().settings.store, select);

export const useNodeStatus = (id: string): NodeStatus => useResults((state) => state.statuses[id] ?? unknownStatus);
export const useIsRunning = (): boolean =>
  useResults(({ run }) => run.phase === 'running' || run.phase === 'cancelling');

export const useNode = (id: string): DocumentNode | undefined =>
  useDocument(({ document }) => graphIndex(document).nodes.get(id));

/** Types, parameters and problems of a node; the same object until something about it changes. */
export function useInference(id: string): NodeInference | undefined {
  const { catalogue } = useSession();
  return useDocument(({ document }) => inferTypes(document, catalogue).get(id as NodeId));
}
