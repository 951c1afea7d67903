/** Frames, notes and points of wires in the view: what a drag carries, where it snaps, where a point goes. */
import { describe, expect, it } from 'vitest';
import { carriedBy, withCarried, withSnap } from '../../../src/canvas/drag-changes';
import { dotPoint, flowObjects } from '../../../src/canvas/flow-objects';
import { type FlowNode, flowEdges, flowNodes } from '../../../src/canvas/flow-view';
import { alongWire, drawnGraph } from '../../../src/canvas/nearest-node';
import { nearestWire } from '../../../src/canvas/nearest-wire';
import { bezierPoints, pathThrough, placeAmong, pointsThrough } from '../../../src/canvas/wire-geometry';
import { routeWires } from '../../../src/canvas/wire-routes';
import type { PipelineDocument } from '../../../src/document/schema';
import { frameKey, noteKey } from '../../../src/editor/object-keys';
import { pipeline } from '../../support/document-samples';
import { testCatalogue } from '../../support/test-catalogue';

const none: ReadonlySet<string> = new Set();
const sample = (): PipelineDocument => {
  const document = pipeline({ one: { type: 'test.constant' }, two: { type: 'test.scale' } }, [
    'one.series > two.series',
  ]);
  return {
    ...document,
    wires: document.wires.map((wire) => ({ ...wire, via: [{ x: 50, y: 60 }] })),
    frames: [{ id: 'f', title: 'Both', nodes: ['one'], x: -20, y: -52, width: 304, height: 400 }],
    notes: [{ id: 'n', text: 'hi', x: 0, y: 0, width: 100, height: 80 }],
    ui: { positions: { one: { x: 0, y: 0 }, two: { x: 400, y: 3 } } },
  };
};
const view = (document: PipelineDocument): FlowNode[] => [
  ...flowNodes(document, testCatalogue, none, []),
  ...flowObjects(document, none, []),
];

describe('objects beside the cards', () => {
  it('have names for people, lie behind the wires if they are frames, and points stand on their middle', () => {
    const [frame, note, dot] = flowObjects(sample(), none, []);
    expect([frame, note, dot].map((each) => [each?.type, each?.ariaLabel])).toEqual([
      ['frame', 'Frame Both (f)'],
      ['note', 'Note (n)'],
      ['dot', 'Reroute 1 of the wire from one to two'],
    ]);
    expect(frame?.zIndex).toBeLessThan(-1000);
    expect(dot && dotPoint(dot.position)).toEqual({ x: 50, y: 60 });
  });

  it('are the same object while nothing about them changed, and stay in the hand', () => {
    const before = flowObjects(sample(), none, []);
    expect(flowObjects(sample(), none, before).every((each, k) => each === before[k])).toBe(true);
    const held = before.map((each) => ({ ...each, position: { x: 9, y: 9 }, dragging: true }));
    expect(flowObjects(sample(), none, held)[0]?.position).toEqual({ x: 9, y: 9 });
    const sized = before.map((each) => ({ ...each, width: 999, resizing: true }));
    expect(flowObjects(sample(), none, sized)[0]?.width).toBe(999);
  });
});

describe('a collapsed frame', () => {
  const sampled = sample();
  const frames = sampled.frames?.map((frame) => ({
    ...(frame as object),
    collapsed: { frames: [], notes: ['n'] },
  })) as PipelineDocument['frames'];
  const document = { ...sampled, frames } as PipelineDocument;

  it('is a card among the nodes; what it holds and the points of its wires are not drawn', () => {
    const nodes = view(document);
    expect(nodes.map(({ id, type, hidden }) => [id, type, hidden ?? false])).toEqual([
      ['one', 'card', true],
      ['two', 'card', false],
      [frameKey('f'), 'collapsed', false],
    ]);
    expect(nodes[2]).toMatchObject({ ariaLabel: 'Frame Both, collapsed (f)', zIndex: 0, width: 264 });
    // Open again it lies behind the wires, as before.
    expect(flowObjects(sampled, none, nodes)[0]).toMatchObject({ type: 'frame', width: 304, height: 400 });
    expect(flowNodes(sampled, testCatalogue, none, nodes)[0]?.hidden).toBe(false);
  });

  it('takes the ends of wires from outside, which keep what they connect', () => {
    const [edge] = flowEdges(document, none, []);
    expect(edge).toMatchObject({
      source: frameKey('f'),
      sourceHandle: 'one\nseries',
      target: 'two',
      data: { from: { node: 'one', port: 'series' } },
      reconnectable: false,
    });
    expect(flowEdges(document, none, edge ? [edge] : [])[0]).toBe(edge);
    expect(flowEdges(sampled, none, edge ? [edge] : [])[0]).toMatchObject({ source: 'one', sourceHandle: 'series' });
  });

  it('stands in the graph that the arrows follow', () => {
    expect(alongWire(drawnGraph(document), 'two', 'left')).toBe(frameKey('f'));
    expect(alongWire(drawnGraph(document), frameKey('f'), 'right')).toBe('two');
  });
});

describe('a drag in the view', () => {
  const position = (id: string, x: number, y: number) => ({
    type: 'position' as const,
    id,
    position: { x, y },
    dragging: true,
  });

  it('of a frame carries its nodes and notes by the same shift', () => {
    const document = sample();
    const carried = carriedBy(document, new Set([frameKey('f')]));
    expect([...carried.keys()]).toEqual(['one', noteKey('n')]);
    const changes = withCarried([position(frameKey('f'), -10, -42)], view(document), carried);
    expect(changes.slice(1)).toEqual([position('one', 10, 10), position(noteKey('n'), 10, 10)]);
    expect(carriedBy(document, new Set(['one'])).size).toBe(0);
  });

  it('of a card snaps to another card, not to what moves with it', () => {
    const { changes, guides } = withSnap([position('one', 5, 5)], view(sample()), new Map(), 6);
    expect(changes).toEqual([position('one', 5, 3)]);
    expect(guides.map(({ axis, at }) => [axis, at])).toEqual([['y', 3]]);
    const carried = new Map([['two', 'one']]);
    expect(withSnap([position('one', 5, 5)], view(sample()), carried, 6).guides).toEqual([]);
  });
});

describe('a led wire', () => {
  const [from, to] = [
    { x: 0, y: 0 },
    { x: 300, y: 0 },
  ];
  it('runs through its points, whatever stands in the way', () => {
    const via = [{ x: 150, y: 200 }];
    const card = { x: 100, y: 150, width: 100, height: 100 };
    const route = routeWires([{ id: 'w', output: 'o', from, to, via }], [card]).get('w');
    expect(route?.shape).toBe('curve');
    expect(route?.points).toEqual(pointsThrough([from, ...via, to]));
    expect(route?.points).toContainEqual({ x: 150, y: 200 });
    expect(pathThrough([from, ...via, to])).toBe('M 0 0 C 75 0 75 200 150 200 C 225 200 225 0 300 0');
  });
  it('takes a new point between its neighbours', () => {
    const via = [
      { x: 100, y: 100 },
      { x: 200, y: -100 },
    ];
    expect(placeAmong({ x: 40, y: 40 }, from, via, to)).toBe(0);
    expect(placeAmong({ x: 150, y: 0 }, from, via, to)).toBe(1);
    expect(placeAmong({ x: 260, y: -40 }, from, via, to)).toBe(2);
  });
  it('is the one that is meant by a place near it, at any zoom', () => {
    const routes = new Map([['w', { shape: 'curve' as const, points: bezierPoints(from, to) }]]);
    expect(nearestWire({ x: 150, y: 20 }, routes, 1)).toBe('w');
    expect(nearestWire({ x: 150, y: 30 }, routes, 1)).toBeNull();
    expect(nearestWire({ x: 150, y: 30 }, routes, 0.5)).toBe('w');
  });
});
