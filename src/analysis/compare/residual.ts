/** The difference of two images of one size, pixel by pixel; channels are averaged, as a residual has no colour. */

/** Second less first, one number per pixel. */
export function residual(
  first: ArrayLike<number>,
  atFirst: number,
  second: ArrayLike<number>,
  atSecond: number,
  pixels: number,
  channels: number,
): Float32Array {
  const out = new Float32Array(pixels);
  for (let p = 0; p < pixels; p++) {
    let sum = 0;
    for (let c = 0; c < channels; c++)
      sum += (second[atSecond + p * channels + c] as number) - (first[atFirst + p * channels + c] as number);
    out[p] = sum / channels;
  }
  return out;
}

/** The end of a scale that is symmetric about 0 and reads well: 1, 2 or 5 times a power of ten, at least 0.01. */
export function residualEnd(maps: readonly ArrayLike<number>[]): number {
  let most = 0.01;
  for (const map of maps) for (let p = 0; p < map.length; p++) most = Math.max(most, Math.abs(map[p] as number));
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= most * (1 - 1e-6)) ?? 10;
  return Number((step * power).toPrecision(6));
}

/** Places of the lowest, middle and highest of `scores` among those that are numbers; null for none. */
export function bestMedianWorst(
  scores: ArrayLike<number>,
  better: 'higher' | 'lower' | null,
): { readonly best: number; readonly median: number; readonly worst: number } | null {
  const places = Array.from(scores, (score, place) => ({ score, place })).filter(({ score }) => !Number.isNaN(score));
  if (places.length === 0) return null;
  const sign = better === 'lower' ? 1 : -1;
  places.sort((a, b) => (a.score === b.score ? a.place - b.place : sign * (a.score < b.score ? -1 : 1)));
  const at = (k: number) => places[k]?.place ?? 0;
  return { best: at(0), median: at((places.length - 1) >> 1), worst: at(places.length - 1) };
}
