import { describe, expect, it } from 'vitest';
import type { PipelineDocument, Subgraph } from '../../../src/document/schema';
import { serialisePipeline } from '../../../src/document/serialise-pipeline';
import { expand } from '../../../src/document/subgraphs';
import { dropBranch, makeBranch, ownPart, promoteBranch, restoreParams } from '../../../src/graph/branches';
import { apply, type Command } from '../../../src/graph/commands';
import { coneDifference } from '../../../src/graph/cone-difference';
import { pipeline } from '../../support/document-samples';
import { testCatalogue } from '../../support/test-catalogue';

type Sample = ReturnType<typeof pipeline>;
const output = (node: string) => ({ node, port: 'summary' });

const line: Sample = {
  ...pipeline(
    {
      source: { type: 'test.constant' },
      scale: { type: 'test.scale', params: { gain: 2 }, label: 'Gain' },
      end: { type: 'test.tabulate' },
      aside: { type: 'test.tabulate' },
    },
    ['source.series > scale.series', 'scale.series > end.series', 'source.series > aside.series'],
  ),
  ui: {
    positions: { source: { x: 0, y: 0 }, scale: { x: 300, y: 0 }, end: { x: 600, y: 0 }, aside: { x: 300, y: 500 } },
  },
};

function doAndUndo(document: Sample, command: Command): { readonly made: Sample; readonly created: readonly string[] } {
  const done = apply(document, command, testCatalogue);
  if (!done.ok) throw new Error(done.reason);
  const back = apply(done.document, done.inverse, testCatalogue);
  if (!back.ok) throw new Error(back.reason);
  // One step back, to the byte.
  expect(serialisePipeline(back.document)).toBe(serialisePipeline(document));
  return { made: done.document, created: done.created };
}

function branched(document: Sample, from: string, part: 'downstream' | 'upstream' = 'downstream') {
  const plan = makeBranch(document, testCatalogue, from, part);
  if (!plan.ok) throw new Error(plan.reason);
  return { plan, ...doAndUndo(document, plan.command) };
}

describe('making a branch', () => {
  it('copies what follows from a node, wired to the same source, in one step that undo takes back', () => {
    const { made, created, plan } = branched(line, 'scale');
    expect(plan.copied).toEqual(['scale', 'end']);
    expect(created).toHaveLength(2);
    const [scale, end] = created as [string, string];
    const wires = made.wires.map(({ from, to }) => `${from.node}>${to.node}`);
    expect(wires).toContain(`source>${scale}`);
    expect(wires).toContain(`${scale}>${end}`);
    expect(wires).toHaveLength(line.wires.length + 2);
    expect(made.nodes.find(({ id }) => id === scale)).toMatchObject({ params: { gain: 2 }, label: 'Gain (branch 2)' });
  });

  it('numbers further branches, also those made of a branch', () => {
    const { made, created } = branched(line, 'scale');
    const again = branched(made, created[0] as string);
    expect(again.plan.name).toBe('branch 3');
    expect(again.made.nodes.find(({ id }) => id === again.created[0])?.label).toBe('Gain (branch 3)');
  });

  it('places the copies below every card, each under its original', () => {
    const { made, created } = branched(line, 'scale');
    const places = made.ui?.positions ?? {};
    expect(places[created[0] as string]).toEqual({ x: 300, y: 500 + 310 + 110 });
    expect(places[created[1] as string]?.x).toBe(600);
  });

  it('copies what leads to a node, but never the data', () => {
    const sourced = {
      ...line,
      nodes: line.nodes.map((node) => (node.id === 'source' ? { ...node, type: 'source.images' } : node)),
    };
    const plan = makeBranch(sourced, testCatalogue, 'end', 'upstream');
    expect(plan.ok && plan.copied).toEqual(['scale', 'end']);
    expect(makeBranch(sourced, testCatalogue, 'source', 'upstream')).toMatchObject({
      ok: false,
      code: 'branch.source',
    });
    expect(makeBranch(line, testCatalogue, 'nobody', 'downstream')).toMatchObject({ ok: false, code: 'node.missing' });
  });
});

describe('settling a comparison', () => {
  const { made, created } = branched(line, 'scale');
  const [scale, end] = created as [string, string];
  const set = apply(made, { type: 'set-param', node: scale, param: 'gain', value: 9 }, testCatalogue);
  if (!set.ok) throw new Error(set.reason);
  const both = set.document;

  it('promotes a branch: its parameters take the place of the original, its nodes go', () => {
    const plan = promoteBranch(both, testCatalogue, end, 'end');
    if (!plan.ok) throw new Error(plan.reason);
    expect(plan.removed).toEqual([scale, end]);
    const { made: after } = doAndUndo(both, plan.command);
    expect(after.nodes.map(({ id }) => id)).toEqual(line.nodes.map(({ id }) => id));
    expect(after.nodes.find(({ id }) => id === 'scale')).toMatchObject({ params: { gain: 9 }, label: 'Gain' });
  });

  it('removes the losing branch and nothing else', () => {
    const plan = dropBranch(both, testCatalogue, end, 'end');
    if (!plan.ok) throw new Error(plan.reason);
    const { made: after } = doAndUndo(both, plan.command);
    expect(after.nodes.map(({ id }) => id)).toEqual(['source', 'aside', scale, end]);
  });

  it('keeps what follows from both branches', () => {
    const joined = {
      ...both,
      nodes: [...both.nodes, { id: 'both', type: 'test.add', v: 1, params: {} }],
      wires: [
        ...both.wires,
        { id: 'x', from: { node: 'scale', port: 'series' }, to: { node: 'both', port: 'a' } },
        { id: 'y', from: { node: scale, port: 'series' }, to: { node: 'both', port: 'b' } },
      ],
    };
    expect(ownPart(joined, end, 'end')).toEqual([scale, end]);
  });

  it('is refused where more than parameters differ, or nothing is its own', () => {
    const longer = {
      ...both,
      nodes: [...both.nodes, { id: 'more', type: 'test.slow', v: 1, params: {} }],
      wires: both.wires.map((wire) =>
        wire.to.node === scale ? { ...wire, from: { node: 'more', port: 'series' } } : wire,
      ),
    };
    expect(promoteBranch(longer, testCatalogue, end, 'end')).toMatchObject({ ok: false, code: 'branch.structure' });
    expect(dropBranch(line, testCatalogue, 'end', 'scale')).toMatchObject({ ok: false, code: 'branch.shared' });
  });

  it('brings back the parameters of an earlier version, defaults included', () => {
    const plain = pipeline({ source: { type: 'test.constant' }, end: { type: 'test.tabulate' } }, [
      'source.series > end.series',
    ]);
    const now = {
      ...plain,
      nodes: plain.nodes.map((node) => (node.id === 'source' ? { ...node, params: { value: 5 } } : node)),
    };
    const plan = restoreParams(now, testCatalogue, output('end'), { ...output('end'), document: plain });
    if (!plan.ok) throw new Error(plan.reason);
    const { made: after } = doAndUndo(now, plan.command);
    expect(after.nodes[0]?.params).toEqual({});
    expect(
      coneDifference({ document: after, node: 'end' }, { document: plain, node: 'end' }, testCatalogue).differences,
    ).toEqual([]);
  });

  it('brings parameters back inside subgraphs: on their level, or where they are shown outside', () => {
    const plain = pipeline(
      {
        source: { type: 'test.constant' },
        first: { type: 'test.scale', params: { gain: 3 } },
        second: { type: 'test.scale', params: { gain: 4 } },
        end: { type: 'test.tabulate' },
      },
      ['source.series > first.series', 'first.series > second.series', 'second.series > end.series'],
    );
    const step = (document: PipelineDocument, command: Command): PipelineDocument => {
      const done = apply(document, command, testCatalogue);
      if (!done.ok) throw new Error(done.reason);
      return done.document;
    };
    const inside = step(plain, { type: 'collapse', ids: ['first', 'second'] });
    const definition = ({ defs }: PipelineDocument) => (defs ?? [])[0] as Subgraph;
    const subgraph = definition(inside).id;
    const before = step(inside, {
      type: 'set-promoted',
      subgraph,
      params: [{ id: 'outer', node: 'second', param: 'gain' }],
    });
    const own = { type: 'set-param', node: 'subgraph/first', param: 'gain', value: 7 } as const;
    const changed = step(before, { type: 'within', path: ['subgraph'], command: own });
    const now = step(changed, { type: 'set-param', node: 'subgraph', param: 'outer', value: 8 });
    const gains = (document: PipelineDocument) =>
      expand(document)
        .document.nodes.filter(({ type }) => type === 'test.scale')
        .map(({ params }) => params['gain']);
    expect(gains(now)).toEqual([7, 8]);
    const plan = restoreParams(now, testCatalogue, output('end'), { ...output('end'), document: before });
    if (!plan.ok) throw new Error(plan.reason);
    expect(plan.command).toMatchObject({ whole: true });
    const { made: after } = doAndUndo(now, plan.command);
    expect(gains(after)).toEqual([3, 4]);
    // What the instance shows is set at the instance: its twins keep theirs.
    expect(definition(after).nodes.map(({ params }) => params['gain'])).toEqual([3, 4]);
    expect(after.nodes.find(({ id }) => id === 'subgraph')?.params).toEqual({ outer: 4 });
    expect(restoreParams(now, testCatalogue, output('gone'), { ...output('gone'), document: before })).toMatchObject({
      ok: false,
      code: 'branch.missing',
    });
  });
});
