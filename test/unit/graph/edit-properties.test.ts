/** Random edits: the graph stays sound, every step undoes and redoes to the same bytes, and nothing is mutated. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePipeline } from '../../../src/document/parse-pipeline';
import type { PipelineDocument } from '../../../src/document/schema';
import { apply } from '../../../src/graph/commands';
import { createHistory, type Editing, perform, redo, undo } from '../../../src/graph/history';
import { parseHistory, serialiseHistory } from '../../../src/graph/history-text';
import { topology } from '../../../src/graph/topology';
import { bytes, commandFor, edit, frozen, oddNode, pipeline } from '../../support/document-samples';
import { testCatalogue } from '../../support/test-catalogue';

const edits = fc.array(edit, { minLength: 1, maxLength: 60 });

/** A file that somebody wrote by hand: odd spelling, unknown things, no `ui`. */
const handWritten = `{"wires":[{"id":"w", "from":{"node":"a","port":"series"},
  "to":{"port":"a", "node":"sum", "hint": 2.0}}], "colour":{"main": 1e0},
  "nodes":[ {"id":"a","type":"test.constant","v":1,"params":{"value":5.0,"length":1e1,"gone":1.50},"x":0.10}, ${oddNode},
  {"v":1,"params":{},"type":"test.add","id":"sum"} , {"id":"old","type":"test.scale","v":1,"params":{"percent":5e1}}],
  "schema":1, "title":"By hand", "z":[1.0], "\\u0071":"\\u00e9"}`;

const starts: readonly (readonly [string, PipelineDocument])[] = [
  ['an empty document', pipeline({})],
  ['a file with unknown parts', parsePipeline(handWritten).document],
];

describe.each(starts)('random edits of %s', (_, start) => {
  it('exercise every command: each kind is accepted at times, and refused at times where it can be', () => {
    const accepted = new Map<string, number>();
    const refused = new Map<string, number>();
    for (const list of fc.sample(edits, { numRuns: 600, seed: 7 })) {
      let document = start;
      for (const each of list) {
        const command = commandFor(document, each);
        const done = apply(document, command, testCatalogue);
        const counts = done.ok ? accepted : refused;
        counts.set(command.type, (counts.get(command.type) ?? 0) + 1);
        if (done.ok) document = done.document;
      }
    }
    const types = ['add-node', 'remove-nodes', 'connect', 'disconnect', 'set-param', 'set-params', 'set-label'];
    const objects = ['add-frame', 'change-frame', 'add-note', 'change-note', 'remove-objects', 'set-via'];
    for (const type of [...types, ...objects, 'set-mode', 'move-nodes', 'set-title', 'insert', 'batch']) {
      expect([type, accepted.get(type) ?? 0]).toEqual([type, expect.toSatisfy((n: number) => n >= 5)]);
    }
    for (const type of ['connect', 'set-param', 'set-params']) {
      expect([type, refused.get(type) ?? 0]).toEqual([type, expect.toSatisfy((n: number) => n >= 10)]);
    }
  });

  it('keep the graph acyclic, with wires between nodes that exist, one per single input', () => {
    fc.assert(
      fc.property(edits, (list) => {
        let document = start;
        for (const each of list) {
          const done = apply(document, commandFor(document, each), testCatalogue);
          if (!done.ok) {
            expect(done.reason).toMatch(/^.{10,}[.!]$/s);
            continue;
          }
          document = done.document;
        }
        expect(topology(document).cycles).toEqual([]);
        const ids = document.nodes.map((node) => node.id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(new Set(document.wires.map((wire) => wire.id)).size).toBe(document.wires.length);
        const taken = new Set<string>();
        for (const { from, to } of document.wires) {
          expect(ids).toContain(from.node);
          expect(ids).toContain(to.node);
          const type = document.nodes.find((node) => node.id === to.node)?.type ?? '';
          if (testCatalogue.get(type)?.inputs[to.port]?.variadic) continue;
          const input = JSON.stringify(to);
          expect(taken.has(input)).toBe(false);
          taken.add(input);
        }
        // What was edited can be saved and opened.
        expect(bytes(parsePipeline(bytes(document)).document)).toBe(bytes(document));
      }),
      { numRuns: 150 },
    );
  });

  it('have inverses that give the same bytes, step by step, and mutate nothing', () => {
    fc.assert(
      fc.property(edits, (list) => {
        let document = frozen(start);
        for (const each of list) {
          const before = bytes(document);
          const done = apply(document, commandFor(document, each), testCatalogue);
          expect(bytes(document)).toBe(before);
          if (!done.ok) continue;
          const back = apply(done.document, done.inverse, testCatalogue);
          if (!back.ok) throw new Error(back.reason);
          expect(bytes(back.document)).toBe(before);
          const again = apply(back.document, back.inverse, testCatalogue);
          if (!again.ok) throw new Error(again.reason);
          expect(bytes(again.document)).toBe(bytes(done.document));
          document = frozen(done.document);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('undo and redo through a history, also one that was saved and read back', () => {
    fc.assert(
      fc.property(edits, fc.array(fc.nat(3), { minLength: 60, maxLength: 60 }), (list, gestures) => {
        let editing: Editing = { document: start, history: createHistory() };
        const states = [bytes(start)];
        list.forEach((each, index) => {
          const gesture = gestures[index] === 0 ? {} : { gesture: `drag ${Math.floor(index / 6)}` };
          const merges = editing.history.done.length;
          const done = perform(editing, commandFor(editing.document, each), testCatalogue, gesture);
          if (!done.ok) return;
          editing = { document: done.document, history: done.history };
          if (done.history.done.length === merges && merges > 0) states.pop();
          if (done.history.done.length > 0) states.push(bytes(done.document));
        });
        const read = parseHistory(serialiseHistory(editing.history));
        if (!read) throw new Error('The history could not be read back.');
        // As it is, and after a reload of both.
        const reopened = parsePipeline(bytes(editing.document)).document;
        for (const begin of [editing, { document: reopened, history: read }]) {
          let current: Editing = begin;
          for (let at = states.length - 2; at >= 0; at--) {
            const back = undo(current, testCatalogue);
            if (!back) throw new Error('Nothing to undo.');
            current = back;
            expect(bytes(current.document)).toBe(states[at]);
          }
          expect(undo(current, testCatalogue)).toBeNull();
          for (const state of states.slice(1)) {
            const forth = redo(current, testCatalogue);
            if (!forth) throw new Error('Nothing to redo.');
            current = forth;
            expect(bytes(current.document)).toBe(state);
          }
          expect(redo(current, testCatalogue)).toBeNull();
        }
      }),
      { numRuns: 120 },
    );
  });
});
