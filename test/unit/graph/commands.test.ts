import { describe, expect, it } from 'vitest';
import { nodeId } from '../../../src/core/ids';
import { parsePipeline } from '../../../src/document/parse-pipeline';
import type { PipelineDocument } from '../../../src/document/schema';
import { type Applied, apply, type Command } from '../../../src/graph/commands';
import { bytes, oddNode, pipeline } from '../../support/document-samples';
import { testCatalogue } from '../../support/test-catalogue';

const base = pipeline(
  {
    a: { type: 'test.constant', params: { value: 2 } },
    scale: { type: 'test.scale', label: 'Gain' },
    sum: { type: 'test.add' },
    all: { type: 'test.collect' },
    old: { type: 'test.scale', v: 2, params: { factor: 4, note: 'kept' } },
    odd: { type: 'future.node', params: { x: 1 } },
    newer: { type: 'test.scale', v: 9 },
  },
  ['a.series > scale.series', 'scale.series > sum.a', 'a.series > all.series'],
);

function run(command: Command, document: PipelineDocument = base): Applied {
  const done = apply(document, command, testCatalogue);
  if (!done.ok) throw new Error(`${done.code}: ${done.reason}`);
  const back = apply(done.document, done.inverse, testCatalogue);
  if (!back.ok) throw new Error(back.reason);
  expect(bytes(back.document)).toBe(bytes(document));
  return done;
}
const find = (document: PipelineDocument, id: string) => document.nodes.find((node) => node.id === id);

describe('apply', () => {
  it('adds a node with a readable id, at a place', () => {
    const { document, created, label } = run({
      type: 'add-node',
      node: { type: 'test.scale' },
      position: { x: 3, y: 4 },
    });
    expect(created).toEqual([nodeId('scale-2')]);
    expect(find(document, 'scale-2')).toEqual({ id: 'scale-2', type: 'test.scale', v: 3, params: {} });
    expect(document.ui?.positions?.['scale-2']).toEqual({ x: 3, y: 4 });
    expect(label).toBe('Add Scale');
  });

  it('shares what it does not touch', () => {
    const { document } = run({ type: 'set-param', node: 'a', param: 'value', value: 7 });
    expect(document.wires).toBe(base.wires);
    expect(find(document, 'sum')).toBe(find(base, 'sum'));
    expect(find(base, 'a')?.params).toEqual({ value: 2 });
  });

  it('removes nodes with their wires and positions', () => {
    const placed = run({ type: 'move-nodes', positions: { a: { x: 1, y: 2 }, sum: { x: 3, y: 4 } } }).document;
    const { document, label } = run({ type: 'remove-nodes', ids: ['a'] }, placed);
    expect(document.wires.map((wire) => wire.id)).toEqual(['w1']);
    expect(document.ui?.positions).toEqual({ sum: { x: 3, y: 4 } });
    expect(label).toBe('Remove Constant');
    expect(run({ type: 'remove-nodes', ids: ['a', 'sum', 'odd'] }, placed).label).toBe('Remove 3 nodes');
  });

  it('connects, in the place of the wire that was there', () => {
    const { document, label } = run({
      type: 'connect',
      wire: { from: { node: 'a', port: 'series' }, to: { node: 'sum', port: 'a' } },
    });
    expect(document.wires.map((wire) => wire.id)).toEqual(['w0', 'a-sum', 'w2']);
    expect(label).toBe('Connect Constant to Add');
  });

  it('gives a further wire of a variadic input the last place', () => {
    const { document } = run({
      type: 'connect',
      wire: { from: { node: 'scale', port: 'series' }, to: { node: 'all', port: 'series' } },
    });
    expect(document.wires[3]).toMatchObject({ id: 'scale-all', order: 1 });
  });

  it('disconnects', () => {
    expect(run({ type: 'disconnect', ids: ['w2', 'w0'] }).document.wires.map((wire) => wire.id)).toEqual(['w1']);
  });

  it('sets and resets parameters, in the order of the definition', () => {
    const first = run({ type: 'set-param', node: 'a', param: 'seed', value: 5 });
    const second = run({ type: 'set-param', node: 'a', param: 'length', value: 9 }, first.document);
    expect(Object.keys(find(second.document, 'a')?.params ?? {})).toEqual(['value', 'length', 'seed']);
    expect(second.label).toBe('Set Length to 9 samples');
    const reset = run({ type: 'set-param', node: 'a', param: 'value' }, second.document);
    expect(find(reset.document, 'a')?.params).toEqual({ length: 9, seed: 5 });
    expect(reset.label).toBe('Reset Value of Constant');
    expect(run({ type: 'set-param', node: 'a', param: 'colour', value: 'blue' }).label).toBe('Set Colour to Blue');
  });

  it('applies a preset as one step', () => {
    const { document, label } = run({
      type: 'set-params',
      node: 'a',
      params: { value: 100, length: 8 },
      label: 'Loud',
    });
    expect(find(document, 'a')?.params).toEqual({ value: 100, length: 8 });
    expect(label).toBe('Set Constant to “Loud”');
  });

  it('brings a node of an older version up when a parameter is set', () => {
    const { document } = run({ type: 'set-param', node: 'old', param: 'invert', value: true });
    expect(find(document, 'old')).toMatchObject({ v: 3, params: { gain: 4, note: 'kept', invert: true } });
  });

  it('removes an unknown parameter on request', () => {
    const { document } = run({ type: 'set-param', node: 'old', param: 'note' });
    expect(find(document, 'old')?.params).toEqual({ gain: 4 });
  });

  it('labels, mutes and renames, and forgets a label or mode that says nothing', () => {
    expect(find(run({ type: 'set-label', node: 'a', label: ' Drive ' }).document, 'a')?.label).toBe('Drive');
    expect(find(run({ type: 'set-label', node: 'scale', label: '' }).document, 'scale')).not.toHaveProperty('label');
    const muted = run({ type: 'set-mode', node: 'a', mode: 'mute' });
    expect(find(muted.document, 'a')?.mode).toBe('mute');
    expect(muted.label).toBe('Mute Constant');
    expect(find(run({ type: 'set-mode', node: 'a', mode: 'on' }, muted.document).document, 'a')).not.toHaveProperty(
      'mode',
    );
    // The order of keys does not tell the order of edits.
    const labelled = run({ type: 'set-label', node: 'a', label: 'L' }).document;
    expect(Object.keys(find(run({ type: 'set-mode', node: 'a', mode: 'mute' }, labelled).document, 'a') ?? {})).toEqual(
      ['id', 'type', 'v', 'params', 'mode', 'label'],
    );
    expect(run({ type: 'set-title', title: 'New title' }).document.title).toBe('New title');
  });

  it('keeps other fields of a position', () => {
    const sized = { ...base, ui: { positions: { a: { x: 0, y: 0, width: 300 } } } };
    const { document, label } = run({ type: 'move-nodes', positions: { a: { x: 5, y: 6 } } }, sized);
    expect(document.ui?.positions?.['a']).toEqual({ x: 5, y: 6, width: 300 });
    expect(label).toBe('Move Constant');
  });

  it('makes room for positions in a file without any', () => {
    const { ui: _, ...without } = base;
    const { document } = run({ type: 'move-nodes', positions: { a: { x: 1, y: 1 } } }, without);
    expect(document.ui).toEqual({ positions: { a: { x: 1, y: 1 } } });
    const viewed = { ...without, ui: { viewport: { x: 0, y: 0, zoom: 2 } } };
    expect(run({ type: 'add-node', node: { type: 'test.add' }, position: { x: 1, y: 1 } }, viewed).document.ui).toEqual(
      {
        viewport: { x: 0, y: 0, zoom: 2 },
        positions: { add: { x: 1, y: 1 } },
      },
    );
  });

  it('pastes with fresh ids, the wires between the nodes and those that lead in', () => {
    const nodes = base.nodes.filter((node) => ['scale', 'sum'].includes(node.id));
    const { document, created } = run({
      type: 'insert',
      nodes,
      wires: base.wires,
      positions: { scale: { x: 9, y: 9 } },
    });
    expect(created).toEqual(['scale-2', 'sum-2']);
    expect(document.wires.slice(3)).toEqual([
      { id: 'a-scale-2', from: { node: 'a', port: 'series' }, to: { node: 'scale-2', port: 'series' } },
      { id: 'scale-2-sum-2', from: { node: 'scale-2', port: 'series' }, to: { node: 'sum-2', port: 'a' } },
    ]);
    expect(document.ui?.positions).toEqual({ 'scale-2': { x: 9, y: 9 } });
    expect(run({ type: 'insert', nodes, wires: [] }, document).created).toEqual(['scale-3', 'sum-3']);
  });

  it('pastes an unknown node into another document byte for byte', () => {
    const text = `{"schema":1,"title":"T","nodes":[${oddNode}],"wires":[]}`;
    const { nodes } = parsePipeline(text).document;
    expect(bytes(run({ type: 'insert', nodes, wires: [] }, pipeline({})).document)).toContain(oddNode);
  });

  it('does several commands as one step, or none', () => {
    const { document, label } = run({
      type: 'batch',
      label: 'Put between',
      commands: [
        { type: 'add-node', node: { type: 'test.slow', id: 'mid' } },
        { type: 'connect', wire: { from: { node: 'a', port: 'series' }, to: { node: 'mid', port: 'series' } } },
        { type: 'connect', wire: { from: { node: 'mid', port: 'series' }, to: { node: 'scale', port: 'series' } } },
      ],
    });
    expect(label).toBe('Put between');
    expect(document.wires.map((wire) => wire.id)).toEqual(['mid-scale', 'w1', 'w2', 'a-mid']);
    expect(
      apply(
        base,
        {
          type: 'batch',
          label: 'No',
          commands: [
            { type: 'set-title', title: 'x' },
            { type: 'disconnect', ids: ['no'] },
          ],
        },
        testCatalogue,
      ).ok,
    ).toBe(false);
  });

  it('changes nothing when there is nothing to change', () => {
    for (const command of [
      { type: 'set-param', node: 'a', param: 'value', value: 2 },
      { type: 'set-param', node: 'a', param: 'length' },
      { type: 'set-param', node: 'old', param: 'invert' },
      { type: 'set-mode', node: 'a', mode: 'on' },
      { type: 'set-title', title: 'Test' },
      { type: 'set-label', node: 'scale', label: 'Gain' },
      { type: 'remove-nodes', ids: [] },
      { type: 'insert', nodes: [], wires: [] },
    ] as const) {
      const done = run(command);
      expect([command, done.document === base, done.inverse.edits]).toEqual([command, true, []]);
    }
  });

  it.each<[string, Command, string, RegExp]>([
    ['an unknown type', { type: 'add-node', node: { type: 'no.such' } }, 'node.unknown-type', /no node type "no.such"/],
    ['a taken id', { type: 'add-node', node: { type: 'test.add', id: 'a' } }, 'node.duplicate', /already a node "a"/],
    ['an empty id', { type: 'add-node', node: { type: 'test.add', id: '' } }, 'node.id', /1 to 120/],
    [
      'a new node out of range',
      { type: 'add-node', node: { type: 'test.constant', params: { value: 1e9 } } },
      'param.range',
      /outside its range/,
    ],
    ['removing what is not there', { type: 'remove-nodes', ids: ['a', 'x'] }, 'node.missing', /no node "x"/],
    [
      'a wire of the wrong kind',
      { type: 'connect', wire: { from: { node: 'all', port: 'table' }, to: { node: 'sum', port: 'b' } } },
      'connect.kind',
      /A table cannot go into "B" of Add/,
    ],
    [
      'a loop',
      { type: 'connect', wire: { from: { node: 'sum', port: 'sum' }, to: { node: 'scale', port: 'series' } } },
      'connect.cycle',
      /Gain → Add → Gain/,
    ],
    [
      'a taken wire id',
      { type: 'connect', wire: { id: 'w0', from: { node: 'a', port: 'series' }, to: { node: 'sum', port: 'b' } } },
      'wire.duplicate',
      /already a wire "w0"/,
    ],
    ['cutting no wire', { type: 'disconnect', ids: ['w9'] }, 'wire.missing', /no wire "w9"/],
    [
      'a value out of range',
      { type: 'set-param', node: 'a', param: 'value', value: 1001 },
      'param.range',
      /Value is 1,001 mV, outside its range from -1,000 to 1,000 mV/,
    ],
    [
      'an unknown parameter',
      { type: 'set-param', node: 'a', param: 'g', value: 1 },
      'param.unknown',
      /Constant has no parameter "g"/,
    ],
    [
      'a preset with one bad value',
      { type: 'set-params', node: 'a', params: { value: 1, length: 0 } },
      'param.range',
      /Length is 0/,
    ],
    [
      'a parameter of no node',
      { type: 'set-param', node: 'x', param: 'value', value: 1 },
      'node.missing',
      /no node "x"/,
    ],
    [
      'a parameter of an unknown type',
      { type: 'set-param', node: 'odd', param: 'x', value: 2 },
      'node.unknown-type',
      /"future.node"/,
    ],
    [
      'a parameter of a newer node',
      { type: 'set-param', node: 'newer', param: 'gain', value: 2 },
      'node.newer-version',
      /newer Spikeloom/,
    ],
    ['a long label', { type: 'set-label', node: 'a', label: 'x'.repeat(201) }, 'label.too-long', /at most 200/],
    ['a label of no node', { type: 'set-label', node: 'x', label: 'y' }, 'node.missing', /no node "x"/],
    ['a mode of no node', { type: 'set-mode', node: 'x', mode: 'mute' }, 'node.missing', /no node "x"/],
    ['moving no node', { type: 'move-nodes', positions: { x: { x: 0, y: 0 } } }, 'node.missing', /no node "x"/],
    [
      'moving to no place',
      { type: 'move-nodes', positions: { a: { x: Number.NaN, y: 0 } } },
      'position.not-a-number',
      /not a number/,
    ],
    ['no title', { type: 'set-title', title: ' ' }, 'title.empty', /needs a title/],
    ['a long title', { type: 'set-title', title: 'x'.repeat(301) }, 'title.too-long', /at most 300/],
    [
      'pasting a loop',
      {
        type: 'insert',
        nodes: [
          { id: 'p', type: 'test.scale', v: 3, params: {} },
          { id: 'q', type: 'test.slow', v: 1, params: {} },
        ],
        wires: [
          { id: '1', from: { node: 'p', port: 'series' }, to: { node: 'q', port: 'series' } },
          { id: '2', from: { node: 'q', port: 'series' }, to: { node: 'p', port: 'series' } },
        ],
      },
      'connect.cycle',
      /Scale → Slow → Scale/,
    ],
    [
      'pasting one id twice',
      {
        type: 'insert',
        nodes: [base.nodes[0] as PipelineDocument['nodes'][number], base.nodes[0] as PipelineDocument['nodes'][number]],
        wires: [],
      },
      'insert.duplicate',
      /same id/,
    ],
  ])('refuses %s', (_, command, code, reason) => {
    const done = apply(base, command, testCatalogue);
    if (done.ok) throw new Error('Was accepted.');
    expect(done.code).toBe(code);
    expect(done.reason).toMatch(reason);
    expect(done.cure).toBeTruthy();
  });
});
