import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { exportValue } from '../../../src/data/export/export-value';
import { readNpy } from '../../../src/data/npy';
import { readNpz } from '../../../src/data/npz';
import { decodePicture } from '../../../src/data/picture';
import type { ImagesValue, ModelValue, TableValue } from '../../../src/kit/values';
import { transferFigure } from '../../support/figure-samples';
import { spikesFrom, testItems } from '../../support/memory-spikes';

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
const filesOf = async (...args: Parameters<typeof exportValue>): Promise<Map<string, Uint8Array>> =>
  new Map((await exportValue(...args)).map(({ path, bytes }) => [path, bytes]));

describe('tables', () => {
  const table: TableValue = {
    kind: 'table',
    columns: [
      { name: 'metric', label: 'Metric', type: 'text' },
      { name: 'mean', label: 'Mean', unit: 'dB', type: 'number' },
    ],
    rows: [
      { metric: 'a "b", c', mean: 20.25 },
      { metric: 'x', mean: Infinity },
      { metric: 'y', mean: null },
    ],
  };
  it('are CSV with quotes where needed, and JSON with units', async () => {
    const files = await filesOf('quality.summary', table);
    expect(text(files.get('quality.summary.csv'))).toBe('metric,mean\n"a ""b"", c",20.25\nx,inf\ny,\n');
    const parsed = JSON.parse(text(files.get('quality.summary.json')));
    expect(parsed.columns[1].unit).toBe('dB');
    expect(parsed.rows).toEqual([
      { metric: 'a "b", c', mean: 20.25 },
      { metric: 'x', mean: 'Infinity' },
      { metric: 'y', mean: null },
    ]);
  });
});

describe('images', () => {
  const images = (n: number, channels = 1): ImagesValue => ({
    kind: 'images',
    shape: [n, 2, 3, channels],
    data: Float32Array.from({ length: n * 6 * channels }, (_, i) => (i % 256) / 255),
    items: { ...testItems(n, 2, 60_000), columns: { label: new Float64Array(n).fill(7) } },
  });
  it('are one NPY, a sheet, single pictures by id, and a table of items', async () => {
    const files = await filesOf('p.images', images(3, 3));
    expect([...files.keys()]).toEqual([
      'p.images.npy',
      'p.images.items.csv',
      'p.images.png',
      'p.images/60000.png',
      'p.images/60001.png',
      'p.images/60002.png',
    ]);
    expect(readNpy(files.get('p.images.npy') as Uint8Array, 'n')).toMatchObject({ shape: [3, 2, 3, 3], type: 'f4' });
    expect(text(files.get('p.images.items.csv'))).toBe('item,split,label\n60000,test,7\n60001,test,7\n60002,test,7\n');
    const single = decodePicture(files.get('p.images/60001.png') as Uint8Array, 's');
    expect(single.data).toEqual(images(3, 3).data.subarray(18, 36));
    // Three tiles of 3 x 2 in two columns with one pixel between.
    const sheet = decodePicture(files.get('p.images.png') as Uint8Array, 'sheet');
    expect([sheet.width, sheet.height, sheet.channels]).toEqual([7, 5, 3]);
    expect(sheet.data.subarray(4 * 3, 7 * 3)).toEqual(single.data.subarray(0, 9));
  });
  it('become at most 100 PNG files, which the sheet says', async () => {
    const files = await filesOf('p.images', images(150));
    expect([...files.keys()].filter((path) => path.startsWith('p.images/'))).toHaveLength(100);
    expect(text(files.get('p.images.png'))).toContain('The first 100 of 150 images');
    expect(readNpy(files.get('p.images.npy') as Uint8Array, 'n').shape[0]).toBe(150);
  });
  it('may be none', async () => {
    expect([...(await filesOf('p', images(0))).keys()]).toEqual(['p.npy', 'p.items.csv']);
  });
});

describe('spikes', () => {
  it('are one NPZ with unit, step, item id and dt', async () => {
    const spikes = await spikesFrom(
      [
        [
          [2, 0],
          [300, 5],
        ],
        [],
        [[1, 9]],
      ],
      { unitCount: 301, stepCount: 10, dt: 0.1, items: testItems(3, 2, 60_000) },
      1,
    );
    expect(spikes.chunks.length).toBeGreaterThan(1);
    const arrays = readNpz((await filesOf('e.spikes', spikes)).get('e.spikes.npz') as Uint8Array, 'z');
    const values = (name: string) => Array.from(arrays.get(name)?.data as Int32Array, Number);
    expect(values('unit')).toEqual([2, 300, 1]);
    expect(values('step')).toEqual([0, 5, 9]);
    expect(values('item')).toEqual([60_000, 60_000, 60_002]);
    expect(values('dt_ms')).toEqual([0.1]);
    expect(values('item_ids')).toEqual([60_000, 60_001, 60_002]);
    expect(arrays.get('dt_ms')?.shape).toEqual([]);
    expect([arrays.get('unit')?.type, arrays.get('step')?.type]).toEqual(['u2', 'u1']);
  });
  it('may be none', async () => {
    const none = await spikesFrom([], { unitCount: 1, stepCount: 1 });
    expect(readNpz((await filesOf('e', none)).get('e.npz') as Uint8Array, 'z').get('unit')?.shape).toEqual([0]);
  });
});

describe('the other kinds', () => {
  it('features, rates and labels are NPY with their items', async () => {
    const items = testItems(1);
    const features = await filesOf('r.features', {
      kind: 'features',
      shape: [1, 2],
      data: Float32Array.of(1, 2),
      unit: 'Hz',
      items,
    });
    expect(readNpy(features.get('r.features.npy') as Uint8Array, 'n').data).toEqual(Float32Array.of(1, 2));
    expect(JSON.parse(text(features.get('r.features.json')))).toEqual({ axes: ['item', 'feature'], unit: 'Hz' });
    const rates = await filesOf('l.rates', { kind: 'rates', shape: [1, 1, 1], data: Float32Array.of(3), dt: 5, items });
    expect(JSON.parse(text(rates.get('l.rates.json'))).dt_ms).toBe(5);
    const labels = await filesOf('i.labels', {
      kind: 'labels',
      shape: [1],
      data: Int32Array.of(4),
      classNames: ['a'],
      items,
    });
    expect(readNpy(labels.get('i.labels.npy') as Uint8Array, 'n')).toEqual({
      shape: [1],
      type: 'i4',
      data: Int32Array.of(4),
    });
    expect(JSON.parse(text(labels.get('i.labels.classes.json')))).toEqual(['a']);
  });
  it('curves are one long table', async () => {
    const series = {
      kind: 'series' as const,
      xLabel: 'time',
      xUnit: 'ms',
      curves: [{ name: 'V', unit: 'mV', x: Float64Array.of(0, 0.1), y: Float64Array.of(1, 2) }],
    };
    expect(text((await filesOf('s', series)).get('s.csv'))).toBe('curve,time (ms),value,unit\nV,0,1,mV\nV,0.1,2,mV\n');
  });
  it('figures are SVG, the numbers behind it as CSV, and their description as JSON', async () => {
    const files = await filesOf('s.figure', { kind: 'figure', ...transferFigure });
    expect([...files.keys()]).toEqual(['s.figure.svg', 's.figure.csv', 's.figure.json']);
    const svg = text(files.get('s.figure.svg'));
    expect(svg).toMatch(/^<svg [^>]*width="180mm"/);
    expect(svg).toContain('Firing rate (Hz)');
    const lines = text(files.get('s.figure.csv')).split('\n');
    expect(lines[0]).toBe('panel,mark,x,y,low,high,value,x_axis,y_axis,value_axis');
    expect(lines).toContain(
      'A: Transfer curve,all neurons,1,3,0.5,5.5,,external input (threshold rate),firing rate (Hz),',
    );
    const spec = JSON.parse(text(files.get('s.figure.json')));
    expect(spec.panels[0].marks[1].x).toEqual([1, 1.5, 2, 2.5, 3, 3.5, 4]);
    const gap = {
      ...transferFigure.panels[0],
      marks: [{ type: 'line', x: Float64Array.of(1), y: Float64Array.of(Number.NaN) }],
    };
    const none = await filesOf('g', { kind: 'figure', ...transferFigure, panels: [gap as never] });
    expect(JSON.parse(text(none.get('g.json'))).panels[0].marks[0].y).toEqual([null]);
  });
  it('models are weights that tfjs decodes, with their blocks', async () => {
    const model: ModelValue = {
      kind: 'model',
      blocks: [{ type: 'mlp', version: 1, params: { hidden: 2 } }],
      trained: {
        weights: [{ name: '0/kernel', shape: [2, 1], data: Float32Array.of(1.5, -2) }],
        inputShape: [2],
        targetShape: [1, 1, 1],
        inputMean: Float32Array.of(1, 2),
        inputScale: Float32Array.of(3, 4),
        meanTarget: Float32Array.of(0.5),
        epochs: 3,
      },
    };
    const files = await filesOf('t.model', model);
    const manifest = JSON.parse(text(files.get('t.model/model.json')));
    expect(manifest.userDefinedMetadata).toEqual({
      blocks: model.blocks,
      inputShape: [2],
      targetShape: [1, 1, 1],
      epochs: 3,
    });
    const bytes = files.get('t.model/weights.bin') as Uint8Array;
    await tf.setBackend('cpu');
    const decoded = tf.io.decodeWeights(bytes.slice().buffer, manifest.weightsManifest[0].weights);
    expect(Object.keys(decoded)).toEqual(['0/kernel', 'input/mean', 'input/scale', 'target/mean']);
    expect(decoded['0/kernel']?.shape).toEqual([2, 1]);
    const untrained = await filesOf('m', { kind: 'model', blocks: model.blocks });
    expect([...untrained.keys()]).toEqual(['m/model.json']);
  });
});
