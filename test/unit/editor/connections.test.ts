import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addConnected, disconnect } from '../../../src/editor/connect-commands';
import { connectionsOf, connectOptions, portRows, wireEnds } from '../../../src/editor/connections';
import { pipeline } from '../../support/document-samples';
import { testCatalogue } from '../../support/test-catalogue';
import { documentOf, freshBrowser, openTab, type Tab } from './support';

const sample = () =>
  pipeline(
    {
      one: { type: 'test.constant', label: 'One' },
      two: { type: 'test.constant', label: 'Two' },
      louder: { type: 'test.scale', label: 'Louder' },
      sum: { type: 'test.add', label: 'Total' },
    },
    ['one.series > louder.series', 'louder.series > sum.a'],
  );

describe('the ports of a node', () => {
  it('say what they are wired to and what is missing', () => {
    const rows = portRows(sample(), testCatalogue, 'sum');
    expect(rows.map(({ side, label, wiredTo, required }) => [side, label, wiredTo, required])).toEqual([
      ['output', 'Sum', [], false],
      ['input', 'A', ['Louder'], true],
      ['input', 'B', [], false],
    ]);
    expect(portRows(sample(), testCatalogue, 'nobody')).toEqual([]);
  });
});

describe('what a port can be wired to', () => {
  it('lists free inputs before those whose wire would give way, and what is wired apart', () => {
    const { fits, wired } = connectOptions(sample(), testCatalogue, { node: 'two', port: 'series', side: 'output' });
    expect(wired).toEqual([]);
    const named = fits.map(({ nodeName, label, replaces }) => `${nodeName} ${label}${replaces ? ' replaces' : ''}`);
    expect(named).toContain('Total B');
    expect(named).toContain('Total A replaces');
    expect(named.indexOf('Total B')).toBeLessThan(named.indexOf('Total A replaces'));
    const own = connectOptions(sample(), testCatalogue, { node: 'one', port: 'series', side: 'output' });
    expect(own.wired.map(({ nodeName, wire }) => [nodeName, wire])).toEqual([['Louder', 'w0']]);
    expect(own.fits.some(({ nodeName }) => nodeName === 'Louder')).toBe(false);
  });

  it('gives a reason for every port that does not fit', () => {
    const { excluded } = connectOptions(sample(), testCatalogue, { node: 'sum', port: 'sum', side: 'output' });
    expect(excluded.find(({ nodeName }) => nodeName === 'Louder')?.reason).toMatch(/close a loop/);
    expect(excluded.every(({ reason }) => reason.length > 10)).toBe(true);
  });

  it('offers new nodes with a port of the kind, on either side', () => {
    const after = connectOptions(sample(), testCatalogue, { node: 'one', port: 'series', side: 'output' });
    expect(after.fresh.find(({ type }) => type === 'test.add')?.port).toBe('a');
    expect(after.fresh.some(({ type }) => type === 'test.constant')).toBe(false);
    const before = connectOptions(sample(), testCatalogue, { node: 'sum', port: 'b', side: 'input' });
    expect(before.fresh.find(({ type }) => type === 'test.constant')?.port).toBe('series');
  });

  it('reads wires in the direction of the data', () => {
    const own = { node: 'sum', port: 'b', side: 'input' } as const;
    expect(wireEnds(own, { node: 'two', port: 'series' })).toEqual({
      from: { node: 'two', port: 'series' },
      to: { node: 'sum', port: 'b' },
    });
    expect(connectionsOf(sample(), { node: 'sum', port: 'a', side: 'input' })).toEqual([
      { wire: 'w1', node: 'louder', port: 'series' },
    ]);
  });
});

describe('connecting from a list', () => {
  let tab: Tab;
  const spoken = () => tab.session.notices.store.getState().spoken.text;
  beforeEach(async () => {
    freshBrowser();
    tab = await openTab();
    tab.session.document.open({ id: 'x', document: sample() });
  });
  afterEach(() => tab.session.dispose());

  it('adds a node already wired, as one step, and says so', () => {
    const { session } = tab;
    const own = { node: 'two', port: 'series', side: 'output' } as const;
    const { fresh } = connectOptions(documentOf(session), testCatalogue, own);
    const scale = fresh.find(({ type }) => type === 'test.scale');
    if (!scale) throw new Error('Scale is not offered.');
    const id = addConnected(session, own, scale);
    expect(documentOf(session).wires.at(-1)).toMatchObject({ from: { node: 'two' }, to: { node: id, port: 'series' } });
    expect(spoken()).toBe('Added Scale, connected to Two.');
    session.edits.undo();
    expect(documentOf(session).nodes).toHaveLength(4);
    expect(documentOf(session).wires).toHaveLength(2);
  });

  it('takes a wire off and says so', () => {
    disconnect(tab.session, 'w0', 'One', 'Louder');
    expect(documentOf(tab.session).wires.map(({ id }) => id)).toEqual(['w1']);
    expect(spoken()).toBe('Disconnected One from Louder.');
  });

  it('keeps the last sentences, so that one does not swallow the other', () => {
    const { notices } = tab.session;
    for (let k = 1; k <= 8; k++) notices.announce(`Sentence ${k}.`);
    expect(notices.store.getState().recent.map(({ text }) => text)).toEqual(
      [3, 4, 5, 6, 7, 8].map((k) => `Sentence ${k}.`),
    );
  });
});
