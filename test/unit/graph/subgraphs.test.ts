import { describe, expect, it } from 'vitest';
import { nodeId } from '../../../src/core/ids';
import { documentHash } from '../../../src/document/document-hash';
import { parsePipeline } from '../../../src/document/parse-pipeline';
import type { PipelineDocument, Subgraph } from '../../../src/document/schema';
import { serialisePipeline } from '../../../src/document/serialise-pipeline';
import { expand, levelDocument, wholeDocument } from '../../../src/document/subgraphs';
import { canConnect } from '../../../src/graph/can-connect';
import { apply, type Command } from '../../../src/graph/commands';
import { compile } from '../../../src/graph/compile';
import { createHistory, perform, undo } from '../../../src/graph/history';
import { parseHistory, serialiseHistory } from '../../../src/graph/history-text';
import { checkDocument, inferTypes } from '../../../src/graph/infer';
import { catalogueFor } from '../../../src/graph/subgraphs/catalogue';
import { bytes, oddNode, pipeline } from '../../support/document-samples';
import { testCatalogue } from '../../support/test-catalogue';

const constant = { type: 'test.constant' };
const scale = { type: 'test.scale' };

/** Two constants into a sum, scaled twice, tabulated; positions as on a canvas. */
function chain(): PipelineDocument {
  const document = pipeline(
    {
      a: constant,
      b: { ...constant, params: { value: 2 } },
      sum: { type: 'test.add' },
      one: scale,
      two: scale,
      end: { type: 'test.tabulate' },
    },
    [
      'a.series > sum.a',
      'b.series > sum.b',
      'sum.sum > one.series',
      'one.series > two.series',
      'two.series > end.series',
    ],
  );
  const positions = Object.fromEntries(document.nodes.map(({ id }, i) => [id, { x: 300 * i, y: 10 * i }]));
  return { ...document, ui: { positions } };
}

function done(document: PipelineDocument, command: Command): PipelineDocument {
  const answer = apply(document, command, testCatalogue);
  if (!answer.ok) throw new Error(answer.reason);
  return answer.document;
}
const refused = (document: PipelineDocument, command: Command) => {
  const answer = apply(document, command, testCatalogue);
  if (answer.ok) throw new Error('It was accepted.');
  return answer;
};
const definition = (document: PipelineDocument, id: string): Subgraph =>
  (document.defs ?? []).find((entry) => (entry as Subgraph).id === id) as Subgraph;
const collapsed = (ids: readonly string[] = ['sum', 'one'], name = 'Mix'): PipelineDocument =>
  done(chain(), { type: 'collapse', ids, name });

describe('collapsing', () => {
  it('gives typed ports with names, one for each output that crosses the border', () => {
    const document = collapsed();
    expect(document.nodes.map(({ id }) => id)).toEqual(['a', 'b', 'mix', 'two', 'end']);
    const { inputs, outputs, nodes } = definition(document, 'mix');
    expect(inputs).toEqual([
      { id: 'a', name: 'A', kind: 'series' },
      { id: 'b', name: 'B', kind: 'series', optional: true },
    ]);
    expect(outputs).toEqual([{ id: 'series', name: 'Scaled', kind: 'series' }]);
    expect(nodes.map(({ id }) => id)).toEqual(['sum', 'one']);
    expect(document.ui?.positions?.['mix']).toEqual({ x: 750, y: 25 });
    expect(checkDocument(document, testCatalogue)).toEqual([]);
  });

  it('leaves hash, plan and keys as they were: only ids differ', async () => {
    const [before, after] = [await compile(chain(), testCatalogue), await compile(collapsed(), testCatalogue)];
    const bare = (text: string) => JSON.parse(JSON.stringify(text).replaceAll('mix/', ''));
    expect(bare(JSON.stringify(after.steps))).toEqual(JSON.stringify(before.steps));
    expect(after.targets).toEqual(before.targets);
    expect(after.steps.map(({ node }) => node)).toContain('mix/sum');
  });

  it('opens a port for what nothing reads when nothing leaves the selection', () => {
    const document = collapsed(['two', 'end'], 'Tail');
    expect(definition(document, 'tail').outputs).toEqual([{ id: 'summary', name: 'Summary', kind: 'table' }]);
  });

  it('shares one port between wires from one output', () => {
    const document = pipeline({ a: constant, x: scale, y: scale }, ['a.series > x.series', 'a.series > y.series']);
    const made = done(document, { type: 'collapse', ids: ['x', 'y'] });
    expect(definition(made, 'subgraph').inputs).toHaveLength(1);
    expect(made.wires).toHaveLength(1);
  });

  it('keeps the order of a variadic input on either side of the border', async () => {
    const document = pipeline(
      { a: constant, b: { ...constant, params: { value: 7 } }, x: scale, all: { type: 'test.collect' } },
      ['b.series > x.series', 'x.series > all.series', 'a.series > all.series'],
    );
    const values = async (of: PipelineDocument) => {
      const plan = await compile(of, testCatalogue);
      return plan.steps
        .find(({ type }) => type === 'test.collect')
        ?.inputs['series']?.map(({ node }) => node.split('/').at(-1));
    };
    const expected = await values(document);
    for (const ids of [['all'], ['x'], ['x', 'all'], ['b', 'x']])
      expect(await values(done(document, { type: 'collapse', ids }))).toEqual(expected);
  });

  it('refuses a selection that wires leave and come back to, and names what lies between', () => {
    const answer = refused(chain(), { type: 'collapse', ids: ['sum', 'two'] });
    expect(answer).toMatchObject({ code: 'collapse.cycle' });
    expect(answer.reason).toContain('Scale (one)');
    expect(refused(chain(), { type: 'collapse', ids: [] })).toMatchObject({ code: 'collapse.nothing' });
  });

  it('undoes and redoes in one step to the same bytes, also from a stored history', () => {
    const start = chain();
    const step = perform(
      { document: start, history: createHistory() },
      { type: 'collapse', ids: ['sum', 'one'] },
      testCatalogue,
    );
    if (!step.ok) throw new Error(step.reason);
    const history = parseHistory(serialiseHistory(step.history));
    const back = history && undo({ document: step.document, history }, testCatalogue);
    expect(back && bytes(back.document)).toBe(bytes(start));
  });
});

describe('expanding in place', () => {
  it('gives back what was collapsed: same nodes, wires, places and no definition left', async () => {
    const document = done(collapsed(), { type: 'dissolve', id: 'mix' });
    expect(await documentHash(document)).toBe(await documentHash(chain()));
    expect(document.defs).toBeUndefined();
    expect(document.ui?.positions?.['sum']).toEqual(chain().ui?.positions?.['sum']);
    expect(document.wires.map(({ id }) => id).sort()).toEqual(
      chain()
        .wires.map(({ id }) => id)
        .sort(),
    );
  });

  it('bakes in what the instance had set', () => {
    let document = done(collapsed(), {
      type: 'set-promoted',
      subgraph: 'mix',
      params: [{ id: 'gain', node: 'one', param: 'gain' }],
    });
    document = done(document, { type: 'set-param', node: 'mix', param: 'gain', value: 3 });
    document = done(document, { type: 'dissolve', id: 'mix' });
    expect(document.nodes.find(({ id }) => id === 'one')?.params).toEqual({ gain: 3 });
  });
});

describe('the inside as a level', () => {
  const level = (document = collapsed()) => levelDocument(document, ['mix']) as PipelineDocument;

  it('has the inner nodes under the ids of the plan, between their ports', () => {
    expect(level().nodes.map(({ id }) => id)).toEqual(['mix/@inputs', 'mix/sum', 'mix/one', 'mix/@outputs']);
    expect(serialisePipeline(level())).toBe(serialisePipeline(collapsed()));
    expect(levelDocument(collapsed(), ['nothing'])).toBeNull();
  });

  it('knows the types that come in from outside', () => {
    const types = inferTypes(level(), testCatalogue);
    expect(types.get(nodeId('mix/@inputs'))?.outputs['a']).toMatchObject({ kind: 'series' });
    expect(types.get(nodeId('mix/sum'))?.outputs['sum']?.axes[0]?.size).toBe(4);
    expect(types.get(nodeId('mix'))?.outputs['series']?.axes[0]?.size).toBe(4);
  });

  it('takes any command, for all instances, in one step of undo', () => {
    const twice = done(collapsed(), {
      type: 'insert',
      nodes: collapsed().nodes.filter(({ id }) => id === 'mix'),
      wires: [],
    });
    const changed = done(twice, {
      type: 'within',
      path: ['mix-2'],
      command: { type: 'set-param', node: 'mix-2/one', param: 'gain', value: 5 },
    });
    const flat = expand(changed).document.nodes;
    expect(flat.filter(({ id }) => id.endsWith('/one')).map(({ params }) => params)).toEqual([
      { gain: 5 },
      { gain: 5 },
    ]);
  });

  it('names new nodes by where they are', () => {
    const answer = apply(
      collapsed(),
      { type: 'within', path: ['mix'], command: { type: 'add-node', node: { type: 'test.scale', id: 'one' } } },
      testCatalogue,
    );
    expect(answer.ok && answer.created).toEqual(['mix/one-2']);
  });

  it('judges wires like any level, and its ports by their kind', () => {
    const all = catalogueFor(level(), testCatalogue);
    const judge = (from: string, fromPort: string, to: string, port: string) =>
      canConnect(level(), all, { from: { node: from, port: fromPort }, to: { node: to, port } });
    expect(judge('mix/@inputs', 'a', 'mix/sum', 'b')).toMatchObject({ ok: true });
    expect(judge('mix/one', 'series', 'mix/sum', 'a')).toMatchObject({ ok: false, code: 'connect.cycle' });
    expect(judge('mix/sum', 'sum', 'mix/@outputs', 'series')).toMatchObject({ ok: true });
  });

  it('keeps its ports, and never holds itself', () => {
    const within = (command: Command): Command => ({ type: 'within', path: ['mix'], command });
    expect(refused(collapsed(), within({ type: 'remove-nodes', ids: ['mix/@inputs'] }))).toMatchObject({
      code: 'subgraph.boundary',
    });
    const self = { id: 'self', type: 'subgraph.mix', v: 1, params: {} };
    expect(refused(collapsed(), within({ type: 'insert', nodes: [self], wires: [] }))).toMatchObject({
      code: 'subgraph.recursion',
    });
  });

  it('collapses and expands inside as well', async () => {
    const nested = done(collapsed(), {
      type: 'within',
      path: ['mix'],
      command: { type: 'collapse', ids: ['mix/one'], name: 'Gain' },
    });
    expect(expand(nested).document.nodes.map(({ id }) => id)).toContain('mix/gain/one');
    expect(checkDocument(nested, testCatalogue)).toEqual([]);
    const inner = levelDocument(nested, ['mix', 'gain']);
    expect(inner?.nodes.map(({ id }) => id)).toEqual(['mix/gain/@inputs', 'mix/gain/one', 'mix/gain/@outputs']);
    const back = done(nested, { type: 'within', path: ['mix'], command: { type: 'dissolve', id: 'mix/gain' } });
    expect(await documentHash(back)).toBe(await documentHash(collapsed()));
    const out = done(done(nested, { type: 'dissolve', id: 'mix' }), { type: 'dissolve', id: 'gain' });
    expect(await documentHash(out)).toBe(await documentHash(chain()));
  });

  it('is put back into the whole by whoever has only the level', () => {
    const changed = {
      ...level(),
      nodes: level().nodes.map((node) => (node.id === 'mix/one' ? { ...node, label: 'Louder' } : node)),
    };
    expect(definition(wholeDocument(changed), 'mix').nodes.map(({ label }) => label)).toEqual([undefined, 'Louder']);
  });
});

describe('a definition', () => {
  it('renames, reorders and removes ports with their wires, inside and outside', () => {
    const ports = definition(collapsed(), 'mix').inputs;
    const swapped = [{ ...(ports[1] as (typeof ports)[number]), name: 'Second' }, ports[0] as (typeof ports)[number]];
    const renamed = done(collapsed(), { type: 'set-ports', subgraph: 'mix', side: 'inputs', ports: swapped });
    expect(
      Object.values(catalogueFor(renamed, testCatalogue).get('subgraph.mix')?.inputs ?? {}).map(({ label }) => label),
    ).toEqual(['Second', 'A']);
    expect(renamed.wires).toEqual(collapsed().wires);
    const less = done(renamed, { type: 'set-ports', subgraph: 'mix', side: 'inputs', ports: swapped.slice(1) });
    expect(less.wires).toHaveLength(collapsed().wires.length - 1);
    expect(definition(less, 'mix').wires).toHaveLength(definition(renamed, 'mix').wires.length - 1);
    expect(checkDocument(less, testCatalogue)).toEqual([]);
    const other = swapped.map((port) => ({ ...port, kind: 'images' }));
    expect(refused(renamed, { type: 'set-ports', subgraph: 'mix', side: 'inputs', ports: other })).toMatchObject({
      code: 'port.kind',
    });
  });

  it('shows promoted parameters on the outside, each instance with its own value', () => {
    let document = done(collapsed(), {
      type: 'set-promoted',
      subgraph: 'mix',
      params: [{ id: 'gain', node: 'one', param: 'gain', label: 'Loudness' }],
    });
    document = done(document, { type: 'set-param', node: 'mix', param: 'gain', value: 4 });
    const flat = () => expand(document).document.nodes.find(({ id }) => id === 'mix/one')?.params;
    expect(flat()).toEqual({ gain: 4 });
    expect(refused(document, { type: 'set-param', node: 'mix', param: 'gain', value: 'loud' })).toMatchObject({
      code: 'param.type',
    });
    document = done(document, { type: 'set-promoted', subgraph: 'mix', params: [] });
    expect(flat()).toEqual({});
    expect(
      refused(document, { type: 'set-promoted', subgraph: 'mix', params: [{ id: 'x', node: 'one', param: 'nope' }] }),
    ).toMatchObject({ code: 'promote.unknown' });
  });

  it('becomes independent for one instance', () => {
    const twice = done(collapsed(), {
      type: 'insert',
      nodes: collapsed().nodes.filter(({ id }) => id === 'mix'),
      wires: [],
    });
    const apart = done(twice, { type: 'detach', id: 'mix-2' });
    expect(apart.nodes.map(({ type }) => type).filter((type) => type.startsWith('subgraph.'))).toEqual([
      'subgraph.mix',
      'subgraph.mix-2',
    ]);
    expect(apart.defs).toHaveLength(2);
    const less = done(apart, { type: 'remove-nodes', ids: ['mix'] });
    expect((less.defs ?? []).map((entry) => (entry as Subgraph).id)).toEqual(['mix-2']);
  });

  it('comes with what is pasted, shared where it is the same', () => {
    const source = collapsed();
    const nodes = source.nodes.filter(({ id }) => id === 'mix');
    const defs = [definition(source, 'mix')];
    const empty = done(pipeline({}), { type: 'insert', nodes, wires: [], defs });
    expect(empty.defs).toHaveLength(1);
    const again = done(empty, { type: 'insert', nodes, wires: [], defs });
    expect(again.defs).toHaveLength(1);
    expect(again.nodes.map(({ id, type }) => [id, type])).toEqual([
      ['mix', 'subgraph.mix'],
      ['mix-2', 'subgraph.mix'],
    ]);
    const other = [{ ...(defs[0] as Subgraph), name: 'Other' }];
    const apart = done(again, { type: 'insert', nodes, wires: [], defs: other });
    expect(apart.nodes.at(-1)?.type).toBe('subgraph.mix-2');
  });
});

describe('mode of an instance', () => {
  it('mutes what is inside, and passes through what the definition says', async () => {
    const muted = done(collapsed(), { type: 'set-mode', node: 'mix', mode: 'mute' });
    expect(checkDocument(muted, testCatalogue)).toMatchObject([{ node: 'two', code: 'input.muted' }]);
    const bypassed = done(collapsed(), { type: 'set-mode', node: 'mix', mode: 'bypass' });
    const plan = await compile(bypassed, testCatalogue);
    expect(plan.steps.find(({ node }) => node === 'two')?.inputs).toEqual({ series: [{ node: 'a', port: 'series' }] });
    expect(plan.steps.map(({ node }) => node)).not.toContain('mix/one');
    const none = done(collapsed(), { type: 'set-through', subgraph: 'mix', through: {} });
    expect(refused(none, { type: 'set-mode', node: 'mix', mode: 'bypass' })).toMatchObject({ code: 'mode.bypass' });
  });
});

describe('files', () => {
  it('keep unknown nodes inside byte for byte', () => {
    const text = serialisePipeline(collapsed()).replace('"nodes": [\n        {', `"nodes": [\n        ${oddNode}, {`);
    const { document } = parsePipeline(text);
    const inside = done(document, {
      type: 'within',
      path: ['mix'],
      command: { type: 'move-nodes', positions: { 'mix/one': { x: 1, y: 2 } } },
    });
    expect(serialisePipeline(inside)).toContain(oddNode);
    expect(checkDocument(inside, testCatalogue)).toMatchObject([{ node: 'mix/odd', code: 'node.unknown-type' }]);
  });

  it('open with damaged definitions, and say what is wrong with them', () => {
    const base = collapsed();
    const broken = (change: (definition: Subgraph) => unknown): PipelineDocument =>
      parsePipeline(serialisePipeline({ ...base, defs: [change(definition(base, 'mix'))] as PipelineDocument['defs'] }))
        .document;
    const faults = [
      broken((entry) => ({
        ...entry,
        wires: [{ id: 'w', from: { node: 'gone', port: 'x' }, to: { node: 'one', port: 'series' } }],
      })),
      broken((entry) => ({ ...entry, inputs: 'none' })),
      broken((entry) => ({ ...entry, nodes: [...entry.nodes, { id: 'me', type: 'subgraph.mix', v: 1, params: {} }] })),
      broken(() => 'text'),
    ];
    for (const document of faults) {
      const problem = checkDocument(document, testCatalogue).find(({ node }) => node === 'mix');
      expect(problem).toMatchObject({
        code: 'subgraph.broken',
        reason: expect.stringMatching(/^The subgraph "mix" cannot be used: .+\./),
      });
      expect(parsePipeline(serialisePipeline(document)).document.defs).toEqual(document.defs);
    }
  });

  it('run to an instance by its id', async () => {
    const plan = await compile(collapsed(), testCatalogue, { targets: [nodeId('mix')] });
    expect(plan.targets).toEqual(['mix/one']);
  });
});
