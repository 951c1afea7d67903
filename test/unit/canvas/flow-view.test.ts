import { describe, expect, it } from 'vitest';
import { flowEdges, flowNodes, placesFor } from '../../../src/canvas/flow-view';
import { freePlace } from '../../../src/canvas/free-place';
import { previewPorts } from '../../../src/canvas/preview-choice';
import { apply } from '../../../src/graph/commands';
import type { PortKind } from '../../../src/kit/port-type';
import { pipeline } from '../../support/document-samples';
import { testCatalogue } from '../../support/test-catalogue';

const sample = () => {
  const document = pipeline({ one: { type: 'test.constant' }, two: { type: 'test.scale', label: 'Louder' } }, [
    'one.series > two.series',
  ]);
  return { ...document, ui: { positions: { one: { x: 0, y: 0 }, two: { x: 300, y: 40 } } } };
};
const none: ReadonlySet<string> = new Set();

describe('the view of a document', () => {
  it('names nodes for people and keeps results out of them', () => {
    const nodes = flowNodes(sample(), testCatalogue, new Set(['two']), []);
    expect(nodes.map(({ ariaLabel, selected, position }) => [ariaLabel, selected, position.x])).toEqual([
      ['Constant (one)', false, 0],
      ['Louder (two)', true, 300],
    ]);
    expect(nodes.every(({ data }) => Object.keys(data).length === 0)).toBe(true);
  });

  it('reuses what an edit did not touch', () => {
    const document = sample();
    const before = flowNodes(document, testCatalogue, none, []);
    const wires = flowEdges(document, none, []);
    const edited = apply(document, { type: 'set-param', node: 'one', param: 'value', value: 3 }, testCatalogue);
    if (!edited.ok) throw new Error(edited.reason);
    expect(flowNodes(edited.document, testCatalogue, none, before)).toEqual(before);
    expect(flowNodes(edited.document, testCatalogue, none, before)[0]).toBe(before[0]);
    expect(flowEdges(edited.document, none, wires)[0]).toBe(wires[0]);
  });

  it('leaves a node in the hand where the hand has it', () => {
    const [one, two] = flowNodes(sample(), testCatalogue, none, []);
    if (!one || !two) throw new Error('no nodes');
    const held = [{ ...one, position: { x: 77, y: 7 }, dragging: true }, two];
    expect(flowNodes(sample(), testCatalogue, none, held)[0]?.position).toEqual({ x: 77, y: 7 });
  });

  it('finds places for a file without positions, from left to right, and changes nothing in it', () => {
    const bare = { ...sample(), ui: {} };
    const places = placesFor(bare);
    expect(places.one?.x).toBeLessThan(places.two?.x ?? 0);
    expect(placesFor(sample())).toEqual({});
    expect(flowNodes(bare, testCatalogue, none, [], places)[1]?.position).toEqual(places.two);
  });
});

describe('a free place', () => {
  const view = { x: 0, y: 0, width: 1200, height: 900 };
  const clear = (at: { x: number; y: number }, box: { x: number; y: number; width: number; height: number }) =>
    at.x >= box.x + box.width || at.x + 264 <= box.x || at.y >= box.y + box.height || at.y + 310 <= box.y;

  it('is clear of other cards and in view', () => {
    const cards = [{ x: 450, y: 250, width: 264, height: 310 }];
    const at = freePlace(view, cards);
    expect(cards.every((card) => clear(at, card))).toBe(true);
    expect(at.x).toBeGreaterThanOrEqual(0);
    expect(at.x + 264).toBeLessThanOrEqual(1200);
    expect(at.y + 310).toBeLessThanOrEqual(900);
  });

  it('never hides a card exactly, even where there is no room', () => {
    const small = { x: 0, y: 0, width: 300, height: 300 };
    const first = freePlace(small, []);
    const second = freePlace(small, [{ ...first, width: 264, height: 310 }]);
    expect(second).not.toEqual(first);
  });
});

describe('what a card and a wire show', () => {
  it('shows the most telling output first', () => {
    const definition = testCatalogue.get('test.fit');
    if (!definition) throw new Error('no such type');
    const outputs = (kinds: Record<string, PortKind>) =>
      Object.fromEntries(Object.entries(kinds).map(([port, kind]) => [port, { kind, label: port, help: '' }]));
    expect(previewPorts({ ...definition, outputs: outputs({ model: 'model', loss: 'series' }) })).toEqual([
      'loss',
      'model',
    ]);
    expect(previewPorts({ ...definition, outputs: outputs({ labels: 'labels', images: 'images' }) })).toEqual([
      'images',
      'labels',
    ]);
    expect(previewPorts({ ...definition, outputs: outputs({ summary: 'table', items: 'table' }) })).toEqual([
      'summary',
      'items',
    ]);
  });
});
