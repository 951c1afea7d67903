/**
 * A figure as plain data: panels with axes and marks. Compute functions make it; the page and the headless runner draw
 * the same one (src/figure). Numbers stay numbers, so that the data behind a figure leaves as CSV.
 */

/** What a mark stands for. Where absent, marks of one `name` share a colour, in order of appearance. */
export type FigureHue = 'excitatory' | 'inhibitory' | 'external' | 'all' | 'theory' | 'reference' | 'good' | 'bad';

export interface FigureAxis {
  readonly label: string;
  /** "ms", "Hz"; "1" for a pure number. */
  readonly unit: string;
  readonly scale?: 'linear' | 'log';
  /** Shown range; by default that of the data. */
  readonly domain?: readonly [number, number];
  /** Names of the positions 0, 1, 2, ...: a categorical axis. */
  readonly categories?: readonly string[];
}

interface Mark {
  /** Entry of the legend; marks without one have none. */
  readonly name?: string;
  readonly hue?: FigureHue;
}
export interface LineMark extends Mark {
  readonly type: 'line';
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly dashed?: boolean;
  /** Holds each value until the next one. */
  readonly steps?: boolean;
}
export interface PointsMark extends Mark {
  readonly type: 'points';
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Ends of the error bars. */
  readonly low?: Float64Array;
  readonly high?: Float64Array;
}
/** Area between two curves. */
export interface BandMark extends Mark {
  readonly type: 'band';
  readonly x: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}
/** Bars from 0, centred on x; `width` in units of x. */
export interface BarsMark extends Mark {
  readonly type: 'bars';
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly width: number;
}
/** A tick per event: x its time, y its row. */
export interface RasterMark extends Mark {
  readonly type: 'raster';
  readonly x: Float64Array;
  readonly y: Float64Array;
}
/** A heat map: rectangles of `width` by `height` centred on (x, y). */
export interface CellsMark extends Mark {
  readonly type: 'cells';
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly value: Float64Array;
  readonly width: number;
  readonly height: number;
  readonly valueLabel: string;
  readonly valueUnit: string;
  /** 'diverging' is centred on 0. */
  readonly colours: 'sequential' | 'diverging';
  readonly domain?: readonly [number, number];
}
/** A straight line across the panel. */
export interface RuleMark extends Mark {
  readonly type: 'rule';
  readonly axis: 'x' | 'y';
  readonly at: number;
}
export interface TextMark extends Mark {
  readonly type: 'text';
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly text: readonly string[];
}
export type FigureMark = LineMark | PointsMark | BandMark | BarsMark | RasterMark | CellsMark | RuleMark | TextMark;

export interface FigurePanel {
  readonly title?: string;
  readonly x: FigureAxis;
  readonly y: FigureAxis;
  /** Drawn from the back to the front. */
  readonly marks: readonly FigureMark[];
}

export interface Figure {
  readonly title: string;
  /** What is shown, of how many, and what bars and bands mean: printed below. */
  readonly caption: string;
  readonly panels: readonly FigurePanel[];
  /** Panels per row. */
  readonly columns: number;
  /** Printed width, mm: 85 for one column of a journal, 180 for two. */
  readonly width: 85 | 120 | 180;
  /** Height of one row of panels, mm. */
  readonly rowHeight: number;
}
