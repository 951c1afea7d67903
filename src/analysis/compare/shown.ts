/** What of several results lies over each other in a figure: curves of one name, weights of all layers. */
import type { PortValue } from '../../kit/values';
import type { ComparisonShown } from './comparison-figure';
import type { Overlay } from './overlay';

const quantitiesAtMost = 3;

/** The curves that at least one result has, by name; at most three names. */
export function curvesByResult(overlays: readonly (Overlay | null)[]): NonNullable<ComparisonShown['curves']> {
  const names = [...new Set(overlays.flatMap((overlay) => overlay?.curves.map(({ name }) => name) ?? []))];
  const known = overlays.find((overlay) => overlay !== null);
  if (!known) return [];
  return names.slice(0, quantitiesAtMost).map((name) => ({
    name,
    xLabel: known.xLabel,
    xUnit: known.xUnit,
    byResult: overlays.map((overlay) => overlay?.curves.find((curve) => curve.name === name) ?? null),
  }));
}

/** All weights of a trained model in one list; empty for one that is not trained. */
export function weightArrays(value: PortValue, layer: string | null = null): Float32Array {
  if (value.kind !== 'model' || !value.trained) return new Float32Array(0);
  const arrays = value.trained.weights.filter(({ name }) => layer === null || name === layer).map(({ data }) => data);
  const all = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    all.set(array, at);
    at += array.length;
  }
  return all;
}
