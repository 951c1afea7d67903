/** Subgraphs, mute and bypass. */
import { enterSubgraph, leaveSubgraph } from '../levels';
import { toggleMode } from '../modes';
import { soleNode } from '../selection-store';
import { collapseNodes, dissolveInstance } from '../subgraph-edits';
import type { Action } from './action';

export const subgraphActions: readonly Action[] = [
  {
    id: 'mute',
    label: 'Mute or switch on',
    group: 'Edit',
    chords: [{ key: 'm' }, { key: 'm', mod: true }],
    keywords: ['disable', 'off'],
    run: (session) => toggleMode(session, 'mute'),
  },
  {
    id: 'bypass',
    label: 'Bypass or switch on',
    group: 'Edit',
    chords: [{ key: 'b', mod: true }],
    keywords: ['skip', 'pass through'],
    run: (session) => toggleMode(session, 'bypass'),
  },
  {
    id: 'collapse',
    label: 'Collapse to a subgraph',
    group: 'Edit',
    chords: [{ key: 'e', mod: true, shift: true }],
    keywords: ['group', 'encapsulate', 'nest'],
    run(session) {
      const { nodes } = session.selection.store.getState();
      if (nodes.size === 0) return false;
      collapseNodes(session, nodes);
      return true;
    },
  },
  {
    id: 'dissolve',
    label: 'Expand the subgraph in place',
    group: 'Edit',
    chords: [{ key: 'e', mod: true, alt: true }],
    keywords: ['ungroup', 'dissolve', 'inline'],
    run(session) {
      const id = soleNode(session.selection.store.getState());
      if (id === null) return false;
      dissolveInstance(session, id);
      return true;
    },
  },
  {
    id: 'open-subgraph',
    label: 'Open the subgraph',
    group: 'View',
    // Enter opens a node, and a subgraph so (keyboard-actions.ts).
    chords: [],
    keywords: ['inside', 'edit'],
    run(session) {
      const id = soleNode(session.selection.store.getState());
      return id !== null && enterSubgraph(session, id);
    },
  },
  {
    id: 'leave-subgraph',
    label: 'Leave the subgraph',
    group: 'View',
    chords: [{ key: 'arrowup', mod: true }],
    keywords: ['up', 'outside', 'parent'],
    run: (session) => leaveSubgraph(session, session.document.store.getState().path.length - 1),
  },
];
