/** Every action of the editor, in the order of lists. */
import type { Action } from './action';
import { editActions } from './edit-actions';
import { fileActions } from './file-actions';
import { runActions } from './run-actions';
import { subgraphActions } from './subgraph-actions';
import { viewActions } from './view-actions';

export const actions: readonly Action[] = [
  ...runActions,
  ...editActions,
  ...subgraphActions,
  ...viewActions,
  ...fileActions,
];
