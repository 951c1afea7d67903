/** Building on the canvas: frames, notes, reroutes, and selections along the wires. */
import { framesOf } from '../../document/canvas-objects';
import { frameKey, readObjectKey } from '../object-keys';
import type { EditorSession } from '../session';
import { type Action, always } from './action';

/** Frames that are selected, else the one that has the keyboard focus. */
function selectedFrames({ canvas, selection }: EditorSession): readonly string[] {
  const framesAmong = (keys: Iterable<string>) =>
    [...keys].flatMap((key) => {
      const object = readObjectKey(key);
      return object?.kind === 'frame' ? [object.id] : [];
    });
  const selected = framesAmong(selection.store.getState().objects);
  const focused = canvas.current?.focusedNode();
  return selected.length > 0 || !focused ? selected : framesAmong([focused]);
}

const onFrames =
  (work: (session: EditorSession, frame: string) => unknown) =>
  (session: EditorSession): boolean => {
    const frames = selectedFrames(session);
    for (const frame of frames) work(session, frame);
    return frames.length > 0;
  };

export const buildActions: readonly Action[] = [
  {
    id: 'frame',
    label: 'Frame the selected nodes',
    group: 'Edit',
    chords: [{ key: 'g', mod: true }],
    keywords: ['group', 'box'],
    run({ building, renaming }) {
      const key = building.frameSelection();
      // Its title is the next thing that people want to write.
      if (key !== null) renaming.setState({ node: key });
      return key !== null;
    },
  },
  {
    id: 'unframe',
    label: 'Remove the frame, keep the nodes',
    group: 'Edit',
    chords: [{ key: 'g', mod: true, shift: true }],
    keywords: ['ungroup'],
    run: ({ building }) => building.ungroup(),
  },
  {
    id: 'frame-run',
    label: 'Run the nodes of the frame',
    group: 'Run',
    chords: [],
    run: onFrames(({ runner, building }, frame) => runner.run({ to: [...building.nodesOf(frame)] })),
  },
  {
    id: 'frame-mute',
    label: 'Mute the nodes of the frame',
    group: 'Edit',
    chords: [],
    run: onFrames(({ building }, frame) => building.setFrameMode(frame, 'mute')),
  },
  {
    id: 'frame-on',
    label: 'Switch on the nodes of the frame',
    group: 'Edit',
    chords: [],
    keywords: ['unmute'],
    run: onFrames(({ building }, frame) => building.setFrameMode(frame, 'on')),
  },
  {
    id: 'frame-collapse',
    label: 'Collapse or expand the frame',
    group: 'View',
    chords: [{ key: 'h' }],
    keywords: ['fold', 'hide', 'unfold', 'compact'],
    run: onFrames(({ building, canvas, document }, frame) => {
      const now = framesOf(document.store.getState().document).find(({ id }) => id === frame);
      building.collapseFrame(frame, now?.collapsed === undefined);
      canvas.current?.focus(frameKey(frame));
    }),
  },
  {
    id: 'frame-fit',
    label: 'Fit the frame around its nodes',
    group: 'Arrange',
    chords: [],
    run: onFrames(({ building }, frame) => building.fitFrame(frame)),
  },
  {
    id: 'note',
    label: 'Write a note',
    group: 'Edit',
    chords: [{ key: 'n', shift: true }],
    keywords: ['comment', 'text', 'markdown'],
    run: always(({ building, renaming }) => {
      const key = building.addNote();
      if (key !== null) renaming.setState({ node: key });
    }),
  },
  {
    id: 'reroute',
    label: 'Add a reroute to the selected wire',
    group: 'Edit',
    chords: [],
    keywords: ['waypoint', 'dot', 'bend'],
    run({ canvas, selection, building, document }) {
      const [wire] = selection.store.getState().wires;
      const middle = wire === undefined ? null : canvas.current?.wireMiddle(wire);
      if (wire === undefined || !middle) return false;
      const via = document.store.getState().document.wires.find(({ id }) => id === wire)?.via ?? [];
      building.reroute(wire, middle, Math.floor(via.length / 2));
      return true;
    },
  },
  {
    id: 'select-upstream',
    label: 'Select everything upstream',
    group: 'Edit',
    chords: [],
    keywords: ['ancestors', 'inputs'],
    run: ({ building }) => building.selectStream('upstream'),
  },
  {
    id: 'select-downstream',
    label: 'Select everything downstream',
    group: 'Edit',
    chords: [],
    keywords: ['descendants', 'outputs'],
    run: ({ building }) => building.selectStream('downstream'),
  },
];
