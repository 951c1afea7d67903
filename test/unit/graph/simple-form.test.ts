import { describe, expect, it } from 'vitest';
import { nodeId } from '../../../src/core/ids';
import { documentHash } from '../../../src/document/document-hash';
import { parsePipeline } from '../../../src/document/parse-pipeline';
import type { PipelineDocument } from '../../../src/document/schema';
import { serialisePipeline } from '../../../src/document/serialise-pipeline';
import { apply, type Command } from '../../../src/graph/commands';
import { createHistory, perform, undo } from '../../../src/graph/history';
import { inferTypes } from '../../../src/graph/infer';
import { formOf, formProblems, isLocked } from '../../../src/graph/simple-form';
import { bytes, pipeline } from '../../support/document-samples';
import { testCatalogue } from '../../support/test-catalogue';

const base = pipeline({ a: { type: 'test.constant' }, b: { type: 'test.scale' } }, ['a.series > b.series']);
const run = (document: PipelineDocument, command: Command) => apply(document, command, testCatalogue);
const done = (document: PipelineDocument, command: Command): PipelineDocument => {
  const answer = run(document, command);
  if (!answer.ok) throw new Error(answer.reason);
  return answer.document;
};

describe('the simple form', () => {
  const item = { node: 'a', param: 'value', label: 'How much' };
  it('keeps its order and names in the file, and refuses what is not there or there twice', () => {
    const made = done(base, { type: 'set-form', items: [item, { node: 'b', param: 'gain' }] });
    expect(formOf(parsePipeline(serialisePipeline(made)).document)).toEqual([item, { node: 'b', param: 'gain' }]);
    expect(run(base, { type: 'set-form', items: [{ node: 'x', param: 'value' }] })).toMatchObject({
      code: 'node.missing',
    });
    expect(run(base, { type: 'set-form', items: [item, item] })).toMatchObject({ code: 'form.twice' });
  });

  it('ignores entries of another form and writes them back', () => {
    const text = serialisePipeline({ ...base, ui: { form: ['odd', { node: 'a', param: 'value' }] } });
    const { document } = parsePipeline(text);
    expect(formOf(document)).toEqual([{ node: 'a', param: 'value' }]);
    expect(serialisePipeline(document)).toBe(text);
  });
});

describe('the form and subgraphs', () => {
  const chain = pipeline({ a: { type: 'test.constant' }, b: { type: 'test.scale' }, c: { type: 'test.scale' } }, [
    'a.series > b.series',
    'b.series > c.series',
  ]);
  const pinned = done(chain, { type: 'set-form', items: [{ node: 'b', param: 'gain', label: 'How strong' }] });
  const inside = done(pinned, { type: 'collapse', ids: ['b'], name: 'Inner' });
  const gainOf = (document: PipelineDocument, id: string) =>
    inferTypes(document, testCatalogue).get(nodeId(id))?.params['gain'];
  const set = (document: PipelineDocument, node: string, value: number) =>
    done(document, { type: 'set-on-form', node, param: 'gain', value });

  it('follows a node into a subgraph, deeper, and out again; one undo gives the same bytes', () => {
    expect(formOf(inside)).toEqual([{ node: 'inner/b', param: 'gain', label: 'How strong' }]);
    const deeper = done(inside, { type: 'collapse', ids: ['inner', 'c'], name: 'Outer' });
    expect(formOf(deeper)).toMatchObject([{ node: 'outer/inner/b' }]);
    expect(
      formOf(done(deeper, { type: 'within', path: ['outer'], command: { type: 'dissolve', id: 'outer/inner' } })),
    ).toMatchObject([{ node: 'outer/b' }]);
    expect(formOf(done(inside, { type: 'dissolve', id: 'inner' }))).toEqual(formOf(pinned));
    const step = perform(
      { document: pinned, history: createHistory() },
      { type: 'collapse', ids: ['b'] },
      testCatalogue,
    );
    if (!step.ok) throw new Error(step.reason);
    expect(bytes(undo(step, testCatalogue)?.document as PipelineDocument)).toBe(bytes(pinned));
  });

  it('follows the same node in every instance of a subgraph that is changed inside', () => {
    const twice = done(inside, {
      type: 'insert',
      nodes: [{ id: 'inner-2', type: 'subgraph.inner', v: 1, params: {} }],
      wires: [],
    });
    const twin = twice.nodes.at(-1)?.id as string;
    const items = ['inner', twin].map((node) => ({ node: `${node}/b`, param: 'gain' }));
    const form = done(twice, { type: 'set-form', items });
    const command = { type: 'collapse', ids: ['inner/b'], name: 'Core' } as const;
    expect(formOf(done(form, { type: 'within', path: ['inner'], command }))).toEqual(
      ['inner', twin].map((node) => ({ node: `${node}/core/b`, param: 'gain' })),
    );
  });

  it('sets a parameter inside as one step, back to the same bytes', () => {
    const step = perform(
      { document: inside, history: createHistory() },
      { type: 'set-on-form', node: 'inner/b', param: 'gain', value: 7 },
      testCatalogue,
    );
    if (!step.ok) throw new Error(step.reason);
    expect(gainOf(step.document, 'inner/b')).toBe(7);
    expect(step.document.nodes).toEqual(inside.nodes);
    expect(bytes(undo(step, testCatalogue)?.document as PipelineDocument)).toBe(bytes(inside));
  });

  it('sets it where its value comes from: on an instance that shows it outside and has a value', () => {
    const shown = done(inside, {
      type: 'set-promoted',
      subgraph: 'inner',
      params: [{ id: 'strength', node: 'b', param: 'gain' }],
    });
    expect(gainOf(set(shown, 'inner/b', 7), 'inner/b')).toBe(7);
    const own = done(shown, { type: 'set-param', node: 'inner', param: 'strength', value: 2 });
    const after = set(own, 'inner/b', 7);
    expect(gainOf(after, 'inner/b')).toBe(7);
    expect(after.nodes.find(({ id }) => id === 'inner')?.params).toEqual({ strength: 7 });
    expect(after.defs).toEqual(own.defs);
  });

  it('is kept in the file, changes no result, and says what is wrong with an entry', async () => {
    const { document } = parsePipeline(serialisePipeline(inside));
    expect(formOf(document)).toEqual(formOf(inside));
    expect(await documentHash(inside)).toBe(await documentHash({ ...inside, ui: { positions: {} } }));
    expect(formProblems(document, testCatalogue)).toEqual([]);
    const bad = {
      ...inside,
      ui: {
        form: [
          { node: 'inner/x', param: 'gain' },
          { node: 'inner/b', param: 'taste' },
        ],
      },
    };
    expect(formProblems(bad, testCatalogue)).toEqual([
      'On the form: There is no node "inner/x". Choose a node of this pipeline; one inside a subgraph is named "subgraph/node". The entry is kept and not shown.',
      'On the form: Scale (inner/b) has no parameter "taste". Its parameters are gain, invert. The entry is kept and not shown.',
    ]);
    expect(run(inside, { type: 'set-form', items: [{ node: 'inner/x', param: 'gain' }] })).toMatchObject({
      code: 'node.missing',
    });
    expect(run(inside, { type: 'set-form', items: [{ node: 'inner/b', param: 'taste' }] })).toMatchObject({
      code: 'param.unknown',
    });
    expect(run(inside, { type: 'set-on-form', node: 'c', param: 'gain', value: 1 })).toMatchObject({
      code: 'form.missing',
    });
    expect(run(inside, { type: 'set-on-form', node: 'inner/b', param: 'gain', value: 'much' }).ok).toBe(false);
  });

  it('is what alone may be changed inside a locked instance', () => {
    const locked = done(inside, { type: 'set-locked', nodes: ['inner'] });
    const within = (command: Command): Command => ({ type: 'within', path: ['inner'], command });
    expect(gainOf(set(locked, 'inner/b', 7), 'inner/b')).toBe(7);
    expect(run(locked, within({ type: 'set-param', node: 'inner/b', param: 'gain', value: 3 })).ok).toBe(true);
    for (const command of [
      { type: 'set-mode', node: 'inner/b', mode: 'mute' },
      { type: 'batch', label: 'Two', commands: [{ type: 'remove-nodes', ids: ['inner/b'] }] },
    ] satisfies Command[])
      expect([command.type, run(locked, within(command))]).toMatchObject([command.type, { code: 'node.locked' }]);
    expect(run(locked, within({ type: 'move-nodes', positions: { 'inner/b': { x: 1, y: 2 } } })).ok).toBe(true);
  });

  it('a node locked inside a subgraph is locked in every instance', () => {
    const twice = done(inside, {
      type: 'insert',
      nodes: [{ id: 'twin', type: 'subgraph.inner', v: 1, params: {} }],
      wires: [],
    });
    const twin = twice.nodes.at(-1)?.id as string;
    const locked = done(twice, {
      type: 'within',
      path: ['inner'],
      command: { type: 'set-locked', nodes: ['inner/b'] },
    });
    const removal = (at: string): Command => ({
      type: 'within',
      path: [at],
      command: { type: 'remove-nodes', ids: [`${at}/b`] },
    });
    for (const at of ['inner', twin])
      expect([at, run(locked, removal(at))]).toMatchObject([at, { code: 'node.locked' }]);
  });
});

describe('a locked node', () => {
  const locked = done(done(base, { type: 'set-form', items: [{ node: 'a', param: 'value' }] }), {
    type: 'set-locked',
    nodes: ['a'],
  });
  it('takes only what is on the form', () => {
    expect(isLocked(locked, 'a')).toBe(true);
    expect(run(locked, { type: 'set-param', node: 'a', param: 'value', value: 3 }).ok).toBe(true);
    const refused: Command[] = [
      { type: 'set-param', node: 'a', param: 'length', value: 3 },
      { type: 'set-params', node: 'a', params: { value: 3 } },
      { type: 'set-mode', node: 'a', mode: 'mute' },
      { type: 'set-label', node: 'a', label: 'x' },
      { type: 'remove-nodes', ids: ['b', 'a'] },
      { type: 'collapse', ids: ['a'] },
    ];
    for (const command of refused)
      expect([command.type, run(locked, command)]).toMatchObject([command.type, { code: 'node.locked' }]);
    expect(run(locked, { type: 'set-param', node: 'b', param: 'gain', value: 3 }).ok).toBe(true);
    expect(run(done(locked, { type: 'set-locked', nodes: [] }), { type: 'remove-nodes', ids: ['a'] }).ok).toBe(true);
  });
});
