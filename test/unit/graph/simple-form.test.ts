import { describe, expect, it } from 'vitest';
import { parsePipeline } from '../../../src/document/parse-pipeline';
import type { PipelineDocument } from '../../../src/document/schema';
import { serialisePipeline } from '../../../src/document/serialise-pipeline';
import { apply, type Command } from '../../../src/graph/commands';
import { formOf, isLocked } from '../../../src/graph/simple-form';
import { pipeline } from '../../support/document-samples';
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
