/** Comparing results and making branches. */
import { branchFrom, compareNodes, compareWithPrevious } from '../compare';
import { soleNode } from '../selection-store';
import type { Action } from './action';

export const compareActions: readonly Action[] = [
  {
    id: 'compare-selection',
    label: 'Compare the selected nodes',
    group: 'View',
    chords: [{ key: 'v' }],
    keywords: ['versus', 'difference', 'side by side', 'A/B'],
    run(session) {
      const { nodes } = session.selection.store.getState();
      // With nothing selected a letter begins the search for a node.
      if (nodes.size === 0) return false;
      compareNodes(session, [...nodes]);
      return true;
    },
    fromPalette: (session) => compareNodes(session, [...session.selection.store.getState().nodes]),
  },
  {
    id: 'compare-previous',
    label: 'Compare with the previous run',
    group: 'View',
    chords: [{ key: 'p' }],
    keywords: ['history', 'before', 'earlier', 'version'],
    run(session) {
      const node = soleNode(session.selection.store.getState());
      if (node === null) return false;
      void compareWithPrevious(session, node);
      return true;
    },
    fromPalette(session) {
      const node = soleNode(session.selection.store.getState());
      if (node !== null) void compareWithPrevious(session, node);
      else session.notices.show({ level: 'info', title: 'Select the node whose results are to be compared' });
    },
  },
  {
    id: 'branch',
    label: 'Make a branch from here',
    group: 'Edit',
    chords: [{ key: 'b', shift: true }],
    keywords: ['fork', 'variant', 'duplicate downstream'],
    run(session) {
      const node = soleNode(session.selection.store.getState());
      if (node === null) return false;
      branchFrom(session, node, 'downstream');
      return true;
    },
  },
];
