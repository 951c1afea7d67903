/** Copies of nodes with the frames around them and the notes beside them: what comes along, where it stands, what undo takes back. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { framesOf, notesOf } from '../../../src/document/canvas-objects';
import { serialisePipeline } from '../../../src/document/serialise-pipeline';
import { fragmentToText, pasteAt, textToFragment } from '../../../src/editor/clipboard';
import { copySelection, removeCopied } from '../../../src/editor/clipboard-commands';
import { frameKey, noteKey } from '../../../src/editor/object-keys';
import { pipeline } from '../../support/document-samples';
import { documentOf, freshBrowser, openTab, pass, type Tab } from './support';

const box = { width: 700, height: 300 };
const start = {
  ...pipeline({ one: { type: 'test.constant' }, two: { type: 'test.scale' }, three: { type: 'test.scale' } }, [
    'one.series > two.series',
    'two.series > three.series',
  ]),
  frames: [
    { id: 'pair', title: 'Pair', nodes: ['one', 'two'], x: -20, y: -50, ...box, colour: 'blue' },
    { id: 'all', title: 'All', nodes: ['three'], x: -60, y: -120, width: 1400, height: 600 },
  ],
  notes: [
    { id: 'inside', text: 'In the pair', x: 100, y: 150, width: 100, height: 40 },
    { id: 'apart', text: 'Far away', x: 3000, y: 0, width: 100, height: 40 },
  ],
  ui: { positions: { one: { x: 0, y: 0 }, two: { x: 300, y: 0 }, three: { x: 900, y: 0 } } },
};
let tab: Tab;
beforeEach(async () => {
  freshBrowser();
  tab = await openTab();
  await tab.session.keeper.adopt(start);
});
afterEach(() => tab.session.dispose());

const document = () => documentOf(tab.session);
const bytes = () => serialisePipeline(document());
const selected = () => tab.session.selection.store.getState();
const frame = (id: string) => framesOf(document()).find((each) => each.id === id);

describe('copies', () => {
  it('of all nodes of a frame bring the frame and the notes in it, in one step', () => {
    const before = bytes();
    tab.session.edits.duplicate(['one', 'two']);
    expect(frame('pair-2')).toEqual({
      id: 'pair-2',
      title: 'Pair',
      nodes: ['one-2', 'two-2'],
      x: 16,
      y: -14,
      ...box,
      colour: 'blue',
    });
    expect(notesOf(document()).map(({ id, x, y }) => [id, x, y])).toEqual([
      ['inside', 100, 150],
      ['apart', 3000, 0],
      ['inside-2', 136, 186],
    ]);
    // The outer frame holds a third node.
    expect(framesOf(document())).toHaveLength(3);
    expect(selected().nodes).toEqual(new Set(['one-2', 'two-2']));
    expect(selected().objects).toEqual(new Set([frameKey('pair-2'), noteKey('inside-2')]));
    expect(tab.session.notices.store.getState().spoken.text).toBe('Insert 2 nodes, 1 frame and 1 note.');
    tab.session.edits.undo();
    expect(bytes()).toBe(before);
    tab.session.edits.redo();
    expect(frame('pair-2')?.nodes).toEqual(['one-2', 'two-2']);
  });

  it('of some nodes of a frame are the nodes alone', () => {
    tab.session.edits.duplicate(['two', 'three']);
    expect(framesOf(document())).toHaveLength(2);
    expect(notesOf(document())).toHaveLength(2);
  });

  it('of a chosen frame are all that stands in it: nodes, wires, frames, notes', () => {
    tab.session.selection.set([], [], [frameKey('all')]);
    const fragment = copySelection(tab.session);
    expect(fragment?.nodes.map(({ id }) => id)).toEqual(['one', 'two', 'three']);
    tab.session.edits.duplicate([], false, [frameKey('all')]);
    expect(framesOf(document()).map(({ id }) => id)).toEqual(['pair', 'all', 'pair-2', 'all-2']);
    expect(frame('all-2')?.nodes).toEqual(['three-2']);
    expect(frame('pair-2')?.nodes).toEqual(['one-2', 'two-2']);
    expect(document().wires).toHaveLength(4);
  });

  it('of a note are the note alone; with nothing chosen there is nothing', () => {
    expect(copySelection(tab.session)).toBeNull();
    tab.session.selection.set([], [], [noteKey('apart')]);
    expect(copySelection(tab.session)).toMatchObject({ nodes: [], notes: [{ id: 'apart' }] });
    tab.session.edits.duplicate([], false, [noteKey('apart')]);
    expect(notesOf(document()).at(-1)).toMatchObject({ id: 'apart-2', text: 'Far away', x: 3036, y: 36 });
    expect(selected().objects).toEqual(new Set([noteKey('apart-2')]));
  });

  it('go through text to another document, and stand where they are put', async () => {
    tab.session.selection.set(['one', 'two']);
    const text = fragmentToText(copySelection(tab.session) ?? { nodes: [], wires: [] });
    const fragment = textToFragment(text);
    if (!fragment) throw new Error('It was not read.');
    await tab.session.keeper.adopt(pipeline({}));
    tab.session.edits.paste(pasteAt(fragment, { x: 1000, y: 2000 }));
    // Pasted a little to the lower right where there is no pointer.
    expect(frame('pair')).toMatchObject({ x: 1036, y: 2036, nodes: ['one', 'two'] });
    expect(document().ui?.positions).toEqual({ one: { x: 1056, y: 2086 }, two: { x: 1356, y: 2086 } });
    expect(notesOf(document())[0]).toMatchObject({ x: 1156, y: 2236 });
    const onlyNote = textToFragment(
      '{"spikeloom-nodes":1,"nodes":[],"notes":[{"id":"n","text":"a","x":0,"y":0,"width":9,"height":9}]}',
    );
    expect(onlyNote?.notes).toHaveLength(1);
    expect(textToFragment('{"spikeloom-nodes":1,"nodes":[],"notes":[{"id":"n"}]}')).toBeNull();
  });

  it('that are cut take the frame and its notes away in one step, and come back by pasting', () => {
    const before = bytes();
    tab.session.selection.set([], [], [frameKey('pair')]);
    const fragment = copySelection(tab.session);
    removeCopied(tab.session);
    expect(document().nodes.map(({ id }) => id)).toEqual(['three']);
    expect(framesOf(document()).map(({ id }) => id)).toEqual(['all']);
    expect(notesOf(document()).map(({ id }) => id)).toEqual(['apart']);
    tab.session.edits.undo();
    expect(bytes()).toBe(before);
    tab.session.edits.redo();
    if (fragment) tab.session.edits.paste(fragment);
    expect(frame('pair')?.nodes).toEqual(['one', 'two']);
  });

  it('put down with Alt stand where they were let go, frame and all', () => {
    tab.session.building.drop({ [frameKey('pair')]: { x: -20, y: 950 } }, { drag: true, copy: true });
    expect(frame('pair')).toMatchObject({ x: -20, y: -50 });
    expect(frame('pair-2')).toMatchObject({ x: -20, y: 950, nodes: ['one-2', 'two-2'] });
    expect(document().ui?.positions).toMatchObject({ ...start.ui.positions, 'one-2': { x: 0, y: 1000 } });
    expect(notesOf(document()).at(-1)).toMatchObject({ id: 'inside-2', x: 100, y: 1150 });
  });

  it('inside a subgraph hold its own nodes, and can be pasted outside', () => {
    const { session } = tab;
    session.edits.run({ type: 'collapse', ids: ['one', 'two'] });
    const instance = document().nodes.find(({ type }) => type.startsWith('subgraph.'))?.id ?? '';
    expect(session.document.look([instance])).toBe(true);
    const [inner] = document().nodes.filter(({ type }) => type === 'test.scale');
    const id = inner?.id ?? '';
    session.edits.run({
      type: 'add-frame',
      frame: { id: 'f', title: 'Inner', nodes: [id], x: 0, y: 0, width: 300, height: 200 },
    });
    session.edits.duplicate([id]);
    const copy = [...selected().nodes][0] ?? '';
    expect(copy).not.toBe(id);
    expect(frame('f-2')?.nodes).toEqual([copy]);
    session.selection.set([id]);
    const fragment = copySelection(session);
    session.document.look([]);
    if (fragment) session.edits.paste(fragment);
    const [outside] = [...selected().nodes];
    expect(frame('f')?.nodes).toEqual([outside]);
  });

  it('survive that the page is closed, and can then be undone', async () => {
    const before = bytes();
    tab.session.edits.duplicate(['one', 'two']);
    const after = bytes();
    await pass(300);
    tab.library.close();
    const again = await openTab();
    await again.session.keeper.reopen((await again.session.keeper.lastOpened()) ?? '');
    expect(serialisePipeline(documentOf(again.session))).toBe(after);
    again.session.edits.undo();
    expect(serialisePipeline(documentOf(again.session))).toBe(before);
    again.session.dispose();
  });
});

describe('a collapsed frame', () => {
  it('is copied with all that it hides, which the copy hides under its own ids', () => {
    const { building, edits } = tab.session;
    building.collapseFrame('pair', true);
    expect(tab.session.notices.store.getState().spoken.text).toBe(
      'Collapsed the frame Pair: its card stands for 2 nodes.',
    );
    building.duplicateFrame('pair');
    expect(frame('pair-2')).toMatchObject({
      nodes: ['one-2', 'two-2'],
      collapsed: { frames: [], notes: ['inside-2'] },
      x: 16,
    });
    expect(frame('pair')).toMatchObject({ collapsed: { frames: [], notes: ['inside'] } });
    edits.undo();
    expect(frame('pair-2')).toBeUndefined();
    // Moved, it takes along what it hides.
    building.drop({ [frameKey('pair')]: { x: 80, y: 50 } }, { drag: true });
    expect(document().ui?.positions).toMatchObject({ one: { x: 100, y: 100 }, two: { x: 400, y: 100 } });
    expect(notesOf(document())[0]).toMatchObject({ x: 200, y: 250 });
  });

  it('leaves none of its nodes selected, so that no key reaches what is not seen', () => {
    const { building, selection } = tab.session;
    selection.set(['one', 'three']);
    building.collapseFrame('pair', true);
    expect(selected().nodes).toEqual(new Set(['three']));
  });
});
