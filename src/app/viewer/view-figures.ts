/** What the large viewer shows, as figures that can be printed: spikes in view, a heat map, curves. Pure. */
import { hueOf } from '../../analysis/figures/population-hue';
import type { CellsMark, Figure, FigureMark } from '../../kit/figure';
import type { MatrixLook, SeriesLook } from '../../kit/look';
import type { MatrixPreview, SpikesPreview } from '../../kit/preview';
import type { RasterPicture } from './raster-picture';
import { itemsIn } from './raster-window';

/** Cells of a printed heat map, across and up: about half a millimetre each. */
const cellsAtMost = { columns: 300, rows: 160 } as const;

export interface ViewText {
  /** "encoder.spikes" */
  readonly title: string;
  readonly caption: string;
}

interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** Row by row. */
  readonly values: ArrayLike<number>;
}

interface Blocks extends Grid {
  /** How many cells each block holds: fewer at the far edges. */
  readonly counts: Float64Array;
  /** How far the blocks reach, of the extent of the cells: a little beyond 1 where the last ones are not full. */
  readonly reach: { readonly x: number; readonly y: number };
}

/** Fewer cells, each the sum of a block of them. */
function blocks({ columns, rows, values }: Grid): Blocks {
  const across = Math.ceil(columns / cellsAtMost.columns);
  const up = Math.ceil(rows / cellsAtMost.rows);
  const [wide, high] = [Math.ceil(columns / across), Math.ceil(rows / up)];
  const sums = new Float64Array(wide * high);
  const counts = new Float64Array(wide * high);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const cell = Math.floor(row / up) * wide + Math.floor(column / across);
      sums[cell] = (sums[cell] as number) + (values[row * columns + column] as number);
      counts[cell] = (counts[cell] as number) + 1;
    }
  }
  const reach = { x: (wide * across) / columns, y: (high * up) / rows };
  return { columns: wide, rows: high, values: sums, counts, reach };
}

type CellLook = Pick<CellsMark, 'valueLabel' | 'valueUnit' | 'colours'>;

/** A heat map over the given ranges. Cells of not a number stay empty. */
function cells(
  { columns, rows, reach }: Blocks,
  values: Float64Array,
  x: readonly [number, number],
  y: readonly [number, number],
  look: CellLook,
): CellsMark {
  const width = ((x[1] - x[0]) * reach.x) / columns;
  const height = ((y[1] - y[0]) * reach.y) / rows;
  return {
    type: 'cells',
    x: Float64Array.from(values, (_, i) => x[0] + ((i % columns) + 0.5) * width),
    y: Float64Array.from(values, (_, i) => y[0] + (Math.floor(i / columns) + 0.5) * height),
    value: values,
    width,
    height,
    ...look,
  };
}

/** A tick per spike where each is known, else the number of spikes per cell. Time is that within the item, if it is one. */
export function rasterFigure(picture: RasterPicture, preview: SpikesPreview, { title, caption }: ViewText): Figure {
  const { window, marks } = picture;
  const { stepCount, unitCount, itemCount, dt, discardSteps } = preview;
  const [first, last] = itemsIn({ stepCount, unitCount, itemCount }, window);
  const within = first === last;
  const xOf = (step: number): number => (within ? (step - first * stepCount) * dt : step / stepCount + 1);
  const x: readonly [number, number] = [xOf(window.fromStep), xOf(window.toStep)];
  const y: readonly [number, number] = [window.fromUnit - 0.5, window.toUnit - 0.5];
  const drawn = marks ? ticks(marks, preview, xOf) : [density(picture, x, y)];
  const start = xOf(first * stepCount + discardSteps);
  const rule: FigureMark[] =
    within && start > x[0] && start < x[1] ? [{ type: 'rule', axis: 'x', at: start, name: 'counted from here' }] : [];
  return {
    title,
    caption,
    panels: [
      {
        x: within
          ? { label: `time in item ${first + 1}`, unit: 'ms', domain: x }
          : { label: `item (${stepCount * dt} ms each)`, unit: '1', domain: x },
        y: { label: 'neuron', unit: '1', domain: y },
        marks: [...drawn, ...rule],
      },
    ],
    columns: 1,
    width: 180,
    rowHeight: 90,
  };
}

function ticks(
  marks: NonNullable<RasterPicture['marks']>,
  { populations, unitCount }: SpikesPreview,
  xOf: (step: number) => number,
): FigureMark[] {
  const known = populations.length > 0 ? populations : [{ name: 'all', start: 0, count: unitCount }];
  return known.map(({ name, start, count }) => {
    const own = [...marks.units.keys()].filter((i) => {
      const unit = marks.units[i] as number;
      return unit >= start && unit < start + count;
    });
    return {
      type: 'raster',
      name,
      hue: hueOf(name),
      // In the middle of its step.
      x: Float64Array.from(own, (i) => xOf((marks.steps[i] as number) + 0.5)),
      y: Float64Array.from(own, (i) => marks.units[i] as number),
    };
  });
}

function density(picture: RasterPicture, x: readonly [number, number], y: readonly [number, number]): FigureMark {
  const grid = blocks({ columns: picture.columns, rows: picture.rows, values: picture.counts });
  const shown = Float64Array.from(grid.values, (count) => (count === 0 ? Number.NaN : count));
  return cells(grid, shown, x, y, {
    valueLabel: 'spikes per cell',
    valueUnit: '1',
    colours: 'sequential',
  });
}

export function matrixFigure(look: MatrixLook, preview: MatrixPreview, { title, caption }: ViewText): Figure {
  const grid = blocks(look);
  const means = Float64Array.from(grid.values, (sum, i) => sum / (grid.counts[i] as number));
  const x: readonly [number, number] = [0, look.totalColumns];
  // Row 0 is on top, as in the viewer.
  const y: readonly [number, number] = [look.totalRows, 0];
  const mark = cells(grid, means, x, [0, look.totalRows], {
    valueLabel: preview.of === 'rates' ? 'rate' : 'value',
    valueUnit: preview.unit,
    colours: look.min < 0 ? 'diverging' : 'sequential',
  });
  return {
    title,
    caption,
    panels: [
      {
        x: { label: preview.columnLabel, unit: '1', domain: x },
        y: { label: preview.rowLabel, unit: '1', domain: y },
        marks: [mark],
      },
    ],
    columns: 1,
    width: 180,
    rowHeight: 90,
  };
}

/** The curves in view; a panel for each unit. */
export function curvesFigure(look: SeriesLook, { title, caption }: ViewText): Figure {
  const unitOf = (index: number): string => look.units[index] ?? '1';
  const units = [...new Set(look.curves.map(({ index }) => unitOf(index)))];
  return {
    title,
    caption,
    panels: units.map((unit) => ({
      x: { label: look.xLabel, unit: look.xUnit },
      y: { label: 'value', unit },
      marks: look.curves
        .filter(({ index }) => unitOf(index) === unit)
        .map(({ index, x, y }) => ({ type: 'line', name: look.names[index] || `curve ${index + 1}`, x, y })),
    })),
    columns: Math.min(2, units.length),
    width: units.length > 1 ? 180 : 120,
    rowHeight: 70,
  };
}
