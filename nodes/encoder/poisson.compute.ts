/**
 * Draws the spikes of one item after the other. For each unit the hazard h = rate dt / 1000 of every step is added up
 * until it reaches a threshold drawn from an exponential distribution: the unit spikes in that step, and a new threshold
 * counts from the next step on. Since the exponential distribution has no memory, every step has a spike with
 * probability 1 - exp(-h), independent of all others, at the cost of one draw per spike instead of one per step.
 *
 * Draw k of unit u is the number k unitCount + u of the item's stream: it depends on neither duration nor dt.
 */
import { NodeComputeError, ParameterError, UnitMismatchError } from '../../src/core/errors';
import { type DrawKey, Purpose, uniformU32 } from '../../src/core/random/draws';
import { exactLog } from '../../src/core/random/elementary';
import { stepsPerBin } from '../../src/core/time-steps';
import type { ComputeContext } from '../../src/kit/context';
import type { ComputeOf } from '../../src/kit/define-node';
import type { ParamValues } from '../../src/kit/params';
import type { ImagesValue, Population, RatesValue, SpikesValue } from '../../src/kit/values';
import type definition from './poisson';
import { fitRates } from './shared/matched-rates';

/** Exponentially distributed with mean 1, from 32 random bits; at most 22.9. */
const waiting = (key: DrawKey, index: number): number => -exactLog((uniformU32(key, index) + 0.5) / 0x100000000);

/** What drives an item: the hazard of each unit in each stretch of `stretchSteps` steps. */
interface Drive {
  readonly unitCount: number;
  readonly stepCount: number;
  readonly stretchSteps: number;
  /** Hazard per step; dimensionless. */
  readonly hazard: (item: number, unit: number, stretch: number) => number;
}

function driveOfImages(images: ImagesValue, rateBase: number, rateGain: number, duration: number, dt: number): Drive {
  const unitCount = images.shape.slice(1).reduce((all, size) => all * size, 1);
  const stepCount = Math.round(duration / dt);
  return {
    unitCount,
    stepCount,
    stretchSteps: stepCount,
    hazard: (item, unit) => ((rateBase + rateGain * (images.data[item * unitCount + unit] as number)) * dt) / 1000,
  };
}

function driveOfRates(rates: RatesValue, dt: number): Drive {
  const [bins = 0, itemCount = 0, unitCount = 0] = rates.shape;
  const perBin = stepsPerBin(rates.dt, dt);
  if (perBin === null) {
    throw new UnitMismatchError({
      code: 'encoder.bin-step',
      message: 'The bins of the rates are no whole number of time steps.',
      param: 'dt',
      found: `bins of ${rates.dt} ms, steps of ${dt} ms`,
      cure: `Set the time step to ${rates.dt} ms or a part of it.`,
    });
  }
  return {
    unitCount,
    stepCount: bins * perBin,
    stretchSteps: perBin,
    hazard: (item, unit, bin) => ((rates.data[(bin * itemCount + item) * unitCount + unit] as number) * dt) / 1000,
  };
}

/** The mean count of unit i per step is rate dt: p = rate dt / 1000 is the probability of a hazard of -ln(1 - p). */
const hazardOfProbability = (p: number): number => -exactLog(1 - Math.min(p, maxProbability));
/** Beyond this a unit spikes in every step all the same. */
const maxProbability = 1 - 1e-9;

async function driveOfMatch(images: ImagesValue, like: SpikesValue, context: ComputeContext): Promise<Drive> {
  const { base, gain, pixel } = await fitRates(images, like, context);
  const { unitCount, stepCount, dt } = like;
  const size = images.shape.slice(1).reduce((all, n) => all * n, 1);
  return {
    unitCount,
    stepCount,
    stretchSteps: stepCount,
    hazard(item, unit) {
      const x = images.data[item * size + (pixel[unit] as number)] as number;
      const rate = Math.max(0, (base[unit] as number) + (gain[unit] as number) * x);
      return hazardOfProbability((rate * dt) / 1000);
    },
  };
}

function needLike(
  source: ImagesValue | RatesValue,
  like: SpikesValue | undefined,
): { images: ImagesValue; like: SpikesValue } {
  if (source.kind === 'images' && like) return { images: source, like };
  throw new NodeComputeError({
    code: 'encoder.match-missing',
    message: 'Another encoder can be copied only for images, and with its spikes wired.',
    port: source.kind === 'images' ? 'like' : 'drive',
    cure: 'Wire images and the spikes of the encoder, or use the rates as given.',
  });
}

interface Events {
  readonly units: Uint32Array;
  readonly steps: Uint32Array;
}

/** Room for events, reused from item to item. */
interface Scratch {
  units: Uint32Array;
  steps: Uint32Array;
  readonly perStep: Uint32Array;
}

function grow(scratch: Scratch): void {
  for (const name of ['units', 'steps'] as const) {
    const larger = new Uint32Array(scratch[name].length * 2);
    larger.set(scratch[name]);
    scratch[name] = larger;
  }
}

/** The spikes of one item, in step order. */
function drawItem(drive: Drive, item: number, key: DrawKey, scratch: Scratch): Events {
  const { unitCount, stepCount, stretchSteps } = drive;
  const stretches = stretchSteps === 0 ? 0 : Math.ceil(stepCount / stretchSteps);
  scratch.perStep.fill(0);
  let count = 0;
  for (let unit = 0; unit < unitCount; unit++) {
    let draws = 0;
    // Hazard still to be spent before the next spike; drawn only once there is any to spend.
    let left = -1;
    for (let stretch = 0; stretch < stretches; stretch++) {
      const hazard = drive.hazard(item, unit, stretch);
      if (!(hazard > 0)) continue;
      const end = Math.min(stepCount, (stretch + 1) * stretchSteps);
      let step = stretch * stretchSteps;
      while (step < end) {
        if (left < 0) left = waiting(key, draws++ * unitCount + unit);
        const skipped = Math.ceil(left / hazard) - 1;
        if (step + skipped >= end) {
          left -= (end - step) * hazard;
          // Rounding must not turn "not yet" into "draw anew".
          if (left < 0) left = 0;
          break;
        }
        step += Math.max(0, skipped);
        if (count === scratch.units.length) grow(scratch);
        scratch.units[count] = unit;
        scratch.steps[count] = step;
        scratch.perStep[step] = (scratch.perStep[step] as number) + 1;
        count++;
        step++;
        left = -1;
      }
    }
  }
  return sortedBySteps(scratch, count);
}

/** Counting sort by step; units stay in ascending order within a step. */
function sortedBySteps(scratch: Scratch, count: number): Events {
  const { perStep } = scratch;
  let at = 0;
  for (let step = 0; step < perStep.length; step++) {
    const here = perStep[step] as number;
    perStep[step] = at;
    at += here;
  }
  const units = new Uint32Array(count);
  const steps = new Uint32Array(count);
  for (let k = 0; k < count; k++) {
    const step = scratch.steps[k] as number;
    const to = perStep[step] as number;
    perStep[step] = to + 1;
    units[to] = scratch.units[k] as number;
    steps[to] = step;
  }
  return { units, steps };
}

/** What is drawn, and the frame of the spikes around it. */
interface Encoding {
  readonly drive: Drive;
  readonly dt: number;
  readonly discardSteps: number;
  readonly populations: readonly Population[];
}

async function encodingOf(
  source: ImagesValue | RatesValue,
  given: SpikesValue | undefined,
  params: ParamValues<typeof definition.params>,
  context: ComputeContext,
): Promise<Encoding> {
  if (params.mode === 'match') {
    const { images, like } = needLike(source, given);
    const { dt, discardSteps, populations } = like;
    return { drive: await driveOfMatch(images, like, context), dt, discardSteps, populations };
  }
  const { rateBase, rateGain, duration, discard, dt } = params;
  const drive =
    source.kind === 'images' ? driveOfImages(source, rateBase, rateGain, duration, dt) : driveOfRates(source, dt);
  const discardSteps = Math.round(discard / dt);
  if (discardSteps >= drive.stepCount) {
    throw new ParameterError({
      code: 'encoder.discard',
      message: 'Nothing is left to count.',
      param: 'discard',
      found: `${discard} ms left out of ${drive.stepCount * dt} ms`,
      cure: 'Lower the part left out, or raise the duration.',
    });
  }
  return { drive, dt, discardSteps, populations: [{ name: 'poisson', start: 0, count: drive.unitCount }] };
}

const compute: ComputeOf<typeof definition> = async ({ drive: source, like }, params, context) => {
  const { seed } = params;
  const { drive, dt, discardSteps, populations } = await encodingOf(source, like, params, context);
  const { items } = source;
  const writer = await context.spikeWriter({
    items,
    unitCount: drive.unitCount,
    populations,
    dt,
    stepCount: drive.stepCount,
    discardSteps,
  });
  const total = items.ids.length;
  const first = writer.finishedItems;
  if (first > 0 && first < total)
    context.notice(`Resuming: ${first} of ${total} items were encoded by an earlier run.`);
  const scratch: Scratch = {
    units: new Uint32Array(4096),
    steps: new Uint32Array(4096),
    perStep: new Uint32Array(drive.stepCount),
  };
  let rested = performance.now();
  for (let item = first; item < total; item++) {
    const key: DrawKey = { seed, purpose: Purpose.poissonEncoder, item: items.ids[item] as number };
    const { units, steps } = drawItem(drive, item, key, scratch);
    await writer.add(units, steps);
    if (performance.now() - rested > 50) {
      context.progress(item + 1, total, 'items');
      await context.breathe();
      rested = performance.now();
    }
  }
  context.progress(total, total, 'items');
  return { spikes: await writer.finish() };
};

export default compute;
