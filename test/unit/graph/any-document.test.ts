/** Whatever opens can be judged, compiled, laid out, hashed, edited and saved: mistakes become problems, never crashes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SpikeloomError } from '../../../src/core/errors';
import { documentHash } from '../../../src/document/document-hash';
import { parsePipeline } from '../../../src/document/parse-pipeline';
import type { PipelineDocument } from '../../../src/document/schema';
import { canConnect } from '../../../src/graph/can-connect';
import { apply } from '../../../src/graph/commands';
import { compile } from '../../../src/graph/compile';
import { checkDocument } from '../../../src/graph/infer';
import { layoutLeftToRight } from '../../../src/graph/layout';
import { topology } from '../../../src/graph/topology';
import { bytes, commandFor, edit, oddNode } from '../../support/document-samples';
import { testCatalogue } from '../../support/test-catalogue';

const types = [...testCatalogue.keys(), 'future.node', 'constructor', ''];
const ports = ['series', 'a', 'b', 'sum', 'spikes', 'first', 'second', 'features', 'table', 'toString', '__proto__'];
const params = fc.dictionary(
  fc.constantFrom('value', 'length', 'gain', 'dt', 'colour', 'message', '__proto__', 'x'),
  fc.jsonValue(),
);
const end = fc.record({ node: fc.nat(11), port: fc.constantFrom(...ports) });

/** Any wiring at all: loops, wrong kinds, ports that are not there, several wires into one input. */
const anyDocument = fc
  .record({
    nodes: fc.array(
      fc.record({
        type: fc.constantFrom(...types.slice(0, -1)),
        v: fc.integer({ min: 1, max: 4 }),
        params: fc.oneof(fc.constant({}), params),
        mode: fc.constantFrom(undefined, undefined, undefined, 'on', 'mute', 'bypass'),
      }),
      { minLength: 1, maxLength: 12 },
    ),
    wires: fc.array(fc.record({ from: end, to: end, order: fc.option(fc.integer(), { nil: undefined }) }), {
      maxLength: 25,
    }),
  })
  .map(({ nodes, wires }) => {
    const id = (n: number): string => `n${n % nodes.length}`;
    const place = ({ node, port }: { node: number; port: string }) => ({ node: id(node), port });
    const document = {
      schema: 1,
      title: 'Any',
      nodes: nodes.map((node, i) => ({ id: id(i), ...node })),
      wires: wires.map(({ from, to, order }, i) => ({ id: `w${i}`, from: place(from), to: place(to), order })),
    };
    return parsePipeline(JSON.stringify(document)).document;
  });

describe('any document that opens', () => {
  it('is judged, compiled, laid out, hashed and saved', async () => {
    await fc.assert(
      fc.asyncProperty(anyDocument, async (document) => {
        const problems = checkDocument(document, testCatalogue);
        for (const problem of problems) {
          expect(document.nodes.map((node) => node.id)).toContain(problem.node);
          expect(problem.reason).toMatch(/[.!]$/);
          expect(problem.cure).toMatch(/[.!]$/);
        }
        const plan = await compile(document, testCatalogue);
        const seen = new Set<string>();
        for (const step of plan.steps) {
          for (const source of Object.values(step.inputs).flat()) expect(seen).toContain(source.node);
          seen.add(step.node);
          const wrong = problems.some((problem) => problem.node === step.node && problem.severity === 'error');
          expect([step.node, step.problem !== undefined]).toEqual([step.node, wrong]);
        }
        expect(topology(document).order).toHaveLength(document.nodes.length);
        expect(Object.keys(layoutLeftToRight(document))).toHaveLength(document.nodes.length);
        expect(await documentHash(document, testCatalogue)).toMatch(/^[0-9a-f]{32}$/);
        expect(bytes(parsePipeline(bytes(document)).document)).toBe(bytes(document));
      }),
      { numRuns: 150 },
    );
  });

  it('can be edited, with exact inverses, and gains no loop', () => {
    fc.assert(
      fc.property(anyDocument, fc.array(edit, { maxLength: 15 }), (start, list) => {
        let document: PipelineDocument = start;
        const loops = topology(start).inCycle.size;
        for (const each of list) {
          const before = bytes(document);
          const done = apply(document, commandFor(document, each), testCatalogue);
          if (!done.ok) continue;
          const back = apply(done.document, done.inverse, testCatalogue);
          expect(back.ok && bytes(back.document)).toBe(before);
          document = done.document;
        }
        // Pasting copies of a loop is refused, so there can only be fewer.
        expect(topology(document).inCycle.size).toBeLessThanOrEqual(loops);
      }),
      { numRuns: 120 },
    );
  });

  it('answers every question about a wire with yes or a reason, and yes means that the wire can be drawn', () => {
    fc.assert(
      fc.property(anyDocument, end, end, (document, from, to) => {
        const ends = {
          from: { node: `n${from.node}`, port: from.port },
          to: { node: `n${to.node}`, port: to.port },
        };
        const validity = canConnect(document, testCatalogue, ends);
        if (!validity.ok) expect(validity.reason).toMatch(/^.{10,}\.$/);
        const done = apply(document, { type: 'connect', wire: ends }, testCatalogue);
        expect(done.ok).toBe(validity.ok);
        if (done.ok)
          expect(done.document.wires).toHaveLength(
            document.wires.length + 1 - (validity.ok ? validity.replaces.length : 0),
          );
      }),
      { numRuns: 300 },
    );
  });
});

describe('a damaged file', () => {
  const text = `{"schema": 1, "title": "T", "nodes": [${oddNode}, {"id": "a", "type": "test.constant", "v": 1, "params": {"value": 1}}],
  "wires": [{"id": "w", "from": {"node": "a", "port": "series"}, "to": {"node": "odd", "port": "in"}}], "ui": {"positions": {"a": {"x": 1, "y": 2}}}}`;

  it('opens or is refused with a place and a cure, never otherwise', () => {
    const piece = fc.constantFrom(
      '',
      '"',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '0',
      '-',
      'null',
      '\\',
      '\u0000',
      '{"a":1}',
      '1e999',
    );
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(12), piece, (at, length, insert) => {
        const damaged = text.slice(0, at) + insert + text.slice(at + length);
        try {
          const { document } = parsePipeline(damaged);
          expect(bytes(parsePipeline(bytes(document)).document)).toBe(bytes(document));
          checkDocument(document, testCatalogue);
        } catch (error) {
          if (!(error instanceof SpikeloomError)) throw error;
          expect(error.message.length).toBeGreaterThan(10);
          expect(error.details.cure).toBeTruthy();
        }
      }),
      { numRuns: 1500 },
    );
  });
});
