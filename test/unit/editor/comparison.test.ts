import { beforeEach, describe, expect, it } from 'vitest';
import { contentKey } from '../../../src/core/ids';
import { serialisePipeline } from '../../../src/document/serialise-pipeline';
import { branchFrom, compareNodes, compareRuns, compareWithPrevious } from '../../../src/editor/compare';
import { entriesOfRuns, keyIn, namesFor, previousRun, readText, runName } from '../../../src/editor/compare-entries';
import { entriesAtMost, type NewEntry } from '../../../src/editor/comparison';
import { differenceRows, seedGroups } from '../../../src/editor/difference-rows';
import { litPaths } from '../../../src/editor/lit-paths';
import { choicesFor, settle } from '../../../src/editor/settle';
import type { RunRecord } from '../../../src/library/library';
import { pipeline } from '../../support/document-samples';
import { testCatalogue } from '../../support/test-catalogue';
import { documentOf, freshBrowser, openTab, type Tab } from './support';

globalThis.requestAnimationFrame ??= (callback) => setTimeout(() => callback(0)) as unknown as number;

const document = pipeline(
  {
    source: { type: 'test.constant' },
    calm: { type: 'test.scale', params: { gain: 2 }, label: 'Calm' },
    endCalm: { type: 'test.tabulate' },
    wild: { type: 'test.scale', params: { gain: 5 }, label: 'Wild' },
    endWild: { type: 'test.tabulate' },
  },
  [
    'source.series > calm.series',
    'calm.series > endCalm.series',
    'source.series > wild.series',
    'wild.series > endWild.series',
  ],
);

const recordOf = (id: string, started: number, key: string, gain: number): RunRecord => ({
  id,
  documentId: 'doc',
  documentHash: id,
  title: 'Test',
  text: serialisePipeline({
    ...document,
    nodes: document.nodes.map((node) => (node.id === 'calm' ? { ...node, params: { gain } } : node)),
  }),
  started,
  ms: 1,
  outcome: 'succeeded',
  backend: null,
  seeds: {},
  nodes: { endCalm: { state: 'executed', key }, calm: { state: 'failed', key: 'no' } },
  metrics: {},
  versions: {},
});

let tab: Tab;
const state = () => tab.session.comparison.store.getState();
const notice = () => tab.session.notices.store.getState().shown.at(-1)?.title;

beforeEach(async () => {
  freshBrowser();
  tab = await openTab();
  tab.session.document.open({ id: 'doc', document });
});

describe('what is compared', () => {
  it('is the most telling output of selected nodes, named by where they differ', () => {
    expect(compareNodes(tab.session, ['endCalm', 'endWild'])).toBe(true);
    expect(state()).toMatchObject({ open: true });
    expect(state().entries).toMatchObject([
      { node: 'endCalm', port: 'summary', kind: 'table', label: 'Calm', key: null, text: null },
      { node: 'endWild', label: 'Wild' },
    ]);
  });

  it('is refused for one node, and for nodes without a common kind', () => {
    expect(compareNodes(tab.session, ['endCalm'])).toBe(false);
    expect(notice()).toBe('Select two nodes to compare');
    expect(compareNodes(tab.session, ['calm', 'endWild'])).toBe(false);
    expect(notice()).toBe('These nodes have no output of one kind');
    expect(state().open).toBe(false);
  });

  it('takes further results of its kind, each once, up to a number', () => {
    compareNodes(tab.session, ['calm', 'wild']);
    const entry: NewEntry = { label: 'Source', node: 'source', port: 'series', kind: 'series', key: null, text: null };
    expect(tab.session.comparison.add(entry)).toBe(true);
    expect(tab.session.comparison.add(entry)).toBe(false);
    expect(tab.session.comparison.add({ ...entry, node: 'endCalm', kind: 'table' })).toBe(false);
    for (let k = 3; k < entriesAtMost; k++)
      expect(tab.session.comparison.add({ ...entry, key: contentKey(`k${k}`), text: '' })).toBe(true);
    expect(tab.session.comparison.add({ ...entry, key: contentKey('more'), text: '' })).toBe(false);
    expect(state().entries).toHaveLength(entriesAtMost);
  });

  it('forgets nodes that are gone, and everything with another document', () => {
    compareNodes(tab.session, ['calm', 'wild']);
    tab.session.edits.remove(['wild'], []);
    expect(state().entries.map(({ node }) => node)).toEqual(['calm']);
    tab.session.document.open({ id: 'other', document });
    expect(state()).toMatchObject({ open: false, entries: [] });
  });

  it('lights up the paths that lead to it', () => {
    compareNodes(tab.session, ['endCalm', 'endWild']);
    expect(litPaths(state(), document)).toBeNull();
    tab.session.comparison.set({ lit: true });
    const paths = litPaths(state(), document);
    expect(Object.fromEntries(paths?.nodes ?? [])).toEqual({
      source: [0, 1],
      calm: [0],
      endCalm: [0],
      wild: [1],
      endWild: [1],
    });
  });
});

describe('earlier runs', () => {
  const now = recordOf('3', 3000, 'key now', 2);
  const before = recordOf('2', 2000, 'key now', 2);
  const earlier = recordOf('1', 1000, 'key old', 4);

  it('are looked through for the latest other result that was finished', () => {
    expect(previousRun([now, before, earlier], 'endCalm', contentKey('key now'))?.id).toBe('1');
    expect(previousRun([now, before], 'endCalm', contentKey('key now'))).toBeNull();
    expect(keyIn(now, 'calm')).toBeNull();
    expect(keyIn(now, 'nobody')).toBeNull();
  });

  it('are compared with the node as it is now, by one action that executes nothing', async () => {
    await tab.library.runs.add(earlier);
    expect(await compareWithPrevious(tab.session, 'endCalm')).toBe(true);
    const [old, current] = state().entries;
    expect(old).toMatchObject({ node: 'endCalm', key: 'key old', label: runName(earlier) });
    expect(current).toMatchObject({ node: 'endCalm', key: null, label: 'Now' });
    expect(readText(old?.text ?? null)?.nodes.find(({ id }) => id === 'calm')?.params).toEqual({ gain: 4 });
    expect(tab.client.runs).toEqual([]);
  });

  it('are missed in words where there is none', async () => {
    expect(await compareWithPrevious(tab.session, 'endCalm')).toBe(false);
    expect(notice()).toMatch(/has no earlier result$/);
  });

  it('are compared with each other, oldest first', () => {
    expect(compareRuns(tab.session, [now, earlier])).toBe(true);
    expect(state().entries).toMatchObject([
      { key: 'key old', node: 'endCalm' },
      { key: 'key now', node: 'endCalm' },
    ]);
    expect(entriesOfRuns([now, { ...earlier, nodes: {} }], testCatalogue)).toBeNull();
    expect(compareRuns(tab.session, [now, { ...earlier, nodes: {} }])).toBe(false);
  });

  it('give back their parameters in one step', () => {
    compareRuns(tab.session, [earlier, now]);
    const [old, current] = state().entries;
    if (!old || !current) throw new Error('Nothing is compared.');
    const [restore] = choicesFor(tab.session, [old, { ...current, key: null, text: null }], ['A', 'B']);
    expect(restore?.id).toBe('restore 0');
    expect(restore && settle(tab.session, restore)).toBe(true);
    expect(documentOf(tab.session).nodes.find(({ id }) => id === 'calm')?.params).toEqual({ gain: 4 });
    tab.session.edits.undo();
    expect(serialisePipeline(documentOf(tab.session))).toBe(serialisePipeline(document));
  });
});

describe('branches in the editor', () => {
  it('are made, compared, promoted and taken back', () => {
    expect(branchFrom(tab.session, 'calm', 'downstream')).toBe(true);
    const made = documentOf(tab.session);
    expect(made.nodes).toHaveLength(7);
    const copy = made.nodes.at(-1)?.id ?? '';
    tab.session.edits.setParam(made.nodes.at(-2)?.id ?? '', 'gain', 8);
    compareNodes(tab.session, ['endCalm', copy]);
    const [a, b] = state().entries;
    if (!a || !b) throw new Error('Nothing is compared.');
    const promote = choicesFor(tab.session, [a, b], ['A', 'B']).find(({ id }) => id === 'promote B');
    expect(promote && settle(tab.session, promote)).toBe(true);
    expect(documentOf(tab.session).nodes).toHaveLength(5);
    expect(documentOf(tab.session).nodes.find(({ id }) => id === 'calm')?.params).toEqual({ gain: 8 });
    tab.session.edits.undo();
    tab.session.edits.undo();
    tab.session.edits.undo();
    expect(serialisePipeline(documentOf(tab.session))).toBe(serialisePipeline(document));
  });
});

describe('what differs, as rows', () => {
  const cone = (node: string) => ({ document, node });

  it('has a row for each setting with its value in every result', () => {
    expect(differenceRows([cone('endCalm'), cone('endWild'), cone('endCalm')], testCatalogue)).toMatchObject([
      { node: 'Scale', label: 'Gain', values: ['2', '5', '2'], seed: false },
    ]);
    expect(differenceRows([cone('endCalm'), null], testCatalogue)).toEqual([]);
  });

  it('groups results that differ in seeds alone', () => {
    const row = { key: '', node: '', label: '', unit: undefined };
    const rows = [
      { ...row, seed: true, values: ['1', '2', '1', '2'] },
      { ...row, seed: false, values: ['5', '5', '3', '3'] },
    ];
    expect(seedGroups(4, rows)).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(seedGroups(2, [])).toEqual([[0, 1]]);
  });

  it('falls back to the names of the nodes', () => {
    expect(namesFor([cone('endCalm'), cone('source')], testCatalogue)).toEqual(['Tabulate (endCalm)', 'Constant']);
  });
});
