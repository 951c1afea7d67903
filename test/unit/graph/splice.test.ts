/** Putting nodes into wires and taking them out of the middle; frames and led wires as documents hold them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { framesOf, notesOf } from '../../../src/document/canvas-objects';
import { documentHash } from '../../../src/document/document-hash';
import { parsePipeline } from '../../../src/document/parse-pipeline';
import type { PipelineDocument } from '../../../src/document/schema';
import { apply, type Command } from '../../../src/graph/commands';
import { compile } from '../../../src/graph/compile';
import { contentOf, framesRefitted, notesAside } from '../../../src/graph/frame-commands';
import { frameAround, membersAfterDrop } from '../../../src/graph/frame-members';
import { createHistory, type Editing, perform, undo } from '../../../src/graph/history';
import { layoutLeftToRight } from '../../../src/graph/layout';
import { removeAndHeal, spliceNode } from '../../../src/graph/splice';
import { topology } from '../../../src/graph/topology';
import { bytes, commandFor, edit, pipeline } from '../../support/document-samples';
import { testCatalogue } from '../../support/test-catalogue';

const wiresOf = ({ wires }: PipelineDocument): string[] =>
  wires.map(({ from, to }) => `${from.node}.${from.port} > ${to.node}.${to.port}`).sort();
const run = (document: PipelineDocument, command: Command): PipelineDocument => {
  const done = apply(document, command, testCatalogue);
  if (!done.ok) throw new Error(done.reason);
  return done.document;
};

describe('a node put into a wire', () => {
  const sample = pipeline(
    {
      one: { type: 'test.constant' },
      two: { type: 'test.scale' },
      free: { type: 'test.add' },
      used: { type: 'test.scale' },
      end: { type: 'test.add' },
    },
    ['one.series > two.series', 'used.series > end.a'],
  );
  const wire = sample.wires[0]?.id ?? '';

  it('leads the wire through its first input and output that fit', () => {
    const plan = spliceNode(sample, testCatalogue, 'free', wire);
    if (!plan) throw new Error('It should fit.');
    const after = run(sample, { type: 'batch', ...plan });
    expect(wiresOf(after)).toEqual(['free.sum > two.series', 'one.series > free.a', 'used.series > end.a']);
  });

  it('is refused for its own ends, for a node that is wired, and where kinds do not fit', () => {
    for (const id of ['one', 'two', 'used']) expect(spliceNode(sample, testCatalogue, id, wire)).toBeNull();
    const other = pipeline({ s: { type: 'test.spikes' }, r: { type: 'test.readout' }, add: { type: 'test.add' } }, [
      's.spikes > r.spikes',
    ]);
    expect(spliceNode(other, testCatalogue, 'add', other.wires[0]?.id ?? '')).toBeNull();
    expect(spliceNode(sample, testCatalogue, 'free', 'no such wire')).toBeNull();
  });
});

describe('nodes taken out of the middle', () => {
  const row = pipeline(
    {
      one: { type: 'test.constant' },
      two: { type: 'test.scale' },
      three: { type: 'test.scale' },
      four: { type: 'test.add' },
    },
    ['one.series > two.series', 'two.series > three.series', 'three.series > four.b'],
  );

  it('are bridged, several in a row as well', () => {
    const one = removeAndHeal(row, testCatalogue, ['two']);
    expect(one.label).toBe('Remove the node and join its wire');
    expect(wiresOf(run(row, { type: 'batch', ...one }))).toEqual([
      'one.series > three.series',
      'three.series > four.b',
    ]);
    const both = removeAndHeal(row, testCatalogue, ['two', 'three']);
    expect(wiresOf(run(row, { type: 'batch', ...both }))).toEqual(['one.series > four.b']);
  });

  it('leave no wire where nothing of a fitting kind came in', () => {
    const other = pipeline({ s: { type: 'test.spikes' }, r: { type: 'test.readout' }, f: { type: 'test.fit' } }, [
      's.spikes > r.spikes',
      'r.features > f.features',
    ]);
    const plan = removeAndHeal(other, testCatalogue, ['r']);
    expect(plan.label).toBe('Remove the node');
    expect(wiresOf(run(other, { type: 'batch', ...plan }))).toEqual([]);
  });

  it('do not join what they did not lead to each other', () => {
    const two = pipeline(
      {
        a: { type: 'test.constant' },
        x: { type: 'test.scale' },
        b: { type: 'test.constant' },
        y: { type: 'test.scale' },
        e: { type: 'test.add' },
      },
      ['a.series > x.series', 'b.series > y.series', 'x.series > e.a', 'y.series > e.b'],
    );
    const plan = removeAndHeal(two, testCatalogue, ['x', 'y']);
    expect(wiresOf(run(two, { type: 'batch', ...plan }))).toEqual(['a.series > e.a', 'b.series > e.b']);
  });
});

describe('random building', () => {
  it('keeps the graph acyclic, and undoing all of it gives the first bytes', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 60 }), fc.array(fc.nat(1000), { maxLength: 60 }), (list, picks) => {
        const start = pipeline({});
        let editing: Editing = { document: start, history: createHistory() };
        list.forEach((each, step) => {
          const { document } = editing;
          const pick = picks[step] ?? 0;
          const node = document.nodes[pick % Math.max(1, document.nodes.length)];
          const wire = document.wires[pick % Math.max(1, document.wires.length)];
          const into = node && wire && spliceNode(document, testCatalogue, node.id, wire.id);
          const command: Command = into
            ? { type: 'batch', ...into }
            : node && pick % 9 === 0
              ? { type: 'batch', ...removeAndHeal(document, testCatalogue, [node.id]) }
              : commandFor(document, each);
          const done = perform(editing, command, testCatalogue);
          if (into) expect(done.ok).toBe(true);
          if (!done.ok) return;
          editing = { document: done.document, history: done.history };
          expect(topology(editing.document).cycles).toEqual([]);
          for (const { nodes } of framesOf(editing.document)) expect(new Set(nodes).size).toBe(nodes.length);
        });
        for (let back = undo(editing, testCatalogue); back; back = undo(editing, testCatalogue)) editing = back;
        expect(bytes(editing.document)).toBe(bytes(start));
      }),
      { numRuns: 150 },
    );
  });
});

describe('frames, notes and led wires in a document', () => {
  const box = { x: 0, y: 0, width: 400, height: 300 };
  const text = `{"schema":1,"title":"T","nodes":[{"id":"a","type":"test.constant","v":1,"params":{}},{"id":"b","type":"test.scale","v":3,"params":{}}],
    "wires":[{"id":"w","from":{"node":"a","port":"series"},"to":{"node":"b","port":"series"},"via":[{"x":1.50,"y":2e1,"hint":1}]}],
    "frames":[{"later":true},{"id":"f","title":"F","nodes":["a","gone"],"x":0,"y":0,"width":4e2,"height":300,"icon":"star"}],
    "notes":[7,{"id":"n","text":"hi","x":1.0,"y":2,"width":10,"height":10,"by":"me"}]}`;

  it('keep what they do not know: other entries, unknown fields, spelling', () => {
    const { document } = parsePipeline(text);
    expect(framesOf(document).map(({ id }) => id)).toEqual(['f']);
    expect(notesOf(document).map(({ id }) => id)).toEqual(['n']);
    const renamed = run(document, { type: 'change-frame', id: 'f', changes: { title: 'G' } });
    const saved = bytes(renamed);
    expect(saved).toContain('"width": 4e2');
    expect(saved).toContain('"icon": "star"');
    expect(saved).toContain('{"later":true}');
    expect(saved).toContain('"via":[{"x":1.50,"y":2e1,"hint":1}]');
    expect(bytes(parsePipeline(saved).document)).toBe(saved);
  });

  it('never change a result: same hash, same plan', async () => {
    const bare = pipeline({ a: { type: 'test.constant' }, b: { type: 'test.scale' } }, ['a.series > b.series']);
    const drawn = [
      { type: 'add-frame', frame: { id: 'f', title: 'F', nodes: ['a'], ...box } },
      { type: 'add-note', note: { id: 'n', text: '$x$', ...box } },
      { type: 'set-via', wire: bare.wires[0]?.id ?? '', via: [{ x: 5, y: 6 }] },
    ] satisfies Command[];
    const after = drawn.reduce<PipelineDocument>(run, bare);
    expect(await documentHash(after, testCatalogue)).toBe(await documentHash(bare, testCatalogue));
    expect(await compile(after, testCatalogue)).toEqual(await compile(bare, testCatalogue));
  });

  it('refuse what makes no sense, with a reason', () => {
    const { document } = parsePipeline(text);
    const bad: Command[] = [
      { type: 'add-frame', frame: { id: 'f', title: 'again', nodes: [], ...box } },
      { type: 'add-note', note: { id: 'm', text: '', ...box, width: 0 } },
      { type: 'change-note', id: 'n', changes: { x: Number.NaN } },
      { type: 'change-frame', id: 'none', changes: { title: 'x' } },
      { type: 'change-frame', id: 'f', changes: { title: 'x'.repeat(201) } },
      { type: 'remove-objects', frames: ['none'], notes: [] },
      { type: 'set-via', wire: 'none', via: [] },
    ];
    for (const command of bad) {
      const done = apply(document, command, testCatalogue);
      expect(done.ok ? command : done.reason).toMatch(/^.{10,}\.$/);
    }
  });

  it('lose a member that is removed, and have it back after undo', () => {
    const { document } = parsePipeline(text);
    const done = apply(document, { type: 'remove-nodes', ids: ['a'] }, testCatalogue);
    if (!done.ok) throw new Error(done.reason);
    expect(framesOf(done.document)[0]?.nodes).toEqual(['gone']);
    const back = apply(done.document, done.inverse, testCatalogue);
    expect(back.ok && bytes(back.document)).toBe(bytes(document));
  });

  it('hold nodes by where they are put down: the smallest frame wins', () => {
    const base = pipeline({ a: { type: 'test.constant' }, b: { type: 'test.constant' } });
    const outer = run(base, {
      type: 'add-frame',
      frame: { id: 'outer', title: 'O', nodes: ['b'], x: 0, y: 0, width: 900, height: 900 },
    });
    const both = run(outer, {
      type: 'add-frame',
      frame: { id: 'inner', title: 'I', nodes: [], x: 10, y: 10, width: 300, height: 300 },
    });
    const at = (x: number, y: number) => ({ x, y, width: 100, height: 100 });
    expect([...membersAfterDrop(both, new Map([['a', at(50, 50)]]))]).toEqual([['inner', ['a']]]);
    expect([...membersAfterDrop(both, new Map([['b', at(5000, 0)]]))]).toEqual([['outer', []]]);
    expect([...membersAfterDrop(both, new Map([['b', at(600, 600)]]))]).toEqual([]);
    const joined = run(both, { type: 'change-frame', id: 'inner', changes: { nodes: ['a'] } });
    expect(contentOf(joined, 'outer')).toEqual({ nodes: ['b', 'a'], notes: [], frames: ['inner'] });
  });

  it('are fitted around their nodes after a layout, which keeps those together; notes give way', () => {
    const nodes = Object.fromEntries(Array.from({ length: 6 }, (_, k) => [`n${k}`, { type: 'test.scale' }]));
    const wires = Array.from({ length: 5 }, (_, k) => `n${k}.series > n${k + 1}.series`);
    const start = run(pipeline(nodes, wires), {
      type: 'add-frame',
      frame: { id: 'f', title: 'F', nodes: ['n2', 'n3'], ...box },
    });
    const noted = run(start, { type: 'add-note', note: { id: 'n', text: 'x', ...box } });
    const size = { width: 264, height: 310 };
    const places = layoutLeftToRight(noted, Object.fromEntries(Object.keys(nodes).map((id) => [id, size])));
    const boxes = new Map(Object.entries(places).map(([id, place]) => [id, { ...place, ...size }]));
    const after = framesRefitted(noted, places, boxes).reduce<PipelineDocument>(run, noted);
    const framed = framesOf(after)[0];
    expect(framed).toMatchObject(frameAround([boxes.get('n2'), boxes.get('n3')].flatMap((each) => each ?? [])) ?? {});
    const [moved] = notesAside(noted, places, boxes);
    const lowest = Math.max(...[...boxes.values()].map(({ y, height }) => y + height));
    expect(moved).toMatchObject({ type: 'change-note', id: 'n', changes: { y: lowest + 48 } });
  });
});
