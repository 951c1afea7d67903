/** A figure as files: SVG as printed, PNG of it at 300 dpi, its numbers as CSV. */
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

async function rasterise(svg: string): Promise<Blob> {
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
    const bytes = new Uint8Array(await blob.arrayBuffer());
    return new Blob([withDensity(bytes, dotsPerInch)], { type: 'image/png' });
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Downloads `figure` as NAME.FORMAT; with `caption`, a picture has it written below. */
export async function saveFigure(
  figure: Figure,
  name: string,
  format: FigureFormat,
  { caption = false }: { readonly caption?: boolean } = {},
): Promise<void> {
  const file = `${name}.${format}`;
  if (format === 'csv') download(new Blob([figureCsv(figure)], { type: 'text/csv' }), file);
  else {
    const svg = await printed(figure, caption);
    download(format === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : await rasterise(svg), file);
  }
}
