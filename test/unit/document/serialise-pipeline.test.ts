import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePipeline } from '../../../src/document/parse-pipeline';
import type { PipelineDocument } from '../../../src/document/schema';
import { serialisePipeline } from '../../../src/document/serialise-pipeline';
import { apply } from '../../../src/graph/commands';
import { oddNode, pipeline } from '../../support/document-samples';
import { testCatalogue } from '../../support/test-catalogue';

const simple = pipeline(
  { a: { type: 'test.constant', params: { value: 0.1 } }, b: { type: 'test.scale', label: 'Ünïcode "b"' } },
  ['a.series > b.series'],
);
const json = fc.dictionary(fc.string(), fc.jsonValue());

/** A file with `oddNode` and unknown fields everywhere, in the layout that we write. */
const withOdd = `{
  "schema": 1,
  "title": "Odd",
  "colour": {"main":1.0,  "list":[1e0 ,2]},
  "big": 10000000000000000000001,
  "nodes": [
    ${oddNode},
    {
      "id": "a",
      "type": "test.constant",
      "v": 1,
      "params": {
        "value": 2.50,
        "unknownParam": 7.0
      },
      "pinned": {"by":1.0}
    }
  ],
  "wires": [
    { "id":"w","from":{"node":"odd","port":"out"},"to":{"node":"a","port":"x"},"weight":1.00 }
  ],
  "later": [ 3.0 ]
}
`;

describe('serialisePipeline', () => {
  it('writes two spaces, keys in order, and a final newline', () => {
    expect(serialisePipeline(simple)).toBe(`${JSON.stringify(simple, null, 2)}\n`);
  });

  it('gives the same bytes after loading: what it wrote, whatever is in it', () => {
    fc.assert(
      fc.property(json, json, json, (fields, params, more) => {
        const document = {
          ...fields,
          ...simple,
          nodes: [...simple.nodes, { ...more, id: 'c', type: 'nobody.knows', v: 9, params }],
          notes: [more],
        } as unknown as PipelineDocument;
        const text = serialisePipeline(document);
        expect(serialisePipeline(parsePipeline(text).document)).toBe(text);
      }),
    );
  });

  it('keeps unknown nodes and fields byte for byte', () => {
    expect(serialisePipeline(parsePipeline(withOdd).document)).toBe(withOdd);
  });

  it('keeps them through edits of everything around them', () => {
    let { document } = parsePipeline(withOdd);
    const commands = [
      { type: 'set-title', title: 'Edited' },
      { type: 'set-param', node: 'a', param: 'length', value: 6 },
      { type: 'set-label', node: 'a', label: 'Source' },
      { type: 'add-node', node: { type: 'test.scale' }, position: { x: 1, y: 2 } },
      { type: 'connect', wire: { from: { node: 'a', port: 'series' }, to: { node: 'scale', port: 'series' } } },
      { type: 'move-nodes', positions: { odd: { x: 5, y: 5 } } },
    ] as const;
    for (const command of commands) {
      const done = apply(document, command, testCatalogue);
      if (!done.ok) throw new Error(done.reason);
      document = done.document;
    }
    const text = serialisePipeline(document);
    for (const part of [
      oddNode,
      '"colour": {"main":1.0,  "list":[1e0 ,2]}',
      '"big": 10000000000000000000001',
      '"value": 2.50',
      '"unknownParam": 7.0',
      '"pinned": {"by":1.0}',
      '{ "id":"w","from":{"node":"odd","port":"out"},"to":{"node":"a","port":"x"},"weight":1.00 }',
      '"later": [ 3.0 ]',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toContain('"length": 6');
  });

  it('renames an unknown node without touching the rest of it', () => {
    const done = apply(
      parsePipeline(withOdd).document,
      { type: 'set-label', node: 'odd', label: 'Mystery' },
      testCatalogue,
    );
    if (!done.ok) throw new Error(done.reason);
    const text = serialisePipeline(done.document);
    expect(text).toContain(
      '"params": {"a":1.0,"b":1e3, "big": 12345678901234567890, "text":"caf\\u00e9\\/", "list":[ 1,2.50 ], "none":{ }}',
    );
    expect(text).toContain('"shape": {"kind":"star",   "points":5.00}');
    expect(text).toContain('"\\u0068idden": true');
    expect(text).toContain('"label": "Mystery"');
  });

  it('brings a file of another layout into ours, apart from what is kept', () => {
    const compact = JSON.stringify(simple);
    const once = serialisePipeline(parsePipeline(compact).document);
    expect(JSON.parse(once)).toEqual(simple);
    expect(serialisePipeline(parsePipeline(once).document)).toBe(once);
  });
});
