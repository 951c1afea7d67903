import { beforeEach, describe, expect, it } from 'vitest';
import { contentKey } from '../../../src/core/ids';
import { serialisePipeline } from '../../../src/document/serialise-pipeline';
import { expand } from '../../../src/document/subgraphs';
import { branchFrom, compareNodes, compareOutput, compareRuns, compareWithPrevious } from '../../../src/editor/compare';
import { namesFor } from '../../../src/editor/compare-entries';
import { otherOutputs, withOutput } from '../../../src/editor/compared-outputs';
import { entriesAtMost, type NewEntry } from '../../../src/editor/comparison';
import { differenceRows, seedGroups } from '../../../src/editor/difference-rows';
import { litPaths } from '../../../src/editor/lit-paths';
import {
  documentOf as documentOfRun,
  entriesOfRuns,
  keyIn,
  mainOutput,
  outputsOfRuns,
  previousRun,
  runName,
} from '../../../src/editor/run-entries';
import { choicesFor, settle } from '../../../src/editor/settle';
import { resultPlace } from '../../../src/graph/anywhere';
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
      { node: 'endCalm', port: 'summary', kind: 'table', label: 'Calm', key: null, run: null },
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
    const entry: NewEntry = { label: 'Source', node: 'source', port: 'series', kind: 'series', key: null, run: null };
    expect(tab.session.comparison.add(entry)).toBe(true);
    expect(tab.session.comparison.add(entry)).toBe(false);
    expect(tab.session.comparison.add({ ...entry, node: 'endCalm', kind: 'table' })).toBe(false);
    for (let k = 3; k < entriesAtMost; k++)
      expect(tab.session.comparison.add({ ...entry, key: contentKey(`k${k}`) })).toBe(true);
    expect(tab.session.comparison.add({ ...entry, key: contentKey('more') })).toBe(false);
    expect(state().entries).toHaveLength(entriesAtMost);
  });

  it('says which of too many selected nodes were left out, and why', () => {
    const made = tab.session.edits.apply({
      type: 'batch',
      label: 'More',
      commands: Array.from({ length: 7 }, (_, k) => ({
        type: 'add-node',
        node: { id: `n${k}`, type: 'test.constant', label: `Number ${k}` },
      })),
    });
    expect(made.ok).toBe(true);
    compareNodes(
      tab.session,
      Array.from({ length: 7 }, (_, k) => `n${k}`),
    );
    expect(state().entries.map(({ label }) => label)).toEqual([0, 1, 2, 3, 4, 5].map((k) => `Number ${k}`));
    expect(tab.session.notices.store.getState().shown.at(-1)).toMatchObject({
      title: 'The first 6 of 7 are compared',
      message: expect.stringMatching(/^Left out: Number 6\. .* remove one .* to add another\.$/),
    });
  });

  it('may begin with one output, to which others are added', () => {
    expect(compareOutput(tab.session, 'calm', 'series')).toBe(true);
    expect(state()).toMatchObject({ open: true, entries: [{ node: 'calm', port: 'series', label: 'Calm' }] });
    expect(compareOutput(tab.session, 'wild', 'series')).toBe(true);
    expect(state().entries.map(({ label }) => label)).toEqual(['Calm', 'Wild']);
    expect(compareOutput(tab.session, 'endWild', 'summary')).toBe(false);
    expect(notice()).toBe('series and table cannot be compared with each other');
    expect(compareOutput(tab.session, 'endWild', 'nothing')).toBe(false);
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
    expect(previousRun([now, before, earlier], 'endCalm', 'summary', contentKey('key now'))?.id).toBe('1');
    expect(previousRun([now, before], 'endCalm', 'summary', contentKey('key now'))).toBeNull();
    expect(keyIn(now, 'calm', 'series')).toBeNull();
    expect(keyIn(now, 'nobody', 'series')).toBeNull();
  });

  it('are compared with the node as it is now, by one action that executes nothing', async () => {
    await tab.library.runs.add(earlier);
    expect(await compareWithPrevious(tab.session, 'endCalm')).toBe(true);
    const [old, current] = state().entries;
    expect(old).toMatchObject({ node: 'endCalm', key: 'key old', label: runName(earlier) });
    expect(current).toMatchObject({ node: 'endCalm', key: null, label: 'Now' });
    expect(old?.run && documentOfRun(old.run)?.nodes.find(({ id }) => id === 'calm')?.params).toEqual({ gain: 4 });
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

  it('are compared by any output that all of them have, the last score by default', () => {
    const full = (run: RunRecord): RunRecord => ({
      ...run,
      nodes: {
        ...run.nodes,
        source: { state: 'stored', key: `source ${run.id}` },
        calm: { state: 'executed', key: `calm ${run.id}` },
        endWild: { state: 'failed', key: 'no' },
      },
    });
    const runs = [full(now), full(earlier)];
    const outputs = outputsOfRuns(runs, testCatalogue);
    expect(outputs).toMatchObject([
      { node: 'source', port: 'series', nodeName: 'Constant', label: 'Series' },
      { node: 'calm', port: 'series', nodeName: 'Calm', label: 'Scaled' },
      { node: 'endCalm', port: 'summary', kind: 'table', label: 'Summary' },
    ]);
    expect(mainOutput(outputs)?.node).toBe('endCalm');
    expect(mainOutput(outputs.map((each) => ({ ...each, scores: each.node === 'calm' })))?.node).toBe('calm');
    expect(compareRuns(tab.session, runs, { node: 'calm', port: 'series' })).toBe(true);
    expect(state().entries).toMatchObject([
      { node: 'calm', kind: 'series', key: 'calm 1' },
      { node: 'calm', kind: 'series', key: 'calm 3' },
    ]);
    // In the panel another one is chosen, with the node as it is now beside them.
    tab.session.comparison.add({ label: 'Now', node: 'calm', port: 'series', kind: 'series', key: null, run: null });
    const others = otherOutputs(tab.session, state().entries);
    expect(others.map(({ node }) => node)).toEqual(['source', 'calm', 'endCalm']);
    const end = others[2];
    expect(end && withOutput(state().entries, end)).toMatchObject([
      { node: 'endCalm', port: 'summary', kind: 'table', key: 'key old' },
      { node: 'endCalm', key: 'key now' },
      { node: 'endCalm', key: null, label: 'Now' },
    ]);
    tab.session.edits.remove(['source'], []);
    expect(otherOutputs(tab.session, state().entries).map(({ node }) => node)).toEqual(['calm', 'endCalm']);
    // Results of nodes of different types have nothing else in common.
    compareNodes(tab.session, ['calm', 'wild']);
    expect(otherOutputs(tab.session, state().entries)).toMatchObject([{ node: null, port: 'series' }]);
  });

  it('give back their parameters in one step', () => {
    compareRuns(tab.session, [earlier, now]);
    const [old, current] = state().entries;
    if (!old || !current) throw new Error('Nothing is compared.');
    const [restore] = choicesFor(tab.session, [old, { ...current, key: null, run: null }], ['A', 'B']);
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
    const shown = [
      { node: 'endCalm', port: 'summary' },
      { node: 'source', port: 'series' },
    ];
    expect(namesFor(document, shown, testCatalogue)).toEqual(['Tabulate (endCalm)', 'Constant']);
  });
});

describe('inside subgraphs', () => {
  const run = (id: string, started: number, key: string): RunRecord => ({
    ...recordOf(id, started, key, 2),
    text: serialisePipeline(tab.session.document.store.getState().root),
    nodes: {
      'subgraph/endCalm': { state: 'executed', key },
      'subgraph/calm': { state: 'executed', key: `calm ${key}` },
    },
  });

  beforeEach(() => {
    const done = tab.session.edits.apply({ type: 'collapse', ids: ['calm', 'endCalm'] });
    if (!done.ok) throw new Error(done.reason);
    // What was inside gives its table outside too.
    tab.session.document.look(['subgraph']);
    tab.session.edits.apply({ type: 'set-label', node: 'subgraph/endCalm', label: 'Calm table' });
  });

  it('nodes are compared with each other and with nodes outside, and stay when the level is left', () => {
    expect(compareNodes(tab.session, ['subgraph/endCalm', 'endWild'])).toBe(true);
    expect(state().entries).toMatchObject([
      { node: 'subgraph/endCalm', port: 'summary', label: 'Calm' },
      { node: 'endWild', label: 'Wild' },
    ]);
    tab.session.document.look([]);
    tab.session.edits.apply({ type: 'set-title', title: 'Other' });
    tab.session.edits.setParam('wild', 'gain', 7);
    expect(state().entries).toHaveLength(2);
    tab.session.document.look(['subgraph']);
    tab.session.edits.remove(['subgraph/endCalm'], []);
    expect(state().entries.map(({ node }) => node)).toEqual(['endWild']);
  });

  it('a comparison follows its nodes into a subgraph and out of it', () => {
    const nodes = () => state().entries.map(({ node }) => node);
    tab.session.document.look([]);
    compareNodes(tab.session, ['subgraph/endCalm', 'endWild']);
    const done = tab.session.edits.apply({ type: 'collapse', ids: ['wild', 'endWild'] });
    if (!done.ok) throw new Error(done.reason);
    expect(nodes()).toEqual(['subgraph/endCalm', `${done.created[0]}/endWild`]);
    tab.session.edits.undo();
    expect(nodes()).toEqual(['subgraph/endCalm', 'endWild']);
    tab.session.edits.apply({ type: 'dissolve', id: 'subgraph' });
    expect(nodes()).toEqual(['endCalm', 'endWild']);
  });

  it('the ports of the subgraph are no results', () => {
    expect(compareNodes(tab.session, ['subgraph/@inputs', 'subgraph/calm'])).toBe(false);
    expect(notice()).toBe('These nodes have no output of one kind');
  });

  it('an earlier run is found and its parameters come back, in one step on whatever level', async () => {
    const before = run('1', 1000, 'key old');
    await tab.library.runs.add(before);
    tab.session.edits.setParam('subgraph/calm', 'gain', 9);
    expect(await compareWithPrevious(tab.session, 'subgraph/endCalm')).toBe(true);
    const [old, current] = state().entries;
    expect(old).toMatchObject({ node: 'subgraph/endCalm', key: 'key old' });
    if (!old || !current) throw new Error('Nothing is compared.');
    const rows = differenceRows(
      [documentOfRun(before), tab.session.document.store.getState().root].map(
        (whole) => whole && resultPlace(whole, 'subgraph/endCalm', 'summary'),
      ),
      tab.session.catalogue,
    );
    expect(rows).toMatchObject([{ node: 'Calm', label: 'Gain', values: ['2', '9'] }]);
    const [restore] = choicesFor(tab.session, [old, current], ['A', 'B']);
    expect(restore && settle(tab.session, restore)).toBe(true);
    const gain = () => documentOf(tab.session).nodes.find(({ id }) => id === 'subgraph/calm')?.params['gain'];
    expect(gain()).toBe(2);
    tab.session.edits.undo();
    expect(gain()).toBe(9);
    // From outside, where the level is another.
    tab.session.document.look([]);
    const [again] = choicesFor(tab.session, [old, current], ['A', 'B']);
    expect(again && settle(tab.session, again)).toBe(true);
    tab.session.document.look(['subgraph']);
    expect(gain()).toBe(2);
  });

  it('the run of before they were put inside is found, and its parameters come back', async () => {
    await tab.library.runs.add(recordOf('1', 1000, 'key old', 4));
    expect(await compareWithPrevious(tab.session, 'subgraph/endCalm')).toBe(true);
    expect(state().entries).toMatchObject([
      { node: 'endCalm', key: 'key old' },
      { node: 'subgraph/endCalm', label: 'Now' },
    ]);
    const [old, current] = state().entries;
    const [restore] = old && current ? choicesFor(tab.session, [old, current], ['A', 'B']) : [];
    expect(restore && settle(tab.session, restore)).toBe(true);
    expect(documentOf(tab.session).nodes.find(({ id }) => id === 'subgraph/calm')?.params).toEqual({ gain: 4 });
  });

  it('a subgraph stands for what its port is wired to', () => {
    tab.session.document.look([]);
    const done = tab.session.edits.apply({ type: 'collapse', ids: ['wild'] });
    if (!done.ok) throw new Error(done.reason);
    const { root } = tab.session.document.store.getState();
    const [rough = ''] = done.created;
    const [port = ''] = Object.keys(expand(root).instances.get(rough)?.outputs ?? {});
    expect(resultPlace(root, rough, port)).toMatchObject({ node: `${rough}/wild`, port: 'series' });
    expect(compareNodes(tab.session, ['subgraph/calm', rough])).toBe(true);
    expect(state().entries).toMatchObject([
      { node: 'subgraph/calm', kind: 'series' },
      { node: rough, port, kind: 'series' },
    ]);
    const wild = { state: 'executed', key: 'key wild' };
    const ran = { ...run('1', 1000, 'key old'), nodes: { [`${rough}/wild`]: wild } };
    expect(keyIn(ran, rough, port)).toBe('key wild');
    expect(keyIn(ran, 'subgraph', port)).toBeNull();
  });

  it('paths are lit on both levels, through the ports', () => {
    compareNodes(tab.session, ['subgraph/calm', 'wild']);
    tab.session.comparison.set({ lit: true });
    const lit = Object.fromEntries(litPaths(state(), documentOf(tab.session))?.nodes ?? []);
    expect(lit).toEqual({ source: [0, 1], 'subgraph/calm': [0], subgraph: [0], 'subgraph/@inputs': [0], wild: [1] });
  });

  it('branches on two levels are not settled against each other, with the reason', () => {
    compareNodes(tab.session, ['subgraph/endCalm', 'endWild']);
    const [a, b] = state().entries;
    if (!a || !b) throw new Error('Nothing is compared.');
    expect(choicesFor(tab.session, [a, b], ['A', 'B'])).toMatchObject([
      { plan: { ok: false, reason: 'They are not on one level: one of them is inside a subgraph.' } },
    ]);
  });
});
