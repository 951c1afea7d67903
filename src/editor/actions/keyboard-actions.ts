/** Working without a pointer: the palette, the focus on the canvas, wires by lists, the node at hand. */
import type { CanvasHandle, Direction } from '../canvas-port';
import { enterSubgraph } from '../levels';
import { nodeAtHand } from '../node-at-hand';
import { readObjectKey } from '../object-keys';
import { soleNode } from '../selection-store';
import { type Action, always, type Chord } from './action';

/** For actions on one node: the focused or selected one. */
const withNode =
  (work: (session: Parameters<Action['run']>[0], node: string) => unknown): Action['run'] =>
  (session) => {
    const node = nodeAtHand(session);
    if (node === null) return false;
    work(session, node);
    return true;
  };

const arrow = (direction: Direction, modifiers: Partial<Chord> = {}): Chord => ({
  key: `arrow${direction}`,
  ...modifiers,
});

const modifiers = { near: {}, far: { shift: true }, along: { alt: true }, past: { mod: true, shift: true } } as const;

const move = (id: string, label: string, direction: Direction, how: keyof typeof modifiers): Action => ({
  id,
  label,
  group: 'View',
  chords: [arrow(direction, modifiers[how])],
  keywords: ['focus', 'keyboard', 'navigate', 'nudge', 'arrow'],
  run: ({ canvas }) => canvas.current?.step(direction, how) ?? false,
});

/** The page's own zoom stays the browser's: these keys are the canvas's only while it has the focus. */
const zoomed = (work: (canvas: CanvasHandle) => void): Pick<Action, 'run' | 'fromPalette'> => ({
  run({ canvas: { current } }) {
    if (!current?.hasFocus()) return false;
    work(current);
    return true;
  },
  fromPalette: ({ canvas: { current } }) => current && work(current),
});

export const keyboardActions: readonly Action[] = [
  {
    id: 'palette',
    label: 'Find a command, node or pipeline',
    group: 'View',
    chords: [
      { key: 'k', mod: true },
      { key: 'p', mod: true, shift: true },
    ],
    everywhere: true,
    keywords: ['command palette', 'search', 'go to'],
    run: always(({ dialogs }) => dialogs.setState({ open: 'palette' })),
  },
  {
    id: 'connect',
    label: 'Connect or disconnect the node',
    group: 'Edit',
    chords: [{ key: 'c' }],
    keywords: ['wire', 'link', 'unplug', 'connect mode'],
    run: withNode(({ connect }, node) => connect.setState({ from: { node } })),
  },
  {
    id: 'open-node',
    label: 'Open the node in the inspector, or the subgraph',
    group: 'View',
    chords: [{ key: 'enter' }],
    keywords: ['parameters', 'edit', 'inspect'],
    run(session) {
      const nowhere = document.activeElement === null || document.activeElement === document.body;
      const selected = nowhere ? soleNode(session.selection.store.getState()) : null;
      const node = session.canvas.current?.focusedNode() ?? selected;
      if (node === null) return false;
      // A frame, a note or a point of a wire has nothing to inspect.
      if (readObjectKey(node)) session.selection.set([], [], [node]);
      else if (!enterSubgraph(session, node)) session.inspect(node);
      return true;
    },
    fromPalette: withNode((session, node) => enterSubgraph(session, node) || session.inspect(node)),
  },
  {
    id: 'open-large',
    label: 'Open the result of the node large',
    group: 'View',
    chords: [{ key: 'enter', alt: true }],
    keywords: ['viewer', 'zoom', 'output'],
    run: withNode(({ viewer }, node) => viewer.setState({ shown: { node } })),
  },
  {
    id: 'node-help',
    label: 'Help on the node',
    group: 'View',
    chords: [{ key: 'f1' }],
    keywords: ['documentation', 'equations'],
    run: withNode((session, node) => {
      session.layout.setState({ tab: 'help' });
      session.inspect(node);
    }),
  },
  {
    id: 'node-menu',
    label: 'Menu of the node',
    group: 'View',
    chords: [{ key: 'contextmenu' }, { key: 'f10', shift: true }],
    keywords: ['context menu', 'actions'],
    run: withNode(({ canvas }, node) => canvas.current?.openMenu(node)),
  },
  {
    id: 'outline',
    label: 'Outline of the pipeline',
    group: 'View',
    chords: [{ key: 'o', mod: true, shift: true }],
    everywhere: true,
    keywords: ['list', 'tree', 'screen reader'],
    run: always((session) => session.showOutline()),
  },
  move('focus-left', 'Focus the next node to the left, or nudge the selected ones', 'left', 'near'),
  move('focus-right', 'Focus the next node to the right, or nudge the selected ones', 'right', 'near'),
  move('focus-up', 'Focus the next node above, or nudge the selected ones', 'up', 'near'),
  move('focus-down', 'Focus the next node below, or nudge the selected ones', 'down', 'near'),
  move('pass-left', 'Focus the next node to the left, moving nothing', 'left', 'past'),
  move('pass-right', 'Focus the next node to the right, moving nothing', 'right', 'past'),
  move('pass-up', 'Focus the next node above, moving nothing', 'up', 'past'),
  move('pass-down', 'Focus the next node below, moving nothing', 'down', 'past'),
  move('nudge-left-far', 'Move the selected nodes far to the left', 'left', 'far'),
  move('nudge-right-far', 'Move the selected nodes far to the right', 'right', 'far'),
  move('nudge-up-far', 'Move the selected nodes far up', 'up', 'far'),
  move('nudge-down-far', 'Move the selected nodes far down', 'down', 'far'),
  move('follow-back', 'Follow a wire upstream', 'left', 'along'),
  move('follow-on', 'Follow a wire downstream', 'right', 'along'),
  move('follow-previous', 'Previous wire of the same node', 'up', 'along'),
  move('follow-next', 'Next wire of the same node', 'down', 'along'),
  {
    id: 'toggle-selected',
    label: 'Add the focused node to the selection, or take it out',
    group: 'Edit',
    chords: [{ key: ' ', mod: true }],
    keywords: ['multi-select', 'extend'],
    run({ canvas, selection }) {
      const id = canvas.current?.focusedNode() ?? null;
      if (id === null) return false;
      const kind = readObjectKey(id) ? 'objects' : 'nodes';
      selection.change(kind, [{ id, selected: !selection.store.getState()[kind].has(id) }]);
      return true;
    },
  },
  {
    id: 'zoom-in',
    label: 'Zoom in',
    group: 'View',
    chords: [
      { key: '+', mod: true },
      { key: '=', mod: true },
    ],
    ...zoomed((canvas) => canvas.zoom(1)),
  },
  {
    id: 'zoom-out',
    label: 'Zoom out',
    group: 'View',
    chords: [{ key: '-', mod: true }],
    ...zoomed((canvas) => canvas.zoom(-1)),
  },
  {
    id: 'zoom-reset',
    label: 'Zoom to full size',
    group: 'View',
    chords: [{ key: '0', mod: true }],
    ...zoomed((canvas) => canvas.actualSize()),
  },
  {
    id: 'focus-canvas',
    label: 'Focus the canvas',
    group: 'View',
    chords: [{ key: 'f6' }],
    everywhere: true,
    run: always(({ canvas }) => canvas.current?.focus()),
  },
];
