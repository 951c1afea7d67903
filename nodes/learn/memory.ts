/**
 * Memory of training and of running a model, from the sizes of its layers: weights, gradients and moments, the values of all
 * layers for the items that go through at a time, and the arrays that are read and made.
 */
import { formatBytes } from '../../src/core/units';
import { type BlockSpec, type ChainResolution, type ItemShape, resolveChain, sizeOfShape } from '../../src/kit/blocks';
import { blockRegistry } from '../../src/kit/blocks/registry';
import type { InferredType } from '../../src/kit/define-node';
import { bytesOfTypes, type MemoryEstimate, type WiredTypes } from '../../src/kit/memory-need';
import { sizeOf } from '../../src/kit/port-type';
import { itemShape } from './item-shape';

/** Bytes of a number, and of one where a system of equations is solved. */
const single = 4;
const double = 8;
/** Each value of a layer, its gradient, and what lies between layers: masks of ReLU, joined and up-sampled images. */
const keptPerValue = 3;
/** Items that go through at a time when a model is run (src/learn/predict.ts). */
const runAtATime = 16;

type Block = ChainResolution['blocks'][number];

const isSolved = ({ spec }: Block): boolean => blockRegistry.get(spec.type)?.closedForm === true;
const valuesOf = ({ layers }: Block): number => layers.reduce((sum, layer) => sum + sizeOfShape(layer.outputShape), 0);
const weightsOf = ({ layers }: Block): number => layers.reduce((sum, layer) => sum + layer.parameters, 0);

function chainOf(blocks: readonly BlockSpec[] | undefined, input: ItemShape | null, target: ItemShape | null) {
  const chain = blocks && input && target ? resolveChain(blockRegistry, blocks, input, target) : null;
  return chain?.ok ? chain.blocks : [];
}

/** Copies of all training items, and the matrix of the equations with its factor, as small as items or features allow. */
function solving(block: Block, items: number): number {
  const [from, to] = [sizeOfShape(block.input), sizeOfShape(block.output)];
  return 2 * single * items * (from + to) + 2 * double * Math.min(items, from) ** 2;
}

const first = (types: WiredTypes, port: string): InferredType | undefined => types[port]?.[0];

export const trainingNeed: MemoryEstimate = ({ inputs, outputs }, params) => {
  const { batchSize, microBatch } = params as { readonly batchSize: number; readonly microBatch: number };
  const given = first(inputs, 'inputs');
  const chain = chainOf(first(inputs, 'model')?.blocks, itemShape(given), itemShape(first(inputs, 'targets')));
  const items = (given && sizeOf(given, 'item')) ?? 0;
  let weights = 0;
  let layers = 0;
  let solved = 0;
  for (const block of chain) {
    if (isSolved(block)) {
      weights += single * weightsOf(block);
      solved += solving(block, items);
      continue;
    }
    // Blocks of images see a micro-batch at a time, others the whole batch.
    const atATime = block.output.length === 3 ? Math.min(microBatch, batchSize) : batchSize;
    weights += 4 * single * weightsOf(block);
    layers += keptPerValue * single * valuesOf(block) * atATime;
  }
  const data = bytesOfTypes(inputs) + bytesOfTypes(outputs);
  const bytes = weights + layers + solved + data;
  const parts = [
    `${formatBytes(weights)} for weights, gradients and moments`,
    `${formatBytes(layers)} for the layers`,
    ...(solved > 0 ? [`${formatBytes(solved)} to solve what has a closed form`] : []),
    `${formatBytes(data)} for inputs and targets`,
  ];
  const message = `Training this model would take about ${formatBytes(bytes)} of memory: ${parts.join(', ')}.`;
  const most = Math.max(weights, layers, solved, data);
  if (most === layers && layers > 0) {
    return { bytes, message, param: 'batchSize', cure: 'Lower the batch and the micro-batch, or take smaller layers.' };
  }
  const cure =
    most === weights ? 'Take smaller layers, or fewer features.' : 'Train on fewer items, or on fewer features.';
  return bytes > 0 ? { bytes, message, cure } : null;
};

/** Of learn.predict and learn.classify. */
export const runningNeed: MemoryEstimate = ({ inputs, outputs }) => {
  const model = first(inputs, 'model');
  const trained = model?.trained;
  const chain = chainOf(model?.blocks, trained?.input ?? null, trained?.target ?? null);
  const weights = single * chain.reduce((sum, block) => sum + weightsOf(block), 0);
  const layers = single * runAtATime * chain.reduce((sum, block) => sum + valuesOf(block), 0);
  const data = bytesOfTypes(inputs) + bytesOfTypes(outputs);
  const bytes = weights + layers + data;
  if (bytes === 0) return null;
  return {
    bytes,
    message: `Running this model would take about ${formatBytes(bytes)} of memory: ${formatBytes(weights)} for weights, ${formatBytes(layers)} for the layers, ${formatBytes(data)} for inputs and results.`,
    cure: 'Take a smaller model, or fewer items.',
  };
};
