/**
 * One tab stop for the whole canvas (a roving tabindex): the card that had the focus last, else the selected one, else the
 * first in topological order. Everything else on the canvas is reached from there by keys.
 */
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import type { Chord } from '../editor/actions/action';
import { chordText } from '../editor/actions/keys';
import { useDocument, useSelection } from '../editor/hooks';
import { soleNode } from '../editor/selection-store';
import { topology } from '../graph/topology';
import { useKeysOf } from '../panels/KeysOf';
import { nodeElementOf } from './canvas-focus';
import type { FlowEdge, FlowNode } from './flow-view';

const keysId = 'node-keys';
const reached = { tabIndex: 0, 'aria-describedby': keysId } as const;
const quiet = { tabIndex: -1, 'aria-describedby': keysId } as const;

/** The same object for the same one, so that React Flow renders nothing for it. */
function withAttributes<T extends FlowNode | FlowEdge>(
  known: WeakMap<T, T>,
  entry: T,
  domAttributes: { readonly tabIndex: number },
): T {
  const before = known.get(entry);
  if (before) return before;
  const made = { ...entry, domAttributes };
  known.set(entry, made);
  return made;
}

/** What screen readers add to the name of a card that has the focus. */
export function NodeKeys() {
  const [open, connect, menu] = [useKeysOf('open-node')[0], useKeysOf('connect')[0], useKeysOf('node-menu')[0]];
  const named = (chord: Chord | undefined): string => (chord ? chordText(chord) : 'the palette');
  return (
    <p id={keysId} hidden>
      Arrows go to the nearest node, or move it while it is selected; Alt with arrows follows wires; {named(open)} opens
      the node; {named(connect)} connects it; {named(menu)} lists what else can be done.
    </p>
  );
}

export interface TabStop {
  readonly nodes: FlowNode[];
  readonly edges: FlowEdge[];
  readonly last: () => string | null;
}

export function useTabStop(nodes: FlowNode[], edges: FlowEdge[], box: RefObject<HTMLElement | null>): TabStop {
  const [focused, setFocused] = useState<string | null>(null);
  const selected = useSelection(soleNode);
  const first = useDocument(({ document }) => topology(document).order[0] ?? null);
  const exists = (id: string | null): id is string =>
    id !== null && nodes.some((node) => node.id === id && !node.hidden);
  const current = exists(focused)
    ? focused
    : exists(selected)
      ? selected
      : exists(first)
        ? first
        : (nodes.find(({ hidden }) => !hidden)?.id ?? null);

  const quietNodes = useRef(new WeakMap<FlowNode, FlowNode>());
  const reachedNodes = useRef(new WeakMap<FlowNode, FlowNode>());
  const quietEdges = useRef(new WeakMap<FlowEdge, FlowEdge>());
  const shownNodes = useMemo(
    () =>
      nodes.map((node) =>
        node.id === current
          ? withAttributes(reachedNodes.current, node, reached)
          : withAttributes(quietNodes.current, node, quiet),
      ),
    [nodes, current],
  );
  const shownEdges = useMemo(
    () => edges.map((edge) => withAttributes(quietEdges.current, edge, { tabIndex: -1 })),
    [edges],
  );

  // A node selected elsewhere (outline, log) is where the keyboard goes on.
  useEffect(() => {
    if (selected !== null) setFocused(selected);
  }, [selected]);

  useEffect(() => {
    const element = box.current;
    const onFocus = ({ target }: FocusEvent) => {
      const id = nodeElementOf(target)?.getAttribute('data-id');
      if (id) setFocused(id);
    };
    element?.addEventListener('focusin', onFocus);
    return () => element?.removeEventListener('focusin', onFocus);
  }, [box]);

  const latest = useRef(current);
  latest.current = current;
  return {
    nodes: shownNodes,
    edges: shownEdges,
    last: () => latest.current,
  };
}
