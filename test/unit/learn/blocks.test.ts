/** What is known of blocks before they run: shapes, counts by hand, refusals; and that the arithmetic holds the same arrays. */
import { describe, expect, test } from 'vitest';
import { resolveChain, sizeOfShape } from '../../../src/kit/blocks';
import { autoencoderStages } from '../../../src/kit/blocks/autoencoder';
import { blockRegistry } from '../../../src/kit/blocks/registry';
import { ridgeParams } from '../../../src/kit/blocks/ridge';
import { unetConvolutions } from '../../../src/kit/blocks/unet';
import { defaultParams } from '../../../src/kit/params';
import { buildChain } from '../../../src/learn/chain';
import { autoencoderSpec, linearSpec, mlpSpec, unetSpec, vaeSpec } from './support';

const counted = (specs: Parameters<typeof resolveChain>[1], input: number[], target: number[]) => {
  const chain = resolveChain(blockRegistry, specs, input, target);
  if (!chain.ok) throw new Error(chain.reason);
  return chain;
};

describe('parameter counts', () => {
  test('MLP 1280 -> 512 -> 784', () => {
    // (1280 + 1) 512 + 2 * 512 (scale and shift) + (512 + 1) 784
    expect(counted([mlpSpec({ hiddenUnits: 512 })], [1280], [28, 28, 1]).parameters).toBe(655_872 + 1_024 + 402_192);
  });

  test('MLP without batch normalisation, with two layers and with none', () => {
    const sizes = { hiddenUnits: 3, batchNorm: false };
    expect(counted([mlpSpec({ ...sizes, hiddenLayers: 2 })], [5], [2, 2, 1]).parameters).toBe(6 * 3 + 4 * 3 + 4 * 4);
    expect(counted([mlpSpec({ ...sizes, hiddenLayers: 0 })], [5], [2, 2, 1]).parameters).toBe(6 * 4);
  });

  test('U-Net c = 16 at 28 x 28: channels 16-32-64, one number per weight and bias', () => {
    const convolutions = [
      [1, 16], [16, 16], [16, 32], [32, 32], [32, 64], [64, 64],
      [64, 32], [64, 32], [32, 32], [32, 16], [32, 16], [16, 16],
    ] as const; // biome-ignore format: one level a line
    const expected = convolutions.reduce((sum, [from, to]) => sum + (9 * from + 1) * to, 0) + 17;
    expect(expected).toBe(129_553);
    const chain = counted([unetSpec({ baseChannels: 16, levels: 2 })], [28, 28, 1], [28, 28, 1]);
    expect(chain.parameters).toBe(expected);
    const shapes = chain.blocks[0]?.layers.map(({ outputShape }) => outputShape.join('x'));
    expect(shapes).toContain('7x7x64');
    expect(shapes?.at(-1)).toBe('28x28x1');
  });

  test('VAE 784 -> 256 -> 32 -> 256 -> 784, linear layer and ridge', () => {
    const vae = counted([vaeSpec({ hiddenUnits: 256, latentUnits: 32 })], [784], [28, 28, 1]);
    // 785 * 256 + 2 * 257 * 32 + 33 * 256 + 257 * 784
    expect(vae.parameters).toBe(200_960 + 16_448 + 8_448 + 201_488);
    expect(counted([linearSpec()], [1280], [28, 28, 1]).parameters).toBe(1281 * 784);
    const ridge = { type: 'ridge', version: 1, params: defaultParams(ridgeParams) };
    expect(counted([ridge], [1280], [28, 28, 1]).parameters).toBe(1281 * 784);
  });

  test('autoencoder of Zhang et al. at 64 x 64: kernels 7-5-3-3, 3-3-5-7, and scale and shift per channel', () => {
    const chain = counted([autoencoderSpec({ baseChannels: 64 })], [64, 64, 1], [64, 64, 1]);
    const convolutions =
      49 * 64 + 25 * 64 * 128 + 9 * 128 * 256 + 9 * 256 * 256 + 9 * 256 * 256 + 9 * 256 * 128 + 25 * 128 * 64 + 49 * 64;
    expect(chain.parameters).toBe(convolutions + 2 * (64 + 128 + 256 + 256 + 256 + 128 + 64 + 1));
    const layers = chain.blocks[0]?.layers.filter(({ name }) => name.startsWith('Convolution')) ?? [];
    expect(layers.map(({ outputShape }) => outputShape.join('x'))).toEqual([
      '32x32x64', '16x16x128', '8x8x256', '4x4x256', '8x8x256', '16x16x128', '32x32x64', '64x64x1',
    ]); // biome-ignore format: the way down and the way up
  });

  test('at 28 x 28 the autoencoder comes back through 4 and 7', () => {
    const stages = autoencoderStages({ baseChannels: 1, dropout: 0 }, [28, 28, 1], 1);
    expect(stages.map(({ height }) => height)).toEqual([14, 7, 4, 2, 4, 7, 14, 28]);
    const { layers } = counted([autoencoderSpec()], [28, 28, 1], [28, 28, 1]).blocks[0] ?? { layers: [] };
    expect(layers.filter(({ name }) => name.includes('cut')).map(({ outputShape }) => outputShape[0])).toEqual([7]);
  });

  test.each([
    { specs: [vaeSpec(), autoencoderSpec()], input: [5], target: [9, 6, 2] },
    { specs: [linearSpec()], input: [5, 3], target: [4, 4, 1] },
    { specs: [mlpSpec(), unetSpec()], input: [5], target: [4, 4, 1] },
    { specs: [mlpSpec({ hiddenLayers: 3, batchNorm: false })], input: [2, 3, 4], target: [7] },
    { specs: [unetSpec({ levels: 2, output: 'sigmoid' })], input: [8, 12, 3], target: [8, 12, 2] },
  ])('the arrays that learn are as many as the layers say: $specs.length block(s) at $input', (given) => {
    const told = counted(given.specs, given.input, given.target).parameters;
    const held = buildChain(given.specs, given.input, given.target).blocks.flatMap(({ arrays }) => arrays);
    const learning = held.filter(({ role }) => role !== 'running');
    expect(learning.reduce((sum, { shape }) => sum + sizeOfShape(shape), 0)).toBe(told);
  });

  test('names of convolutions are unique', () => {
    const names = unetConvolutions({ baseChannels: 1, levels: 5, output: 'residual' }, 1, 1).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('refusals', () => {
  const refused = (specs: Parameters<typeof resolveChain>[1], input: number[], target: number[]) => {
    const chain = resolveChain(blockRegistry, specs, input, target);
    return chain.ok ? null : { code: chain.code, text: `${chain.reason} ${chain.cure ?? ''}` };
  };

  test('a U-Net on features', () => {
    expect(refused([unetSpec()], [1280], [28, 28, 1])).toEqual({
      code: 'unet.no-image',
      text:
        'The U-Net refines images (height × width × channel), but it is given 1280 numbers. ' +
        'Put a model.mlp before it, which makes a first image.',
    });
  });

  test('a size that cannot be halved often enough names the largest number of levels', () => {
    const found = refused([unetSpec({ levels: 3 })], [28, 28, 1], [28, 28, 1]);
    expect(found?.code).toBe('unet.levels');
    expect(found?.text).toContain('Set its levels to 2 or less');
    expect(refused([unetSpec({ levels: 1 })], [27, 28, 1], [27, 28, 1])?.text).toContain('even height and width');
    expect(refused([unetSpec({ levels: 3 })], [32, 24, 1], [32, 24, 1])).toBeNull();
  });

  test('another size or other channels than the targets', () => {
    expect(refused([unetSpec()], [28, 28, 1], [32, 32, 1])?.code).toBe('unet.size');
    expect(refused([unetSpec()], [28, 28, 1], [28, 28, 3])?.code).toBe('unet.channels');
    expect(refused([unetSpec({ output: 'sigmoid' })], [28, 28, 1], [28, 28, 3])).toBeNull();
  });

  test('an autoencoder on features or of another size, nothing to map for the dense ones', () => {
    expect(refused([autoencoderSpec()], [1280], [28, 28, 1])?.text).toContain('Put a model.mlp before it');
    expect(refused([autoencoderSpec()], [28, 28, 1], [32, 32, 1])?.code).toBe('autoencoder.size');
    expect(refused([vaeSpec()], [0], [2, 2, 1])?.code).toBe('vae.empty');
    expect(refused([linearSpec()], [0], [2, 2, 1])?.code).toBe('linear.empty');
    const ridge = { type: 'ridge', version: 1, params: defaultParams(ridgeParams) };
    expect(refused([ridge], [0], [2, 2, 1])?.code).toBe('ridge.empty');
    expect(refused([mlpSpec(), ridge], [5], [2, 2, 1])?.code).toBe('model.solved-late');
  });

  test('an empty chain, an unknown block, nothing to map', () => {
    expect(refused([], [4], [2, 2, 1])?.code).toBe('model.empty');
    expect(refused([{ type: 'no-such', version: 1, params: {} }], [4], [2, 2, 1])?.code).toBe('model.unknown-block');
    expect(refused([mlpSpec()], [0], [2, 2, 1])?.code).toBe('mlp.empty');
  });

  test('building such a chain throws with the same words', () => {
    expect(() => buildChain([unetSpec()], [1280], [28, 28, 1])).toThrow(/Put a model.mlp before it|refines images/);
  });
});
