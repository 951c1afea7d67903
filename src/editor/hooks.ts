/** How components read the session: one hook per store, each with a selector, so that a component renders for its own facts only. */
import { createContext, useContext, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import type { NodeId } from '../core/ids';
import type { DocumentNode } from '../document/schema';
import { expand, type OutputEnd } from '../document/subgraphs';
import { graphIndex } from '../graph/graph-index';
import { inferTypes, type NodeInference } from '../graph/infer';
import type { AnyNode } from '../kit/define-node';
import type { DocumentState } from './document-session';
import { instanceStatus } from './instance-status';
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

/** Of an instance of a subgraph: of all that is inside. */
export function useNodeStatus(id: string): NodeStatus {
  return useStatusOf(
    id,
    useDocument(({ root }) => expand(root).instances.get(id)?.inner),
  );
}

/** Of several nodes as of one: the state that people must hear of first. */
export function useJointStatus(ids: readonly string[]): NodeStatus {
  const instances = useDocument(({ root }) => expand(root).instances);
  const inner = useMemo(() => ids.flatMap((id) => instances.get(id)?.inner ?? [id]), [ids, instances]);
  return useStatusOf('', inner);
}

function useStatusOf(id: string, inner: readonly string[] | undefined): NodeStatus {
  const last = useRef<{ readonly parts: readonly NodeStatus[]; readonly status: NodeStatus } | null>(null);
  return useResults(({ statuses }) => {
    if (!inner) return statuses[id] ?? unknownStatus;
    const parts = inner.map((each) => statuses[each] ?? unknownStatus);
    const before = last.current;
    if (before && before.parts.length === parts.length && parts.every((part, i) => part === before.parts[i]))
      return before.status;
    const status = instanceStatus(parts, unknownStatus);
    last.current = { parts, status };
    return status;
  });
}
export const useIsRunning = (): boolean =>
  useResults(({ run }) => run.phase === 'running' || run.phase === 'cancelling');

/** Of the level that is open, else of whatever else runs. */
export const useNode = (id: string): DocumentNode | undefined =>
  useDocument(
    ({ document, root }) => graphIndex(document).nodes.get(id) ?? graphIndex(expand(root).document).nodes.get(id),
  );

/** What a node type is in the open document; an instance changes with its subgraph. */
export function useDefinition(type: string): AnyNode | undefined {
  const { catalogue } = useSession();
  return useDocument(() => catalogue.get(type));
}

/** Where an output's value is made: inside, for an instance of a subgraph; null while nothing is wired there. */
export function useOutputEnd(node: string, port: string): OutputEnd | null {
  const inside = useDocument(({ root }) => expand(root).instances.get(node)?.outputs);
  const own = useMemo(() => ({ node, port }), [node, port]);
  return inside ? (inside[port] ?? null) : own;
}

/** Types, parameters and problems of a node; the same object until something about it changes. */
export function useInference(id: string): NodeInference | undefined {
  const { catalogue } = useSession();
  return useDocument(({ document }) => inferTypes(document, catalogue).get(id as NodeId));
}
