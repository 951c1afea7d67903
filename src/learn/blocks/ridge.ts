/** Arithmetic of ridge regression (src/kit/blocks/ridge.ts): solved on the training items, then a fixed linear map. */
import { NodeComputeError } from '../../core/errors';
import { sizeOfShape } from '../../kit/blocks';
import type { RidgeParams } from '../../kit/blocks/ridge';
import { tf } from '../../tensor/tf';
import type { ArraySpec, BlockPlace, ForwardContext, LearnBlock, SolveContext } from '../block';
import { dense, flat } from '../layers/dense';
import { chooseLambda } from '../solve/choose-lambda';
import { type LinearMap, type Regression, RidgeProblem } from '../solve/ridge-regression';

type Place = BlockPlace<RidgeParams>;

function arrays({ input, output }: Place): ArraySpec[] {
  const [inputs, outputs] = [sizeOfShape(input), sizeOfShape(output)];
  const solved = (name: string, shape: number[]): ArraySpec => ({
    name,
    shape,
    initial: { kind: 'constant', value: 0 },
    role: 'solved',
  });
  return [solved('weights', [inputs, outputs]), solved('bias', [outputs]), solved('lambda', [1])];
}

function forward({ output }: Place, x: tf.Tensor, context: ForwardContext): tf.Tensor {
  const y = dense(flat(x), context.array('weights'), context.array('bias'), { relu: false, inputGradient: false });
  return tf.reshape(y, [y.shape[0], ...output]);
}

async function solve({ params }: Place, items: Regression, context: SolveContext) {
  const { lambda, map } =
    params.penalty === 'auto' ? await chosen(items, context) : await given(items, params.lambda, context);
  return new Map([
    ['weights', map.weights],
    ['bias', map.bias],
    ['lambda', Float32Array.of(lambda)],
  ]);
}

async function given(items: Regression, lambda: number, { breathe }: SolveContext) {
  const map = await (await RidgeProblem.of(items, breathe)).solve(lambda);
  if (!map) throw singular(`lambda ${lambda}`);
  return { lambda, map };
}

/** By the validation items; where there are none, by every fifth training item, and then solved on all. */
async function chosen(items: Regression, { breathe, notice, validation }: SolveContext) {
  const own = validation === null && items.count >= 5;
  const fit = own ? everyFifth(items, false) : items;
  const heldOut = own ? everyFifth(items, true) : validation;
  const problem = await RidgeProblem.of(fit, breathe);
  if (!heldOut) return given(items, items.count, { breathe, notice, validation });
  const best = await chooseLambda(
    (lambda) => problem.solve(lambda),
    (map) => meanSquaredError(map, heldOut),
  );
  if (!best) throw singular('no lambda of the grid');
  const edge = best.atEdge ? ', the end of the grid: a better one may lie beyond' : '';
  notice(`Ridge: lambda ${best.lambda} has the smallest error on ${heldOut.count} held-out items${edge}.`);
  if (!own) return best;
  return given(items, best.lambda, { breathe, notice, validation });
}

function everyFifth({ count, x, y }: Regression, taken: boolean): Regression {
  const places = Array.from({ length: count }, (_, i) => i).filter((i) => (i % 5 === 4) === taken);
  const pick = (values: Float32Array) => {
    const width = values.length / count;
    const out = new Float32Array(places.length * width);
    for (const [k, i] of places.entries()) out.set(values.subarray(i * width, (i + 1) * width), k * width);
    return out;
  };
  return { count: places.length, x: pick(x), y: pick(y) };
}

async function meanSquaredError({ weights, bias }: LinearMap, { count, x, y }: Regression): Promise<number> {
  const outputs = bias.length;
  const error = tf.tidy(() => {
    const product = tf.matMul(
      tf.tensor2d(x, [count, x.length / count]),
      tf.tensor2d(weights, [x.length / count, outputs]),
    );
    return tf.mean(tf.square(tf.sub(tf.add(product, tf.tensor1d(bias)), tf.tensor2d(y, [count, outputs]))));
  });
  const [value = Number.NaN] = await error.data<'float32'>();
  error.dispose();
  return value;
}

const singular = (found: string): NodeComputeError =>
  new NodeComputeError({
    code: 'ridge.singular',
    message:
      'The ridge regression has no solution in double precision: the inputs are collinear and lambda is too small.',
    port: 'model',
    found,
    expected: 'a positive definite matrix',
    cure: 'Raise the lambda of model.ridge.',
  });

export const ridge: LearnBlock = { type: 'ridge', arrays, dropoutSites: () => [], slicing: 'batch', forward, solve };
