/** The pictures of one item for a way of looking: originals, results, and signed maps on one scale. */
import { useMemo } from 'react';
import { residualEnd } from '../../analysis/compare/residual';
import { letterOf } from '../../core/letter';
import type { ImagesValue } from '../../kit/values';
import { type CommonItem, differencePicture, imagePicture, type Picture, signedColours } from './image-pixels';

export type ImagesMode = 'side' | 'slider' | 'flicker' | 'difference' | 'residual';

export interface PlacedImages {
  readonly value: ImagesValue;
  /** Of the result. */
  readonly place: number;
}

export interface PictureRequest {
  readonly images: readonly PlacedImages[];
  readonly truth: ImagesValue | null;
  readonly item: CommonItem | undefined;
  readonly labels: readonly string[];
  readonly mode: ImagesMode;
  /** Positions in `images` of the two that are set against each other. */
  readonly first: number;
  readonly second: number;
  readonly scheme: 'light' | 'dark';
}

export interface Pictures {
  readonly original: Picture | null;
  readonly all: readonly Picture[];
  readonly maps: readonly Picture[];
  /** End of the scale of the maps. */
  readonly end: number;
  /** Those that stand side by side. */
  readonly shown: readonly Picture[];
}

export function usePictures(request: PictureRequest): Pictures | null {
  const { images, truth, item, labels, mode, first, second, scheme } = request;
  return useMemo(
    () => (item ? makePictures({ images, truth, item, labels, mode, first, second, scheme }) : null),
    [images, truth, item, labels, mode, first, second, scheme],
  );
}

function makePictures(request: PictureRequest & { readonly item: CommonItem }): Pictures {
  const { images, truth, item, labels, mode, first, second, scheme } = request;
  const positionOf = (k: number): number => item.positions[k] as number;
  const truthPosition = item.positions.at(-1) as number;
  const original = truth
    ? imagePicture(truth, truthPosition, { key: 'reference', label: 'Original', place: null })
    : null;
  const all = images.map(({ value, place }, k) =>
    imagePicture(value, positionOf(k), { key: `${place}`, label: labels[place] ?? '', place }),
  );
  const [a, b] = [images[first], images[second]];
  const isSame = a && b && a.value.shape.slice(1).join() === b.value.shape.slice(1).join();
  const signed =
    mode === 'difference' && isSame
      ? [
          differencePicture(
            { images: a.value, position: positionOf(first) },
            { images: b.value, position: positionOf(second) },
            {
              key: 'difference',
              label: `${letterOf(b.place)} − ${letterOf(a.place)}`,
              name: `${labels[b.place] ?? ''} − ${labels[a.place] ?? ''}`,
              place: null,
            },
          ),
        ]
      : mode === 'residual' && truth
        ? images.map(({ value, place }, k) =>
            differencePicture(
              { images: truth, position: truthPosition },
              { images: value, position: positionOf(k) },
              { key: `residual ${place}`, label: `${labels[place] ?? ''} − original`, place },
            ),
          )
        : [];
  const end = residualEnd(signed.map((each) => each.signed));
  const maps = signed.map((each): Picture => ({ ...each, rgba: signedColours(each.signed, end, scheme) }));
  return { original, all, maps, end, shown: choose(mode, original, all, maps, first, second) };
}

function choose(
  mode: ImagesMode,
  original: Picture | null,
  all: readonly Picture[],
  maps: readonly Picture[],
  first: number,
  second: number,
): readonly Picture[] {
  const before = original ? [original] : [];
  const two = [all[first], all[second]].flatMap((picture) => (picture ? [picture] : []));
  switch (mode) {
    case 'side':
      return [...before, ...all];
    case 'residual':
      return [...before, ...maps];
    case 'difference':
      return [...two, ...maps];
    default:
      return two.slice(0, 1);
  }
}
