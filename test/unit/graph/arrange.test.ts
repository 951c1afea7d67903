import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { align, alignments, type Boxes, distribute, makeRoom, snap, wireGap } from '../../../src/graph/arrange';

const box = (x: number, y: number, width = 100, height = 50) => ({ x, y, width, height });
const three: Boxes = new Map([
  ['a', box(0, 0)],
  ['b', box(130, 40, 60, 90)],
  ['c', box(400, -20, 200, 30)],
]);
const boxes = fc
  .array(
    fc.record({
      x: fc.integer({ min: -999, max: 999 }),
      y: fc.integer({ min: -999, max: 999 }),
      width: fc.integer({ min: 1, max: 300 }),
      height: fc.integer({ min: 1, max: 300 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((list): Boxes => new Map(list.map((each, k) => [`n${k}`, each])));

describe('aligning', () => {
  it('brings edges and middles of all onto those of the box around them', () => {
    expect(align(three, 'left')).toEqual({ a: { x: 0, y: 0 }, b: { x: 0, y: 40 }, c: { x: 0, y: -20 } });
    expect(align(three, 'right')).toEqual({ a: { x: 500, y: 0 }, b: { x: 540, y: 40 }, c: { x: 400, y: -20 } });
    expect(align(three, 'centre')).toEqual({ a: { x: 250, y: 0 }, b: { x: 270, y: 40 }, c: { x: 200, y: -20 } });
    expect(align(three, 'bottom')).toEqual({ a: { x: 0, y: 80 }, b: { x: 130, y: 40 }, c: { x: 400, y: 100 } });
  });

  it('twice is as once', () => {
    fc.assert(
      fc.property(boxes, fc.constantFrom(...alignments), (all, how) => {
        const once = align(all, how);
        const moved: Boxes = new Map([...all].map(([id, each]) => [id, { ...each, ...once[id] }]));
        const twice = align(moved, how);
        for (const id of all.keys()) {
          // Half a pixel is rounded once.
          expect(Math.abs((twice[id]?.x ?? 0) - (once[id]?.x ?? 0))).toBeLessThanOrEqual(1);
          expect(Math.abs((twice[id]?.y ?? 0) - (once[id]?.y ?? 0))).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('spreading', () => {
  it('makes gaps equal and leaves the first and the last', () => {
    expect(distribute(three, 'horizontal')).toEqual({ a: { x: 0, y: 0 }, b: { x: 220, y: 40 }, c: { x: 400, y: -20 } });
  });
  it('leaves fewer than three', () => {
    const two: Boxes = new Map([...three].slice(0, 2));
    expect(distribute(two, 'vertical')).toEqual({ a: { x: 0, y: 0 }, b: { x: 130, y: 40 } });
  });
});

describe('making room', () => {
  const row: Boxes = new Map([
    ['left', box(0, 0, 264, 300)],
    ['mid', box(200, 500, 264, 300)],
    ['right', box(330, 0, 264, 300)],
    ['after', box(700, 0, 264, 300)],
    ['other', box(320, 900, 264, 300)],
  ]);
  it('stands right of the one and pushes the other, with what follows it, to the right', () => {
    const places = makeRoom(row, 'mid', 'left', 'right', ['right', 'after']);
    const mid = 264 + wireGap;
    const right = mid + 264 + wireGap;
    expect(places).toEqual({
      mid: { x: mid, y: 500 },
      right: { x: right, y: 0 },
      after: { x: 700 + right - 330, y: 0 },
    });
  });
  it('pushes nothing where there is room, and moves nothing for a wire that turns back', () => {
    const wide: Boxes = new Map([...row, ['right', box(2000, 0)]]);
    expect(makeRoom(wide, 'mid', 'left', 'right', [])).toEqual({ mid: { x: 264 + wireGap, y: 500 } });
    const back: Boxes = new Map([...row, ['right', box(-900, 0)]]);
    expect(makeRoom(back, 'mid', 'left', 'right', [])).toEqual({ mid: { x: 200, y: 500 } });
  });
});

describe('snapping', () => {
  it('goes to the nearest line of its own sort within reach, and says along what', () => {
    const { by, guides } = snap(box(103, 204), [box(100, 0), box(500, 200, 100, 50)], 6);
    expect(by).toEqual({ x: -3, y: -4 });
    expect(guides).toEqual([
      { axis: 'x', at: 100, from: 0, to: 250 },
      { axis: 'y', at: 200, from: 100, to: 600 },
    ]);
  });
  it('never moves further than the reach, and a snapped box stays', () => {
    fc.assert(
      fc.property(boxes, fc.integer({ min: 0, max: 20 }), (all, reach) => {
        const [first, ...others] = [...all.values()];
        if (!first) return;
        const { by } = snap(first, others, reach);
        expect(Math.max(Math.abs(by.x), Math.abs(by.y))).toBeLessThanOrEqual(reach);
        expect(snap({ ...first, x: first.x + by.x, y: first.y + by.y }, others, reach).by).toEqual({ x: 0, y: 0 });
      }),
    );
  });
});
