/** How well two conditions are told apart: d' of each unit and of all together, and linear Fisher information. */
import { Purpose, permutation } from '../core/random/draws';
import { decodeClasses } from './class-decoder';
import type { InformationOptions } from './class-information';
import { dPrime, rootMeanSquare, twoSamples } from './discriminability';
import type { FeatureMatrix } from './feature-scaling';
import { linearFisher, mostUnits, unitSquares } from './fisher-information';
import { drawFolds } from './folds';
import { foldGroups, groupInterval, groupPositions } from './grouped-items';
import { drawBlocks, jackknifeInterval } from './jackknife';
import { type Measure, type MeasureName, measured, undefinedMeasure } from './measure';

export interface StepInformation {
  readonly measures: readonly Measure[];
  /** Unbiased d'^2 of each unit; NaN for one that does not vary. */
  readonly squares: Float64Array;
}

export interface Step {
  /** "class 0 against class 1". */
  readonly name: string;
  /** Positions of the items of both conditions. */
  readonly first: readonly number[];
  readonly second: readonly number[];
  /** Their difference, and its unit to the power -2. */
  readonly size: number;
  readonly unit: string;
}

const maxBlocks = 20;

const name = (measure: string, label: string, unit: string, perSpike: boolean): MeasureName => ({
  measure,
  label,
  unit,
  overWhat: 'units',
  perSpike,
});

const unitsName = name("d' unit", "d' of a unit, root mean square", '1', false);
const pooledName = name("d' pooled", "d' of all units, linear decoder", '1', false);

/** `units`: how many units, drawn at random, the Fisher information is of; 0 for all. */
export async function stepInformation(
  features: FeatureMatrix,
  stimuli: ArrayLike<number>,
  step: Step,
  units: number,
  options: InformationOptions,
): Promise<StepInformation> {
  const names = [
    unitsName,
    pooledName,
    name('fisher', 'Linear Fisher information', step.unit, true),
    name('fisher shuffled', 'The same, trials shuffled', step.unit, true),
  ] as const;
  const n = step.first.length + step.second.length;
  if (step.first.length < 3 || step.second.length < 3) {
    const why = `${step.name}: ${step.first.length} and ${step.second.length} items, at least 3 of each are needed.`;
    return { measures: names.map((each) => undefinedMeasure(each, n, why)), squares: new Float64Array(0) };
  }
  const squares = unitSquares(features, step.first, step.second);
  const known = Array.from(squares.keys()).filter((unit) => !Number.isNaN(squares[unit]));
  if (known.length === 0) {
    const why = `${step.name}: no unit varies.`;
    return { measures: names.map((each) => undefinedMeasure(each, n, why)), squares };
  }
  const chosen = drawUnits(known, units, options.seed);
  const note = remark(step, features, squares);
  const blockCount = Math.min(maxBlocks, step.first.length, step.second.length);
  const blocks = blocksOf(step, blockCount, options.seed);
  // One pass without each block serves every sum over units.
  const without: Float64Array[] = [];
  for (let b = 0; b < blockCount && options.resamples > 0; b++) {
    without.push(unitSquares(features, step.first, step.second, (item) => blocks.get(item) === b));
    await options.rest();
  }
  const interval = (estimate: number, statistic: (squares: Float64Array) => number) =>
    jackknifeInterval(estimate, without.length, (b) => statistic(without[b] as Float64Array), options.rest);
  const rms = rootMeanSquare(squares);
  // A unit that no longer varies once a block is left out then tells nothing.
  const shuffled = (of: Float64Array) =>
    chosen.reduce((sum, unit) => sum + (Number.isNaN(of[unit]) ? 0 : (of[unit] as number)), 0) / step.size ** 2;
  return {
    measures: [
      measured(unitsName, {
        value: rms,
        interval: await interval(rms, rootMeanSquare),
        n,
        over: known.length,
        chance: 0,
        note,
      }),
      await pooled(features, stimuli, step, options),
      await fisher(features, step, chosen, names[2], options, note),
      measured(names[3], {
        value: shuffled(squares),
        interval: await interval(shuffled(squares), shuffled),
        chance: 0,
        n,
        over: chosen.length,
        note,
      }),
    ],
    squares,
  };
}

function drawUnits(known: readonly number[], wanted: number, seed: number): number[] {
  if (wanted === 0 || wanted >= known.length) return [...known];
  const order = permutation({ seed, purpose: Purpose.sample, item: 1 }, known.length);
  return Array.from(order.subarray(0, wanted), (k) => known[k] as number).sort((a, b) => a - b);
}

/** Block of each item: every block holds its share of both conditions. */
function blocksOf({ first, second }: Step, count: number, seed: number): Map<number, number> {
  const of = (positions: readonly number[]) => {
    const drawn = drawBlocks(positions.length, count, seed);
    return positions.map((item, k) => [item, drawn[k] as number] as const);
  };
  return new Map([...of(first), ...of(second)]);
}

/** Which units had to be left out, in words. */
function remark(step: Step, { data, width }: FeatureMatrix, squares: Float64Array): string {
  let sure = 0;
  const [a, b] = [step.first[0] as number, step.second[0] as number];
  for (let unit = 0; unit < width; unit++) {
    if (Number.isNaN(squares[unit]) && data[a * width + unit] !== data[b * width + unit]) sure++;
  }
  return sure > 0 ? `${step.name}. ${sure} units that differ without varying are left out.` : `${step.name}.`;
}

async function pooled(
  features: FeatureMatrix,
  stimuli: ArrayLike<number>,
  step: Step,
  options: InformationOptions,
): Promise<Measure> {
  const items = [...step.first, ...step.second];
  const classes = Int32Array.from(items, (_, k) => (k < step.first.length ? 0 : 1));
  const own = items.map((item) => stimuli[item] as number);
  const groups = foldGroups(own, classes);
  const sides = [0, 1].map((side) => new Set(groups.filter((_, k) => classes[k] === side)).size);
  if (sides.some((count) => count < 2)) {
    return undefinedMeasure(pooledName, items.length, `${step.name}: a condition has a single stimulus.`);
  }
  const { width } = features;
  const data = new Float64Array(items.length * width);
  items.forEach((item, k) => {
    for (let j = 0; j < width; j++) data[k * width + j] = features.data[item * width + j] as number;
  });
  const folds = drawFolds(groups, classes, options.folds, options.seed);
  const decoded = await decodeClasses({ data, width }, classes, 2, folds, options.shrinkage, options.rest);
  const axis = decoded.axis as Float64Array;
  const of = (positions: Int32Array) =>
    dPrime(
      twoSamples(
        Float64Array.from(positions, (k) => axis[k] as number),
        (k) => classes[positions[k] as number] as 0 | 1,
      ),
    );
  const value = of(Int32Array.from(items.keys()));
  const { resamples, seed, rest } = options;
  return measured(pooledName, {
    value,
    interval: await groupInterval(value, groupPositions(groups), of, { resamples, seed, stream: 2, rest }),
    chance: 0,
    n: items.length,
    over: width,
    note: `${step.name}, on held-out items.`,
  });
}

async function fisher(
  features: FeatureMatrix,
  step: Step,
  units: readonly number[],
  named: MeasureName,
  options: InformationOptions,
  note: string,
): Promise<Measure> {
  const n = step.first.length + step.second.length;
  const most = mostUnits(step.first.length, step.second.length);
  if (units.length > most) {
    const why = `${step.name}: ${units.length} units need at least ${units.length + 6} trials in all. Choose ${most} units or fewer.`;
    return undefinedMeasure(named, n, why);
  }
  const found = await linearFisher(features, step.first, step.second, units, step.size, options.rest);
  if (!found) return undefinedMeasure(named, n, `${step.name}: some units are combinations of others.`);
  return measured(named, { ...found, chance: 0, n, over: units.length, note });
}
