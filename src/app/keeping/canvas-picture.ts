/**
 * The pipeline as a picture that needs nothing else: boxes with names, types and key information, wires in the colours of
 * what flows, with a legend. Light, for print.
 */

import { tintOf } from '../../canvas/frame-colours';
import type { NodeId } from '../../core/ids';
import type { DocumentFrame, DocumentNote, PipelineDocument } from '../../document/schema';
import { drawnPicture, type PictureNode, pictureBox } from '../../graph/graph-picture';
import { inferTypes } from '../../graph/infer';
import { catalogueFor } from '../../graph/subgraphs/catalogue';
import type { Catalogue } from '../../kit/define-node';
import type { PortKind } from '../../kit/port-type';
import { kindColour, kindStyles } from '../../panels/kind-style';
import { escaped, lines, noteLines, written } from './picture-text';

const ink = '#1a2030';
const quiet = '#525b6c';
const font = 'Helvetica, Arial, sans-serif';
const head = 56;
const foot = 44;

/** px, of a line of a note */
const lineHeight = 18;

function frameBox({ title, colour, x, y, width, height }: DocumentFrame): string {
  const tint = tintOf(colour);
  return [
    `<g data-frame=""><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="9" fill="${tint}" fill-opacity="0.09" stroke="${tint}" stroke-opacity="0.55"/>`,
    written(x + 14, y + 24, 15, ink, lines(title, Math.floor(width / 9), 1)[0] ?? '', ' font-weight="600"'),
    '</g>',
  ].join('');
}

function noteBox({ text, x, y, width, height }: DocumentNote): string {
  const shown = noteLines(text, Math.max(8, Math.floor((width - 24) / 6.6)), Math.floor((height - 16) / lineHeight));
  return [
    `<g data-note=""><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="9" fill="#fff8e1" stroke="#dcc48f"/>`,
    ...shown.map(({ text: line, strong }, i) =>
      written(x + 12, y + 24 + lineHeight * i, 13, ink, line, strong ? ' font-weight="600"' : ''),
    ),
    '</g>',
  ].join('');
}

export function canvasPicture(document: PipelineDocument, known: Catalogue): string {
  const catalogue = catalogueFor(document, known);
  const picture = drawnPicture(document, catalogue);
  const inferred = inferTypes(document, catalogue);
  const types = new Map(document.nodes.map(({ id, type }) => [id, type]));
  const width = Math.max(picture.width, 480);
  const height = picture.height + head + foot;
  const box = ({ id, title, x, y, kind, pile }: PictureNode): string => {
    if (pile) {
      const tint = tintOf(pile.colour);
      const size = `width="${pictureBox.width}" height="${pictureBox.height}" rx="9" stroke="${tint}" stroke-width="1.5"`;
      return [
        `<g data-pile="" transform="translate(${Math.round(x)} ${Math.round(y)})">`,
        `<rect x="5" y="5" ${size} fill="#ffffff"/><rect ${size} fill="#ffffff"/>`,
        ...lines(title, 20).map((line, i) => written(18, 30 + 20 * i, 16, ink, line, ' font-weight="600"')),
        written(18, 78, 12, quiet, pile.nodes === 1 ? '1 node' : `${pile.nodes} nodes`),
        '</g>',
      ].join('');
    }
    const definition = catalogue.get(types.get(id) ?? '');
    const { params = {}, outputs = {} } = inferred.get(id as NodeId) ?? {};
    const info = definition?.keyInfo?.(params as never, outputs) ?? '';
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
    ...picture.frames.map(frameBox),
    ...picture.wires.map(
      ({ path, kind }) =>
        `<path d="${path}" fill="none" stroke="${kind ? kindColour(kind, 'light') : '#8e97a8'}" stroke-width="2.5"/>`,
    ),
    ...picture.nodes.map(box),
    ...picture.notes.map(noteBox),
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
