/**
 * The values on wires. All are plain data (typed arrays and records), so they cross threads and are stored as they are;
 * spikes alone are a handle, read chunk by chunk, because a run can hold tens of millions of them. Values are never
 * changed after they are made. Device copies are made on demand by src/tensor and are only a cache of these.
 */
import type { BlockSpec } from './blocks';
import type { Figure } from './figure';
import type { ItemTable } from './item-table';
import type { PortKind } from './port-type';

/** Dense numbers, row major. */
export interface NdArray<T extends Float32Array | Int32Array = Float32Array> {
  readonly shape: readonly number[];
  readonly data: T;
}

/** Float images in 0..1, shape [item, height, width, channel]. */
export interface ImagesValue extends NdArray {
  readonly kind: 'images';
  readonly items: ItemTable;
}

/** Class index per item, shape [item]. */
export interface LabelsValue extends NdArray<Int32Array> {
  readonly kind: 'labels';
  readonly classNames: readonly string[];
  readonly items: ItemTable;
}

/** Rates in Hz, shape [time, item, unit]. */
export interface RatesValue extends NdArray {
  readonly kind: 'rates';
  /** Bin width, ms. */
  readonly dt: number;
  readonly items: ItemTable;
}

/** Shape [item, feature]. */
export interface FeaturesValue extends NdArray {
  readonly kind: 'features';
  readonly unit: string;
  readonly items: ItemTable;
}

export interface Population {
  readonly name: string;
  readonly start: number;
  readonly count: number;
}

/** The spikes of `itemCount` consecutive items: events of item k are offsets[k] .. offsets[k + 1], in step order. */
export interface SpikeChunk {
  readonly firstItem: number;
  readonly itemCount: number;
  /** Length itemCount + 1. */
  readonly offsets: Uint32Array;
  readonly units: Uint32Array;
  /** Time steps from the start of the item; times dt gives ms. */
  readonly steps: Uint32Array;
}

export interface SpikesValue {
  readonly kind: 'spikes';
  readonly items: ItemTable;
  readonly unitCount: number;
  readonly populations: readonly Population[];
  /** Time step, ms. */
  readonly dt: number;
  /** Steps simulated per item. */
  readonly stepCount: number;
  /** Steps at the start that readouts leave out (transient). */
  readonly discardSteps: number;
  readonly spikeCount: number;
  readonly chunks: readonly SpikeChunkInfo[];
  /** The network that made them, where one did: what theory predicts its rates from. */
  readonly network?: SpikingNetwork;
  /** Reads one chunk; the scheduler binds it to the artifact store or to memory. */
  readonly read: (chunk: number) => Promise<SpikeChunk>;
}
/**
 * Constants of an E/I network of leaky integrate-and-fire neurons, as simulated (weights after any scaling). The
 * excitatory units come first. Mean input of a neuron, mV:
 *   tauMem (weightExc C_E rateExc - weightInh C_I rateInh) + eta thetaRef, rates per ms.
 */
export interface SpikingNetwork {
  readonly nExc: number;
  readonly nInh: number;
  /** C_E and C_I: recurrent inputs of a neuron from each population. */
  readonly excInDegree: number;
  readonly inhInDegree: number;
  /** Jump of the membrane per spike, mV; the inhibitory one as a positive number. */
  readonly weightExc: number;
  readonly weightInh: number;
  /** Standard deviation over mean of the recurrent weights, whose means weightExc and weightInh then are. Absent: 0. */
  readonly weightSpread?: number;
  readonly vThreshold: number;
  readonly vReset: number;
  /** ms */
  readonly tauMem: number;
  readonly tRef: number;
  readonly delay: number;
  /** mV: the mean external input at eta = 1. */
  readonly thetaRef: number;
  /** External spikes per neuron at eta = 1, Hz, each of weightExc; 0 where the external input is constant. */
  readonly externalRate: number;
  /** 'delta', or currents that decay exponentially with these time constants, ms. */
  readonly synapse: 'delta' | 'exponential';
  readonly tauSynExc: number;
  readonly tauSynInh: number;
  /** How the graph was drawn, where one was: with these and the counts above it can be drawn again. */
  readonly graph?: {
    readonly connectionProbability: number;
    readonly connectivity: 'fixed-in-degree' | 'bernoulli';
    readonly multapses: boolean;
    readonly seedNetwork: number;
  };
  /** Size of the image that the neurons look at, pixels, where one was encoded. */
  readonly view?: { readonly height: number; readonly width: number };
}
export interface SpikeChunkInfo {
  readonly firstItem: number;
  readonly itemCount: number;
  readonly spikeCount: number;
}

/** A weight array of a trained model; `name` is "block index/name of the parameter". */
export interface NamedArray extends NdArray {
  readonly name: string;
}

/** A chain of learnable blocks, untrained (no `weights`) or trained. */
export interface ModelValue {
  readonly kind: 'model';
  readonly blocks: readonly BlockSpec[];
  readonly trained?: TrainedModel;
}
export interface TrainedModel {
  readonly weights: readonly NamedArray[];
  /** Shape of one input item, and of one target item. */
  readonly inputShape: readonly number[];
  readonly targetShape: readonly number[];
  /** Per-feature normalisation fitted on the training items: (x - mean) / scale. */
  readonly inputMean: Float32Array;
  readonly inputScale: Float32Array;
  /** Mean training target, [height * width * channel]: the floor that every score is read against. */
  readonly meanTarget: Float32Array;
  readonly epochs: number;
  /** Of a classifier: what each number of the target stands for. Absent where the targets are images. */
  readonly classNames?: readonly string[];
}

export interface Curve {
  readonly name: string;
  readonly unit: string;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** What the curve belongs to: { item: 3, neuron: 17, quantity: 'excitatory' }. */
  readonly labels?: Readonly<Record<string, number | string>>;
}
export interface SeriesValue {
  readonly kind: 'series';
  readonly xLabel: string;
  readonly xUnit: string;
  readonly curves: readonly Curve[];
  /** Curve k is that of item k: a drive, one curve for each item. */
  readonly items?: ItemTable;
}

export interface TableColumn {
  readonly name: string;
  readonly label: string;
  readonly unit?: string;
  readonly type: 'number' | 'text';
}
export type TableRow = Readonly<Record<string, number | string | null>>;
export interface TableValue {
  readonly kind: 'table';
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
}

export interface FigureValue extends Figure {
  readonly kind: 'figure';
}

export type PortValue =
  | ImagesValue
  | LabelsValue
  | RatesValue
  | FeaturesValue
  | SpikesValue
  | ModelValue
  | SeriesValue
  | TableValue
  | FigureValue;

export type ValueOf<K extends PortKind> = Extract<PortValue, { kind: K }>;
