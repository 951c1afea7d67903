/** The whole state of a training between two epochs, and its flat form for the artifact store. */
import type { CheckpointState } from '../kit/context';

export interface TrainingState {
  /** Epochs finished. */
  readonly epoch: number;
  /** Weights and running statistics by name. */
  readonly arrays: ReadonlyMap<string, Float32Array>;
  /** The optimiser's "m/name" and "v/name". */
  readonly moments: ReadonlyMap<string, Float32Array>;
  /** Updates so far, by block. */
  readonly updates: Int32Array;
  /** Loss per step; x in epochs. */
  readonly stepLoss: { readonly x: Float64Array; readonly y: Float64Array };
  /** Loss per epoch; the validation list is empty where nothing is held out. */
  readonly trainLoss: Float64Array;
  readonly validationLoss: Float64Array;
  /** The blocks' own terms per epoch, by name. */
  readonly terms: ReadonlyMap<string, { readonly x: Float64Array; readonly y: Float64Array }>;
}

/** The best state so far, where early stopping watches the validation loss. */
export interface BestState {
  readonly epoch: number;
  readonly loss: number;
  readonly arrays: ReadonlyMap<string, Float32Array>;
}

export interface Saved {
  readonly state: TrainingState;
  readonly best: BestState | null;
}

export function pack({ state, best }: Saved): CheckpointState {
  const arrays: Record<string, Float32Array | Int32Array | Float64Array> = {
    updates: state.updates,
    'loss/x': state.stepLoss.x,
    'loss/y': state.stepLoss.y,
    'loss/train': state.trainLoss,
    'loss/validation': state.validationLoss,
  };
  for (const [name, values] of state.arrays) arrays[`w/${name}`] = values;
  for (const [name, { x, y }] of state.terms) {
    arrays[`term-x/${name}`] = x;
    arrays[`term-y/${name}`] = y;
  }
  for (const [name, values] of state.moments) arrays[name] = values;
  for (const [name, values] of best?.arrays ?? []) arrays[`best/${name}`] = values;
  return {
    numbers: { epoch: state.epoch, ...(best ? { bestEpoch: best.epoch, bestLoss: best.loss } : {}) },
    arrays,
  };
}

/** Null if the state was not made by `pack`. */
export function unpack(stored: CheckpointState): Saved | null {
  const { numbers, arrays } = stored;
  const named = (prefix: string, kept: string) =>
    new Map(
      Object.entries(arrays)
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, values]) => [kept + name.slice(prefix.length), values as Float32Array]),
    );
  const list = (name: string) => arrays[name] as Float64Array | undefined;
  const updates = arrays['updates'] as Int32Array | undefined;
  const [x, y, trainLoss, validationLoss] = ['loss/x', 'loss/y', 'loss/train', 'loss/validation'].map(list);
  if (numbers['epoch'] === undefined || !updates || !x || !y || !trainLoss || !validationLoss) return null;
  const state: TrainingState = {
    epoch: numbers['epoch'],
    arrays: named('w/', ''),
    moments: new Map([...named('m/', 'm/'), ...named('v/', 'v/')]),
    updates,
    stepLoss: { x, y },
    trainLoss,
    validationLoss,
    terms: new Map(
      Object.keys(arrays)
        .filter((name) => name.startsWith('term-x/'))
        .map((name) => name.slice('term-x/'.length))
        .map((name) => [
          name,
          { x: list(`term-x/${name}`) as Float64Array, y: list(`term-y/${name}`) as Float64Array },
        ]),
    ),
  };
  const { bestEpoch, bestLoss } = numbers;
  const best =
    bestEpoch === undefined || bestLoss === undefined
      ? null
      : { epoch: bestEpoch, loss: bestLoss, arrays: named('best/', '') };
  return { state, best };
}
