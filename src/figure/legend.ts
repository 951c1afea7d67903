/** What each colour and stroke means: entries of a panel's legend, laid in lines above its plot. */
import type { Figure, FigureMark, FigurePanel } from '../kit/figure';
import { textWidth } from './text-width';

export interface LegendEntry {
  readonly name: string;
  readonly colour: string;
  readonly sign: 'line' | 'dashed' | 'dot' | 'cross' | 'area' | 'line and area' | 'line and dot' | 'tick';
}
export interface PlacedEntry extends LegendEntry {
  readonly x: number;
  readonly line: number;
}

function signOf(mark: FigureMark): LegendEntry['sign'] {
  switch (mark.type) {
    case 'line':
      return mark.dashed ? 'dashed' : 'line';
    case 'rule':
      return 'dashed';
    case 'points':
      return mark.hue === 'bad' ? 'cross' : 'dot';
    case 'raster':
      return 'tick';
    default:
      return 'area';
  }
}

function joined(a: LegendEntry['sign'], b: LegendEntry['sign']): LegendEntry['sign'] {
  const both = new Set([a, b]);
  if (both.has('line') && both.has('area')) return 'line and area';
  if (both.has('line') && both.has('dot')) return 'line and dot';
  return a;
}

/** One entry per name and colour; marks that share both (a curve and its band) share the entry. */
function entriesOf({ marks }: FigurePanel, colour: (mark: FigureMark) => string): LegendEntry[] {
  const entries = new Map<string, LegendEntry>();
  for (const mark of marks) {
    if (!mark.name || mark.type === 'cells' || mark.type === 'text') continue;
    const id = `${mark.name}\n${colour(mark)}`;
    const known = entries.get(id);
    const sign = signOf(mark);
    entries.set(id, { name: mark.name, colour: colour(mark), sign: known ? joined(known.sign, sign) : sign });
  }
  return [...entries.values()];
}

/** Entries of the panels shown. A panel all of whose entries stand in an earlier one repeats none. */
export function legendsOf(
  figure: Figure,
  shown: readonly number[],
  colour: (mark: FigureMark) => string,
): readonly (readonly LegendEntry[])[] {
  const told = new Set<string>();
  return shown.map((index) => {
    const entries = entriesOf(figure.panels[index] as FigurePanel, colour);
    const ids = entries.map(({ name, colour: hue, sign }) => `${name}\n${hue}\n${sign}`);
    if (ids.every((id) => told.has(id))) return [];
    for (const id of ids) told.add(id);
    return entries;
  });
}

/** Of the sample before a name. */
export const signWidth = (sign: LegendEntry['sign']): number =>
  sign === 'tick' || sign === 'dot' || sign === 'cross' ? 6 : 12;

/** Left to right, a new line where the next entry would not fit. */
export function placeEntries(
  entries: readonly LegendEntry[],
  width: number,
  size: number,
): { readonly placed: readonly PlacedEntry[]; readonly lines: number } {
  let [x, line] = [0, 0];
  const placed = entries.map((entry) => {
    const needed = signWidth(entry.sign) + 3 + textWidth(entry.name, size);
    if (x > 0 && x + needed > width) [x, line] = [0, line + 1];
    const at = { ...entry, x, line };
    x += needed + 9;
    return at;
  });
  return { placed, lines: entries.length === 0 ? 0 : line + 1 };
}
