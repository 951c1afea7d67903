/** What is known of blocks before they run: shapes, counts by hand, refusals; and that the arithmetic holds the same arrays. */
import { describe, expect, test } from 'vitest';
import { resolveChain, sizeOfShape } from '../../../src/kit/blocks';
import { blockRegistry } from '../../../src/kit/blocks/registry';
import { unetConvolutions } from '../../../src/kit/blocks/unet';
import { buildChain } from '../../../src/learn/chain';
import { mlpSpec, unetSpec } from './support';

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

  test.each([
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

  test('an empty chain, an unknown block, nothing to map', () => {
    expect(refused([], [4], [2, 2, 1])?.code).toBe('model.empty');
    expect(refused([{ type: 'vae', version: 1, params: {} }], [4], [2, 2, 1])?.code).toBe('model.unknown-block');
    expect(refused([mlpSpec()], [0], [2, 2, 1])?.code).toBe('mlp.empty');
  });

  test('building such a chain throws with the same words', () => {
    expect(() => buildChain([unetSpec()], [1280], [28, 28, 1])).toThrow(/Put a model.mlp before it|refines images/);
  });
});
