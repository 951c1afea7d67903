/**
 * What the large viewer asks of a stored value, and what it is told: a window of it at the resolution of the screen, made
 * in the worker. The value itself stays there, however large it is.
 */
import type { TableColumn, TableRow } from './values';

export type LookRequest =
  | RasterRequest
  | ImagesRequest
  | MatrixRequest
  | SeriesRequest
  | WeightsRequest
  | { readonly what: 'table' }
  | FilesRequest;

export type Look = RasterLook | ImagesLook | MatrixLook | SeriesLook | WeightsLook | TableLook | FilesLook;

/** The answer to a request of one kind. */
export type LookOf<R extends LookRequest> = Extract<Look, { what: R['what'] }>;

/**
 * A window of a spike raster. Time runs through all items, one after the other: step s of item k is k * stepCount + s.
 * Asked in parts: `chunk` is where the last answer left off.
 */
export interface RasterRequest {
  readonly what: 'raster';
  readonly fromStep: number;
  readonly toStep: number;
  readonly fromUnit: number;
  readonly toUnit: number;
  /** Cells that spikes are counted in. */
  readonly columns: number;
  readonly rows: number;
  /** Up to so many spikes are told one by one. */
  readonly marks: number;
  readonly chunk: number;
}
export interface RasterLook {
  readonly what: 'raster';
  /** Where to go on; null: this was the last part. */
  readonly next: number | null;
  readonly spikes: number;
  /** Spikes per cell, row by row from the lowest unit; one more saturates at 65,535. */
  readonly counts: Uint16Array;
  /** The spikes themselves; null where there are more than `marks`. */
  readonly units: Uint32Array | null;
  readonly steps: Uint32Array | null;
}

export interface ImagesRequest {
  readonly what: 'images';
  readonly first: number;
  readonly count: number;
}
export interface ImagesLook {
  readonly what: 'images';
  readonly first: number;
  readonly total: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** image, row, column, channel. */
  readonly data: Float32Array;
  readonly ids: Int32Array;
  /** train, validation or test, per image. */
  readonly splits: readonly string[];
}

/** Rates of one item, or features of all items, as cells of means where there are more than fit. */
export interface MatrixRequest {
  readonly what: 'matrix';
  /** Which item, for rates. */
  readonly item: number;
  readonly rows: number;
  readonly columns: number;
}
export interface MatrixLook {
  readonly what: 'matrix';
  readonly rows: number;
  readonly columns: number;
  readonly totalRows: number;
  readonly totalColumns: number;
  readonly itemCount: number;
  readonly values: Float32Array;
  readonly min: number;
  readonly max: number;
}

export interface SeriesRequest {
  readonly what: 'series';
  readonly from: number;
  readonly to: number;
  /** Per curve; lows and highs of each stretch are kept. */
  readonly points: number;
  readonly curves: readonly number[];
}
export interface SeriesLook {
  readonly what: 'series';
  readonly xLabel: string;
  readonly xUnit: string;
  readonly xMin: number;
  readonly xMax: number;
  /** Of every curve of the value. */
  readonly names: readonly string[];
  readonly units: readonly string[];
  readonly curves: readonly { readonly index: number; readonly x: Float64Array; readonly y: Float64Array }[];
}

export interface WeightsRequest {
  readonly what: 'weights';
  /** Which array. */
  readonly array: number;
  readonly rows: number;
  readonly columns: number;
  readonly bins: number;
}
export interface WeightsLook {
  readonly what: 'weights';
  readonly arrays: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly array: number;
  readonly count: number;
  readonly mean: number;
  readonly sd: number;
  readonly min: number;
  readonly max: number;
  /** Numbers of weights in `bins` equal stretches from min to max. */
  readonly histogram: Uint32Array;
  /** Means of cells; the last axis across, all others down. */
  readonly matrix: Float32Array;
  readonly rows: number;
  readonly columns: number;
  readonly totalRows: number;
  readonly totalColumns: number;
}

export interface TableLook {
  readonly what: 'table';
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
}

/** The whole value as files, one of them as it is, several as a ZIP. */
export interface FilesRequest {
  readonly what: 'files';
  /** Of the files: "node.port". */
  readonly name: string;
  /** What made the value, for the pictures among the files: pipeline file and record of the run as text. */
  readonly origin: { readonly pipeline: string; readonly run: string | null };
}
export interface FilesLook {
  readonly what: 'files';
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}
