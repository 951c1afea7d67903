/**
 * The Gaussian code inside a trained chain (that of its last block that has one): codes of items, and what the rest of the
 * chain makes of any code. As in prediction: no noise, no dropout.
 */
import { sizeOfShape } from '../kit/blocks';
import type { ComputeContext } from '../kit/context';
import { tf } from '../tensor/tf';
import type { LatentCode } from './block';
import type { Chain, ChainBlock } from './chain';
import { contextOf, predictSlice } from './forward';
import type { ReadyModel } from './trained-model';
import { Weights } from './weights';

/** Small enough for a cancel to be heard in time where convolutions stand behind the code. */
const sliceSize = 16;

type Context = Pick<ComputeContext, 'breathe' | 'progress'>;

interface CodeBlock {
  readonly block: ChainBlock;
  readonly latent: LatentCode;
  readonly units: number;
}

/** Null where no block of the chain has a code. */
export function codeBlock({ blocks }: Chain): CodeBlock | null {
  const block = blocks.findLast((each) => each.block.latent);
  const latent = block?.block.latent;
  return block && latent ? { block, latent, units: latent.units(block.place) } : null;
}

export interface Codes {
  /** [item, unit] */
  readonly mean: Float32Array;
  readonly logVariance: Float32Array;
}

/** Of the items of `ready`. */
export async function encodeItems(ready: ReadyModel, code: CodeBlock, context: Context): Promise<Codes> {
  const { chain, count } = ready;
  const { block, latent, units } = code;
  const codes = { mean: new Float32Array(count * units), logVariance: new Float32Array(count * units) };
  const weights = Weights.of(chain, ready.values);
  try {
    for (let from = 0; from < count; from += sliceSize) {
      const places = Array.from({ length: Math.min(sliceSize, count - from) }, (_, k) => from + k);
      const [mean, logVariance] = tf.tidy(() => {
        const x = tf.tensor(ready.inputs(places), [places.length, ...chain.input]);
        const found = latent.encode(
          block.place,
          predictSlice(chain, weights, x, block.index),
          contextOf(block, weights),
        );
        return [found.mean, found.logVariance];
      }) as [tf.Tensor, tf.Tensor];
      try {
        codes.mean.set(await mean.data<'float32'>(), from * units);
        codes.logVariance.set(await logVariance.data<'float32'>(), from * units);
      } finally {
        tf.dispose([mean, logVariance]);
      }
      context.progress(from + places.length, count, 'codes');
      await context.breathe();
    }
  } finally {
    weights.dispose();
  }
  return codes;
}

/** What the chain gives for codes [count, unit]: [count, ...target], row major, within 0..1. */
export async function decodeCodes(
  ready: ReadyModel,
  code: CodeBlock,
  codes: Float32Array,
  context: Context,
): Promise<Float32Array> {
  const { chain } = ready;
  const { block, latent, units } = code;
  const count = codes.length / units;
  const width = sizeOfShape(chain.output);
  const result = new Float32Array(count * width);
  const weights = Weights.of(chain, ready.values);
  try {
    for (let from = 0; from < count; from += sliceSize) {
      const n = Math.min(sliceSize, count - from);
      const y = tf.tidy(() => {
        const z = tf.tensor2d(codes.subarray(from * units, (from + n) * units), [n, units]);
        const painted = latent.decode(block.place, z, contextOf(block, weights));
        const end = predictSlice(chain, weights, painted, chain.blocks.length, block.index + 1);
        return tf.clipByValue(end, 0, 1);
      });
      try {
        result.set(await y.data<'float32'>(), from * width);
      } finally {
        y.dispose();
      }
      context.progress(from + n, count, 'images');
      await context.breathe();
    }
  } finally {
    weights.dispose();
  }
  return result;
}
