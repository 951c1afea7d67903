/**
 * Training with all of its state in the open: epochs done, weights, running statistics, the optimiser's moments and counts, loss
 * history. An epoch is a pure function of that state, the data and the options, and depends on no total, so training that
 * is stopped after any epoch and taken up again gives the same bits.
 *
 * Shuffles follow from (seed, epoch). During the first `warmUpEpochs` all blocks but the last learn alone. Blocks in closed
 * form at the start of the chain are given as they are and stay so. Batch
 * normalisation uses the moments of the slice it sees; its running values move by 0.1 times the slice's share of a full
 * batch, so a short last batch counts less.
 */
import { NodeComputeError } from '../core/errors';
import { Purpose, permutation } from '../core/random/draws';
import { exactExp } from '../core/random/elementary';
import { tf } from '../tensor/tf';
import type { Chain } from './chain';
import type { TrainingState } from './checkpoint';
import { predictSlice } from './forward';
import { batchGradients, type PassResult } from './gradients';
import { type Loss, type LossName, lossNamed } from './losses';
import { Optimiser, type OptimiserName } from './optimiser';
import { type ArrayValues, initialValues, Weights } from './weights';

export interface TrainingOptions {
  readonly warmUpEpochs: number;
  readonly batchSize: number;
  readonly microBatch: number;
  readonly learningRate: number;
  /** Epochs after which the learning rate has halved; 0 keeps it constant. */
  readonly halfLife: number;
  /** Largest Euclidean norm of the whole gradient; 0 leaves it as it is. */
  readonly gradientClip: number;
  readonly weightDecay: number;
  readonly stageWeight: number;
  readonly optimiser: OptimiserName;
  /** Of SGD. */
  readonly momentum: number;
  readonly loss: LossName;
  /** Weight of 1 - SSIM in the loss "mse-ssim". */
  readonly ssimWeight: number;
  readonly seed: number;
}

/** Items to learn from, by their place in the set. */
export interface SampleSet {
  readonly ids: Int32Array;
  /** Split that the items belong to, as an index; 0 (training) where it is not given. */
  readonly split?: number;
  /** Normalised inputs [n, ...input] and targets [n, ...target] of the places given. */
  readonly inputs: (places: ArrayLike<number>) => Float32Array;
  readonly targets: (places: ArrayLike<number>) => Float32Array;
}

export interface EpochHooks {
  /** Lets messages in between slices; throws to stop. */
  readonly breathe: () => Promise<void>;
  /** After every step. */
  readonly onStep?: (itemsInEpoch: number) => void;
}

/** Share by which running moments move towards those of a full batch. */
const runningRate = 0.1;
/** Items that are evaluated at a time where all is matrix products. */
const evaluationSlice = 256;

export class Trainer {
  /** Epochs finished. */
  epoch: number;
  readonly weights: Weights;
  readonly loss: Loss;
  private readonly optimiser: Optimiser;
  /** x in epochs. */
  readonly stepLoss: { x: number[]; y: number[] };
  readonly trainLoss: number[];
  readonly validationLoss: number[];
  /** The blocks' own terms on the training items; x is the end of the epoch. */
  readonly terms: Map<string, { x: number[]; y: number[] }>;

  constructor(
    readonly chain: Chain,
    readonly options: TrainingOptions,
    restored?: TrainingState,
    /** Arrays that do not start as their specification says: those of the solved blocks. */
    start: ArrayValues = new Map(),
  ) {
    this.epoch = restored?.epoch ?? 0;
    this.weights = Weights.of(chain, restored?.arrays ?? new Map([...initialValues(chain, options.seed), ...start]));
    this.loss = lossNamed(options.loss, options.ssimWeight);
    this.optimiser = new Optimiser(chain, options.optimiser, restored);
    this.stepLoss = { x: [...(restored?.stepLoss.x ?? [])], y: [...(restored?.stepLoss.y ?? [])] };
    this.trainLoss = [...(restored?.trainLoss ?? [])];
    this.validationLoss = [...(restored?.validationLoss ?? [])];
    this.terms = new Map();
    for (const [name, { x, y }] of restored?.terms ?? []) this.terms.set(name, { x: [...x], y: [...y] });
  }

  /** Blocks that run in epoch `epoch`, counted from the first: while warming up, all but the last of those that learn. */
  activeBlocks(epoch = this.epoch): number {
    const all = this.chain.blocks.length;
    return all - this.chain.solved > 1 && epoch < this.options.warmUpEpochs ? all - 1 : all;
  }

  /** Trains on every item once. Throws NodeComputeError when the loss is no longer a number. */
  async runEpoch(samples: SampleSet, validation: SampleSet | null, hooks: EpochHooks): Promise<void> {
    const { batchSize, seed } = this.options;
    const count = samples.ids.length;
    const order = permutation({ seed, purpose: Purpose.shuffle, item: this.epoch }, count);
    let sum = 0;
    const terms = new Map<string, number>();
    for (let from = 0; from < count; from += batchSize) {
      const places = order.subarray(from, from + batchSize);
      const { loss, terms: own } = await this.step(samples, places, hooks.breathe);
      for (const [name, term] of own) terms.set(name, (terms.get(name) ?? 0) + (term * places.length) / count);
      sum += loss * places.length;
      this.stepLoss.x.push(this.epoch + (from + places.length) / count);
      this.stepLoss.y.push(loss);
      hooks.onStep?.(from + places.length);
    }
    this.trainLoss.push(sum / count);
    if (validation) this.validationLoss.push(await this.evaluate(validation, hooks.breathe));
    this.epoch += 1;
    for (const [name, term] of terms) {
      const curve = this.terms.get(name) ?? { x: [], y: [] };
      curve.x.push(this.epoch);
      curve.y.push(term);
      this.terms.set(name, curve);
    }
  }

  /** One update from one batch; gives its loss and the blocks' own terms before the update. */
  private async step(
    samples: SampleSet,
    places: Uint32Array,
    breathe: () => Promise<void>,
  ): Promise<Pick<PassResult, 'loss' | 'terms'>> {
    const { chain, weights, options } = this;
    const given = this.upload(samples.inputs(places), places.length, chain.input);
    const x = tf.keep(predictSlice(chain, weights, given, chain.solved));
    given.dispose();
    const target = this.upload(samples.targets(places), places.length, chain.output);
    let result: PassResult | null = null;
    try {
      const ids = Int32Array.from(places, (place) => samples.ids[place] as number);
      const active = this.activeBlocks();
      const pass = { ...options, active, loss: this.loss, epoch: this.epoch };
      result = await batchGradients(chain, weights, { x, target, ids }, pass, breathe);
      const scale = await this.gradientScale(result);
      if (!Number.isFinite(result.loss) || !Number.isFinite(scale)) throw this.diverged(result.loss);
      const learningRate =
        options.halfLife > 0
          ? options.learningRate * exactExp((-Math.LN2 * this.epoch) / options.halfLife)
          : options.learningRate;
      const update = { ...options, learningRate, gradientScale: scale };
      for (const block of chain.blocks.slice(chain.solved, active))
        this.optimiser.update(block, weights, result.gradients, update);
      for (const moments of result.observed) this.follow(moments, places.length);
      return result;
    } finally {
      tf.dispose([x, target]);
      if (result)
        tf.dispose([...result.gradients.values(), ...result.observed.flatMap((seen) => [seen.mean, seen.variance])]);
    }
  }

  private upload(values: Float32Array, count: number, shape: readonly number[]): tf.Tensor {
    return tf.keep(tf.tensor(values, [count, ...shape]));
  }

  private async gradientScale({ gradients }: PassResult): Promise<number> {
    const { gradientClip } = this.options;
    if (gradientClip === 0) return 1;
    // Pairwise sums: one kernel over all arrays would need more buffers than WebGPU binds at a time.
    const squared = tf.tidy(() =>
      [...gradients.values()].map((gradient) => tf.sum(tf.square(gradient))).reduce((a, b) => tf.add(a, b)),
    );
    const [total = Number.NaN] = await squared.data<'float32'>();
    squared.dispose();
    const norm = Math.sqrt(total);
    if (!Number.isFinite(norm)) return Number.NaN;
    return norm > gradientClip ? gradientClip / norm : 1;
  }

  private follow(moments: PassResult['observed'][number], count: number): void {
    const rate = (runningRate * moments.share * count) / this.options.batchSize;
    for (const kind of ['mean', 'variance'] as const) {
      const name = `${moments.name}.${kind}`;
      const before = this.weights.get(name);
      tf.tidy(() => before.assign(tf.add(before, tf.mul(tf.sub(moments[kind], before), rate))));
    }
  }

  /** Mean loss of the active blocks' output, as in prediction. */
  async evaluate(samples: SampleSet, breathe: () => Promise<void>): Promise<number> {
    const { chain, weights, options } = this;
    const active = this.activeBlocks();
    const count = samples.ids.length;
    const matrices = chain.blocks.slice(0, active).every(({ block }) => block.slicing === 'batch');
    const slice = matrices ? evaluationSlice : options.microBatch;
    let sum = 0;
    for (let from = 0; from < count; from += slice) {
      const places = Array.from({ length: Math.min(slice, count - from) }, (_, k) => from + k);
      const loss = tf.tidy(() => {
        const x = tf.tensor(samples.inputs(places), [places.length, ...chain.input]);
        const target = tf.tensor(samples.targets(places), [places.length, ...chain.output]);
        return this.loss.of(predictSlice(chain, weights, x, active), target);
      });
      const [value = Number.NaN] = await loss.data<'float32'>();
      loss.dispose();
      sum += value * places.length;
      await breathe();
    }
    return sum / count;
  }

  /** Throws NodeComputeError if a weight is no longer a number, so that no bad state is ever kept. */
  async snapshot(): Promise<TrainingState> {
    const arrays = await this.weights.read();
    for (const values of arrays.values()) if (!allFinite(values)) throw this.diverged(Number.NaN);
    return {
      epoch: this.epoch,
      arrays,
      moments: await this.optimiser.read(),
      updates: this.optimiser.updates.slice(),
      stepLoss: { x: Float64Array.from(this.stepLoss.x), y: Float64Array.from(this.stepLoss.y) },
      trainLoss: Float64Array.from(this.trainLoss),
      validationLoss: Float64Array.from(this.validationLoss),
      terms: new Map(
        [...this.terms].map(([name, { x, y }]) => [name, { x: Float64Array.from(x), y: Float64Array.from(y) }]),
      ),
    };
  }

  private diverged(loss: number): NodeComputeError {
    const kept =
      this.epoch === 0 ? 'No epoch was finished.' : `The weights after epoch ${this.epoch} are kept as a checkpoint.`;
    return new NodeComputeError({
      code: 'train.diverged',
      message: `Training diverged at step ${this.stepLoss.y.length + 1}, in epoch ${this.epoch + 1}: the loss is no number. ${kept}`,
      param: 'learningRate',
      found: `loss ${loss} at learning rate ${this.options.learningRate}`,
      expected: 'a finite loss',
      cure:
        this.options.gradientClip === 0
          ? 'The steps are probably too large: lower the learning rate tenfold, or set a gradient clip of 1.'
          : 'The steps are probably too large: lower the learning rate tenfold.',
    });
  }

  dispose(): void {
    this.weights.dispose();
    this.optimiser.dispose();
  }
}

function allFinite(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}
