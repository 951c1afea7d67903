/**
 * What the page is shown of a value: small (at most 64 KB), plain, made in the worker. The full value stays in the
 * worker and its store, and is asked for by key.
 */
import type { ItemShape, LayerRow } from './blocks';
import type { Figure } from './figure';
import type { Population, TableColumn, TableRow } from './values';

export type Preview =
  | ImagesPreview
  | LabelsPreview
  | SpikesPreview
  | MatrixPreview
  | ModelPreview
  | SeriesPreview
  | TablePreview
  | FigurePreview;

export interface ImagesPreview {
  readonly kind: 'images';
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Images shown, of `total`. */
  readonly count: number;
  readonly total: number;
  /** count x height x width x channels, 0..255. */
  readonly pixels: Uint8Array;
  readonly ids: readonly number[];
}
export interface LabelsPreview {
  readonly kind: 'labels';
  readonly classes: readonly { readonly name: string; readonly count: number }[];
  readonly total: number;
}
export interface SpikesPreview {
  readonly kind: 'spikes';
  /** Position of the shown item and its id. */
  readonly item: number;
  readonly itemId: number;
  readonly itemCount: number;
  readonly unitCount: number;
  readonly stepCount: number;
  readonly discardSteps: number;
  /** ms */
  readonly dt: number;
  readonly populations: readonly Population[];
  /** Units drawn, evenly chosen per population, in drawing order; `rows` below are positions in this list. */
  readonly units: Uint32Array;
  readonly rows: Uint16Array;
  readonly steps: Uint32Array;
  /** Spikes of this item, and of all items. */
  readonly spikesInItem: number;
  readonly spikeCount: number;
  /** Mean rate of the shown item, Hz, per population, without the part left out at the start. */
  readonly rates: readonly number[];
}
export interface MatrixPreview {
  readonly kind: 'matrix';
  readonly of: 'rates' | 'features';
  readonly rowLabel: string;
  readonly columnLabel: string;
  readonly rows: number;
  readonly columns: number;
  readonly totalRows: number;
  readonly totalColumns: number;
  readonly values: Float32Array;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
}
/** A block of a model; `layers` is empty, and `input` absent, while shapes are not known. */
export interface BlockOutline {
  readonly type: string;
  readonly input?: ItemShape;
  readonly layers: readonly LayerRow[];
  /** In words: "a hidden layer of 512 units, sigmoid output". */
  readonly settings?: string;
}
/** Bytes, as training needs them. */
export interface ModelMemory {
  readonly weights: number;
  /** Held all along: weights and, of what learns, gradients and the two moments of Adam. */
  readonly held: number;
  /** For each item of a batch (of a micro-batch in convolutional blocks): the values of all layers and their gradients. */
  readonly perItem: number;
}
export interface ModelPreview {
  readonly kind: 'model';
  readonly blocks: readonly BlockOutline[];
  readonly parameters: number | null;
  /** Known with the shapes. */
  readonly memory?: ModelMemory;
  readonly trained: boolean;
  readonly epochs: number;
  readonly note?: string;
}
export interface SeriesPreview {
  readonly kind: 'series';
  /** Of which `curves` are the first ones. */
  readonly totalCurves: number;
  readonly xLabel: string;
  readonly xUnit: string;
  readonly curves: readonly {
    readonly name: string;
    readonly unit: string;
    readonly x: Float32Array;
    readonly y: Float32Array;
  }[];
}
export interface TablePreview {
  readonly kind: 'table';
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
  readonly totalRows: number;
}
/**
 * The figure itself, its long marks thinned so that it stays within 64 KB: every k-th point, bar (k times as wide), row
 * and column of a heat map, row of a raster. The large view and exports draw the whole value.
 */
export interface FigurePreview extends Figure {
  readonly kind: 'figure';
}
