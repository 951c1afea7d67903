/** Keys that mean what they do by where or how long they are pressed, so that they are no chord of an action. For lists. */
import type { Action, Chord } from './action';

export const fixedKeys: readonly (Pick<Action, 'group' | 'label'> & { readonly chord: Chord })[] = [
  { group: 'Run', label: 'Cancel the run, from within the run log', chord: { key: 'escape' } },
  { group: 'View', label: 'Pan the canvas: held while dragging, from anywhere on it', chord: { key: ' ' } },
];
