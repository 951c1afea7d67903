/** A figure as SVG for print, its numbers as CSV, its description as JSON. Draws without a browser. */
import { figureToSvg } from '../../figure/figure-to-svg';
import { nodeDocument } from '../../figure/node-document';
import type { Figure } from '../../kit/figure';
import type { ExportedFile } from './exported-file';
import { figureCsv, figureJson } from './figure-text';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export const exportFigure = (name: string, figure: Figure): ExportedFile[] => [
  {
    path: `${name}.svg`,
    bytes: bytesOf(figureToSvg(figure, { theme: 'print', document: nodeDocument() })),
    isPicture: true,
  },
  { path: `${name}.csv`, bytes: bytesOf(figureCsv(figure)) },
  { path: `${name}.json`, bytes: bytesOf(figureJson(figure)) },
];
