/** What the page can say of a model before any run: sizes and counts from the node that trains it, else settings in words. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../nodes';
import { parsePipeline } from '../../../src/document/parse-pipeline';
import { modelOutlook } from '../../../src/graph/model-outlook';
import { layerSizes } from '../../../src/panels/preview/layer-sizes';

const shipped = parsePipeline(
  readFileSync(new URL('../../../pipelines/mnist-balanced-unet.json', import.meta.url), 'utf8'),
).document;
const without = (wire: string) => ({ ...shipped, wires: shipped.wires.filter(({ id }) => id !== wire) });
const sizes = (node: string, document = shipped) =>
  modelOutlook(document, catalogue, node, 'model')?.blocks.map((block) => layerSizes(block));

describe('a model that some node trains', () => {
  it('has the sizes of its inputs and targets there', () => {
    expect(sizes('mlp')).toEqual(['1,280 → 512 → 28×28']);
    expect(sizes('unet')).toEqual(['1,280 → 512 → 28×28', '28×28 → 28×28×16 → 14×14×32 → 7×7×64 → back up → 28×28']);
  });
  it('has counts by hand, and says who trains it', () => {
    // Dense 1,280 to 512 with biases, batch normalisation's scale and shift, Dense 512 to 784 with biases.
    const mlp = (1280 + 1) * 512 + 2 * 512 + (512 + 1) * 784;
    expect(modelOutlook(shipped, catalogue, 'mlp', 'model')).toMatchObject({
      parameters: mlp,
      trained: false,
      note: 'Trained by Train',
    });
    const both = modelOutlook(shipped, catalogue, 'unet', 'model');
    expect(both?.parameters).toBeGreaterThan(mlp);
    expect(both).toEqual({ ...modelOutlook(shipped, catalogue, 'train', 'model'), note: 'Trained by Train' });
  });
});

describe('a model that no node trains', () => {
  it('has its settings in words', () => {
    const outlook = modelOutlook(without('unet-train'), catalogue, 'unet', 'model');
    expect(outlook?.parameters).toBeNull();
    expect(outlook?.note).toBeUndefined();
    expect(outlook?.blocks).toEqual([
      { type: 'mlp', layers: [], settings: 'a hidden layer of 512 units, sigmoid output' },
      { type: 'unet', layers: [], settings: '2 levels from 16 channels, corrects its input' },
    ]);
  });
  it('has them too where the targets are not wired', () => {
    const outlook = modelOutlook(without('images-train'), catalogue, 'mlp', 'model');
    expect(outlook).toMatchObject({ parameters: null, blocks: [{ settings: expect.stringContaining('512 units') }] });
  });
});

it('other outputs have none', () => {
  expect(modelOutlook(shipped, catalogue, 'images', 'images')).toBeNull();
  expect(modelOutlook(shipped, catalogue, 'train', 'loss')).toBeNull();
  expect(modelOutlook(shipped, catalogue, 'nobody', 'model')).toBeNull();
});

describe('layer sizes', () => {
  const block = (...shapes: number[][]) => ({
    type: 'any',
    layers: shapes.map((outputShape) => ({ name: '', outputShape, parameters: 1 })),
  });
  it('say a size once and a way that does not return in full', () => {
    expect(layerSizes(block([10], [10], [4]))).toBe('10 → 4');
    expect(layerSizes(block([8, 8, 2], [4, 4, 4], [8, 8, 1]))).toBe('8×8×2 → 4×4×4 → 8×8');
  });
  it('say nothing of no layers', () => expect(layerSizes({ type: 'any', layers: [] })).toBe(''));
});
