/** Starting and ending runs. */
import { type Action, always } from './action';

export const runActions: readonly Action[] = [
  {
    id: 'run',
    label: 'Run',
    group: 'Run',
    chords: [{ key: 'enter', mod: true }],
    everywhere: true,
    run: always(({ runner }) => runner.run()),
  },
  {
    id: 'run-selection',
    label: 'Run to the selected nodes',
    group: 'Run',
    chords: [{ key: 'enter', shift: true }],
    run({ runner, selection }) {
      const { nodes } = selection.store.getState();
      if (nodes.size === 0) return false;
      void runner.run({ to: [...nodes] });
      return true;
    },
  },
  {
    id: 'cancel',
    label: 'Cancel the run',
    group: 'Run',
    chords: [{ key: 'enter', mod: true, alt: true }],
    everywhere: true,
    run: always(({ runner }) => runner.cancel()),
  },
  {
    id: 'live',
    label: 'Live mode on or off (freeze)',
    group: 'Run',
    chords: [{ key: 'f', shift: true }],
    keywords: ['freeze', 'automatic', 'auto run', 'after an edit'],
    run: always(({ live }) => live.toggle()),
  },
];
