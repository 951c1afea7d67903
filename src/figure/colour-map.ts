/**
 * Colours for values. Sequential: viridis (van der Walt and Smith 2015, CC0), through nine anchors. Diverging, for values
 * of both signs: blue to vermillion through the surface's neutral, even in lightness on both sides. Both read alike with
 * colour-vision deficiency and in grey.
 */
export type Rgb = readonly [number, number, number];

const viridis: readonly Rgb[] = [
  [68, 1, 84],
  [71, 44, 122],
  [59, 81, 139],
  [44, 113, 142],
  [33, 144, 141],
  [39, 173, 129],
  [92, 200, 99],
  [170, 220, 50],
  [253, 231, 37],
];
const diverging: Readonly<Record<'light' | 'dark', readonly Rgb[]>> = {
  light: [
    [0, 68, 136],
    [70, 140, 196],
    [170, 205, 232],
    [246, 246, 246],
    [246, 196, 162],
    [224, 124, 58],
    [160, 62, 0],
  ],
  dark: [
    [140, 205, 250],
    [64, 140, 200],
    [34, 78, 112],
    [38, 42, 50],
    [112, 62, 32],
    [206, 112, 52],
    [255, 186, 130],
  ],
};

export type ColourMap = (value: number) => Rgb;

function interpolate(anchors: readonly Rgb[], at: number): Rgb {
  const place = Math.min(1, Math.max(0, at)) * (anchors.length - 1);
  const index = Math.min(anchors.length - 2, Math.floor(place));
  const a = anchors[index] ?? [0, 0, 0];
  const b = anchors[index + 1] ?? a;
  const t = place - index;
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

export const sequentialColour = (at: number): Rgb => interpolate(viridis, at);
export const divergingColour = (at: number, scheme: 'light' | 'dark'): Rgb => interpolate(diverging[scheme], at);

/** Map and its ends for values min..max; symmetric about 0 when both signs occur. */
export function colourMapFor(
  min: number,
  max: number,
  scheme: 'light' | 'dark',
): { readonly map: ColourMap; readonly low: number; readonly high: number } {
  if (min < 0 && max > 0) {
    const end = Math.max(-min, max);
    return { map: (value) => interpolate(diverging[scheme], (value + end) / (2 * end)), low: -end, high: end };
  }
  const span = max - min;
  return { map: (value) => interpolate(viridis, span > 0 ? (value - min) / span : 0), low: min, high: max };
}
