/** Restore points, the shelf of documents, what comes in from outside, and the address that follows a pipeline. */
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { serialisePipeline } from '../../../../src/document/serialise-pipeline';
import { exportLibrary, importLibrary } from '../../../../src/editor/keeping/exchange';
import { examine, hasFindings } from '../../../../src/editor/keeping/import-report';
import { createRestorePoints } from '../../../../src/editor/keeping/restore-points';
import { toFragment } from '../../../../src/editor/keeping/share-link';
import { type Address, createSharing } from '../../../../src/editor/keeping/sharing';
import type { RunRecord } from '../../../../src/library/library';
import { oddNode, pipeline } from '../../../support/document-samples';
import { testCatalogue } from '../../../support/test-catalogue';
import { documentOf, freshBrowser, openTab, pass, type Tab } from '../support';

const tabs: Tab[] = [];
const open = async (): Promise<Tab> => {
  const tab = await openTab();
  tabs.push(tab);
  return tab;
};
beforeEach(freshBrowser);
afterEach(() => {
  for (const tab of tabs.splice(0)) tab.session.dispose();
});

const one = pipeline({ one: { type: 'test.constant' } });
const text = (tab: Tab): string => serialisePipeline(documentOf(tab.session));
const titles = async (tab: Tab): Promise<string[]> =>
  (await tab.session.keeping.shelf.list()).map(({ title }) => title).sort();
const shown = (tab: Tab) => tab.session.notices.store.getState().shown;
const openId = (tab: Tab): string => tab.session.document.store.getState().id;

describe('restore points', () => {
  it('are made before the first change and at a run, and by hand', async () => {
    const tab = await open();
    await tab.session.keeper.adopt(one);
    const { points } = tab.session.keeping;
    expect(await points.list()).toEqual([]);
    tab.session.edits.setTitle('Two');
    await pass();
    tab.session.edits.setTitle('Three');
    void tab.session.runner.run();
    await vi.waitFor(() => expect(tab.client.runs).toHaveLength(1));
    tab.client.end('succeeded');
    await points.keep('  Mine ');
    expect((await points.list()).map(({ label, automatic }) => [label, automatic])).toEqual([
      ['Mine', false],
      ['At a run', true],
      ['Before the first change', true],
    ]);
    const [, , first] = await points.list();
    expect(await points.read(first?.id ?? '')).toMatchObject({ title: 'Test' });
  });

  it('are made while editing goes on, not at every edit', async () => {
    const tab = await open();
    const { library, session } = tab;
    await session.keeper.adopt(one);
    const points = createRestorePoints({
      library,
      documents: session.document,
      results: session.results,
      notices: session.notices,
      every: 40,
    });
    session.edits.setTitle('A');
    session.edits.setTitle('B');
    await pass(60);
    session.edits.setTitle('C');
    session.edits.setTitle('D');
    await pass();
    expect((await points.list()).filter(({ label }) => label === 'While editing')).toHaveLength(1);
    points.dispose();
  });

  it('bring the document back to the byte; going back is undone to the byte, and keeps the present', async () => {
    const tab = await open();
    const { session } = tab;
    await session.openText(
      `{"schema":1,"title":"T","colour":{"main":1e0},"nodes":[${oddNode}],"wires":[],"notes":[{"text":"n"}]}`,
      't.json',
    );
    const start = text(tab);
    await session.keeping.points.keep('Start');
    session.edits.addNode('test.constant', { x: 1, y: 2 });
    session.edits.remove(['odd'], []);
    const changed = text(tab);
    const point = (await session.keeping.points.list()).find(({ label }) => label === 'Start');
    if (!point) throw new Error('The point is gone.');
    await session.keeping.points.restore(point);
    expect(text(tab)).toBe(start);
    expect((await session.keeping.points.list())[0]).toMatchObject({ label: 'Before going back to "Start"' });
    session.edits.undo();
    expect(text(tab)).toBe(changed);
    session.edits.redo();
    expect(text(tab)).toBe(start);
    // And after the tab is killed, history included.
    await pass();
    tabs.splice(0);
    tab.library.close();
    const again = await open();
    await again.session.keeper.reopen((await again.session.keeper.lastOpened()) ?? '');
    expect(text(again)).toBe(start);
    again.session.edits.undo();
    expect(text(again)).toBe(changed);
  });

  it('are left alone where another tab has the document', async () => {
    const tab = await open();
    await tab.session.keeper.adopt(one);
    await tab.session.keeping.points.keep('Mine');
    tab.session.document.open({ ...tab.session.document.store.getState(), access: 'read-only' });
    const [point] = await tab.session.keeping.points.list();
    await tab.session.keeping.points.keep('Not mine');
    await tab.session.keeping.points.restore(point as never);
    expect(await tab.session.keeping.points.list()).toHaveLength(1);
    expect(shown(tab).at(-1)?.title).toMatch(/open in another tab/);
  });
});

describe('the shelf', () => {
  const withThree = async (): Promise<Tab> => {
    const tab = await open();
    for (const title of ['A', 'B', 'C']) {
      await tab.session.keeper.adopt({ ...one, title });
      tab.session.keeper.retain();
    }
    return tab;
  };
  const idOf = async (tab: Tab, title: string): Promise<string> =>
    (await tab.session.keeping.shelf.list()).find((head) => head.title === title)?.id ?? '';

  it('copies, names and moves documents that are not open, keeping their undo history', async () => {
    const tab = await withThree();
    const { shelf } = tab.session.keeping;
    const b = await idOf(tab, 'B');
    await shelf.rename(b, 'Bee');
    await shelf.move(b, '/Study//  Balanced/ ');
    await shelf.duplicate(b);
    expect(await titles(tab)).toEqual(['A', 'Bee', 'Bee (copy)', 'C']);
    const folders = (await shelf.list()).filter(({ folder }) => folder === 'Study/Balanced').map(({ title }) => title);
    expect(folders.sort()).toEqual(['Bee', 'Bee (copy)']);
    expect(documentOf(tab.session).title).toBe('C');
    expect(await shelf.open(b)).toBe(true);
    expect(documentOf(tab.session).title).toBe('Bee');
    expect(tab.session.document.undo()).toMatch(/Bee/);
    expect(documentOf(tab.session).title).toBe('B');
  });

  it('deletes with a way back, also the open document, whose place another takes', async () => {
    const tab = await withThree();
    const { shelf } = tab.session.keeping;
    const c = openId(tab);
    await shelf.discard(c);
    expect(await titles(tab)).toEqual(['A', 'B']);
    expect(openId(tab)).not.toBe(c);
    expect(documentOf(tab.session).title).toBe('B');
    const undo = shown(tab).find(({ title }) => title === 'Deleted "C"')?.actions[0];
    undo?.run();
    await pass();
    expect(await titles(tab)).toEqual(['A', 'B', 'C']);
    // The last one leaves an empty pipeline.
    for (const title of ['A', 'C', 'B']) await shelf.discard(await idOf(tab, title));
    expect(documentOf(tab.session).title).toBe('Untitled pipeline');
    expect((await shelf.listDiscarded()).map(({ title }) => title).sort()).toEqual(['A', 'B', 'C']);
    await shelf.removeForGood((await shelf.listDiscarded())[0]?.id ?? '');
    expect(await shelf.listDiscarded()).toHaveLength(2);
  });

  it('goes out as one file and comes back in another browser, nothing twice', async () => {
    const tab = await withThree();
    const { shelf, points } = tab.session.keeping;
    await points.keep('Mine');
    await shelf.move(await idOf(tab, 'A'), 'Study: "one"/deep');
    await tab.library.assets.put(
      Object.assign(new Blob([new Uint8Array([1, 2, 3])], { type: 'image/png' }), { name: 'x.png' }),
    );
    const record: RunRecord = {
      id: 'run-1',
      documentId: openId(tab),
      documentHash: 'h',
      started: 5,
      ms: 6,
      outcome: 'succeeded',
      backend: null,
      seeds: { 'a.seed': 1 },
      nodes: { a: { state: 'executed' } },
      metrics: {},
      versions: {},
    };
    await tab.library.runs.add(record);
    await tab.library.runs.setPinned('run-1', true);
    const file = await exportLibrary(tab.library, testCatalogue);
    const again = await importLibrary(tab.library, testCatalogue, file);
    expect(again).toMatchObject({ documents: 0, present: 3, runs: 0, files: 0, problems: [] });

    tabs.splice(0);
    tab.session.dispose();
    freshBrowser();
    const other = await open();
    const result = await importLibrary(other.library, testCatalogue, file);
    expect(result).toEqual({ documents: 3, present: 0, runs: 1, files: 1, problems: [] });
    expect(await titles(other)).toEqual(['A', 'B', 'C']);
    const heads = await other.library.documents.list();
    expect(heads.find(({ title }) => title === 'A')?.folder).toBe('Study: "one"/deep');
    const c = heads.find(({ title }) => title === 'C');
    expect((await other.library.points.list(c?.id ?? '')).map(({ label }) => label)).toContain('Mine');
    expect(await other.library.runs.list(c?.id)).toMatchObject([{ id: 'run-1', seeds: { 'a.seed': 1 } }]);
    expect([...(await other.library.runs.pinned())]).toEqual(['run-1']);
  });

  it('reads a ZIP of plain pipeline files, and names what it leaves out', async () => {
    const tab = await open();
    const zip = zipSync({
      'mine/../deep/good.json': strToU8(serialisePipeline(one)),
      'bad.json': strToU8('{"schema":1'),
      'picture.png': new Uint8Array(8),
    });
    const result = await importLibrary(tab.library, testCatalogue, new Blob([zip as Uint8Array<ArrayBuffer>]));
    expect(result.documents).toBe(1);
    expect(result.problems).toHaveLength(1);
    expect(result.problems[0]).toMatch(/"bad\.json" was left out: .*line 1/);
    expect((await tab.library.documents.list())[0]?.folder).toBe('mine/deep');
  });

  it('refuses what is no archive, damaged or with a false list of contents', async () => {
    const tab = await open();
    const read = (bytes: Uint8Array) =>
      importLibrary(tab.library, testCatalogue, new Blob([bytes as Uint8Array<ArrayBuffer>]));
    await expect(read(strToU8('no archive'))).rejects.toThrow(/no ZIP archive/);
    await expect(read(zipSync({ 'library.json': strToU8('{"app":"other"}') }))).rejects.toThrow(/list of contents/);
    const good = zipSync({ 'a.json': strToU8(serialisePipeline(one)) });
    await expect(read(good.slice(0, good.length - 30))).rejects.toThrow(/damaged/);
    expect(await titles(tab)).toEqual([]);
  });
});

describe('what comes from outside', () => {
  const sources = { catalogue: testCatalogue, files: new Set<string>(), missingSets: async () => [] };

  it('is examined before it is opened', async () => {
    const document = pipeline({ old: { type: 'test.scale', v: 1 }, one: { type: 'test.constant' } });
    const report = await examine(serialisePipeline(document).replace('"nodes": [', `"nodes": [${oddNode},`), {
      ...sources,
      missingSets: async () => [{ node: 'one', title: 'CIFAR-10', cure: 'Prepare it.' }],
    });
    expect(report).toMatchObject({ nodes: 3, wires: 0, unknown: [{ type: 'future.node', nodes: ['odd'] }] });
    expect(report.migrated).toEqual([]);
    expect(report.older).toEqual([expect.stringMatching(/was saved by version 1 of its type/)]);
    expect(report.sets).toHaveLength(1);
    expect(hasFindings(report)).toBe(true);
    expect(hasFindings(await examine(serialisePipeline(one), sources))).toBe(false);
  });

  it('opens at once when it is in order, with a way back to what was open', async () => {
    const tab = await open();
    await tab.session.keeper.adopt({ ...one, title: 'Before' });
    tab.session.edits.setTitle('Mine');
    expect(await tab.session.keeping.incoming.take(serialisePipeline(one), 'one.json')).toBe(true);
    expect(shown(tab).at(-1)).toMatchObject({ title: 'Opened one.json', message: '1 node, 0 wires.' });
    shown(tab).at(-1)?.actions[0]?.run();
    await pass(60);
    expect(documentOf(tab.session).title).toBe('Mine');
  });

  it('waits for a decision when something is missing, and leaves the open one if that is no', async () => {
    const tab = await open();
    await tab.session.keeper.adopt(one);
    const before = documentOf(tab.session);
    const { incoming } = tab.session.keeping;
    const strange = `{"schema":1,"title":"T","nodes":[${oddNode}],"wires":[]}`;
    const first = incoming.take(strange, 'odd.json');
    await pass();
    expect(incoming.store.getState().asked?.report.unknown).toHaveLength(1);
    incoming.store.getState().asked?.decide(false);
    expect(await first).toBe(false);
    expect(documentOf(tab.session)).toBe(before);
    const second = incoming.take(strange, 'odd.json');
    await pass();
    incoming.store.getState().asked?.decide(true);
    expect(await second).toBe(true);
    expect(documentOf(tab.session).title).toBe('T');
  });
});

describe('the address', () => {
  const fakeAddress = (hash = '') => {
    const at = { hash, state: null as unknown, writes: 0, copied: '' };
    const address: Address = {
      hash: () => at.hash,
      base: () => 'http://x/',
      state: () => at.state,
      replace(state, to) {
        at.writes++;
        at.state = state;
        at.hash = new URL(to).hash;
      },
      async copy(link) {
        at.copied = link;
      },
    };
    return { at, address };
  };
  const share = (tab: Tab, address: Address) => {
    const { session, library } = tab;
    const { document: documents, keeper, notices, keeping } = session;
    return createSharing({
      address,
      documents,
      keeper,
      library,
      notices,
      incoming: keeping.incoming,
      saveFile: async () => undefined,
      delay: 15,
    });
  };

  it('follows the edits only after a link was asked for, and never by another history entry', async () => {
    const tab = await open();
    await tab.session.keeper.adopt(one);
    const { at, address } = fakeAddress();
    const sharing = share(tab, address);
    tab.session.edits.setTitle('Quiet');
    await pass(40);
    expect(at.writes).toBe(0);
    await sharing.copyLink();
    expect(at.copied).toBe(`http://x/${toFragment(documentOf(tab.session))}`);
    for (let n = 0; n < 10; n++) tab.session.edits.setTitle(`Title ${n}`);
    await pass(60);
    expect(at.writes).toBe(2);
    expect(at.hash).toBe(toFragment(documentOf(tab.session)));
    await tab.session.keeper.adopt({ ...one, title: 'Another' });
    expect(at.hash).toBe('');
    sharing.dispose();
  });

  it('opens as a document of its own, and the same again after a reload', async () => {
    const tab = await open();
    await tab.session.keeper.adopt(one);
    tab.session.edits.setTitle('Mine');
    const { at, address } = fakeAddress(toFragment({ ...one, title: 'From a friend' }));
    const sharing = share(tab, address);
    expect(await sharing.openAddress()).toBe(true);
    expect(documentOf(tab.session).title).toBe('From a friend');
    const linked = openId(tab);
    tab.session.edits.setTitle('Edited');
    await pass(40);
    expect(await titles(tab)).toContain('Mine');
    sharing.dispose();

    const again = await open();
    const reloaded = share(again, address);
    expect(at.state).toEqual({ document: linked });
    expect(await reloaded.openAddress()).toBe(true);
    expect(openId(again)).toBe(linked);
    expect(documentOf(again.session).title).toBe('Edited');
    reloaded.dispose();
  });

  it('that is damaged says so and changes nothing', async () => {
    const tab = await open();
    await tab.session.keeper.adopt(one);
    const before = documentOf(tab.session);
    const sharing = share(tab, fakeAddress(toFragment(one).slice(0, 40)).address);
    expect(await sharing.openAddress()).toBe(false);
    expect(documentOf(tab.session)).toBe(before);
    expect(shown(tab).at(-1)).toMatchObject({ title: 'The link could not be opened', level: 'error' });
    sharing.dispose();
  });

  it('is not used for a pipeline that is too large', async () => {
    const tab = await open();
    const noise = Array.from({ length: 3000 }, (_, n) => Math.sin(n) * 1e6);
    await tab.session.keeper.adopt(pipeline({ a: { type: 'future', params: { noise } as never } }));
    const { at, address } = fakeAddress();
    const sharing = share(tab, address);
    await sharing.copyLink();
    expect(at.writes).toBe(0);
    expect(shown(tab).at(-1)).toMatchObject({ title: 'This pipeline is too large for a link' });
    sharing.dispose();
  });
});
