import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../../nodes';
import definition, { type comparableKinds } from '../../../../nodes/view/compare';
import { DataError } from '../../../../src/core/errors';
import { parsePipeline } from '../../../../src/document/parse-pipeline';
import { canConnect } from '../../../../src/graph/can-connect';
import { axis, type PortType } from '../../../../src/kit/port-type';
import type { ImagesValue, PortValue, SeriesValue, TableRow, TableValue } from '../../../../src/kit/values';
import { computeNode, createTestContext, paramsOf } from '../../../support/compute-context';
import { spikesFrom, testItems } from '../../../support/memory-spikes';

type Comparable = Extract<PortValue, { kind: (typeof comparableKinds)[number] }>;

const compare = (
  values: readonly Comparable[],
  given = {},
  reference?: Extract<PortValue, { kind: 'images' | 'labels' }>,
) =>
  computeNode(
    definition,
    { values, ...(reference ? { reference } : {}) } as never,
    paramsOf(definition, given),
    createTestContext(),
  );

const rowsOf = ({ rows }: TableValue, measure: string): readonly TableRow[] =>
  rows.filter((row) => row['measure'] === measure);

const side = 12;
/** Images of one brightness each. */
const imagesOf = (levels: readonly number[], firstId = 0): ImagesValue => ({
  kind: 'images',
  shape: [levels.length, side, side, 1],
  data: Float32Array.from(levels.flatMap((level) => new Array(side * side).fill(level))),
  items: testItems(levels.length, 2, firstId),
});

describe('view.compare', () => {
  it('scores images against the reference, and pairs them by item', async () => {
    const reference = imagesOf([0.5, 0.5, 0.5]);
    const near = imagesOf([0.51, 0.49, 0.51]);
    const far = imagesOf([0.6, 0.4, 0.6]);
    const { table, figure } = await compare([near, far], { names: 'near, far' }, reference);
    const psnr = rowsOf(table, 'PSNR');
    expect(psnr.map((row) => row['result'])).toEqual(['near', 'far']);
    expect(psnr[0]).toMatchObject({ n: 3, unit: 'dB', difference: null, pairs: null });
    expect(psnr[0]?.['mean']).toBeCloseTo(40, 4);
    expect(psnr[1]).toMatchObject({ n: 3, pairs: 3 });
    expect(psnr[1]?.['difference']).toBeCloseTo(-20, 4);
    expect(rowsOf(table, 'SSIM')).toHaveLength(2);
    expect(figure.caption).toContain('near, far. near wins on PSNR over far by 20 dB');
    // Three items are too few for a distribution of differences.
    expect(figure.panels.map(({ title }) => title)).toEqual(['PSNR', 'SSIM']);
  });

  it('compares spikes by their rates, streamed chunk by chunk', async () => {
    const quiet = await spikesFrom([[[0, 10]], [[1, 20]], [[0, 30]]], { unitCount: 2, stepCount: 100 }, 1);
    const busy = await spikesFrom(
      [
        [
          [0, 10],
          [1, 11],
        ],
        [
          [1, 20],
          [0, 21],
        ],
        [
          [0, 30],
          [1, 90],
        ],
      ],
      { unitCount: 2, stepCount: 100 },
      2,
    );
    const { table } = await compare([quiet, busy]);
    const [a, b] = rowsOf(table, 'Rate');
    // 1 spike of 2 units in 0.1 s; twice as many in the other.
    expect(a).toMatchObject({ mean: 5, n: 3, unit: 'Hz' });
    expect(b).toMatchObject({ mean: 10, difference: 5, pairs: 3 });
  });

  it('compares curves by their last values, without an interval that they do not have', async () => {
    const loss = (values: number[]): SeriesValue => ({
      kind: 'series',
      xLabel: 'Training',
      xUnit: 'epochs',
      curves: [
        { name: 'validation', unit: '1', x: Float64Array.from(values, (_, k) => k), y: Float64Array.from(values) },
      ],
    });
    const { table, figure } = await compare([loss([3, 2, 1]), loss([3, 1, 0.5])]);
    expect(rowsOf(table, 'Validation loss, last value')[1]).toMatchObject({
      mean: 0.5,
      difference: -0.5,
      mean_low: null,
      difference_low: null,
    });
    expect(figure.caption).toContain('input 2 wins on validation loss, last value over input 1');
  });

  it('refuses a reference that lacks an item', async () => {
    await expect(compare([imagesOf([0.1], 7), imagesOf([0.2], 7)], {}, imagesOf([0.1]))).rejects.toThrow(DataError);
  });

  it('without any value has an empty table', async () => {
    const { table } = await compare([]);
    expect(table.rows).toEqual([]);
  });

  it('gives the same bits again', async () => {
    const values = [imagesOf([0.1, 0.3]), imagesOf([0.2, 0.25])];
    expect(await compare(values)).toEqual(await compare(values));
  });
});

describe('what view.compare takes', () => {
  const type = (kind: PortType['kind'], width = 28): PortType => ({
    kind,
    axes: [axis('item', 5), axis('height', 28), axis('width', width), axis('channel', 1)],
    unit: '1',
  });
  const infer = (values: PortType[], reference?: PortType) =>
    definition.infer({ values, reference } as never, paramsOf(definition, {}));

  it('are two results or more, of one kind', () => {
    expect(infer([type('images'), type('images')])).toMatchObject({ ok: true });
    expect(infer([type('images'), type('spikes')])).toMatchObject({ ok: false, code: 'compare.kinds', port: 'values' });
    expect(infer([type('images')])).toMatchObject({ ok: false, code: 'compare.single' });
  });

  it('is a reference of the same kind and size', () => {
    expect(infer([type('images'), type('images')], type('images'))).toMatchObject({ ok: true });
    expect(infer([type('rates'), type('rates')], type('images'))).toMatchObject({
      ok: false,
      code: 'compare.reference-kind',
      port: 'reference',
    });
    expect(infer([type('images'), type('images')], type('images', 32))).toMatchObject({
      ok: false,
      code: 'compare.shape',
    });
  });

  it('is any number of wires', () => {
    const { document } = parsePipeline(
      JSON.stringify({
        schema: 1,
        title: 'Compare',
        nodes: [
          { id: 'images', type: 'source.images', v: 1, params: {} },
          { id: 'other', type: 'source.images', v: 1, params: {} },
          { id: 'compare', type: 'view.compare', v: 1, params: {} },
        ],
        wires: [{ id: 'a', from: { node: 'images', port: 'images' }, to: { node: 'compare', port: 'values' } }],
      }),
    );
    const to = { node: 'compare', port: 'values' };
    expect(canConnect(document, catalogue, { from: { node: 'other', port: 'images' }, to })).toEqual({
      ok: true,
      replaces: [],
    });
  });
});
