/** Frames that are collapsed: what they hide, which ports their card has, what stays as it was. */
import { describe, expect, it } from 'vitest';
import { framesOf } from '../../../src/document/canvas-objects';
import { documentHash } from '../../../src/document/document-hash';
import { parsePipeline } from '../../../src/document/parse-pipeline';
import type { PipelineDocument } from '../../../src/document/schema';
import { serialisePipeline } from '../../../src/document/serialise-pipeline';
import { collapseCommand, endsAt, hiddenIn } from '../../../src/graph/collapsed-frames';
import { apply } from '../../../src/graph/commands';
import { compile } from '../../../src/graph/compile';
import { contentOf } from '../../../src/graph/frame-commands';
import { membersAfterDrop } from '../../../src/graph/frame-members';
import { pipeline } from '../../support/document-samples';
import { testCatalogue } from '../../support/test-catalogue';

/** one > two > three > four, a frame around two and three with one around three in it, a note, and a frame elsewhere. */
const sample: PipelineDocument = {
  ...pipeline(
    {
      one: { type: 'test.constant' },
      two: { type: 'test.scale' },
      three: { type: 'test.scale' },
      four: { type: 'test.add' },
    },
    ['one.series > two.series', 'two.series > three.series', 'three.series > four.a', 'two.series > four.b'],
  ),
  frames: [
    { id: 'outer', title: 'Outer', nodes: ['two'], x: 300, y: -60, width: 900, height: 500 },
    { id: 'inner', title: 'Inner', nodes: ['three'], x: 780, y: -40, width: 304, height: 400 },
    { id: 'apart', title: 'Apart', nodes: ['four'], x: 3000, y: 0, width: 400, height: 400 },
  ],
  notes: [{ id: 'note', text: 'inside', x: 320, y: 300, width: 100, height: 60 }],
  ui: {
    positions: { one: { x: 0, y: 0 }, two: { x: 400, y: 0 }, three: { x: 800, y: 0 }, four: { x: 3020, y: 52 } },
  },
};

function set(document: PipelineDocument, frame: string, collapse: boolean) {
  const command = collapseCommand(document, frame, collapse);
  if (!command) throw new Error('nothing to do');
  const done = apply(document, command, testCatalogue);
  if (!done.ok) throw new Error(done.reason);
  return done;
}
const closed = set(sample, 'outer', true).document;

describe('a collapsed frame', () => {
  it('hides its nodes, the frames and the notes in it, and nothing else', () => {
    expect(hiddenIn(sample)).toEqual({ nodes: new Map(), frames: new Set(), notes: new Set() });
    expect(hiddenIn(closed)).toEqual({
      nodes: new Map([
        ['two', 'outer'],
        ['three', 'outer'],
      ]),
      frames: new Set(['inner']),
      notes: new Set(['note']),
    });
  });

  it('has the ports that wires from outside lead to, each once', () => {
    expect(endsAt(closed, 'outer')).toEqual({
      inputs: [{ node: 'two', port: 'series' }],
      outputs: [
        { node: 'two', port: 'series' },
        { node: 'three', port: 'series' },
      ],
    });
  });

  it('is one step that undo takes back to the byte, and survives a file', () => {
    const { document, label, inverse } = set(sample, 'outer', true);
    expect(label).toBe('Collapse the frame “Outer”');
    const back = apply(document, inverse, testCatalogue);
    if (!back.ok) throw new Error(back.reason);
    expect(serialisePipeline(back.document)).toBe(serialisePipeline(sample));
    const read = parsePipeline(serialisePipeline(document));
    expect(hiddenIn(read.document)).toEqual(hiddenIn(document));
    const open = set(document, 'outer', false);
    expect(open.label).toBe('Expand the frame “Outer”');
    expect(serialisePipeline(open.document)).toBe(serialisePipeline(sample));
    expect(collapseCommand(document, 'outer', true)).toBeNull();
  });

  it('changes nothing that is run', async () => {
    // The keys of results are made of the plan.
    expect(await compile(closed, testCatalogue)).toEqual(await compile(sample, testCatalogue));
    expect(await documentHash(closed)).toBe(await documentHash(sample));
  });

  it('holds what went along and not what comes to stand in its place', () => {
    const frames = [
      ...framesOf(closed),
      { id: 'new', title: 'New', nodes: ['one'], x: 350, y: 0, width: 100, height: 100 },
    ];
    const notes = [...(closed.notes ?? []), { id: 'later', text: '', x: 400, y: 10, width: 50, height: 40 }];
    const crowded = { ...closed, frames, notes } as PipelineDocument;
    expect(contentOf(crowded, 'outer')).toEqual({ nodes: ['two', 'three'], notes: ['note'], frames: ['inner'] });
    // Nor does a frame that is drawn around the place get what is hidden there.
    const around = { id: 'around', title: '', nodes: [], x: 200, y: -200, width: 1500, height: 1500 };
    expect(contentOf({ ...crowded, frames: [...frames, around] } as PipelineDocument, 'around')).toMatchObject({
      notes: ['later', 'note'],
      frames: ['outer', 'new', 'inner'],
    });
    expect(
      contentOf({ ...crowded, frames: [...frames, { ...around, x: 310 }] } as PipelineDocument, 'around'),
    ).toMatchObject({ notes: ['later'], frames: ['new'] });
  });

  it('takes no node that is let go over it, and lets none go', () => {
    const box = { x: 420, y: 20, width: 100, height: 100 };
    expect(membersAfterDrop(sample, new Map([['one', box]])).get('outer')).toEqual(['two', 'one']);
    expect(membersAfterDrop(closed, new Map([['one', box]]))).toEqual(new Map());
    expect(membersAfterDrop(closed, new Map([['two', { ...box, x: 3100 }]]))).toEqual(new Map());
  });

  it('within another one is shown again when that one is expanded', () => {
    const both = set(set(sample, 'inner', true).document, 'outer', true).document;
    expect(hiddenIn(both).nodes.get('three')).toBe('outer');
    const open = set(both, 'outer', false).document;
    expect(hiddenIn(open)).toMatchObject({ nodes: new Map([['three', 'inner']]), frames: new Set() });
  });

  it('of a file in which two frames hold each other is still shown', () => {
    const frames = framesOf(sample).map((frame) => ({
      ...frame,
      ...(frame.id === 'apart' ? {} : { collapsed: { frames: ['outer', 'inner'], notes: ['none'] } }),
    }));
    const { frames: hidden } = hiddenIn({ ...sample, frames } as PipelineDocument);
    expect([...hidden]).toEqual(['inner']);
  });
});
