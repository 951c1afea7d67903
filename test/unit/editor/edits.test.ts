import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fragmentToText, textToFragment } from '../../../src/editor/clipboard';
import { pipeline } from '../../support/document-samples';
import { documentOf, freshBrowser, openTab, type Tab } from './support';

let tab: Tab;
beforeEach(async () => {
  freshBrowser();
  tab = await openTab();
  const sample = pipeline(
    {
      one: { type: 'test.constant' },
      two: { type: 'test.scale' },
      spikes: { type: 'test.spikes' },
      fit: { type: 'test.fit' },
    },
    ['one.series > two.series'],
  );
  await tab.session.keeper.adopt({ ...sample, ui: { positions: { one: { x: 0, y: 0 }, two: { x: 300, y: 0 } } } });
});
afterEach(() => tab.session.dispose());

const notices = () => tab.session.notices.store.getState().shown;
const spoken = () => tab.session.notices.store.getState().spoken.text;
const ids = () => documentOf(tab.session).nodes.map(({ id }) => id);

describe('edits', () => {
  it('add a node, select it and announce it; undo takes it away and the selection with it', () => {
    const { edits, selection } = tab.session;
    expect(edits.addNode('test.add', { x: 10, y: 20 })).toBe('add');
    expect([...selection.store.getState().nodes]).toEqual(['add']);
    expect(spoken()).toBe('Added Add.');
    edits.undo();
    expect(ids()).not.toContain('add');
    expect(selection.store.getState().nodes.size).toBe(0);
    expect(spoken()).toBe('Undone: Add Add.');
  });

  it('refuse a wrong wire with the reason and offer the node that fits between', () => {
    const { edits } = tab.session;
    const ends = { from: { node: 'spikes', port: 'spikes' }, to: { node: 'fit', port: 'features' } };
    expect(edits.connect(ends)).toBe(false);
    const [notice] = notices();
    expect(notice?.title).toMatch(/Spikes cannot go into "Features"/);
    expect(spoken()).toMatch(/Spikes cannot go into/);
    expect(notice?.actions.map(({ label }) => label)).toEqual(['Add Spike readout between']);
    const before = documentOf(tab.session);
    notice?.actions[0]?.run();
    expect(ids()).toContain('readout');
    expect(documentOf(tab.session).wires).toHaveLength(before.wires.length + 2);
    edits.undo();
    expect(documentOf(tab.session)).toEqual(before);
  });

  it('replace the wire of an occupied input in one step', () => {
    const { edits } = tab.session;
    edits.addNode('test.constant');
    expect(edits.connect({ from: { node: 'constant', port: 'series' }, to: { node: 'two', port: 'series' } })).toBe(
      true,
    );
    expect(documentOf(tab.session).wires.map(({ from }) => from.node)).toEqual(['constant']);
    edits.undo();
    expect(documentOf(tab.session).wires.map(({ from }) => from.node)).toEqual(['one']);
  });

  it('move by arrow keys in one step per burst', () => {
    const { edits } = tab.session;
    for (let x = 1; x <= 5; x++) edits.move({ one: { x, y: 0 } });
    expect(documentOf(tab.session).ui?.positions?.one).toEqual({ x: 5, y: 0 });
    edits.undo();
    expect(documentOf(tab.session).ui?.positions?.one).toEqual({ x: 0, y: 0 });
  });

  it('remove nodes with their wires, and single wires, together', () => {
    const { edits } = tab.session;
    const wire = documentOf(tab.session).wires[0]?.id ?? '';
    edits.remove(['two'], [wire]);
    expect(ids()).not.toContain('two');
    expect(documentOf(tab.session).wires).toEqual([]);
    edits.undo();
    expect(documentOf(tab.session).wires).toHaveLength(1);
  });

  it('duplicate beside the original, with the wires that lead in where they are asked for', () => {
    const { edits, selection } = tab.session;
    edits.duplicate(['two']);
    expect(ids()).toContain('two-2');
    expect(documentOf(tab.session).wires).toHaveLength(1);
    edits.undo();
    edits.duplicate(['two'], true);
    expect(documentOf(tab.session).wires.map(({ from, to }) => `${from.node}>${to.node}`)).toEqual([
      'one>two',
      'one>two-2',
    ]);
    expect(documentOf(tab.session).ui?.positions?.['two-2']).toEqual({ x: 336, y: 36 });
    expect([...selection.store.getState().nodes]).toEqual(['two-2']);
  });

  it('copy to text and paste from it, and take no other text', () => {
    const { document } = tab.session.document.store.getState();
    const fragment = { nodes: document.nodes.slice(0, 2), wires: document.wires, positions: {} };
    expect(textToFragment(fragmentToText(fragment))).toEqual(fragment);
    expect(textToFragment('hello')).toBeNull();
    expect(textToFragment('{"spikeloom-nodes":1,"nodes":[{"id":1}]}')).toBeNull();
    expect(textToFragment('{"spikeloom-nodes":1,')).toBeNull();
  });

  it('refuse a value out of range and change nothing', () => {
    const before = documentOf(tab.session);
    expect(tab.session.edits.setParam('two', 'gain', 1000)).toBe(false);
    expect(documentOf(tab.session)).toBe(before);
    expect(notices().at(-1)?.title).toMatch(/Gain is 1,?000/);
  });

  it('give no own name to a node that is called as its type', () => {
    tab.session.edits.setLabel('two', 'Loudness');
    expect(documentOf(tab.session).nodes.find(({ id }) => id === 'two')?.label).toBe('Loudness');
    tab.session.edits.setLabel('two', 'Scale');
    expect(documentOf(tab.session).nodes.find(({ id }) => id === 'two')?.label).toBeUndefined();
  });
});
