/** Building as the editor does it: frames, notes, wires in the hand, copies; long histories through a reopening. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { framesOf, notesOf } from '../../../src/document/canvas-objects';
import { serialisePipeline } from '../../../src/document/serialise-pipeline';
import { createHabits, readHabits } from '../../../src/editor/habits';
import { candidatesFor } from '../../../src/editor/node-search';
import { dotKey, frameKey, noteKey, readObjectKey } from '../../../src/editor/object-keys';
import { pipeline } from '../../support/document-samples';
import { testCatalogue } from '../../support/test-catalogue';
import { documentOf, freshBrowser, openTab, pass, type Tab } from './support';

let tab: Tab;
const start = {
  ...pipeline(
    {
      one: { type: 'test.constant' },
      two: { type: 'test.scale' },
      three: { type: 'test.add' },
      spikes: { type: 'test.spikes' },
    },
    ['one.series > two.series', 'two.series > three.a'],
  ),
  ui: { positions: { one: { x: 0, y: 0 }, two: { x: 400, y: 0 }, three: { x: 800, y: 0 }, spikes: { x: 0, y: 500 } } },
};
beforeEach(async () => {
  freshBrowser();
  tab = await openTab();
  await tab.session.keeper.adopt(start);
});
afterEach(() => tab.session.dispose());

const spoken = () => tab.session.notices.store.getState().spoken.text;
const document = () => documentOf(tab.session);
const wires = () => document().wires.map(({ from, to }) => `${from.node} > ${to.node}.${to.port}`);
const places = () => document().ui?.positions ?? {};

describe('keys of objects', () => {
  it('are told apart from nodes, whatever the ids hold', () => {
    expect(readObjectKey(frameKey('a\nb'))).toEqual({ kind: 'frame', id: 'a\nb' });
    expect(readObjectKey(noteKey('n'))).toEqual({ kind: 'note', id: 'n' });
    expect(readObjectKey(dotKey('w\n1', 12))).toEqual({ kind: 'dot', id: 'w\n1', place: 12 });
    for (const id of ['frame', 'frame-1', 'dot', '']) expect(readObjectKey(id)).toBeNull();
  });
});

describe('frames', () => {
  it('go around the selection, are selected, and move with all that they hold in one step', () => {
    const { building, selection, edits } = tab.session;
    expect(building.frameSelection()).toBeNull();
    selection.set(['one', 'two']);
    const key = building.frameSelection() ?? '';
    expect(spoken()).toBe('Frame 2 nodes.');
    expect([...selection.store.getState().objects]).toEqual([key]);
    const [frame] = framesOf(document());
    building.addNote({ x: 100, y: 60 });
    building.drop({ [key]: { x: (frame?.x ?? 0) + 10, y: (frame?.y ?? 0) + 20 } }, { drag: true });
    expect(places()).toMatchObject({ one: { x: 10, y: 20 }, two: { x: 410, y: 20 }, three: { x: 800, y: 0 } });
    expect(notesOf(document())[0]).toMatchObject({ x: 110, y: 80 });
    edits.undo();
    expect(places()).toEqual(start.ui.positions);
    expect(framesOf(document())[0]).toEqual(frame);
  });

  it('mute their nodes as one step, and are taken away without them', () => {
    const { building, selection, edits } = tab.session;
    selection.set(['one', 'two']);
    building.frameSelection();
    building.setFrameMode('frame', 'mute');
    expect(document().nodes.map(({ mode }) => mode ?? 'on')).toEqual(['mute', 'mute', 'on', 'on']);
    edits.undo();
    expect(document().nodes.map(({ mode }) => mode ?? 'on')).toEqual(['on', 'on', 'on', 'on']);
    expect(building.ungroup()).toBe(true);
    expect(framesOf(document())).toEqual([]);
    expect(document().nodes).toHaveLength(4);
    expect(building.ungroup()).toBe(false);
  });

  it('give up a node to a new frame inside them, and still hold it through that one', () => {
    const { building, selection } = tab.session;
    selection.set(['one', 'two', 'three']);
    building.frameSelection();
    selection.set(['two']);
    building.frameSelection();
    expect(framesOf(document()).map(({ nodes }) => nodes)).toEqual([['one', 'three'], ['two']]);
    expect(building.nodesOf('frame')).toEqual(['one', 'three', 'two']);
  });

  it('are removed with everything else that is selected, in one step', () => {
    const { building, selection, edits } = tab.session;
    selection.set(['one']);
    building.frameSelection();
    building.addNote();
    const wire = document().wires[1]?.id ?? '';
    building.reroute(wire, { x: 5, y: 6 }, 0);
    const before = serialisePipeline(document());
    selection.set(['spikes'], [document().wires[0]?.id ?? ''], [frameKey('frame'), noteKey('note'), dotKey(wire, 0)]);
    expect(building.removeSelection()).toBe(true);
    expect(spoken()).toBe('Remove 5 objects.');
    expect([framesOf(document()), notesOf(document()), wires()]).toEqual([[], [], ['two > three.a']]);
    expect(document().wires[0]?.via).toBeUndefined();
    edits.undo();
    expect(serialisePipeline(document())).toBe(before);
    selection.clear();
    expect(building.removeSelection()).toBe(false);
  });
});

describe('wires in the hand', () => {
  it('take a new node at their other end in one step, from both sides', () => {
    const { building, edits, habits, catalogue } = tab.session;
    const wire = { node: 'one', port: 'series', side: 'source' } as const;
    const add = candidatesFor(document(), catalogue, wire, habits).find(({ node }) => node.type === 'test.add');
    if (!add) throw new Error('Add takes a series.');
    expect(building.addWired(add, wire, { x: 1, y: 2 })).toBe('add');
    expect(wires()).toContain('one > add.a');
    expect(spoken()).toMatch(/^Added Add.* and connected it from Constant\.$/);
    edits.undo();
    expect(serialisePipeline(document())).toBe(serialisePipeline(start));
    const back = { node: 'three', port: 'b', side: 'target' } as const;
    const scale = candidatesFor(document(), catalogue, back, habits).find(({ node }) => node.type === 'test.scale');
    if (!scale) throw new Error('Scale gives a series.');
    expect(building.addWired(scale, back)).toBe('scale');
    expect(wires()).toContain('scale > three.b');
  });

  it('move with their output, or not at all', () => {
    const { building, edits } = tab.session;
    edits.addNode('test.constant', { x: 0, y: 900 });
    edits.connect({ from: { node: 'one', port: 'series' }, to: { node: 'three', port: 'b' } });
    expect(building.moveOutput({ node: 'one', port: 'series' }, { node: 'constant', port: 'series' })).toBe(true);
    expect(wires().sort()).toEqual(['constant > three.b', 'constant > two.series', 'two > three.a']);
    const before = document();
    // Scale cannot feed itself.
    expect(building.moveOutput({ node: 'constant', port: 'series' }, { node: 'two', port: 'series' })).toBe(false);
    expect(document()).toBe(before);
    expect(building.disconnectInput({ node: 'three', port: 'b' })).toBe(true);
    expect(building.disconnectInput({ node: 'three', port: 'b' })).toBe(false);
  });
});

describe('a drag', () => {
  it('with Alt puts copies down without incoming wires, and leaves the originals', () => {
    const { building, selection } = tab.session;
    building.drop({ two: { x: 7, y: 8 }, three: { x: 407, y: 8 } }, { drag: true, copy: true });
    expect(places()).toMatchObject({ ...start.ui.positions, 'two-2': { x: 7, y: 8 }, 'three-2': { x: 407, y: 8 } });
    expect(wires()).toEqual(['one > two.series', 'two > three.a', 'two-2 > three-2.a']);
    expect([...selection.store.getState().nodes]).toEqual(['two-2', 'three-2']);
  });

  it('over a wire splices in the same step', () => {
    const { building, edits } = tab.session;
    edits.addNode('test.scale', { x: 0, y: 900 });
    const before = serialisePipeline(document());
    const wire = document().wires[0]?.id ?? '';
    building.drop({ scale: { x: 200, y: 10 } }, { drag: true, splice: wire });
    expect(wires().sort()).toEqual(['one > scale.series', 'scale > two.series', 'two > three.a']);
    edits.undo();
    expect(serialisePipeline(document())).toBe(before);
  });

  it('of a point moves the point alone', () => {
    const { building } = tab.session;
    const wire = document().wires[0]?.id ?? '';
    building.reroute(wire, { x: 1.4, y: 2.6 }, 0);
    building.reroute(wire, { x: 50, y: 60 }, 1);
    building.drop({ [dotKey(wire, 1)]: { x: 70, y: 80 } }, { drag: true });
    expect(document().wires[0]?.via).toEqual([
      { x: 1, y: 3 },
      { x: 70, y: 80 },
    ]);
  });

  it('by arrow keys is one step per burst, of nodes and objects alike', () => {
    const { building, selection, edits } = tab.session;
    building.addNote({ x: 0, y: 0 });
    selection.set(['one'], [], [noteKey('note')]);
    for (let n = 0; n < 4; n++) building.nudge({ x: 5, y: 0 });
    expect(places()['one']).toEqual({ x: 20, y: 0 });
    expect(notesOf(document())[0]?.x).toBe(20);
    edits.undo();
    expect(places()['one']).toEqual({ x: 0, y: 0 });
    expect(notesOf(document())[0]?.x).toBe(0);
    selection.clear();
    expect(building.nudge({ x: 5, y: 0 })).toBe(false);
  });
});

describe('undo', () => {
  it('goes back 250 steps, also after the page was closed and opened again', async () => {
    const { edits, building, selection, keeper } = tab.session;
    const first = serialisePipeline(document());
    const states = [first];
    const step = (n: number) => {
      if (n % 5 === 0) edits.setParam('one', 'value', n);
      else if (n % 5 === 1) building.addNote({ x: n, y: n });
      else if (n % 5 === 2) edits.move({ two: { x: n, y: 2 * n } }, true);
      else if (n % 5 === 3) edits.setLabel('three', `Name ${n}`);
      else {
        selection.set(['one']);
        building.frameSelection();
      }
    };
    for (let n = 1; n <= 250; n++) {
      step(n);
      states.push(serialisePipeline(document()));
    }
    expect(new Set(states).size).toBe(251);
    keeper.flush();
    await pass(50);
    const { id } = tab.session.document.store.getState();
    tab.session.dispose();
    tab = await openTab();
    expect(await tab.session.keeper.reopen(id)).toBe(true);
    expect(serialisePipeline(document())).toBe(states[250]);
    for (let n = 249; n >= 0; n--) {
      tab.session.edits.undo();
      expect(serialisePipeline(document())).toBe(states[n]);
    }
    for (let n = 0; n < 250; n++) tab.session.edits.redo();
    expect(serialisePipeline(document())).toBe(states[250]);
  });
});

describe('habits', () => {
  const ends = { from: 'test.constant', kind: 'series', to: 'test.add' };

  it('put what was wired before first, more so the more often; examples count less', () => {
    const habits = createHabits();
    const start_ = { node: 'one', port: 'series', side: 'source' } as const;
    const first = () => candidatesFor(document(), testCatalogue, start_, habits)[0]?.node.type;
    habits.seed(
      [pipeline({ a: { type: 'test.constant' }, b: { type: 'test.scale' } }, ['a.series > b.series'])],
      testCatalogue,
    );
    expect(first()).toBe('test.scale');
    habits.wired(ends);
    expect(first()).toBe('test.add');
    expect(habits.weight({ ...ends, from: 'test.slow' })).toBeGreaterThan(0);
    expect(habits.weight({ from: 'x', kind: 'y', to: 'z' })).toBe(0);
  });

  it('fade from visit to visit, and stand any text that was stored', () => {
    const stored = JSON.stringify({
      recent: ['a', 'b'],
      favourites: ['c'],
      pairs: { 'x > y': 10, odd: 'no', none: 0 },
    });
    expect(readHabits(stored)).toEqual({ recent: ['a', 'b'], favourites: ['c'], pairs: { 'x > y': 8 } });
    for (const text of [null, '', '{', '7', 'null', '{"recent":[1],"pairs":[]}'])
      expect(readHabits(text)).toEqual({ recent: [], favourites: [], pairs: {} });
  });

  it('offer only what fits: nothing for spikes into a series', () => {
    const found = candidatesFor(
      document(),
      testCatalogue,
      { node: 'spikes', port: 'spikes', side: 'source' },
      createHabits(),
    );
    expect(found.length).toBeGreaterThan(0);
    for (const { node, ports } of found) for (const port of ports) expect(node.inputs[port]?.kinds).toContain('spikes');
  });
});
