/** The model nodes: they append blocks, say the chain on the wire, and refuse a trained model. */
import { describe, expect, test } from 'vitest';
import autoencoder from '../../../../nodes/model/autoencoder';
import linear from '../../../../nodes/model/linear';
import mlp from '../../../../nodes/model/mlp';
import ridge from '../../../../nodes/model/ridge';
import unet from '../../../../nodes/model/unet';
import vae from '../../../../nodes/model/vae';
import { defaultParams } from '../../../../src/kit/params';
import { computeNode, createTestContext, paramsOf } from '../../../support/compute-context';

describe('what is on the wire before a run', () => {
  test('the chain grows by one block per node', () => {
    const first = mlp.infer({ model: undefined }, defaultParams(mlp.params));
    if (!first.ok) throw new Error(first.reason);
    expect(first.outputs.model.note).toBe('mlp');
    const second = unet.infer({ model: first.outputs.model }, defaultParams(unet.params));
    if (!second.ok) throw new Error(second.reason);
    expect(second.outputs.model.note).toBe('mlp → unet');
    expect(second.outputs.model.blocks?.map(({ type }) => type)).toEqual(['mlp', 'unet']);
    expect(second.outputs.model.blocks?.[1]?.params).toEqual({ baseChannels: 16, levels: 2, output: 'residual' });
  });

  test.each([
    ['vae', vae, { latentUnits: 32, hiddenUnits: 256, beta: 1 }, '32 latent, 256 hidden, β = 1'],
    ['autoencoder', autoencoder, { baseChannels: 64, dropout: 0.25 }, 'c = 64, dropout 0.25'],
    ['linear', linear, { outputActivation: 'linear' }, 'linear output'],
    ['ridge', ridge, { penalty: 'auto', lambda: 100 }, 'λ by held-out error'],
  ] as const)('%s says its chain, its defaults and its settings in words', async (type, node, params, words) => {
    const defaults = defaultParams(node.params) as never;
    expect(defaults).toEqual(params);
    expect(node.keyInfo?.(defaults, {})).toBe(words);
    const found = node.infer({ model: undefined }, defaults);
    if (!found.ok) throw new Error(found.reason);
    expect(found.outputs.model).toMatchObject({ note: type, blocks: [{ type, version: 1, params }] });
    const { model } = await computeNode(
      node as unknown as typeof mlp,
      { model: undefined },
      defaults,
      createTestContext(),
    );
    expect(model).toEqual({ kind: 'model', blocks: [{ type, version: 1, params }] });
  });

  test('a trained model is refused with the cure', () => {
    const trained = { kind: 'model', axes: [], unit: '1', trained: { input: [3], target: [2, 2, 1] } } as const;
    const found = unet.infer({ model: trained }, defaultParams(unet.params));
    expect(found).toMatchObject({ ok: false, code: 'model.trained', port: 'model' });
  });
});

test('computing appends the same block and leaves the input as it was', async () => {
  const context = createTestContext();
  const { model } = await computeNode(mlp, { model: undefined }, paramsOf(mlp, { hiddenUnits: 32 }), context);
  const chain = await computeNode(unet, { model }, paramsOf(unet), context);
  expect(model.blocks).toHaveLength(1);
  expect(chain.model.blocks.map(({ type, version }) => [type, version])).toEqual([
    ['mlp', 1],
    ['unet', 1],
  ]);
  expect(chain.model.blocks[0]?.params).toMatchObject({
    hiddenUnits: 32,
    dropout: mlp.params.dropout.parse(undefined),
  });
  expect(chain.model.trained).toBeUndefined();
});

test('parameters out of range are refused', () => {
  expect(() => paramsOf(mlp, { dropout: 1 })).toThrow();
  expect(() => paramsOf(mlp, { hiddenUnits: 0 })).toThrow();
  expect(() => paramsOf(unet, { levels: 0 })).toThrow();
  expect(() => paramsOf(unet, { baseChannels: 2.5 })).toThrow();
});
