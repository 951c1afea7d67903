/** Opening and keeping pipelines. */
import { type Action, always } from './action';

export const fileActions: readonly Action[] = [
  {
    id: 'save',
    label: 'Save to a file',
    group: 'File',
    chords: [{ key: 's', mod: true }],
    everywhere: true,
    run: always((session) => session.save()),
  },
  {
    id: 'open',
    label: 'Open a file',
    group: 'File',
    chords: [{ key: 'o', mod: true }],
    everywhere: true,
    run: always((session) => session.openFile()),
  },
];
