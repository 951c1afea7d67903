/**
 * The pipeline as a picture that needs nothing else: boxes with names, types and key information, wires in the colours of
 * what flows, with a legend. Light, for print.
 */

import type { NodeId } from '../../core/ids';
import type { PipelineDocument } from '../../document/schema';
import { graphPicture, type PictureNode, pictureBox } from '../../graph/graph-picture';
import { inferTypes } from '../../graph/infer';
import { catalogueFor } from '../../graph/subgraphs/catalogue';
import type { Catalogue } from '../../kit/define-node';
import type { PortKind } from '../../kit/port-type';
import { kindColour, kindStyles } from '../../panels/kind-style';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Control characters are not allowed in XML, however they are written. */
const escaped = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, ' ').replace(/[&<>"]/g, (one) => escapes[one] ?? one);

const ink = '#1a2030';
const quiet = '#525b6c';
const font = 'Helvetica, Arial, sans-serif';
const head = 56;
const foot = 44;

/** Lines of at most `width` characters, two of them at most. */
function lines(text: string, width: number): readonly string[] {
  const found: string[] = [];
  for (const word of text.split(' ')) {
    const last = found.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= width) found[found.length - 1] = `${last} ${word}`;
    else found.push(word);
  }
  const kept = found.slice(0, 2).map((line) => (line.length > width ? `${line.slice(0, width - 1)}…` : line));
  if (found.length > 2) kept[1] = `${(kept[1] ?? '').slice(0, width - 1)}…`;
  return kept;
}

const written = (x: number, y: number, size: number, colour: string, text: string, more = ''): string =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="${colour}"${more}>${escaped(text)}</text>`;

export function canvasPicture(document: PipelineDocument, known: Catalogue): string {
  const catalogue = catalogueFor(document, known);
  const picture = graphPicture(document, catalogue);
  const inferred = inferTypes(document, catalogue);
  const types = new Map(document.nodes.map(({ id, type }) => [id, type]));
  const width = Math.max(picture.width, 480);
  const height = picture.height + head + foot;
  const box = ({ id, title, x, y, kind }: PictureNode): string => {
    const definition = catalogue.get(types.get(id) ?? '');
    const params = inferred.get(id as NodeId)?.params ?? {};
    const info = definition?.keyInfo?.(params as never) ?? '';
    return [
      `<g transform="translate(${Math.round(x)} ${Math.round(y)})">`,
      `<rect width="${pictureBox.width}" height="${pictureBox.height}" rx="9" fill="#ffffff" stroke="#bfc5d0" stroke-width="1.5"/>`,
      kind ? `<rect width="6" height="${pictureBox.height}" rx="3" fill="${kindColour(kind, 'light')}"/>` : '',
      ...lines(title, 20).map((line, i) => written(18, 30 + 20 * i, 16, ink, line, ' font-weight="600"')),
      written(18, 78, 12, quiet, types.get(id) ?? ''),
      ...lines(info, 34).map((line, i) => written(18, 102 + 17 * i, 12.5, ink, line)),
      '</g>',
    ].join('');
  };
  const kinds = [...new Set(picture.wires.flatMap(({ kind }) => kind ?? []))];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}" width="${Math.ceil(width)}" height="${Math.ceil(height)}" font-family="${font}" role="img">`,
    `<title>${escaped(document.title)}</title>`,
    `<desc>${escaped(`Pipeline of ${document.nodes.length} nodes and ${document.wires.length} wires. ${document.description ?? ''}`)}</desc>`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    written(24, 36, 20, ink, lines(document.title, Math.floor(width / 12))[0] ?? '', ' font-weight="600"'),
    `<g transform="translate(${-Math.round(picture.x)} ${Math.round(head - picture.y)})">`,
    ...picture.wires.map(
      ({ path, kind }) =>
        `<path d="${path}" fill="none" stroke="${kind ? kindColour(kind, 'light') : '#8e97a8'}" stroke-width="2.5"/>`,
    ),
    ...picture.nodes.map(box),
    '</g>',
    legend(kinds, height - 16),
    '</svg>',
  ].join('');
}

function legend(kinds: readonly PortKind[], y: number): string {
  let x = 24;
  return kinds
    .map((kind) => {
      const { label } = kindStyles[kind];
      const entry = `<path d="M${x} ${y - 5}h26" stroke="${kindColour(kind, 'light')}" stroke-width="3"/>${written(x + 32, y, 13, quiet, label)}`;
      x += 52 + 8 * label.length;
      return entry;
    })
    .join('');
}
