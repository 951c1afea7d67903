import { describe, expect, it } from 'vitest';
import { layoutLeftToRight } from '../../../src/graph/layout';
import { downstreamOf, topology, upstreamOf } from '../../../src/graph/topology';
import { type NodeSample, pipeline } from '../../support/document-samples';

const c: NodeSample = { type: 'test.constant' };
const diamond = pipeline(
  { end: { type: 'test.add' }, left: { type: 'test.scale' }, right: { type: 'test.slow' }, start: c, far: c },
  ['start.series > left.series', 'start.series > right.series', 'left.series > end.a', 'right.series > end.b'],
);

describe('topology', () => {
  it('puts sources first', () => {
    const { order, cycles } = topology(diamond);
    expect(cycles).toEqual([]);
    expect(order.slice(0, 2).sort()).toEqual(['far', 'start']);
    expect(order.slice(2)).toEqual(['left', 'right', 'end']);
  });

  it('knows what is upstream and downstream, the node included', () => {
    expect([...upstreamOf(diamond, ['left'])].sort()).toEqual(['left', 'start']);
    expect([...downstreamOf(diamond, ['left', 'far'])].sort()).toEqual(['end', 'far', 'left']);
  });

  it('finds separate loops, a loop of one node, and no loop that is none', () => {
    const { cycles, order, inCycle } = topology(
      pipeline(
        {
          a: { type: 'test.add' },
          b: { type: 'test.scale' },
          d: { type: 'test.scale' },
          e: { type: 'test.scale' },
          f: c,
        },
        ['a.sum > b.series', 'b.series > a.a', 'b.series > d.series', 'e.series > e.series', 'f.series > a.b'],
      ),
    );
    expect(cycles).toEqual([['a', 'b'], ['e']]);
    expect([...inCycle.keys()].sort()).toEqual(['a', 'b', 'e']);
    expect(order).toHaveLength(5);
    expect(order.indexOf('d' as never)).toBeGreaterThan(order.indexOf('b' as never));
  });

  it('orders 5,000 nodes in a chain without overflowing', () => {
    const nodes: Record<string, NodeSample> = { n0: c };
    const wires: string[] = [];
    for (let i = 1; i < 5000; i++) {
      nodes[`n${i}`] = { type: 'test.scale' };
      wires.push(`n${i - 1}.series > n${i}.series`);
    }
    const { order } = topology(pipeline(nodes, wires));
    expect(order[0]).toBe('n0');
    expect(order[4999]).toBe('n4999');
  });
});

describe('layoutLeftToRight', () => {
  const size = { width: 240, height: 160 };

  it('reads from left to right without overlap, and the same for every order of the file', () => {
    const positions = layoutLeftToRight(diamond);
    for (const { from, to } of diamond.wires) {
      expect(positions[to.node]?.x ?? 0).toBeGreaterThanOrEqual((positions[from.node]?.x ?? 0) + size.width);
    }
    const all = Object.values(positions);
    expect(all).toHaveLength(5);
    for (const [i, a] of all.entries()) {
      for (const b of all.slice(i + 1)) {
        expect(Math.abs(a.x - b.x) >= size.width || Math.abs(a.y - b.y) >= size.height).toBe(true);
      }
    }
    const reversed = { ...diamond, nodes: [...diamond.nodes].reverse(), wires: [...diamond.wires].reverse() };
    expect(layoutLeftToRight(reversed)).toEqual(positions);
  });

  it('gives large nodes their room', () => {
    const positions = layoutLeftToRight(diamond, { start: { width: 900, height: 400 } });
    expect(positions['left']?.x).toBeGreaterThanOrEqual((positions['start']?.x ?? 0) + 900);
  });

  it('lays out a loop and an empty pipeline', () => {
    const loop = pipeline({ a: { type: 'test.scale' }, b: { type: 'test.scale' } }, [
      'a.series > b.series',
      'b.series > a.series',
    ]);
    expect(Object.keys(layoutLeftToRight(loop)).sort()).toEqual(['a', 'b']);
    expect(layoutLeftToRight(pipeline({}))).toEqual({});
  });
});
