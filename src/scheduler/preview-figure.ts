/**
 * A figure small enough for the page's cards: 64 KB with everything. Marks that are short stay whole; the room that is
 * left is shared evenly by the long ones. Of a long line, band, or cloud every k-th point stays, of bars every k-th, k
 * times as wide, of a heat map every k-th row and column, of a raster every k-th row and then every k-th spike.
 */
import type { CellsMark, FigureMark, RasterMark } from '../kit/figure';
import type { FigurePreview } from '../kit/preview';
import type { FigureValue } from '../kit/values';

/** Bytes of numbers and words; the rest of the 64 KB is for names, axes and captions. */
const budget = 54_000;

/** Parts of a mark, and what each costs. */
function sizeOf(mark: FigureMark): { readonly count: number; readonly each: number } {
  switch (mark.type) {
    case 'rule':
      return { count: 1, each: 8 };
    case 'points':
      return { count: mark.x.length, each: 16 + (mark.low ? 8 : 0) + (mark.high ? 8 : 0) };
    case 'band':
    case 'cells':
      return { count: mark.x.length, each: 24 };
    case 'text': {
      const letters = mark.text.reduce((sum, words) => sum + words.length, 0);
      return { count: mark.x.length, each: 24 + Math.ceil((2 * letters) / Math.max(1, mark.x.length)) };
    }
    default:
      return { count: mark.x.length, each: 16 };
  }
}

/** The most bytes that one mark may take so that all together keep within `room`. */
function shareOf(costs: readonly number[], room: number): number {
  let [left, marks] = [room, costs.length];
  for (const cost of [...costs].sort((a, b) => a - b)) {
    if (cost > left / marks) return left / marks;
    left -= cost;
    marks--;
  }
  return Number.POSITIVE_INFINITY;
}

export function previewFigure(value: FigureValue): FigurePreview {
  const costs = value.panels.flatMap(({ marks }) => marks.map(sizeOf).map(({ count, each }) => count * each));
  const share = shareOf(costs, budget);
  return {
    ...value,
    panels: value.panels.map((panel) => ({ ...panel, marks: panel.marks.map((mark) => thin(mark, share)) })),
  };
}

function thin(mark: FigureMark, share: number): FigureMark {
  const { count, each } = sizeOf(mark);
  const most = Math.max(1, Math.floor(share / each));
  if (mark.type === 'rule') return mark;
  if (mark.type === 'raster') return thinRaster(mark, most);
  if (mark.type === 'cells') return thinCells(mark, most);
  const step = Math.max(1, Math.ceil(count / most));
  const at = everyKth(count, step);
  const pick = (values: Float64Array): Float64Array => pickAt(values, at);
  switch (mark.type) {
    case 'line':
      return { ...mark, x: pick(mark.x), y: pick(mark.y) };
    case 'bars':
      return { ...mark, x: pick(mark.x), y: pick(mark.y), width: mark.width * step };
    case 'band':
      return { ...mark, x: pick(mark.x), low: pick(mark.low), high: pick(mark.high) };
    case 'text':
      return { ...mark, x: pick(mark.x), y: pick(mark.y), text: at.map((i) => mark.text[i] ?? '') };
    case 'points':
      return {
        ...mark,
        x: pick(mark.x),
        y: pick(mark.y),
        ...(mark.low ? { low: pick(mark.low) } : {}),
        ...(mark.high ? { high: pick(mark.high) } : {}),
      };
  }
}

/** A copy even where all stay: a view would drag its whole buffer across threads. */
const pickAt = (values: Float64Array, at: readonly number[]): Float64Array =>
  Float64Array.from(at, (i) => values[i] ?? Number.NaN);

const everyKth = (count: number, step: number): number[] =>
  Array.from({ length: Math.ceil(count / step) }, (_, k) => k * step);

/** Position of each value among the different ones. */
function ranks(values: Float64Array): { readonly of: ReadonlyMap<number, number>; readonly count: number } {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  return { of: new Map(sorted.map((value, rank) => [value, rank])), count: sorted.length };
}

function thinRaster(mark: RasterMark, most: number): RasterMark {
  const rows = ranks(mark.y);
  const all = everyKth(mark.x.length, 1);
  let kept = all;
  // Down to 24 rows; what is too much even then goes spike by spike.
  const coarsest = Math.floor(rows.count / 24);
  for (let step = Math.ceil(all.length / most); kept.length > most && step <= coarsest; step++)
    kept = all.filter((i) => (rows.of.get(mark.y[i] as number) as number) % step === 0);
  if (kept.length > most) kept = everyKth(most, 1).map((k) => kept[Math.floor((k * kept.length) / most)] as number);
  return { ...mark, x: pickAt(mark.x, kept), y: pickAt(mark.y, kept) };
}

function thinCells(mark: CellsMark, most: number): CellsMark {
  const count = mark.value.length;
  const step = Math.max(1, Math.ceil(Math.sqrt(count / most)));
  const [columns, rows] = [ranks(mark.x), ranks(mark.y)];
  const isGrid = columns.count * rows.count <= 4 * count;
  const stays = (i: number): boolean =>
    (columns.of.get(mark.x[i] as number) as number) % step === 0 &&
    (rows.of.get(mark.y[i] as number) as number) % step === 0;
  const kept = step === 1 ? everyKth(count, 1) : isGrid ? everyKth(count, 1).filter(stays) : everyKth(count, step ** 2);
  return {
    ...mark,
    x: pickAt(mark.x, kept),
    y: pickAt(mark.y, kept),
    value: pickAt(mark.value, kept),
    width: mark.width * step,
    height: mark.height * step,
  };
}
