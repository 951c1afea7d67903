import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DocumentError } from '../../../src/core/errors';
import { nodeId } from '../../../src/core/ids';
import type { PipelineDocument } from '../../../src/document/schema';
import { apply } from '../../../src/graph/commands';
import { compile } from '../../../src/graph/compile';
import type { RunPlan } from '../../../src/scheduler/protocol';
import { commandFor, edit, type NodeSample, pipeline, shuffled } from '../../support/document-samples';
import { testCatalogue } from '../../support/test-catalogue';

const plan = (
  nodes: Readonly<Record<string, NodeSample>>,
  wires: readonly string[] = [],
  targets?: readonly string[],
) => compile(pipeline(nodes, wires), testCatalogue, targets ? { targets: targets.map(nodeId) } : {});
const order = (made: RunPlan): string[] => made.steps.map((step) => step.node);
const step = (made: RunPlan, id: string) => made.steps.find((each) => each.node === id);
const c: NodeSample = { type: 'test.constant' };

describe('compile', () => {
  const nodes = {
    end: { type: 'test.tabulate' },
    sum: { type: 'test.add' },
    a: c,
    b: { ...c, params: { value: 2 } },
    alone: { type: 'test.spikes' },
  };
  const wires = ['a.series > sum.a', 'b.series > sum.b', 'sum.sum > end.series'];

  it('orders steps, completes parameters and resolves wires', async () => {
    const made = await plan(nodes, wires);
    expect(order(made)).toHaveLength(5);
    expect(order(made).indexOf('sum')).toBeLessThan(order(made).indexOf('end'));
    expect(step(made, 'sum')).toEqual({
      node: 'sum',
      type: 'test.add',
      version: 1,
      params: {},
      inputs: { a: [{ node: 'a', port: 'series' }], b: [{ node: 'b', port: 'series' }] },
      // What its memory is estimated from.
      types: { sum: { kind: 'series', unit: '1', axes: [{ name: 'time', size: 4 }] } },
    });
    expect(step(made, 'b')?.params).toEqual({ value: 2, length: 4, seed: 1, colour: 'red' });
    expect([...made.targets].sort()).toEqual(['alone', 'end']);
    expect(made.documentHash).toMatch(/^[0-9a-f]{32}$/);
    expect(structuredClone(made)).toEqual(made);
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
  });

  it('takes only what the targets need', async () => {
    const made = await plan(nodes, wires, ['sum']);
    expect(order(made).sort()).toEqual(['a', 'b', 'sum']);
    expect(made.targets).toEqual(['sum']);
  });

  it('refuses a target that is not there', async () => {
    const refused = plan(nodes, wires, ['nope']);
    await expect(refused).rejects.toThrow(DocumentError);
    await expect(refused).rejects.toMatchObject({ details: { code: 'plan.unknown-target' } });
  });

  it('compiles an empty document', async () => {
    expect(await plan({})).toMatchObject({ steps: [], targets: [] });
  });

  it('keeps the order of variadic wires', async () => {
    const document = pipeline({ a: c, b: c, all: { type: 'test.collect' } }, [
      'a.series > all.series',
      'b.series > all.series',
    ]);
    const inOrder = async (orders: readonly number[]) => {
      const wired = { ...document, wires: document.wires.map((wire, i) => ({ ...wire, order: orders[i] as number })) };
      return step(await compile(wired, testCatalogue), 'all')?.inputs['series']?.map((source) => source.node);
    };
    expect(await inOrder([0, 1])).toEqual(['a', 'b']);
    expect(await inOrder([1, 0])).toEqual(['b', 'a']);
  });

  it('brings an older version of a node up', async () => {
    const made = await plan({ a: c, old: { type: 'test.scale', v: 1, params: { percent: 250 } } }, [
      'a.series > old.series',
    ]);
    expect(step(made, 'old')).toMatchObject({ version: 3, params: { gain: 2.5, invert: false } });
    expect(step(made, 'old')?.problem).toBeUndefined();
  });

  it('makes a step with its problem of a node that cannot run, and lets the others run', async () => {
    const made = await plan(
      {
        a: c,
        bad: { ...c, params: { value: 1e6 } },
        odd: { type: 'future.node', v: 2, params: { x: 1 } },
        sum: { type: 'test.add' },
        ok: { type: 'test.scale' },
      },
      ['a.series > sum.a', 'bad.series > sum.b', 'a.series > odd.in', 'a.series > ok.series'],
    );
    expect(step(made, 'bad')?.problem).toMatchObject({
      kind: 'parameter',
      code: 'param.range',
      node: 'bad',
      param: 'value',
    });
    expect(step(made, 'odd')).toMatchObject({ version: 2, params: { x: 1 }, problem: { code: 'node.unknown-type' } });
    expect(step(made, 'sum')?.problem).toBeUndefined();
    expect(step(made, 'ok')?.problem).toBeUndefined();
    expect([...made.targets].sort()).toEqual(['odd', 'ok', 'sum']);
  });

  it('still runs what leads up to a node that cannot', async () => {
    const made = await plan(
      {
        a: c,
        s: { type: 'test.scale' },
        fit: { type: 'test.fit' },
        r: { type: 'test.readout' },
        p: { type: 'test.spikes' },
      },
      ['a.series > s.series', 'p.spikes > r.spikes', 'r.features > fit.features'],
    );
    expect(step(made, 'fit')?.problem).toMatchObject({ code: 'input.missing', port: 'targets' });
    expect([...made.targets].sort()).toEqual(['fit', 'r', 's']);
  });

  it('gives the nodes of a loop a problem and keeps the rest in order', async () => {
    const made = await plan({ x: { type: 'test.add' }, y: { type: 'test.scale' }, z: { type: 'test.scale' }, a: c }, [
      'y.series > x.a',
      'x.sum > y.series',
      'y.series > z.series',
      'a.series > x.b',
    ]);
    expect(step(made, 'x')).toMatchObject({ inputs: {}, problem: { code: 'graph.cycle' } });
    expect(step(made, 'y')).toMatchObject({ inputs: {}, problem: { code: 'graph.cycle' } });
    expect(step(made, 'z')?.inputs).toEqual({ series: [{ node: 'y', port: 'series' }] });
    expect(order(made).indexOf('y')).toBeLessThan(order(made).indexOf('z'));
  });

  it('leaves muted nodes out and passes through bypassed ones', async () => {
    const chain = { a: c, mid: { type: 'test.scale' }, end: { type: 'test.scale' } };
    const through = ['a.series > mid.series', 'mid.series > end.series'];
    const bypassed = await plan({ ...chain, mid: { type: 'test.scale', mode: 'bypass' } }, through);
    expect(order(bypassed)).toEqual(['a', 'end']);
    expect(step(bypassed, 'end')?.inputs).toEqual({ series: [{ node: 'a', port: 'series' }] });
    const muted = await plan({ ...chain, mid: { type: 'test.scale', mode: 'mute' } }, through);
    expect(order(muted).sort()).toEqual(['a', 'end']);
    expect(step(muted, 'end')?.problem).toMatchObject({ code: 'input.muted', port: 'series' });
    const asked = await plan({ ...chain, mid: { type: 'test.scale', mode: 'mute' } }, through, ['mid']);
    expect(step(asked, 'mid')?.problem).toMatchObject({ code: 'mode.off' });
  });

  it('gives a bypassed node that cannot pass anything on a problem', async () => {
    const made = await plan({ a: c, b: c, sum: { type: 'test.add', mode: 'bypass' }, end: { type: 'test.scale' } }, [
      'b.series > sum.b',
      'sum.sum > end.series',
    ]);
    expect(step(made, 'sum')?.problem).toMatchObject({ code: 'mode.bypass' });
    expect(step(made, 'end')?.inputs).toEqual({ series: [{ node: 'sum', port: 'sum' }] });
  });
});

describe('the plan of a random document', () => {
  const built = (list: Parameters<typeof commandFor>[1][]): PipelineDocument => {
    let document = pipeline({});
    for (const each of list) {
      const done = apply(document, commandFor(document, each), testCatalogue);
      if (done.ok) document = done.document;
    }
    return document;
  };
  const documents = fc.array(edit, { minLength: 5, maxLength: 60 }).map(built);
  // Labels are part of what a problem says to people; nothing else of it may differ.
  const bare = (made: RunPlan): unknown => ({
    ...made,
    steps: made.steps.map(({ problem, ...rest }) => ({
      ...rest,
      problem: problem && { ...problem, message: '', cure: '' },
    })),
  });

  it('does not depend on the order of nodes, wires and keys, on labels, titles and positions', async () => {
    await fc.assert(
      fc.asyncProperty(documents, fc.infiniteStream(fc.nat(1000)), async (document, stream) => {
        const other = shuffled(document, (n) => (stream.next().value as number) % Math.max(1, n));
        expect(bare(await compile(other, testCatalogue))).toEqual(bare(await compile(document, testCatalogue)));
      }),
      { numRuns: 150 },
    );
  });

  it('has the same steps in the same order when nodes are renamed', async () => {
    await fc.assert(
      fc.asyncProperty(documents, fc.nat(), async (document, salt) => {
        const place = new Map(document.nodes.map((node, i) => [node.id, `n${(i * 7919 + salt) % 1009}-${i}`]));
        const name = (id: string): string => place.get(id) as string;
        const renamed = {
          ...document,
          nodes: document.nodes.map((node) => ({ ...node, id: name(node.id) })),
          wires: document.wires.map((wire) => ({
            ...wire,
            from: { ...wire.from, node: name(wire.from.node) },
            to: { ...wire.to, node: name(wire.to.node) },
          })),
        };
        const kinds = async (each: PipelineDocument) =>
          (await compile(each, testCatalogue)).steps.map(({ type, params, problem }) => [type, params, problem?.code]);
        expect(await kinds(renamed)).toEqual(await kinds(document));
      }),
      { numRuns: 150 },
    );
  });

  it('has sources before what they feed, and knows every source', async () => {
    await fc.assert(
      fc.asyncProperty(documents, async (document) => {
        const made = await compile(document, testCatalogue);
        const seen = new Set<string>();
        for (const { node, inputs } of made.steps) {
          for (const source of Object.values(inputs).flat()) expect(seen).toContain(source.node);
          seen.add(node);
        }
        for (const target of made.targets) expect(seen).toContain(target);
      }),
      { numRuns: 150 },
    );
  });
});
