/** Looking at the pipeline. */
import { type Action, always } from './action';

export const viewActions: readonly Action[] = [
  {
    id: 'fit',
    label: 'Fit the view',
    group: 'View',
    chords: [{ key: '.' }, { key: '1', mod: true }],
    run: always(({ canvas }) => canvas.current?.fit()),
  },
  {
    id: 'tidy',
    label: 'Lay out from left to right',
    group: 'View',
    chords: [{ key: 'f', mod: true, shift: true }],
    run: always(({ edits }) => edits.tidy()),
  },
  {
    id: 'help',
    label: 'This list',
    group: 'View',
    chords: [{ key: '?' }],
    run: always(({ dialogs }) => dialogs.setState({ open: 'help' })),
  },
];
