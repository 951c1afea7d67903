/** Where the selected nodes stand: aligned, spread evenly, nudged. */
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

/** px */
const near = 5;
const far = 20;
const directions = [
  { name: 'left', x: -1, y: 0 },
  { name: 'right', x: 1, y: 0 },
  { name: 'up', x: 0, y: -1 },
  { name: 'down', x: 0, y: 1 },
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
  ...directions.flatMap(({ name, x, y }): Action[] =>
    [near, far].map((step) => ({
      id: step === near ? `nudge-${name}` : `nudge-${name}-far`,
      label: step === near ? `Nudge ${name}` : `Nudge ${name}, further`,
      group: 'Arrange',
      chords: [{ key: `arrow${name}`, ...(step === near ? {} : { shift: true }) }],
      run: ({ building }) => building.nudge({ x: x * step, y: y * step }),
    })),
  ),
];
