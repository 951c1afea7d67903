import { describe, expect, it } from 'vitest';
import { documentHash } from '../../../src/document/document-hash';
import type { PipelineDocument } from '../../../src/document/schema';
import { pipeline } from '../../support/document-samples';
import { testCatalogue } from '../../support/test-catalogue';

const base = pipeline(
  { a: { type: 'test.constant' }, b: { type: 'test.constant', params: { value: 3 } }, all: { type: 'test.collect' } },
  ['a.series > all.series', 'b.series > all.series'],
);
const change = (edit: (copy: PipelineDocument) => void): PipelineDocument => {
  const copy = structuredClone(base);
  edit(copy);
  return copy;
};
const node = (document: PipelineDocument, index: number) => document.nodes[index] as PipelineDocument['nodes'][number];
const wire = (document: PipelineDocument, index: number) => document.wires[index] as PipelineDocument['wires'][number];

function setOrders(document: PipelineDocument, order: (i: number) => number): void {
  for (const i of [0, 1]) Object.assign(wire(document, i), { order: order(i) });
}

describe('documentHash', () => {
  it('is 128 bits, the same for the same document', async () => {
    expect(await documentHash(base)).toMatch(/^[0-9a-f]{32}$/);
    expect(await documentHash(structuredClone(base))).toBe(await documentHash(base));
  });

  it.each<[string, (copy: PipelineDocument) => void]>([
    ['the title', (copy) => Object.assign(copy, { title: 'Other' })],
    ['a label', (copy) => Object.assign(node(copy, 0), { label: 'Other' })],
    ['positions', (copy) => Object.assign(copy, { ui: { positions: { a: { x: 1, y: 2 } } } })],
    ['notes', (copy) => Object.assign(copy, { notes: ['n'] })],
    ['unknown fields', (copy) => Object.assign(node(copy, 0), { colour: 'red' })],
    ['the order of nodes', (copy) => copy.nodes.reverse()],
    ['mode "on"', (copy) => Object.assign(node(copy, 0), { mode: 'on' })],
    ['orders that rank alike', (copy) => setOrders(copy, (i) => 10 * i)],
  ])('does not depend on %s', async (_, edit) => {
    expect(await documentHash(change(edit))).toBe(await documentHash(base));
  });

  it.each<[string, (copy: PipelineDocument) => void]>([
    ['a parameter', (copy) => Object.assign(node(copy, 0).params, { value: 2 })],
    ['a type', (copy) => Object.assign(node(copy, 0), { type: 'test.slow' })],
    ['a version', (copy) => Object.assign(node(copy, 0), { v: 2 })],
    ['a mode', (copy) => Object.assign(node(copy, 0), { mode: 'mute' })],
    ['a wire less', (copy) => copy.wires.pop()],
    ['another port', (copy) => Object.assign(wire(copy, 0).from, { port: 'other' })],
    ['the order of variadic wires', (copy) => setOrders(copy, (i) => -i)],
  ])('depends on %s', async (_, edit) => {
    expect(await documentHash(change(edit))).not.toBe(await documentHash(base));
  });

  it('with a catalogue, takes a written default for the default and leaves out what changes no result', async () => {
    const plain = await documentHash(base, testCatalogue);
    expect(
      await documentHash(
        change((copy) => Object.assign(node(copy, 0).params, { value: 1, seed: 1 })),
        testCatalogue,
      ),
    ).toBe(plain);
    expect(
      await documentHash(
        change((copy) => Object.assign(node(copy, 0).params, { colour: 'blue' })),
        testCatalogue,
      ),
    ).toBe(plain);
    expect(
      await documentHash(
        change((copy) => Object.assign(node(copy, 0).params, { seed: 2 })),
        testCatalogue,
      ),
    ).not.toBe(plain);
  });
});
