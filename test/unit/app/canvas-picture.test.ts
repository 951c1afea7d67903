import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { canvasPicture } from '../../../src/app/keeping/canvas-picture';
import { lines, noteLines } from '../../../src/app/keeping/picture-text';
import { frameColours, tintOf } from '../../../src/canvas/frame-colours';
import type { PipelineDocument } from '../../../src/document/schema';
import { drawnPicture } from '../../../src/graph/graph-picture';
import { pipeline } from '../../support/document-samples';
import { testCatalogue } from '../../support/test-catalogue';

const frame = {
  id: 'f',
  title: 'Encoding',
  nodes: ['b', 'c'],
  colour: 'blue',
  x: 270,
  y: -60,
  width: 700,
  height: 420,
};
const note = { id: 'n', text: '# Why\nA *rate* of $r$ < 5 & more', x: 0, y: 400, width: 300, height: 160 };

function sample(changes: Partial<typeof frame> & { collapsed?: object } = {}): PipelineDocument {
  const document = pipeline(
    {
      a: { type: 'test.constant' },
      b: { type: 'test.scale', label: 'Inner' },
      c: { type: 'test.scale', label: 'Second' },
      d: { type: 'test.tabulate' },
    },
    ['a.series > b.series', 'b.series > c.series', 'c.series > d.series'],
  );
  const positions = Object.fromEntries(document.nodes.map(({ id }, i) => [id, { x: 300 * i, y: 0 }]));
  return { ...document, frames: [{ ...frame, ...changes }], notes: [note], ui: { positions } } as PipelineDocument;
}
const count = (text: string, part: string): number => text.split(part).length - 1;

describe('the picture of the canvas', () => {
  it('has frames behind the wires and notes as text, inside its edges', () => {
    const svg = canvasPicture(sample(), testCatalogue);
    expect(svg).toContain('>Encoding</text>');
    expect(svg.indexOf('data-frame')).toBeLessThan(svg.indexOf('<path'));
    expect(svg).toContain('font-weight="600">Why</text>');
    expect(svg).toContain('>A rate of r &lt; 5 &amp; more</text>');
    const picture = drawnPicture(sample(), testCatalogue);
    expect(picture.y).toBeLessThan(frame.y);
    expect(picture.y + picture.height).toBeGreaterThan(note.y + note.height);
  });

  it('shows a collapsed frame in the place of its nodes, its wires ending there', () => {
    const collapsed = sample({ collapsed: { frames: [], notes: [] } });
    const svg = canvasPicture(collapsed, testCatalogue);
    expect(svg).toContain('>2 nodes</text>');
    expect(svg).not.toContain('Inner');
    const { wires, nodes, frames } = drawnPicture(collapsed, testCatalogue);
    expect(frames).toEqual([]);
    expect(nodes.map(({ id }) => id)).toEqual(['a', 'd', 'f']);
    expect(wires.map(({ id }) => id)).toEqual(['w0', 'w2']);
    expect(wires[0]?.path).toMatch(new RegExp(` ${frame.x} ${frame.y + 90}$`));
  });

  it('is whole whatever stands in titles and notes', () => {
    const document = sample({ title: '</text><script>alert(1)</script>\u0000', colour: '"><b>' });
    const svg = canvasPicture({ ...document, notes: [{ ...note, text: '</svg>'.repeat(500) }] }, testCatalogue);
    expect(svg).not.toContain('<script');
    expect(count(svg, '</svg>')).toBe(1);
    expect(svg).toContain(tintOf(undefined));
    expect(count(svg, '<g')).toBe(count(svg, '</g>'));
  });

  it('has the tints of the canvas', () => {
    const css = readFileSync(new URL('../../../src/canvas/Objects.module.css', import.meta.url), 'utf8');
    for (const colour of frameColours.slice(1))
      expect(css).toMatch(new RegExp(`\\.frame\\[data-colour="${colour}"\\][^}]*${tintOf(colour)}`));
  });
});

describe('the lines of a note', () => {
  it('keep lists and headings, and end in dots where there is no room', () => {
    expect(noteLines('## Steps\n1. one\n2. two', 40, 9).map(({ text }) => text)).toEqual([
      'Steps',
      '',
      '1. one',
      '2. two',
    ]);
    expect(noteLines('one two three four', 9, 2).map(({ text }) => text)).toEqual(['one two', 'three…']);
    expect(noteLines('', 40, 3)).toEqual([]);
    expect(lines('a b c', 1, 0)).toEqual([]);
  });
});
