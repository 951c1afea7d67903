import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/graph/commands';
import { createHistory, type Editing, perform, redo, undo } from '../../../src/graph/history';
import { parseHistory, serialiseHistory } from '../../../src/graph/history-text';
import { bytes, pipeline } from '../../support/document-samples';
import { testCatalogue } from '../../support/test-catalogue';

const start = (depth?: number): Editing => ({
  document: pipeline({ a: { type: 'test.constant' }, b: { type: 'test.constant' } }),
  history: createHistory(depth),
});
function go(editing: Editing, command: Command, gesture?: string): Editing {
  const done = perform(editing, command, testCatalogue, gesture === undefined ? {} : { gesture });
  if (!done.ok) throw new Error(done.reason);
  return { document: done.document, history: done.history };
}
const set = (node: string, value: number): Command => ({ type: 'set-param', node, param: 'value', value });
const labels = (editing: Editing) => editing.history.done.map((step) => step.label);

describe('history', () => {
  it('makes one step of a slider drag, and of each drag its own', () => {
    let editing = start();
    const before = bytes(editing.document);
    for (let value = 2; value < 50; value++) editing = go(editing, set('a', value), 'drag 1');
    const between = bytes(editing.document);
    for (let value = 50; value > 40; value--) editing = go(editing, set('a', value), 'drag 2');
    expect(labels(editing)).toEqual(['Set Value to 49 mV', 'Set Value to 41 mV']);
    // The inverse does not grow with the drag.
    expect(editing.history.done[0]?.restore.edits).toHaveLength(1);
    const one = undo(editing, testCatalogue) as Editing;
    expect(bytes(one.document)).toBe(between);
    const two = undo(one, testCatalogue) as Editing;
    expect(bytes(two.document)).toBe(before);
    expect(bytes((redo(two, testCatalogue) as Editing).document)).toBe(between);
  });

  it('makes one step of a gesture that touches several things', () => {
    let editing = start();
    const before = bytes(editing.document);
    editing = go(editing, set('a', 2), 'g');
    editing = go(editing, set('b', 3), 'g');
    editing = go(editing, set('a', 4), 'g');
    editing = go(editing, { type: 'remove-nodes', ids: ['a'] }, 'g');
    expect(editing.history.done).toHaveLength(1);
    expect(bytes((undo(editing, testCatalogue) as Editing).document)).toBe(before);
  });

  it('does not merge without a gesture, nor across an undo', () => {
    let editing = go(go(start(), set('a', 2)), set('a', 3));
    expect(editing.history.done).toHaveLength(2);
    editing = go(start(), set('a', 2), 'g');
    editing = undo(go(editing, set('b', 2), 'other'), testCatalogue) as Editing;
    editing = go(editing, set('a', 9), 'g');
    expect(editing.history.done).toHaveLength(2);
    const reopened = redo(undo(editing, testCatalogue) as Editing, testCatalogue) as Editing;
    expect(go(reopened, set('a', 10), 'g').history.done).toHaveLength(3);
  });

  it('remembers no command that changes nothing, and none that is refused', () => {
    const editing = start();
    const same = perform(editing, { type: 'set-title', title: 'Test' }, testCatalogue);
    expect(same).toMatchObject({ ok: true });
    expect(same.ok && same.history).toBe(editing.history);
    expect(perform(editing, set('a', 1e9), testCatalogue)).toMatchObject({ ok: false, code: 'param.range' });
  });

  it('forgets what was undone when something new is done', () => {
    let editing = go(start(), set('a', 2));
    editing = undo(editing, testCatalogue) as Editing;
    editing = go(editing, set('a', 3));
    expect(redo(editing, testCatalogue)).toBeNull();
  });

  it('keeps at least 200 steps, and no more than its depth', () => {
    expect(createHistory().depth).toBeGreaterThanOrEqual(200);
    let editing = start(10);
    for (let value = 2; value < 30; value++) editing = go(editing, set('a', value));
    expect(editing.history.done).toHaveLength(10);
    for (let i = 0; i < 10; i++) editing = undo(editing, testCatalogue) as Editing;
    expect(undo(editing, testCatalogue)).toBeNull();
    expect(editing.document.nodes[0]?.params['value']).toBe(19);
  });

  it('can be kept as text; another text is no history', () => {
    const editing = go(go(start(), set('a', 2)), { type: 'remove-nodes', ids: ['b'] });
    expect(parseHistory(serialiseHistory(editing.history))).toEqual(editing.history);
    for (const text of ['', '{}', '[]', '{"done":[{}],"undone":[],"depth":5}', '{"done":1,"undone":[],"depth":5}']) {
      expect(parseHistory(text)).toBeNull();
    }
  });
});
