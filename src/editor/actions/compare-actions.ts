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
      compareNodes(session, [...session.selection.store.getState().nodes]);
      return true;
    },
  },
  {
    id: 'compare-previous',
    label: 'Compare with the previous run',
    group: 'View',
    chords: [{ key: 'p' }],
    keywords: ['history', 'before', 'earlier', 'version'],
    run(session) {
      const node = soleNode(session.selection.store.getState());
      if (node === null) {
        session.notices.show({ level: 'info', title: 'Select the node whose results are to be compared' });
        return true;
      }
      void compareWithPrevious(session, node);
      return true;
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
