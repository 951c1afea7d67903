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
    label: 'Lay out the selected nodes, or all, from left to right',
    group: 'Arrange',
    chords: [{ key: 'f', mod: true, shift: true }],
    keywords: ['auto-layout', 'tidy', 'format'],
    run: always(({ building }) => building.tidy()),
  },
  {
    id: 'help',
    label: 'This list',
    group: 'View',
    chords: [{ key: '?' }],
    run: always(({ dialogs }) => dialogs.setState({ open: 'help' })),
  },
];
