import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeId } from '../../../src/core/ids';
import type { PipelineDocument } from '../../../src/document/schema';
import { apply, type Command } from '../../../src/graph/commands';
import { checkDocument, inferTypes } from '../../../src/graph/infer';
import { createCatalogue } from '../../../src/kit/define-node';
import { commandFor, edit, type NodeSample, pipeline } from '../../support/document-samples';
import { add, testCatalogue, testNodes } from '../../support/test-catalogue';

const problemsOf = (nodes: Readonly<Record<string, NodeSample>>, wires: readonly string[] = []) =>
  checkDocument(pipeline(nodes, wires), testCatalogue);
const edited = (document: PipelineDocument, command: Command): PipelineDocument => {
  const done = apply(document, command, testCatalogue);
  if (!done.ok) throw new Error(done.reason);
  return done.document;
};

describe('inferTypes', () => {
  const chain = pipeline(
    {
      c: { type: 'test.constant', params: { length: 12 } },
      scale: { type: 'test.scale' },
      sum: { type: 'test.add' },
      spikes: { type: 'test.spikes', params: { dt: 0.5, units: 20 } },
      counts: { type: 'test.readout' },
    },
    ['c.series > scale.series', 'scale.series > sum.a', 'spikes.spikes > counts.spikes'],
  );

  it('gives kind, shape, unit and time step of every output, and complete parameters', () => {
    const types = inferTypes(chain, testCatalogue);
    expect(types.get(nodeId('sum'))?.outputs['sum']).toEqual({
      kind: 'series',
      axes: [{ name: 'time', size: 12 }],
      unit: '1',
    });
    expect(types.get(nodeId('spikes'))?.outputs['spikes']).toMatchObject({ kind: 'spikes', dt: 0.5 });
    expect(types.get(nodeId('counts'))?.outputs['features']?.axes).toEqual([
      { name: 'item', size: 3 },
      { name: 'feature', size: 20 },
    ]);
    expect(types.get(nodeId('c'))?.params).toEqual({ value: 1, length: 12, seed: 1, colour: 'red' });
    expect(checkDocument(chain, testCatalogue)).toEqual([]);
  });

  it('answers at once for an edit that touches no node or wire', () => {
    const moved = edited(chain, { type: 'move-nodes', positions: { c: { x: 1, y: 1 } } });
    expect(inferTypes(moved, testCatalogue)).toBe(inferTypes(chain, testCatalogue));
  });

  it('recomputes only what an edit can have changed', () => {
    const asked: string[] = [];
    const counting = createCatalogue(
      testNodes.map((node) => ({
        ...node,
        infer: (inputs: never, params: never) => {
          asked.push(node.type);
          return node.infer(inputs, params);
        },
      })),
    );
    inferTypes(chain, counting);
    expect(asked).toHaveLength(5);
    asked.length = 0;
    inferTypes(edited(chain, { type: 'set-param', node: 'c', param: 'length', value: 9 }), counting);
    expect(asked).toEqual(['test.constant', 'test.scale', 'test.add']);
    // A value that changes no type stops at its node.
    asked.length = 0;
    inferTypes(edited(chain, { type: 'set-param', node: 'c', param: 'value', value: 9 }), counting);
    expect(asked).toEqual(['test.constant']);
    asked.length = 0;
    inferTypes(chain, counting);
    expect(asked).toEqual([]);
  });

  it('gives the same answer step by step as from scratch', () => {
    const start = pipeline({});
    fc.assert(
      fc.property(fc.array(edit, { minLength: 5, maxLength: 50 }), (list) => {
        let document = start;
        for (const each of list) {
          const done = apply(document, commandFor(document, each), testCatalogue);
          if (!done.ok) continue;
          document = done.document;
          const fresh = structuredClone(document);
          const scratch = inferTypes(fresh, createCatalogue(testNodes));
          expect([...inferTypes(document, testCatalogue)]).toEqual([...scratch]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('judges 500 nodes in a chain, and an edit at its end, quickly', () => {
    const nodes: Record<string, NodeSample> = { n0: { type: 'test.constant' } };
    const wires: string[] = [];
    for (let i = 1; i < 500; i++) {
      nodes[`n${i}`] = { type: 'test.scale' };
      wires.push(`n${i - 1}.series > n${i}.series`);
    }
    const document = pipeline(nodes, wires);
    expect(checkDocument(document, testCatalogue)).toEqual([]);
    const begin = performance.now();
    for (let gain = 0; gain < 10; gain++) {
      inferTypes(edited(document, { type: 'set-param', node: 'n499', param: 'gain', value: gain }), testCatalogue);
    }
    expect((performance.now() - begin) / 10).toBeLessThan(200);
  });
});

describe('checkDocument', () => {
  const c: NodeSample = { type: 'test.constant' };

  it.each<[string, NodeSample, string, string, string]>([
    [
      'out of range',
      { ...c, params: { value: 5000 } },
      'param.range',
      'value',
      'Value is 5,000 mV, outside its range from -1,000 to 1,000 mV.',
    ],
    [
      'a text for a number',
      { ...c, params: { value: 'five' } },
      'param.type',
      'value',
      'Value must be a number, not "five".',
    ],
    [
      'null for a number',
      { ...c, params: { value: null } },
      'param.type',
      'value',
      'Value must be a number, not null.',
    ],
    [
      'a broken whole number',
      { ...c, params: { length: 2.5 } },
      'param.type',
      'length',
      'Length must be a whole number, not 2.5.',
    ],
    [
      'a whole number out of range',
      { ...c, params: { length: 0 } },
      'param.range',
      'length',
      'Length is 0 samples, outside its range from 1 to 1,000 samples.',
    ],
    [
      'a seed below 0',
      { ...c, params: { seed: -1 } },
      'param.range',
      'seed',
      'Seed is -1, outside its range from 0 to 4,294,967,295.',
    ],
    ['no such choice', { ...c, params: { colour: 'green' } }, 'param.choice', 'colour', 'Colour cannot be "green".'],
    [
      'a number for a switch',
      { type: 'test.scale', params: { invert: 1 } },
      'param.type',
      'invert',
      'Invert must be true or false, not 1.',
    ],
    [
      'a number for a text',
      { type: 'test.fail', params: { message: 1 } },
      'param.type',
      'message',
      'Message must be a text, not 1.',
    ],
    [
      'a text that is too long',
      { type: 'test.fail', params: { message: 'x'.repeat(2001) } },
      'param.range',
      'message',
      'Message is too long.',
    ],
  ])('tells a parameter with %s', (_, node, code, param, reason) => {
    const found = problemsOf({ n: node }).filter((problem) => problem.param !== undefined);
    expect(found).toEqual([
      { node: 'n', param, code, reason, severity: 'error', cure: expect.stringMatching(/.{5,}\./) },
    ]);
  });

  it('keeps an unknown parameter, with a warning, and still infers', () => {
    const document = pipeline({ n: { ...c, params: { gone: 1 } } });
    const inference = inferTypes(document, testCatalogue).get(nodeId('n'));
    expect(inference?.problems).toMatchObject([{ code: 'param.unknown', param: 'gone', severity: 'warning' }]);
    expect(inference?.outputs['series']).toBeDefined();
  });

  it('does not take inherited names for parameters or ports', () => {
    const problems = problemsOf({ n: { ...c, params: { toString: 1 } }, s: { type: 'test.add' } }, ['n.valueOf > s.a']);
    expect(problems.map((problem) => problem.code)).toEqual(['param.unknown', 'wire.unknown-output']);
  });

  it('tells a missing input, and an optional one not', () => {
    expect(problemsOf({ sum: { type: 'test.add' } })).toEqual([
      {
        node: 'sum',
        port: 'a',
        code: 'input.missing',
        reason: '"A" of Add is not wired; it needs series.',
        cure: 'Draw a wire to it.',
        severity: 'error',
      },
    ]);
  });

  it('tells a node type that it does not know, and leaves what follows without a problem of its own', () => {
    const problems = problemsOf({ odd: { type: 'future.node' }, sum: { type: 'test.add' } }, ['odd.out > sum.a']);
    expect(problems).toMatchObject([{ node: 'odd', code: 'node.unknown-type', severity: 'error' }]);
    expect(problems[0]?.reason).toContain('"future.node"');
  });

  it('tells a node that a newer Spikeloom saved', () => {
    expect(problemsOf({ n: { ...c, v: 4 } })).toMatchObject([{ code: 'node.newer-version', severity: 'error' }]);
  });

  it('tells a wire of the wrong kind, to no port, from no port, and one too many', () => {
    const nodes = { c, d: c, s: { type: 'test.spikes' }, sum: { type: 'test.add' } };
    expect(problemsOf(nodes, ['s.spikes > sum.a'])).toMatchObject([
      {
        node: 'sum',
        port: 'a',
        code: 'wire.kind',
        reason: 'Spikes from Spikes cannot go into "A" of Add, which takes series.',
      },
    ]);
    expect(problemsOf(nodes, ['c.series > sum.a', 'c.series > sum.z'])).toMatchObject([
      { node: 'sum', port: 'z', code: 'wire.unknown-input' },
    ]);
    expect(problemsOf(nodes, ['c.nothing > sum.a'])).toMatchObject([
      { node: 'sum', port: 'a', code: 'wire.unknown-output' },
    ]);
    expect(problemsOf(nodes, ['c.series > sum.a', 'd.series > sum.a'])).toMatchObject([
      { node: 'sum', port: 'a', code: 'input.too-many' },
    ]);
  });

  it('tells two time steps that meet', () => {
    const nodes = {
      s: { type: 'test.spikes' },
      t: { type: 'test.spikes', params: { dt: 1 } },
      x: { type: 'test.compare' },
    };
    expect(problemsOf(nodes, ['s.spikes > x.first', 't.spikes > x.second'])).toMatchObject([
      { node: 'x', port: 'second', code: 'wire.dt' },
    ]);
  });

  it('tells a loop in a file, names the way around it, and judges the rest', () => {
    const problems = problemsOf(
      { c, x: { type: 'test.add' }, y: { type: 'test.scale' }, z: { type: 'test.add' }, free: { type: 'test.scale' } },
      ['c.series > x.a', 'y.series > x.b', 'x.sum > y.series', 'y.series > z.a', 'c.series > free.series'],
    );
    expect(problems.map(({ node, code }) => [node, code]).sort()).toEqual([
      ['x', 'graph.cycle'],
      ['y', 'graph.cycle'],
    ]);
    expect(problems[0]?.reason).toContain('Add (x) → Scale (y) → Add (x)');
  });

  it('passes on what a node says about its inputs, once all of them are there', () => {
    const nodes = { c, d: { ...c, params: { length: 7 } }, sum: { type: 'test.add' } };
    expect(problemsOf(nodes, ['c.series > sum.a', 'd.series > sum.b'])).toEqual([
      {
        node: 'sum',
        port: 'b',
        code: 'add.shape-mismatch',
        reason: 'A has 4 samples and B has 7.',
        cure: 'Give both the same length.',
        severity: 'error',
      },
    ]);
  });

  it('survives a node whose inference throws', () => {
    const broken = createCatalogue([
      ...testNodes,
      {
        ...add,
        type: 'test.broken',
        infer: () => {
          throw new Error('no');
        },
      },
    ]);
    const document = pipeline({ c, n: { type: 'test.broken' } }, ['c.series > n.a']);
    expect(checkDocument(document, broken)).toMatchObject([{ node: 'n', code: 'infer.threw' }]);
  });

  it('tells when a muted node leaves an input without a value', () => {
    const nodes = { c: { ...c, mode: 'mute' as const }, sum: { type: 'test.add' } };
    expect(problemsOf(nodes, ['c.series > sum.a'])).toMatchObject([{ node: 'sum', port: 'a', code: 'input.muted' }]);
    expect(problemsOf({ ...nodes, d: c }, ['d.series > sum.a', 'c.series > sum.b'])).toEqual([]);
  });

  it('passes types through a bypassed node as its definition says, and tells when nothing can pass', () => {
    const nodes = {
      c: { ...c, params: { length: 9 } },
      d: c,
      sum: { type: 'test.add', mode: 'bypass' as const },
      end: { type: 'test.scale' },
    };
    const single = pipeline(nodes, ['c.series > sum.a', 'sum.sum > end.series']);
    expect(checkDocument(single, testCatalogue)).toEqual([]);
    expect(inferTypes(single, testCatalogue).get(nodeId('end'))?.outputs['series']?.axes[0]?.size).toBe(9);
    const both = pipeline(nodes, ['c.series > sum.a', 'd.series > sum.b', 'sum.sum > end.series']);
    expect(checkDocument(both, testCatalogue)).toEqual([]);
    expect(inferTypes(both, testCatalogue).get(nodeId('end'))?.outputs['series']?.axes[0]?.size).toBe(9);
    expect(problemsOf(nodes, ['d.series > sum.b', 'sum.sum > end.series'])).toMatchObject([
      { node: 'sum', port: 'sum', code: 'mode.bypass', reason: expect.stringMatching(/Nothing is wired to "A"/) },
    ]);
    // Nothing follows it: nothing to pass.
    expect(problemsOf({ c, sum: { type: 'test.add', mode: 'bypass' } })).toEqual([]);
  });
});
