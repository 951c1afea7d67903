/** Wires on the canvas: what is written on them, where they run, where their labels lie. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LabelledWire, labelBox, placeLabels } from '../../../src/canvas/place-labels';
import { wireText } from '../../../src/canvas/short-type';
import { bezierPoints, lineBox, meets, type Point, pointAlong, roundedPath } from '../../../src/canvas/wire-geometry';
import { routeWires, type WireEnds } from '../../../src/canvas/wire-routes';
import { axis } from '../../../src/kit/port-type';

const card = (x: number, y: number) => ({ x, y, width: 264, height: 300 });
const wire = (id: string, from: Point, to: Point, output = id): WireEnds => ({ id, output, from, to });
const box = ({ x, y }: Point) => ({ x, y, width: 0, height: 0 });

describe('the text on a wire', () => {
  const lineOf = (...type: Parameters<typeof wireText>) => wireText(...type).line;
  it('is the shape of one item, with unit and time step where there are any', () => {
    const images = [axis('item', 4500), axis('height', 28), axis('width', 28), axis('channel', 1)];
    expect(lineOf({ kind: 'images', unit: '1', axes: images })).toBe('28×28');
    const colour = [axis('item', 1), axis('height', 32), axis('width', 32), axis('channel', 3)];
    expect(lineOf({ kind: 'images', unit: '1', axes: colour })).toBe('32×32×3');
    const units = [axis('item', 10), axis('unit', 1280)];
    expect(lineOf({ kind: 'spikes', unit: '1', dt: 0.1, axes: units })).toBe('1,280 · 0.1 ms');
    expect(lineOf({ kind: 'features', unit: 'Hz', axes: [axis('item', null), axis('feature', 1280)] })).toBe(
      '1,280 · Hz',
    );
    expect(lineOf({ kind: 'rates', unit: 'Hz', axes: [axis('time', 4), ...units] })).toBe('4×1,280 · Hz');
  });
  it('says what is not known, and nothing where the kind says all', () => {
    expect(lineOf({ kind: 'features', unit: 'Hz', axes: [axis('item', null), axis('feature', null)] })).toBe('? · Hz');
    expect(lineOf({ kind: 'table', unit: '1', axes: [] })).toBe('');
    expect(lineOf({ kind: 'model', unit: '1', axes: [] })).toBe('');
  });
  it('breaks between its parts', () => {
    const block = (type: string) => ({ type, version: 1, params: {} });
    const model = { kind: 'model' as const, unit: '1', axes: [], blocks: [block('mlp'), block('unet')] };
    expect(wireText(model)).toEqual({ line: 'mlp+unet', lines: ['mlp', '+unet'] });
  });
});

describe('geometry', () => {
  it('follows React Flow: ends at the ports, the middle half way', () => {
    const points = bezierPoints({ x: 0, y: 0 }, { x: 100, y: 60 });
    expect([points[0], points.at(-1)]).toEqual([
      { x: 0, y: 0 },
      { x: 100, y: 60 },
    ]);
    expect(points[12]?.x).toBeCloseTo(50);
    expect(points[12]?.y).toBeCloseTo(30);
  });
  it('measures along corners', () => {
    const corner = [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 10, y: 30 },
    ];
    expect(pointAlong(corner, 0.5)).toEqual({ x: 10, y: 10 });
    expect(pointAlong([{ x: 3, y: 4 }], 0.5)).toEqual({ x: 3, y: 4 });
    expect(roundedPath(corner, 4)).toBe('M 0 0 L 6 0 Q 10 0 10 4 L 10 30');
    expect(roundedPath([], 4)).toBe('');
  });
});

describe('routes', () => {
  it('are curves where nothing is in the way', () => {
    const routes = routeWires([wire('a', { x: 264, y: 100 }, { x: 344, y: 120 })], [card(0, 0), card(344, 0)]);
    expect(routes.get('a')?.shape).toBe('curve');
  });
  it('step around the card between them, clear of all cards', () => {
    const cards = [card(0, 0), card(344, 0), card(688, 0)];
    const route = routeWires([wire('a', { x: 264, y: 100 }, { x: 688, y: 100 })], cards).get('a');
    expect(route?.shape).toBe('steps');
    const points = route?.points ?? [];
    points.slice(2, -1).forEach((point, k) => {
      for (const each of cards) expect(meets(lineBox(points[k + 1] as Point, point), each)).toBe(false);
    });
  });
  it('step back to a card below its source', () => {
    const cards = [card(0, 0), card(0, 392)];
    const route = routeWires([wire('a', { x: 264, y: 100 }, { x: 0, y: 500 })], cards).get('a');
    expect(route?.points[2]?.y).toBeGreaterThan(300);
    expect(route?.points[2]?.y).toBeLessThan(392);
  });
  it('share a lane only with wires of the same output', () => {
    const cards = [card(0, 0), card(344, 0), card(688, 0)];
    const ends = (output: string) => wire(output, { x: 264, y: 100 }, { x: 688, y: 100 }, output);
    const laneOf = (wires: WireEnds[]) => [...routeWires(wires, cards).values()].map(({ points }) => points[2]?.y);
    const [one, other] = laneOf([ends('one'), ends('other')]);
    expect(one).not.toBe(other);
    const [first, second] = laneOf([ends('same'), { ...ends('same'), id: 'again' }]);
    expect(first).toBe(second);
  });
  it('take no wire', () => expect(routeWires([], [card(0, 0)]).size).toBe(0));
});

describe('labels', () => {
  const labelled = (id: string, points: readonly Point[], text: string, lines = [text]): LabelledWire => ({
    id,
    points,
    text: { line: text, lines },
  });
  it('take two lines in a narrow gap', () => {
    const points = bezierPoints({ x: 264, y: 100 }, { x: 344, y: 100 });
    const cards = [card(0, 0), card(344, 0)];
    const place = (text: string, lines: string[]) => placeLabels([labelled('a', points, text, lines)], cards).get('a');
    expect(place('28×28', ['28×28'])?.lines).toEqual(['28×28']);
    expect(place('1,280 · 0.1 ms', ['1,280', '0.1 ms'])?.lines).toEqual(['1,280', '0.1 ms']);
    expect(place('a text that is too wide', ['a text that is too wide'])).toBeUndefined();
  });
  it('keep off other wires where they can', () => {
    const along = [
      { x: 0, y: 0 },
      { x: 400, y: 0 },
    ];
    const across = [
      { x: 200, y: -50 },
      { x: 200, y: 50 },
    ];
    const label = placeLabels([labelled('a', along, '28×28'), labelled('b', across, '')], []).get('a');
    expect(Math.abs((label?.x ?? 200) - 200)).toBeGreaterThan(20);
  });
  it('never meet a card or each other', () => {
    const coordinate = fc.integer({ min: 0, max: 1200 });
    const point = fc.record({ x: coordinate, y: coordinate });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(point, point, fc.constantFrom('28×28', '1,280 · Hz', 'mlp+unet')), { maxLength: 8 }),
        fc.array(point, { maxLength: 5 }),
        (ends, corners) => {
          const cards = corners.map(({ x, y }) => card(x, y));
          const wires = ends.map(([from, to, text], k) => labelled(`${k}`, bezierPoints(from, to), text));
          const boxes = [...placeLabels(wires, cards).values()].map((label) => labelBox(label, label.lines));
          boxes.forEach((each, k) => {
            for (const other of [...cards, ...boxes.slice(k + 1)]) expect(meets(each, other)).toBe(false);
          });
        },
      ),
    );
  });
});

it('boxes that only touch do not meet', () => {
  expect(meets(card(0, 0), card(264, 0))).toBe(false);
  expect(meets(card(0, 0), card(264, 0), 1)).toBe(true);
  expect(meets(box({ x: 5, y: 5 }), card(0, 0))).toBe(true);
});
