/** The arrays of a chain on the device, by name: made from the seed or from stored values, read back as plain arrays. */
import { ShapeMismatchError } from '../core/errors';
import type { NamedArray } from '../kit/values';
import { tf } from '../tensor/tf';
import { learns } from './block';
import { arrayName, type Chain } from './chain';
import { initialArray } from './initialise';

export type ArrayValues = ReadonlyMap<string, Float32Array>;

/** Starting values of every array of a chain. */
export function initialValues(chain: Chain, seed: number): ArrayValues {
  const values = new Map<string, Float32Array>();
  for (const block of chain.blocks) {
    for (const [at, spec] of block.arrays.entries()) {
      values.set(arrayName(block, spec), initialArray(spec, seed, block.index, at));
    }
  }
  return values;
}

export class Weights {
  private constructor(private readonly variables: Map<string, tf.Variable>) {}

  /** Copies `values` to the device. Throws ShapeMismatchError if an array is missing or of another size. */
  static of(chain: Chain, values: ArrayValues): Weights {
    const weights = new Weights(new Map());
    for (const block of chain.blocks) {
      for (const spec of block.arrays) {
        const name = arrayName(block, spec);
        const value = values.get(name);
        const size = tf.util.sizeFromShape([...spec.shape]);
        if (value?.length !== size) {
          weights.dispose();
          throw new ShapeMismatchError({
            code: 'model.weights',
            message: `The trained weights do not fit the model: "${name}".`,
            found: value ? `${value.length} numbers` : 'nothing',
            expected: `${size} numbers`,
            cure: 'Train the model again.',
          });
        }
        weights.variables.set(
          name,
          tf.tidy(() => tf.variable(tf.tensor(value, [...spec.shape]), learns(spec))),
        );
      }
    }
    return weights;
  }

  get(name: string): tf.Variable {
    const variable = this.variables.get(name);
    if (!variable) throw new Error(`There is no array "${name}" in this model.`);
    return variable;
  }

  async read(): Promise<Map<string, Float32Array>> {
    const values = new Map<string, Float32Array>();
    for (const [name, variable] of this.variables) values.set(name, (await variable.data<'float32'>()).slice());
    return values;
  }

  dispose(): void {
    for (const variable of this.variables.values()) variable.dispose();
    this.variables.clear();
  }
}

/** As they are stored in a model value. */
export function namedArrays(chain: Chain, values: ArrayValues): NamedArray[] {
  return chain.blocks.flatMap((block) =>
    block.arrays.map((spec) => {
      const name = arrayName(block, spec);
      return { name, shape: spec.shape, data: values.get(name) as Float32Array };
    }),
  );
}

/**
 * Throws ShapeMismatchError unless `given` are exactly the arrays of the chain and the `further` ones, each of its shape:
 * what a model from a file has to show.
 */
export function checkWeights(
  chain: Chain,
  given: readonly NamedArray[],
  further: readonly { readonly name: string; readonly shape: readonly number[] }[],
): void {
  const wanted = [
    ...chain.blocks.flatMap((block) =>
      block.arrays.map((spec) => ({ name: arrayName(block, spec), shape: spec.shape })),
    ),
    ...further,
  ];
  const found = new Map(given.map((array) => [array.name, array]));
  const refuse = (name: string, is: string, expected: string) =>
    new ShapeMismatchError({
      code: 'model.weights',
      message: `The weights do not fit the blocks of the model: "${name}".`,
      found: is,
      expected,
      cure: 'The file was changed after it was saved, or joins two models: save the model again.',
    });
  for (const { name, shape } of wanted) {
    const array = found.get(name);
    const expected = shape.join(' × ');
    if (!array) throw refuse(name, 'nothing', expected);
    if (array.shape.join(' × ') !== expected) throw refuse(name, array.shape.join(' × '), expected);
    const bad = array.data.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw refuse(name, `${array.data[bad]} at place ${bad}`, 'finite numbers');
    found.delete(name);
  }
  const [left] = found.keys();
  if (left !== undefined) throw refuse(left, 'an array that no block asks for', 'the arrays of the blocks alone');
}
