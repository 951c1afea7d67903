import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serialisePipeline } from '../../../src/document/serialise-pipeline';
import { oddNode, pipeline } from '../../support/document-samples';
import { documentOf, freshBrowser, openTab, pass, type Tab } from './support';

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

const text = (tab: Tab): string => serialisePipeline(documentOf(tab.session));
/** As when the browser kills a tab: nothing of the page runs any more. */
const kill = async (tab: Tab): Promise<void> => {
  await pass();
  tabs.splice(tabs.indexOf(tab), 1);
  tab.library.close();
};
const reopened = async (): Promise<Tab> => {
  const tab = await open();
  const last = await tab.session.keeper.lastOpened();
  expect(last).not.toBeNull();
  expect(await tab.session.keeper.reopen(last ?? '')).toBe(true);
  return tab;
};

describe('keeping a document', () => {
  it('restores document and undo history after a kill, to the byte', async () => {
    const first = await open();
    await first.session.openText(`{"schema":1,"title":"T","nodes":[${oddNode}],"wires":[]}`, 't.json');
    const start = text(first);
    first.session.edits.addNode('test.constant', { x: 1, y: 2 });
    first.session.edits.setTitle('Changed');
    const changed = text(first);
    await kill(first);

    const second = await reopened();
    expect(text(second)).toBe(changed);
    second.session.edits.undo();
    second.session.edits.undo();
    expect(text(second)).toBe(start);
    expect(second.session.document.undo()).toBeNull();
    second.session.edits.redo();
    await kill(second);

    // The undo and redo above are in the log too.
    const third = await reopened();
    expect(documentOf(third.session).nodes.map(({ id }) => id)).toEqual(['odd', 'constant']);
    expect(documentOf(third.session).title).toBe('T');
    third.session.edits.redo();
    expect(text(third)).toBe(changed);
  });

  it('keeps what is changed before an opened document is in the library', async () => {
    const first = await open();
    const opening = first.session.keeper.adopt(pipeline({ one: { type: 'test.constant' } }));
    while (documentOf(first.session).nodes.length === 0) await Promise.resolve();
    first.session.edits.setTitle('At once');
    first.session.edits.addNode('test.constant', { x: 1, y: 2 });
    const changed = text(first);
    await opening;
    await kill(first);
    const second = await reopened();
    expect(text(second)).toBe(changed);
    second.session.edits.undo();
    expect(documentOf(second.session).nodes).toHaveLength(1);
  });

  it('still undoes what was done before the last snapshot', async () => {
    const first = await open();
    await first.session.keeper.adopt(pipeline({ one: { type: 'test.constant' } }));
    const start = text(first);
    for (let n = 0; n < 60; n++) first.session.edits.setTitle(`Title ${n}`);
    await kill(first);
    const second = await reopened();
    expect(documentOf(second.session).title).toBe('Title 59');
    for (let n = 0; n < 60; n++) expect(second.session.document.undo()).not.toBeNull();
    expect(text(second)).toBe(start);
  });

  it('writes a slider drag as its last value, and one step', async () => {
    const first = await open();
    await first.session.keeper.adopt(pipeline({ one: { type: 'test.constant' } }));
    const { id } = first.session.document.store.getState();
    for (let value = 1; value <= 40; value++) first.session.edits.setParam('one', 'value', value, 'drag-1');
    first.session.keeper.flush();
    await kill(first);
    const second = await reopened();
    expect(documentOf(second.session).nodes[0]?.params).toEqual({ value: 40 });
    expect(second.session.document.undo()).not.toBeNull();
    expect(documentOf(second.session).nodes[0]?.params).toEqual({});
    expect(second.session.document.undo()).toBeNull();
    expect(second.session.document.store.getState().id).toBe(id);
  });

  it('keeps the open document when a file is bad', async () => {
    const tab = await open();
    await tab.session.keeper.adopt(pipeline({ one: { type: 'test.constant' } }));
    const before = documentOf(tab.session);
    expect(await tab.session.openText('{"schema":1,', 'broken.json')).toBe(false);
    expect(documentOf(tab.session)).toBe(before);
    const [notice] = tab.session.notices.store.getState().shown;
    expect(notice?.title).toBe('broken.json could not be opened');
    expect(notice?.message).toMatch(/line 1.*The open pipeline is unchanged\.$/);
  });

  it('does not pile up untouched copies of what was only looked at', async () => {
    const tab = await open();
    for (let n = 0; n < 4; n++) await tab.session.keeper.adopt(pipeline({ one: { type: 'test.constant' } }));
    tab.session.edits.setTitle('Mine');
    await tab.session.keeper.adopt(pipeline({ two: { type: 'test.constant' } }));
    const titles = (await tab.library.documents.list()).map(({ title }) => title).sort();
    expect(titles).toEqual(['Mine', 'Test']);
  });

  it('never writes a document that another tab has, and forks it on request', async () => {
    const tab = await open();
    await tab.session.keeper.adopt(pipeline({ one: { type: 'test.constant' } }));
    tab.session.document.open({ ...tab.session.document.store.getState(), access: 'read-only' });
    const refused = tab.session.edits.apply({ type: 'set-title', title: 'No' });
    expect(refused.ok).toBe(false);
    expect(tab.session.document.undo()).toBeNull();
    const { id } = tab.session.document.store.getState();
    await tab.session.keeper.fork();
    const state = tab.session.document.store.getState();
    expect(state.access).toBe('owner');
    expect(state.id).not.toBe(id);
    expect(state.document.title).toBe('Test (copy)');
    expect(tab.session.edits.apply({ type: 'set-title', title: 'Yes' }).ok).toBe(true);
  });
});
