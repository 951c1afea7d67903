/** Windows of dense values: images, rates, features, weights. */
import { splits } from '../../kit/item-table';
import type { ImagesLook, ImagesRequest, MatrixLook, MatrixRequest, WeightsLook, WeightsRequest } from '../../kit/look';
import type { FeaturesValue, ImagesValue, ModelValue, RatesValue } from '../../kit/values';

export function lookAtImages(value: ImagesValue, { first, count }: ImagesRequest): ImagesLook {
  const [total = 0, height = 0, width = 0, channels = 0] = value.shape;
  const start = Math.min(Math.max(0, first), Math.max(0, total - 1));
  const end = Math.min(total, start + Math.max(1, count));
  const size = height * width * channels;
  return {
    what: 'images',
    first: start,
    total,
    height,
    width,
    channels,
    data: value.data.slice(start * size, end * size),
    ids: value.items.ids.slice(start, end),
    splits: Array.from(value.items.split.subarray(start, end), (split) => splits[split] ?? ''),
  };
}

interface Cells {
  readonly values: Float32Array;
  readonly rows: number;
  readonly columns: number;
  readonly min: number;
  readonly max: number;
}

/** Means over equal blocks of a matrix that is read by `at`; a matrix that fits is left as it is. */
function cellsOf(
  at: (row: number, column: number) => number,
  total: { readonly rows: number; readonly columns: number },
  most: { readonly rows: number; readonly columns: number },
): Cells {
  const rows = Math.max(1, Math.min(total.rows, most.rows));
  const columns = Math.max(1, Math.min(total.columns, most.columns));
  const values = new Float32Array(rows * columns);
  const edge = (k: number, all: number, parts: number): number => Math.floor((k * all) / parts);
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let r = 0; r < rows; r++) {
    const [top, bottom] = [edge(r, total.rows, rows), edge(r + 1, total.rows, rows)];
    for (let c = 0; c < columns; c++) {
      const [left, right] = [edge(c, total.columns, columns), edge(c + 1, total.columns, columns)];
      let sum = 0;
      for (let row = top; row < bottom; row++) for (let column = left; column < right; column++) sum += at(row, column);
      const mean = sum / Math.max(1, (bottom - top) * (right - left));
      values[r * columns + c] = mean;
      if (mean < min) min = mean;
      if (mean > max) max = mean;
    }
  }
  return { values, rows, columns, min: min <= max ? min : 0, max: min <= max ? max : 0 };
}

export function lookAtMatrix(value: RatesValue | FeaturesValue, request: MatrixRequest): MatrixLook {
  const [bins = 0, items = 0, units = 0] = value.kind === 'rates' ? value.shape : [value.shape[0], 1, value.shape[1]];
  const item = Math.min(Math.max(0, request.item), Math.max(0, items - 1));
  const { data } = value;
  const cells = cellsOf(
    (row, column) => data[(row * items + item) * units + column] as number,
    { rows: bins, columns: units },
    request,
  );
  return { what: 'matrix', ...cells, totalRows: bins, totalColumns: units, itemCount: items };
}

/** Null where the model has no weights yet. */
export function lookAtWeights({ trained }: ModelValue, request: WeightsRequest): WeightsLook | null {
  const weights = trained?.weights ?? [];
  const array = Math.min(Math.max(0, request.array), weights.length - 1);
  const chosen = weights[array];
  if (!chosen) return null;
  const { data, shape } = chosen;
  let [min, max, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const weight of data) {
    if (weight < min) min = weight;
    if (weight > max) max = weight;
    sum += weight;
  }
  const mean = data.length > 0 ? sum / data.length : 0;
  const histogram = new Uint32Array(request.bins);
  const width = (max - min) / request.bins;
  let squares = 0;
  for (const weight of data) {
    squares += (weight - mean) ** 2;
    const bin = width > 0 ? Math.min(request.bins - 1, Math.floor((weight - min) / width)) : 0;
    histogram[bin] = (histogram[bin] as number) + 1;
  }
  const totalColumns = shape.at(-1) ?? 1;
  const totalRows = totalColumns > 0 ? data.length / totalColumns : 0;
  const cells = cellsOf(
    (row, column) => data[row * totalColumns + column] as number,
    { rows: totalRows, columns: totalColumns },
    request,
  );
  return {
    what: 'weights',
    arrays: weights.map(({ name, shape: own }) => ({ name, shape: own })),
    array,
    count: data.length,
    mean,
    sd: data.length > 1 ? Math.sqrt(squares / (data.length - 1)) : 0,
    min: data.length > 0 ? min : 0,
    max: data.length > 0 ? max : 0,
    histogram,
    matrix: cells.values,
    rows: cells.rows,
    columns: cells.columns,
    totalRows,
    totalColumns,
  };
}
