/** Small pictures of values, made in the worker: at most 64 KB each, whatever the value's size. */
import { outlineModel } from '../kit/blocks/outline';
import { blockRegistry } from '../kit/blocks/registry';
import type {
  ImagesPreview,
  LabelsPreview,
  MatrixPreview,
  ModelPreview,
  Preview,
  SeriesPreview,
  TablePreview,
} from '../kit/preview';
import type {
  FeaturesValue,
  ImagesValue,
  LabelsValue,
  ModelValue,
  PortValue,
  RatesValue,
  SeriesValue,
  TableValue,
} from '../kit/values';
import { previewFigure } from './preview-figure';
import { spikesPreview } from './preview-spikes';

const IMAGE_BYTES = 48_000;
const MAX_IMAGES = 24;
const CURVE_POINTS = 600;
const SERIES_CURVES = 24;
const SERIES_POINTS = 7000;
const TABLE_ROWS = 60;
const MATRIX_ROWS = 40;
const MATRIX_COLUMNS = 160;

export interface PreviewOptions {
  /** Position of the item to show first (images) or alone (spikes; absent: the first one that fires). */
  readonly item?: number;
}

export async function makePreview(value: PortValue, options: PreviewOptions): Promise<Preview> {
  const item = Math.max(0, options.item ?? 0);
  switch (value.kind) {
    case 'images':
      return images(value, item);
    case 'labels':
      return labels(value);
    case 'spikes':
      return spikesPreview(value, options.item);
    case 'rates':
      return matrix(value, 'rates');
    case 'features':
      return matrix(value, 'features');
    case 'model':
      return model(value);
    case 'series':
      return series(value);
    case 'table':
      return table(value);
    case 'figure':
      return previewFigure(value);
  }
}

function images(value: ImagesValue, first: number): ImagesPreview {
  const [total = 0, height = 0, width = 0, channels = 0] = value.shape;
  const size = height * width * channels;
  const fit = Math.max(1, Math.min(MAX_IMAGES, Math.floor(IMAGE_BYTES / Math.max(1, size))));
  const start = Math.min(first, Math.max(0, total - fit));
  const count = Math.min(fit, total - start);
  const pixels = new Uint8Array(count * size);
  for (let i = 0; i < pixels.length; i++) {
    pixels[i] = Math.round(255 * Math.min(1, Math.max(0, value.data[start * size + i] as number)));
  }
  return {
    kind: 'images',
    height,
    width,
    channels,
    count,
    total,
    pixels,
    ids: [...value.items.ids.subarray(start, start + count)],
  };
}

function labels(value: LabelsValue): LabelsPreview {
  const counts = new Map<number, number>();
  for (const label of value.data) counts.set(label, (counts.get(label) ?? 0) + 1);
  const classes = [...counts.entries()]
    .sort(([a], [b]) => a - b)
    .map(([label, count]) => ({ name: value.classNames[label] ?? String(label), count }));
  return { kind: 'labels', classes, total: value.data.length };
}

function matrix(value: RatesValue | FeaturesValue, of: 'rates' | 'features'): MatrixPreview {
  const columns = value.shape.at(-1) ?? 0;
  const rows = value.kind === 'rates' ? (value.shape[0] ?? 0) : (value.shape[0] ?? 0);
  const stride = value.kind === 'rates' ? (value.shape[1] ?? 1) * columns : columns;
  const shownRows = Math.min(rows, MATRIX_ROWS);
  const shownColumns = Math.min(columns, MATRIX_COLUMNS);
  const values = new Float32Array(shownRows * shownColumns);
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let r = 0; r < shownRows; r++) {
    for (let c = 0; c < shownColumns; c++) {
      const column = Math.floor((c * columns) / shownColumns);
      const x = value.data[r * stride + column] as number;
      values[r * shownColumns + c] = x;
      if (x < min) min = x;
      if (x > max) max = x;
    }
  }
  return {
    kind: 'matrix',
    of,
    rowLabel: of === 'rates' ? 'time' : 'item',
    columnLabel: of === 'rates' ? 'unit' : 'feature',
    rows: shownRows,
    columns: shownColumns,
    totalRows: rows,
    totalColumns: columns,
    values,
    min: values.length > 0 ? min : 0,
    max: values.length > 0 ? max : 0,
    unit: value.kind === 'rates' ? 'Hz' : value.unit,
  };
}

function model(value: ModelValue): ModelPreview {
  const { trained, blocks } = value;
  const outline = outlineModel(blockRegistry, blocks, trained?.inputShape ?? null, trained?.targetShape ?? null);
  return { kind: 'model', ...outline, trained: trained !== undefined, epochs: trained?.epochs ?? 0 };
}

function series(value: SeriesValue): SeriesPreview {
  const shown = value.curves.slice(0, SERIES_CURVES);
  const room = Math.min(CURVE_POINTS, Math.floor(SERIES_POINTS / Math.max(1, shown.length)));
  const curves = shown.map((curve) => {
    const n = curve.x.length;
    const step = Math.max(1, Math.ceil(n / room));
    const count = Math.ceil(n / step);
    const x = new Float32Array(count);
    const y = new Float32Array(count);
    for (let k = 0; k < count; k++) {
      // The last point is always drawn: it is where the curve stands.
      const i = k === count - 1 ? n - 1 : k * step;
      x[k] = curve.x[i] as number;
      y[k] = curve.y[i] as number;
    }
    return { name: curve.name, unit: curve.unit, x, y };
  });
  return { kind: 'series', xLabel: value.xLabel, xUnit: value.xUnit, curves, totalCurves: value.curves.length };
}

const table = (value: TableValue): TablePreview => ({
  kind: 'table',
  columns: value.columns,
  rows: value.rows.slice(0, TABLE_ROWS),
  totalRows: value.rows.length,
});
