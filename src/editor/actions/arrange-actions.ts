/** Where the selected nodes stand: aligned, spread evenly. */
import { type Alignment, alignments } from '../../graph/arrange';
import type { Action } from './action';

const words: Readonly<Record<Alignment, string>> = {
  left: 'Align left edges',
  centre: 'Align centres',
  right: 'Align right edges',
  top: 'Align upper edges',
  middle: 'Align middles',
  bottom: 'Align lower edges',
};

const spreads = [
  { how: 'horizontal', label: 'Spread evenly from left to right' },
  { how: 'vertical', label: 'Spread evenly from top to bottom' },
] as const;

export const arrangeActions: readonly Action[] = [
  ...alignments.map(
    (how): Action => ({
      id: `align-${how}`,
      label: words[how],
      group: 'Arrange',
      chords: [],
      run: ({ building }) => building.arrange(how),
    }),
  ),
  ...spreads.map(
    ({ how, label }): Action => ({
      id: `distribute-${how}`,
      label,
      group: 'Arrange',
      chords: [],
      keywords: ['distribute', how],
      run: ({ building }) => building.arrange(how),
    }),
  ),
];
