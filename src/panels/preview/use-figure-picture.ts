/**
 * A figure as the address of an SVG picture. Drawing needs Observable Plot, which is loaded when the first figure is
 * shown; a picture rather than elements keeps thousands of marks out of the page's tree. The last one stays until the
 * next is made, and its address is given back.
 */
import { useEffect, useState } from 'react';
import type { Fit } from '../../figure/fit';
import type { Figure } from '../../kit/figure';
import type { ColourScheme } from '../kind-style';
import { drawLater } from './draw-later';

export type FigurePicture =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly url: string }
  | { readonly state: 'failed'; readonly reason: string };

/** `fit` must be the same object as long as nothing about it changes; null: not known yet. */
export function useFigurePicture(figure: Figure, fit: Fit | null, scheme: ColourScheme): FigurePicture {
  const [picture, setPicture] = useState<FigurePicture>({ state: 'loading' });
  useEffect(() => {
    if (!fit) return;
    let forget = () => {};
    let current = true;
    const fail = (thrown: unknown) => {
      if (current) setPicture({ state: 'failed', reason: thrown instanceof Error ? thrown.message : String(thrown) });
    };
    import('../../figure/figure-to-svg').then(({ figureToSvg }) => {
      if (!current) return;
      forget = drawLater(() => {
        try {
          const svg = figureToSvg(figure, { theme: scheme, document, fit });
          setPicture({ state: 'ready', url: URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' })) });
        } catch (thrown) {
          fail(thrown);
        }
      });
    }, fail);
    return () => {
      current = false;
      forget();
    };
  }, [figure, fit, scheme]);
  useEffect(() => {
    if (picture.state === 'ready') return () => URL.revokeObjectURL(picture.url);
  }, [picture]);
  return picture;
}
