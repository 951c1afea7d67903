/** A model to files and back: the same bits and the same predictions; files that do not fit are refused by name. */
import { zipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import predict from '../../../../nodes/learn/predict';
import train from '../../../../nodes/learn/train';
import source from '../../../../nodes/source/model';
import { SpikeloomError } from '../../../../src/core/errors';
import { exportModel } from '../../../../src/data/export/export-model';
import { startTensors } from '../../../../src/kernels/start';
import type { ModelValue } from '../../../../src/kit/values';
import { computeNode, createTestContext, paramsOf } from '../../../support/compute-context';
import { quadrants, smallModel } from '../learn/support';

type Files = Record<string, Uint8Array>;

/** What a node that was given these files makes of them. */
async function load(files: Files): Promise<ModelValue> {
  const params = paramsOf(source, {
    files: Object.entries(files).map(([name, bytes]) => ({ name, hash: name, bytes: bytes.length })),
  });
  const assets = {
    read: () => Promise.reject(new Error('No prepared data here.')),
    imported: (hash: string) => Promise.resolve(files[hash] as Uint8Array),
  };
  return (await computeNode(source, {}, params, createTestContext({ assets }))).model;
}

async function refusal(files: Files): Promise<SpikeloomError['details']> {
  const thrown = await load(files).then(
    () => null,
    (error: unknown) => error,
  );
  if (thrown instanceof SpikeloomError) return thrown.details;
  throw new Error('It was not refused with words.', { cause: thrown });
}

const filesOf = (model: ModelValue): Files =>
  Object.fromEntries(exportModel('train.model', model).map(({ path, bytes }) => [path, bytes]));
const json = (files: Files) => JSON.parse(new TextDecoder().decode(files['train.model/model.json']));
const withJson = (files: Files, change: (text: ReturnType<typeof json>) => void): Files => {
  const text = json(files);
  change(text);
  return { ...files, 'train.model/model.json': new TextEncoder().encode(JSON.stringify(text)) };
};

const data = quadrants(40);
let trained: ModelValue;
let files: Files;

beforeAll(async () => {
  await startTensors('wasm');
  const params = paramsOf(train, { epochs: 3, warmUpEpochs: 1, batchSize: 16, validationFraction: 0.1 });
  const inputs = { model: smallModel, inputs: data.features, targets: data.images };
  trained = (await computeNode(train, inputs, params, createTestContext())).model;
  files = filesOf(trained);
});

describe('a round trip', () => {
  test('gives the same model to the last bit, from two files and from one archive', async () => {
    expect(await load(files)).toStrictEqual(trained);
    expect(await load({ 'a.zip': zipSync(files, { level: 6 }) })).toStrictEqual(trained);
  });

  test('predicts the same bits', async () => {
    const predicted = async (model: ModelValue) => {
      const inputs = { model, inputs: data.features };
      return (await computeNode(predict, inputs, { split: 'test' }, createTestContext())).images.data;
    };
    expect(await predicted(await load(files))).toStrictEqual(await predicted(trained));
  });

  test('keeps numbers that JSON has no word for, and weights in several files', async () => {
    const bytes = files['train.model/weights.bin'] as Uint8Array;
    const split = withJson(files, (text) => {
      text.weightsManifest[0].paths = ['weights.bin', 'more.bin'];
    });
    split['train.model/weights.bin'] = bytes.slice(0, 100);
    split['train.model/more.bin'] = bytes.slice(100);
    expect(await load(split)).toStrictEqual(trained);
  });
});

describe('refuses', () => {
  test('a file cut short, with both lengths', async () => {
    const bytes = files['train.model/weights.bin'] as Uint8Array;
    const details = await refusal({ ...files, 'train.model/weights.bin': bytes.slice(0, -4) });
    expect(details).toMatchObject({ code: 'model.weights-size', path: 'weights.bin' });
    expect(details.found).toBe(`${(bytes.length - 4).toLocaleString('en-US')} bytes`);
  });

  test('weights of another shape, with the name of the array', async () => {
    const other = withJson(files, (text) => {
      text.userDefinedMetadata.blocks[0].params.hiddenUnits = 17;
    });
    expect(await refusal(other)).toMatchObject({
      code: 'model.weights',
      message: expect.stringContaining('0/dense1.weights'),
      found: '10 × 16',
      expected: '10 × 17',
    });
  });

  test('an array too many, one too few, and one that is no number', async () => {
    const renamed = withJson(files, (text) => {
      text.weightsManifest[0].weights[0].name = 'other';
    });
    expect(await refusal(renamed)).toMatchObject({ code: 'model.weights', found: 'nothing' });
    const fewer = withJson(files, (text) => {
      text.userDefinedMetadata.blocks.pop();
    });
    expect((await refusal(fewer)).code).toBe('model.weights');
    const bytes = (files['train.model/weights.bin'] as Uint8Array).slice();
    new DataView(bytes.buffer).setFloat32(0, Number.NaN, true);
    expect(await refusal({ ...files, 'train.model/weights.bin': bytes })).toMatchObject({
      code: 'model.weights',
      found: 'NaN at place 0',
    });
  });

  test('blocks and parameters that this version does not know', async () => {
    const unknown = withJson(files, (text) => {
      text.userDefinedMetadata.blocks[0].type = 'transformer';
    });
    expect(await refusal(unknown)).toMatchObject({ code: 'model.form', found: 'a block "transformer"' });
    const wild = withJson(files, (text) => {
      text.userDefinedMetadata.blocks[0].params.dropout = 7;
    });
    expect((await refusal(wild)).found).toContain('"dropout" of the block "mlp"');
    const newer = withJson(files, (text) => {
      text.userDefinedMetadata.blocks[0].version = 99;
    });
    expect((await refusal(newer)).code).toBe('model.newer');
  });

  test('weights or description alone, no model, and no JSON', async () => {
    const { 'train.model/model.json': description, 'train.model/weights.bin': weights } = files as {
      [name: string]: Uint8Array;
    };
    expect((await refusal({ 'model.json': description as Uint8Array })).code).toBe('model.no-weights');
    expect((await refusal({ 'weights.bin': weights as Uint8Array })).code).toBe('model.description');
    expect((await refusal({ 'model.json': new TextEncoder().encode('{"format":"layers-model"}') })).code).toBe(
      'model.form',
    );
    expect((await refusal({ 'model.json': new TextEncoder().encode('PK') })).code).toBe('model.form');
    expect((await refusal(filesOf(smallModel))).code).toBe('model.untrained');
    expect((await refusal({})).code).toBe('model.no-files');
  });

  test('no file, before a run', () => {
    expect(source.infer({}, paramsOf(source))).toMatchObject({ ok: false, code: 'model.no-files', param: 'files' });
  });
});
