/** Solves the blocks in closed form at the start of a chain, one after another, on the training items. */
import type { SolveContext, SolveItems } from './block';
import type { Chain } from './chain';
import { predictAll } from './predict';
import type { SampleSet } from './trainer';
import { type ArrayValues, initialValues } from './weights';

type Context = Pick<SolveContext, 'breathe' | 'notice'>;

/** Their arrays, by name in the chain. */
export async function solveBlocks(
  chain: Chain,
  samples: SampleSet,
  validation: SampleSet | null,
  context: Context,
): Promise<Map<string, Float32Array>> {
  const values = new Map<string, Float32Array>();
  for (const { index, block, place } of chain.blocks.slice(0, chain.solved)) {
    if (!block.solve) throw new Error(`The block "${block.type}" is said to be solved, but has no solution.`);
    const front = index === 0 ? null : new Map([...initialValues(chain, 0), ...values]);
    const items = await itemsOf(chain, index, samples, front, context);
    const heldOut = validation ? await itemsOf(chain, index, validation, front, context) : null;
    const found = await block.solve(place, items, { ...context, validation: heldOut });
    for (const [name, array] of found) values.set(`${index}/${name}`, array);
  }
  return values;
}

/** What the block at `index` is given, and the targets. `front`: the arrays of the blocks before it, null for none. */
async function itemsOf(
  chain: Chain,
  index: number,
  samples: SampleSet,
  front: ArrayValues | null,
  { breathe }: Context,
): Promise<SolveItems> {
  const count = samples.ids.length;
  const places = Array.from({ length: count }, (_, i) => i);
  const quietly = { breathe, progress: () => {} };
  const x = front ? await predictAll(chain, front, count, samples.inputs, quietly, index) : samples.inputs(places);
  return { count, x, y: samples.targets(places) };
}
