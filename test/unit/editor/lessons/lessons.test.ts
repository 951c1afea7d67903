import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../../nodes';
import type { PipelineDocument } from '../../../../src/document/schema';
import { type Facts, type Lesson, lessonById, lessons } from '../../../../src/editor/lessons';
import { nodesFrom, wiresFrom } from '../../../../src/editor/lessons/parts';
import { advance, readProgress, restart, stepsDone } from '../../../../src/editor/lessons/progress';
import { lessonIn } from '../../../../src/editor/lessons/start';
import { makeBranch } from '../../../../src/graph/branches';
import { apply, type Command } from '../../../../src/graph/commands';
import { checkDocument } from '../../../../src/graph/infer';

const lesson = (id: string): Lesson => lessonById(id) as Lesson;
const psnr = (mean: number) => [{ metric: 'psnr', mean }];
const rates = (rate: number, cv = 0.5) => [{ population: 'all', rate_Hz: rate, cv_isi: cv }];

/** Everything in the document finished. */
function facts(document: PipelineDocument, more: Partial<Facts> = {}): Facts {
  const statuses = Object.fromEntries(document.nodes.map(({ id }) => [id, { state: 'executed' as const }]));
  return { document, statuses, tables: {}, lastRun: null, compared: [], kept: {}, ...more };
}
function done(document: PipelineDocument, command: Command): PipelineDocument {
  const answer = apply(document, command, catalogue);
  if (!answer.ok) throw new Error(answer.reason);
  return answer.document;
}
const set = (document: PipelineDocument, node: string, param: string, value: number | string): PipelineDocument =>
  done(document, { type: 'set-param', node, param, value });
const check = (of: Lesson, step: number, given: Facts): true | string => of.steps[step]?.check(given) ?? 'no such step';

describe('every lesson', () => {
  it.each(lessons.map((each) => [each.id, each] as const))(
    '%s starts from a pipeline that runs, of current node types',
    (_, each) => {
      expect(checkDocument(each.start, catalogue)).toEqual([]);
      for (const node of each.start.nodes) expect(node.v).toBe(catalogue.get(node.type)?.version);
      expect(each.steps.length).toBeGreaterThanOrEqual(3);
      for (const step of each.steps) {
        expect(step.text.join(' ').length).toBeGreaterThan(40);
        expect(step.hint).toMatch(/[.?]/);
      }
    },
  );

  it('asks for something before anything has been done, and says what', () => {
    for (const each of lessons) {
      const untouched: Facts = {
        document: each.start,
        statuses: {},
        tables: {},
        lastRun: null,
        compared: [],
        kept: {},
      };
      for (const step of each.steps)
        expect([step.title, step.check(untouched)]).toEqual([step.title, expect.stringMatching(/^\S.{6,}\.$/)]);
    }
  });

  it('has an address of its own', () => {
    expect(new Set(lessons.map(({ id }) => id)).size).toBe(5);
    expect(lessonIn('#lesson=first-run')).toBe('first-run');
    expect(lessonIn('#p=abc')).toBeNull();
  });
});

describe('first run', () => {
  const { start } = lesson('first-run');
  const scored = { tables: { 'quality.summary': psnr(21) } };
  it('wants a score, then another decoder on stored spikes, then nothing computed', () => {
    const first = lesson('first-run');
    expect(check(first, 0, facts(start))).toMatch(/no result/);
    expect(check(first, 0, facts(start, scored))).toBe(true);
    const kept = first.steps[0]?.keep?.(facts(start, scored)) ?? {};
    const changed = set(start, 'ridge', 'lambda', 5000);
    expect(check(first, 1, facts(start, { ...scored, kept }))).toMatch(/still what it was/);
    const all = { outcome: 'succeeded', executed: ['encoder', 'ridge'] };
    expect(check(first, 1, facts(changed, { kept, lastRun: all }))).toMatch(/encoder was computed again/);
    const few = { outcome: 'succeeded', executed: ['ridge', 'train'] };
    expect(check(first, 1, facts(changed, { kept, lastRun: few }))).toBe(true);
    expect(check(first, 2, facts(changed, { kept, lastRun: few }))).toMatch(/not yet/);
    expect(check(first, 2, facts(start, { kept, lastRun: few }))).toBe('Now run.');
    expect(check(first, 2, facts(start, { kept, lastRun: { outcome: 'succeeded', executed: [] } }))).toBe(true);
  });
});

describe('what g does', () => {
  const it2 = lesson('what-g-does');
  it('compares the rates that were found, not the numbers that were typed', () => {
    const at = (g: number) => set(it2.start, 'encoder', 'inhExcRatio', g);
    const kept = { balanced: 67, balancedCv: 0.54 };
    expect(check(it2, 0, facts(it2.start, { tables: { 'statistics.table': rates(67) } }))).toBe(true);
    expect(check(it2, 1, facts(at(3.5), { kept, tables: { 'statistics.table': rates(153) } }))).toBe(true);
    expect(check(it2, 1, facts(at(3.9), { kept, tables: { 'statistics.table': rates(70) } }))).toMatch(
      /70 Hz, hardly more than 67 Hz/,
    );
    expect(check(it2, 1, facts(at(5), { kept, tables: { 'statistics.table': rates(153) } }))).toMatch(/still at 4/);
    expect(check(it2, 2, facts(at(6), { kept, tables: { 'statistics.table': rates(42) } }))).toBe(true);
    expect(check(it2, 2, facts(at(6), { kept, tables: { 'statistics.table': rates(90) } }))).toMatch(/not below/);
    expect(check(it2, 2, { ...facts(at(6), { kept }), statuses: {} })).toBe('Now run.');
  });
});

describe('balanced against unbalanced', () => {
  const it3 = lesson('balanced-unbalanced');
  const branch = (g: number): PipelineDocument => {
    const plan = makeBranch(it3.start, catalogue, 'encoder', 'downstream');
    if (!plan.ok) throw new Error(plan.reason);
    const copied = done(it3.start, plan.command);
    const copy = copied.nodes.filter(({ type }) => type === 'encoder.balanced-snn')[1];
    return set(copied, copy?.id ?? '', 'inhExcRatio', g);
  };
  it('knows two branches on the same images by their g', () => {
    expect(check(it3, 1, facts(it3.start))).toMatch(/only one branch/);
    expect(check(it3, 1, facts(branch(5)))).toMatch(/below 4/);
    expect(check(it3, 1, facts(branch(3.5)))).toBe(true);
    const off = done(branch(3.5), { type: 'set-mode', node: 'quality', mode: 'mute' });
    expect(check(it3, 1, facts(off))).toMatch(/only one branch/);
  });
  it('wants both scores and both in the compare panel', () => {
    const both = branch(3.5);
    const scores = both.nodes.filter(({ type }) => type === 'metric.image-quality').map(({ id }) => id);
    const tables = Object.fromEntries(scores.map((id) => [`${id}.summary`, psnr(20)]));
    expect(check(it3, 2, facts(both, { tables }))).toBe(true);
    expect(check(it3, 2, facts(both, { tables: { 'quality.summary': psnr(20) } }))).toMatch(/Not both/);
    expect(check(it3, 3, facts(both, { compared: scores }))).toBe(true);
    expect(check(it3, 3, facts(both, { compared: ['quality', 'predict'] }))).toMatch(/does not show both/);
    expect(check(it3, 3, facts(both, { compared: ['images', 'images'] }))).toMatch(/does not show both/);
  });
});

describe('two decoders', () => {
  const it4 = lesson('two-decoders');
  const add = (model: string): PipelineDocument =>
    done(it4.start, {
      type: 'insert',
      nodes: nodesFrom([
        { id: 'other', type: model, at: [0, 0] },
        { id: 'train2', type: 'learn.train', at: [0, 0] },
        { id: 'predict2', type: 'learn.predict', at: [0, 0] },
        { id: 'quality2', type: 'metric.image-quality', at: [0, 0] },
      ]),
      wires: wiresFrom([
        'other.model > train2.model',
        'readout.features > train2.inputs',
        'images.images > train2.targets',
        'train2.model > predict2.model',
        'readout.features > predict2.inputs',
        'images.images > quality2.reference',
        'predict2.images > quality2.reconstruction',
      ]),
    });
  it('wants decoders of two types on the same spikes', () => {
    expect(check(it4, 1, facts(it4.start))).toMatch(/only one Train/);
    expect(check(it4, 1, facts(add('model.ridge')))).toMatch(/different decoders/);
    expect(check(it4, 1, facts(add('model.mlp')))).toBe(true);
    const tables = { 'quality.summary': psnr(20), 'quality-2.summary': psnr(19) };
    const both = add('model.mlp');
    const second = both.nodes.at(-1)?.id ?? '';
    expect(
      check(it4, 2, facts(both, { tables: { 'quality.summary': psnr(20), [`${second}.summary`]: psnr(19) } })),
    ).toBe(true);
    expect(check(it4, 2, facts(both, { tables: { 'quality.summary': tables['quality.summary'] } }))).toMatch(
      /Not both/,
    );
    expect(check(it4, 3, facts(both, { compared: ['quality', second] }))).toBe(true);
    expect(check(it4, 3, facts(both, { compared: ['quality'] }))).toMatch(/does not show both/);
  });
  it('takes its own help for an answer', () => {
    const help = it4.steps[1]?.help;
    if (help?.does !== 'add') throw new Error('It adds nothing.');
    expect(check(it4, 1, facts(done(it4.start, { type: 'insert', ...help.part })))).toBe(true);
  });
});

describe('own image', () => {
  const it5 = lesson('own-image');
  it('wants a file, wired and run', () => {
    const files = [{ name: 'a.png', hash: 'a'.repeat(64), bytes: 10 }];
    const own = done(it5.start, { type: 'set-params', node: 'images', params: { dataset: 'files', files } });
    expect(check(it5, 1, facts(it5.start))).toMatch(/No image source/);
    expect(check(it5, 1, facts(done(own, { type: 'disconnect', ids: [own.wires[0]?.id ?? ''] })))).toMatch(/not wired/);
    expect(check(it5, 1, facts(own))).toBe(true);
    expect(check(it5, 2, { ...facts(own), statuses: {} })).toMatch(/has not been run/);
    expect(check(it5, 2, facts(own))).toBe(true);
  });
});

describe('progress', () => {
  const first = lesson('first-run');
  it('goes on by what is done, never back, and starts over', () => {
    const started = restart(readProgress(null), 'first-run');
    const scored = facts(first.start, { tables: { 'quality.summary': psnr(21) } });
    const next = advance(started, first, scored);
    expect([stepsDone(next, first), next.kept['first-run']?.['psnr']]).toEqual([1, 21]);
    expect(advance(next, first, facts(first.start))).toBe(next);
    expect(stepsDone(restart(next, 'first-run'), first)).toBe(0);
  });
  it('survives whatever the browser kept', () => {
    for (const text of ['', 'null', '7', '{"done":{"first-run":"x"},"kept":[1],"open":3}', '{'])
      expect(readProgress(text)).toMatchObject({ open: null, done: {}, dock: 'side' });
    const state = restart(readProgress(null), 'what-g-does');
    expect(readProgress(JSON.stringify(state))).toEqual(state);
  });
});
