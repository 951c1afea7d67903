/** What changed between two versions: known answers, and random pairs whose difference gives the second back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PipelineDocument } from '../../../src/document/schema';
import { apply } from '../../../src/graph/commands';
import { applyDocumentDifference, countDifference, documentDifference } from '../../../src/graph/document-difference';
import { applyJsonDifference, jsonDifference, sameJson } from '../../../src/graph/json-difference';
import { commandFor, edit, pipeline, shuffled } from '../../support/document-samples';
import { testCatalogue } from '../../support/test-catalogue';

const edits = fc.array(edit, { minLength: 1, maxLength: 40 });
const edited = (start: PipelineDocument, list: readonly Parameters<typeof commandFor>[1][]): PipelineDocument =>
  list.reduce((document, each) => {
    const done = apply(document, commandFor(document, each), testCatalogue);
    return done.ok ? done.document : document;
  }, start);
/** What a difference is about: undefined members and the order of keys say nothing. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const start = pipeline(
  { a: { type: 'test.constant', params: { value: 1 } }, b: { type: 'test.add' }, c: { type: 'test.add' } },
  ['a.series > b.a', 'b.sum > c.a'],
);

describe('the difference of two documents', () => {
  it('names what a person changed', () => {
    const after: PipelineDocument = {
      ...start,
      title: 'Renamed',
      nodes: [
        { ...start.nodes[0], params: { value: 2, length: 5 }, label: 'Drive' } as PipelineDocument['nodes'][number],
        ...start.nodes.slice(1, 2),
        { id: 'd', type: 'test.scale', v: 1, params: {} },
      ],
      wires: [
        ...start.wires.slice(0, 1),
        { id: 'w9', from: { node: 'b', port: 'sum' }, to: { node: 'd', port: 'series' } },
      ],
      ui: { positions: { a: { x: 4, y: 5 } } },
    };
    const difference = documentDifference(start, after);
    expect(difference.nodes.added.map(({ id }) => id)).toEqual(['d']);
    expect(difference.nodes.removed.map(({ id }) => id)).toEqual(['c']);
    expect(difference.nodes.changed).toEqual([
      {
        id: 'a',
        changes: [
          { path: ['params', 'value'], before: 1, after: 2 },
          { path: ['params', 'length'], before: undefined, after: 5 },
          { path: ['label'], before: undefined, after: 'Drive' },
        ],
      },
    ]);
    expect(difference.wires.added.map(({ id }) => id)).toEqual(['w9']);
    expect(difference.wires.removed.map(({ id }) => id)).toEqual(['w1']);
    expect(difference.fields).toEqual([{ path: ['title'], before: 'Test', after: 'Renamed' }]);
    // A gained a place, which is no move.
    expect(countDifference(difference)).toEqual({ added: 2, removed: 2, changed: 2, moved: 0 });
    const moved = { ...after, ui: { positions: { a: { x: 40, y: 5 } } } };
    expect(countDifference(documentDifference(after, moved))).toEqual({ added: 0, removed: 0, changed: 0, moved: 1 });
  });

  it('is empty for the same document, however its keys stand and whatever a wire is called inside', () => {
    const again = JSON.parse(
      JSON.stringify(
        start,
        Object.keys({ ...start })
          .reverse()
          .concat(keysWithin(start)),
      ),
    );
    expect(countDifference(documentDifference(start, again))).toEqual({ added: 0, removed: 0, changed: 0, moved: 0 });
  });

  it('applied to the first gives the second, for any edits', () => {
    let differing = 0;
    fc.assert(
      fc.property(edits, edits, (first, second) => {
        const [before, after] = [edited(start, first), edited(edited(start, first), second)];
        const difference = documentDifference(before, after);
        const counts = countDifference(difference);
        if (counts.added + counts.removed + counts.changed > 0) differing++;
        expect(plain(applyDocumentDifference(before, difference))).toEqual(plain(after));
        // And back again: what was added is then removed.
        const back = documentDifference(after, before);
        expect(plain(applyDocumentDifference(after, back))).toEqual(plain(before));
        expect(countDifference(back).added).toBe(counts.removed);
      }),
      { numRuns: 200 },
    );
    expect(differing).toBeGreaterThan(150);
  });

  it('holds between documents that have nothing in common, orders included', () => {
    fc.assert(
      fc.property(edits, edits, fc.infiniteStream(fc.nat()), (first, second, numbers) => {
        const before = edited(start, first);
        const after = shuffled(edited(pipeline({}), second), (n) => (n === 0 ? 0 : Number(numbers.next().value) % n));
        const applied = applyDocumentDifference(before, documentDifference(before, after));
        expect(plain(applied)).toEqual(plain(after));
        expect(applied.nodes.map(({ id }) => id)).toEqual(after.nodes.map(({ id }) => id));
        expect(applied.wires.map(({ id }) => id)).toEqual(after.wires.map(({ id }) => id));
      }),
      { numRuns: 150 },
    );
  });
});

function keysWithin(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => [key, ...keysWithin(entry)]);
}

describe('the difference of two JSON values', () => {
  const object = fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__', 'toString'), fc.jsonValue({ maxDepth: 3 }));

  it('applied to the first gives the second', () => {
    fc.assert(
      fc.property(object, object, (before, after) => {
        const [a, b] = [plain(before), plain(after)] as [never, never];
        expect(sameJson(applyJsonDifference(a, jsonDifference(a, b)), b)).toBe(true);
        expect(jsonDifference(a, a)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('tells lists apart by their order, and objects not', () => {
    expect(sameJson({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
    expect(sameJson([1, 2], [2, 1])).toBe(false);
    expect(sameJson({ a: undefined }, {})).toBe(true);
    expect(sameJson({ a: null }, {})).toBe(false);
  });
});
