/**
 * One tab stop for the whole canvas (a roving tabindex): the card that had the focus last, else the selected one, else the
 * first in topological order. Everything else on the canvas is reached from there by keys.
 */
import { type FocusEvent, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useDocument, useSelection } from '../editor/hooks';
import { soleNode } from '../editor/selection-store';
import type { EditorSession } from '../editor/session';
import { topology } from '../graph/topology';
import { nodeElementOf } from './canvas-focus';
import type { FlowEdge, FlowNode } from './flow-view';

const quiet = { domAttributes: { tabIndex: -1 } } as const;

/** The same object for the same one, so that React Flow renders nothing for it. */
function quieter<T extends FlowNode | FlowEdge>(known: WeakMap<T, T>, entry: T): T {
  const before = known.get(entry);
  if (before) return before;
  const made = { ...entry, ...quiet };
  known.set(entry, made);
  return made;
}

export interface TabStop {
  readonly nodes: FlowNode[];
  readonly edges: FlowEdge[];
  readonly last: () => string | null;
  readonly handlers: {
    readonly onFocus: (event: FocusEvent) => void;
    readonly onKeyDown: (event: KeyboardEvent) => void;
  };
}

export function useTabStop(session: EditorSession, nodes: FlowNode[], edges: FlowEdge[]): TabStop {
  const [focused, setFocused] = useState<string | null>(null);
  const selected = useSelection(soleNode);
  const first = useDocument(({ document }) => topology(document).order[0] ?? null);
  const exists = (id: string | null): id is string => id !== null && nodes.some((node) => node.id === id);
  const current = exists(focused)
    ? focused
    : exists(selected)
      ? selected
      : exists(first)
        ? first
        : (nodes[0]?.id ?? null);

  const quietNodes = useRef(new WeakMap<FlowNode, FlowNode>());
  const quietEdges = useRef(new WeakMap<FlowEdge, FlowEdge>());
  const shownNodes = useMemo(
    () => nodes.map((node) => (node.id === current ? node : quieter(quietNodes.current, node))),
    [nodes, current],
  );
  const shownEdges = useMemo(() => edges.map((edge) => quieter(quietEdges.current, edge)), [edges]);

  // A node selected elsewhere (outline, log) is where the keyboard goes on.
  useEffect(() => {
    if (selected !== null) setFocused(selected);
  }, [selected]);

  const latest = useRef(current);
  latest.current = current;
  return {
    nodes: shownNodes,
    edges: shownEdges,
    last: () => latest.current,
    handlers: {
      onFocus(event) {
        const id = nodeElementOf(event.target)?.getAttribute('data-id');
        if (id) setFocused(id);
      },
      onKeyDown(event) {
        // React Flow takes the focus from a card that Escape unselects; the keyboard would be lost.
        const card = nodeElementOf(event.target);
        const id = card?.getAttribute('data-id');
        if (event.key !== 'Escape' || !id || card !== event.target) return;
        requestAnimationFrame(() => requestAnimationFrame(() => session.canvas.current?.focus(id)));
      },
    },
  };
}
