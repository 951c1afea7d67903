/** Any part of any graph, collapsed, nested and expanded again: the same keys, the same document, the same bytes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentHash } from '../../../src/document/document-hash';
import { parsePipeline } from '../../../src/document/parse-pipeline';
import type { PipelineDocument } from '../../../src/document/schema';
import { levelDocument } from '../../../src/document/subgraphs';
import { apply } from '../../../src/graph/commands';
import { compile } from '../../../src/graph/compile';
import { createHistory, type Editing, perform, redo, undo } from '../../../src/graph/history';
import { keyOf } from '../../../src/scheduler/keys';
import { bytes, commandFor, edit, pipeline } from '../../support/document-samples';
import { testCatalogue } from '../../support/test-catalogue';

const edits = fc.array(edit, { minLength: 8, maxLength: 60 });

function built(list: Parameters<typeof commandFor>[1][]): PipelineDocument {
  let document = pipeline({});
  for (const each of list) {
    const done = apply(document, commandFor(document, each), testCatalogue);
    if (done.ok) document = done.document;
  }
  return document;
}

/** Keys of all steps, sorted; of a step that cannot run, the code of its problem. */
async function keysOf(document: PipelineDocument): Promise<string[]> {
  const plan = await compile(document, testCatalogue);
  const keys = new Map<string, string>();
  for (const { node, type, params, inputs, problem } of plan.steps) {
    const definition = testCatalogue.get(type);
    const named = Object.fromEntries(
      Object.entries(inputs).map(([port, from]) => [port, from.map((each) => `${keys.get(each.node)}/${each.port}`)]),
    );
    const made = definition
      ? (await keyOf(definition, params, named, 'exact')).key
      : JSON.stringify([type, params, named]);
    keys.set(node, problem ? `${problem.code} ${made}` : made);
  }
  return [...keys.values()].sort();
}

const choose = (document: PipelineDocument, picks: readonly number[], prefix = ''): string[] => {
  const own = document.nodes.filter(({ type }) => !type.startsWith('boundary.')).map(({ id }) => id);
  return own.filter((id, i) => id.startsWith(prefix) && picks[i % picks.length] === 1);
};

describe('collapsing any part of a random graph', () => {
  it('changes no key, hides no problem, and expands to the same document', async () => {
    const outcomes = { collapsed: 0, nested: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(
        edits,
        fc.array(fc.nat(1), { minLength: 5, maxLength: 9 }),
        fc.array(fc.nat(1), { minLength: 3, maxLength: 5 }),
        async (list, picks, inner) => {
          const start = built(list);
          const once = apply(start, { type: 'collapse', ids: choose(start, picks), name: 'Part' }, testCatalogue);
          if (!once.ok) {
            outcomes.refused++;
            expect(once.reason).toMatch(/^.{10,}[.!]$/s);
            return;
          }
          outcomes.collapsed++;
          expect(await keysOf(once.document)).toEqual(await keysOf(start));
          expect(bytes(parsePipeline(bytes(once.document)).document)).toBe(bytes(once.document));

          const [id] = once.created;
          const level = levelDocument(once.document, [id as string]) as PipelineDocument;
          const twice = apply(
            once.document,
            {
              type: 'within',
              path: [id as string],
              command: { type: 'collapse', ids: choose(level, inner), name: 'Inner part' },
            },
            testCatalogue,
          );
          if (twice.ok) {
            outcomes.nested++;
            expect(await keysOf(twice.document)).toEqual(await keysOf(start));
          }

          const back = apply(once.document, { type: 'dissolve', id: id as string }, testCatalogue);
          if (!back.ok) throw new Error(back.reason);
          expect(await documentHash(back.document)).toBe(await documentHash(start));
          expect(back.document.defs).toBeUndefined();
        },
      ),
      { numRuns: 120 },
    );
    expect(outcomes.collapsed).toBeGreaterThan(30);
    expect(outcomes.nested).toBeGreaterThan(10);
    expect(outcomes.refused).toBeGreaterThan(3);
  });
});

describe('random edits inside', () => {
  it('undo and redo to the same bytes, and leave a document that opens', () => {
    let accepted = 0;
    fc.assert(
      fc.property(edits, edits, fc.array(fc.nat(1), { minLength: 5, maxLength: 9 }), (list, inside, picks) => {
        const start = built(list);
        const once = apply(start, { type: 'collapse', ids: choose(start, picks) }, testCatalogue);
        if (!once.ok) return;
        const path = [once.created[0] as string];
        let editing: Editing = { document: once.document, history: createHistory() };
        const seen = [bytes(editing.document)];
        for (const each of inside) {
          const level = levelDocument(editing.document, path);
          if (!level) throw new Error('The level is gone.');
          const step = perform(editing, { type: 'within', path, command: commandFor(level, each) }, testCatalogue);
          if (!step.ok || step.history === editing.history) continue;
          accepted++;
          editing = step;
          seen.push(bytes(editing.document));
          expect(bytes(parsePipeline(bytes(editing.document)).document)).toBe(bytes(editing.document));
        }
        for (const text of seen.slice(0, -1).reverse()) {
          editing = undo(editing, testCatalogue) as Editing;
          expect(bytes(editing.document)).toBe(text);
        }
        for (const text of seen.slice(1)) {
          editing = redo(editing, testCatalogue) as Editing;
          expect(bytes(editing.document)).toBe(text);
        }
      }),
      { numRuns: 60 },
    );
    expect(accepted).toBeGreaterThan(200);
  });
});
