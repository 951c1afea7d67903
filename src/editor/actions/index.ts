/** Every action of the editor, in the order of lists. */
import type { Action } from './action';
import { arrangeActions } from './arrange-actions';
import { buildActions } from './build-actions';
import { compareActions } from './compare-actions';
import { editActions } from './edit-actions';
import { fileActions } from './file-actions';
import { keepingActions } from './keeping-actions';
import { keyboardActions } from './keyboard-actions';
import { runActions } from './run-actions';
import { subgraphActions } from './subgraph-actions';
import { viewActions } from './view-actions';

export const actions: readonly Action[] = [
  ...runActions,
  ...editActions,
  ...subgraphActions,
  ...buildActions,
  ...arrangeActions,
  ...viewActions,
  ...compareActions,
  ...keyboardActions,
  ...fileActions,
  ...keepingActions,
];
