/**
 * A figure as files: SVG as printed, PNG of it at 300 dpi, its numbers as CSV. The pictures carry the pipeline that they were
 * made by, so that dropping one on the page opens it.
 */
import { type Embedded, embedInPng, embedInSvg } from '../../data/embed/embedded';
import { figureCsv } from '../../data/export/figure-text';
import { withDensity } from '../../data/png-density';
import { download } from '../../editor/file-io';
import type { Figure } from '../../kit/figure';

export type FigureFormat = 'svg' | 'png' | 'csv';

const dotsPerInch = 300;

async function printed(figure: Figure, caption: boolean): Promise<string> {
  const { figureToSvg } = await import('../../figure/figure-to-svg');
  return figureToSvg(figure, { theme: 'print', document, caption });
}

async function rasterise(svg: string, embedded: Embedded | null): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    // An image's size is in CSS pixels, 96 to the inch.
    const scale = dotsPerInch / 96;
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.naturalWidth * scale);
    canvas.height = Math.round(image.naturalHeight * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error('The browser could not make a picture of this size.');
    const bytes = withDensity(new Uint8Array(await blob.arrayBuffer()), dotsPerInch);
    return new Blob([embedded ? embedInPng(bytes, embedded) : bytes], { type: 'image/png' });
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Downloads a picture as NAME.FORMAT, with the pipeline in it. */
export async function savePicture(
  svg: string,
  name: string,
  format: 'svg' | 'png',
  embedded: Embedded | null,
): Promise<void> {
  const file = `${name}.${format}`;
  if (format === 'png') return download(await rasterise(svg, embedded), file);
  download(new Blob([embedded ? embedInSvg(svg, embedded) : svg], { type: 'image/svg+xml' }), file);
}

/** Downloads `figure` as NAME.FORMAT; with `caption`, a picture has it written below, and with `embedded` a pipeline in it. */
export async function saveFigure(
  figure: Figure,
  name: string,
  format: FigureFormat,
  { caption = false, embedded = null }: { readonly caption?: boolean; readonly embedded?: Embedded | null } = {},
): Promise<void> {
  if (format === 'csv') download(new Blob([figureCsv(figure)], { type: 'text/csv' }), `${name}.csv`);
  else await savePicture(await printed(figure, caption), name, format, embedded);
}
