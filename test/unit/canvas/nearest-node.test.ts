import { describe, expect, it } from 'vitest';
import { alongWire, nearestNode } from '../../../src/canvas/nearest-node';
import { pipeline } from '../../support/document-samples';

const card = (x: number, y: number) => ({ x, y, width: 100, height: 80 });

describe('the nearest node', () => {
  //  a   b   c
  //      d
  const places = new Map([
    ['a', card(0, 0)],
    ['b', card(200, 10)],
    ['c', card(400, -10)],
    ['d', card(210, 200)],
  ]);
  it('lies in the direction of the arrow, straight ahead first', () => {
    expect(nearestNode(places, 'a', 'right')).toBe('b');
    expect(nearestNode(places, 'b', 'right')).toBe('c');
    expect(nearestNode(places, 'b', 'left')).toBe('a');
    expect(nearestNode(places, 'b', 'down')).toBe('d');
    expect(nearestNode(places, 'd', 'up')).toBe('b');
  });
  it('is reached also where nothing lies straight ahead, and missing where nothing lies there at all', () => {
    expect(nearestNode(places, 'd', 'left')).toBe('a');
    expect(nearestNode(places, 'a', 'left')).toBeNull();
    expect(nearestNode(places, 'nobody', 'left')).toBeNull();
  });
  it('brings every node within reach of the first', () => {
    const seen = new Set(['a']);
    const todo = ['a'];
    for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
      for (const direction of ['left', 'right', 'up', 'down'] as const) {
        const next = nearestNode(places, at, direction);
        if (next === null || seen.has(next)) continue;
        seen.add(next);
        todo.push(next);
      }
    }
    expect([...seen].sort()).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('along wires', () => {
  const graph = pipeline(
    {
      one: { type: 'test.constant' },
      left: { type: 'test.scale' },
      right: { type: 'test.scale' },
      sum: { type: 'test.add' },
    },
    ['one.series > left.series', 'one.series > right.series', 'left.series > sum.a', 'right.series > sum.b'],
  );
  it('right goes on, left goes back, up and down go around what shares an end', () => {
    expect(alongWire(graph, 'one', 'right')).toBe('left');
    expect(alongWire(graph, 'sum', 'left')).toBe('left');
    expect(alongWire(graph, 'left', 'down')).toBe('right');
    expect(alongWire(graph, 'right', 'down')).toBe('left');
    expect(alongWire(graph, 'left', 'up')).toBe('right');
  });
  it('end where no wire leads on', () => {
    expect(alongWire(graph, 'one', 'left')).toBeNull();
    expect(alongWire(graph, 'sum', 'right')).toBeNull();
    expect(alongWire(graph, 'one', 'down')).toBeNull();
  });
});
