/**
 * The pipeline inside a picture that was made from it, with the record of its run where there is one: PNG text chunks
 * (iTXt, PNG specification 11.3.3.4) and an SVG <metadata> element. Only our own are looked at, and what they hold is
 * untrusted: sizes are limited before anything is unpacked, checksums are checked, and nothing is interpreted here.
 */
import { strFromU8, strToU8, Unzlib, zlibSync } from 'fflate';
import { DataError } from '../../core/errors';
import { chunksOf, isPng, withChunk } from './png-chunks';

export interface Embedded {
  /** The pipeline file. */
  readonly pipeline: string;
  /** The record of the run as JSON; null without one. */
  readonly run: string | null;
}

const keywords = { pipeline: 'Spikeloom pipeline', run: 'Spikeloom run' } as const;
type Part = keyof typeof keywords;
const parts = Object.keys(keywords) as readonly Part[];
/** Larger texts are no pipelines. */
const textLimit = 20_000_000;

const damaged = (what: string): DataError =>
  new DataError({
    code: 'embedded.damaged',
    message: `The picture holds a pipeline, but ${what}.`,
    cure: 'Take the picture from where it was first saved: programs that edit or resize pictures change what is in them.',
  });

export function embedInPng(png: Uint8Array, embedded: Embedded): Uint8Array<ArrayBuffer> {
  // Each goes right after the header, so the last one put in comes first.
  let out = png as Uint8Array<ArrayBuffer>;
  for (const part of [...parts].reverse()) {
    const text = embedded[part];
    if (text !== null) out = withChunk(out, 'iTXt', textChunk(keywords[part], text));
  }
  return out;
}

/** keyword 0 compressed method language 0 translated 0 text */
function textChunk(keyword: string, text: string): Uint8Array {
  const head = strToU8(keyword, true);
  const body = zlibSync(strToU8(text), { level: 9 });
  const data = new Uint8Array(head.length + 5 + body.length);
  data.set(head);
  data[head.length + 1] = 1;
  data.set(body, head.length + 5);
  return data;
}

function readTextChunk(data: Uint8Array): { readonly keyword: string; readonly text: () => string } | null {
  const end = data.indexOf(0);
  if (end < 1 || end > 79) return null;
  const keyword = strFromU8(data.subarray(0, end), true);
  const text = () => {
    const compressed = data[end + 1] === 1;
    const language = data.indexOf(0, end + 3);
    const translated = language < 0 ? -1 : data.indexOf(0, language + 1);
    if (translated < 0) throw damaged('its chunk is not as the PNG specification has it');
    const body = data.subarray(translated + 1);
    return strFromU8(compressed ? unzip(body) : body);
  };
  return { keyword, text };
}

function unzip(bytes: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  let total = 0;
  let complete = false;
  const stream = new Unzlib((piece, final) => {
    pieces.push(piece);
    total += piece.length;
    complete ||= final;
  });
  try {
    for (let at = 0; at < bytes.length; at += 4096) {
      stream.push(bytes.subarray(at, at + 4096), at + 4096 >= bytes.length);
      if (total > textLimit) break;
    }
  } catch {
    throw damaged('it cannot be unpacked');
  }
  if (total > textLimit) throw damaged('it would unpack to more than any pipeline');
  if (!complete) throw damaged('it is cut short');
  const out = new Uint8Array(total);
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}

function readPng(png: Uint8Array): Embedded | null {
  const found = new Map<string, string>();
  for (const { type, data, intact } of chunksOf(png)) {
    if (type !== 'iTXt') continue;
    const chunk = readTextChunk(data);
    const part = parts.find((name) => keywords[name] === chunk?.keyword);
    if (!chunk || !part || found.has(part)) continue;
    if (!intact) throw damaged('its bytes were changed or cut short on the way');
    found.set(part, chunk.text());
  }
  const pipeline = found.get('pipeline');
  return pipeline === undefined ? null : { pipeline, run: found.get('run') ?? null };
}

const elementIds = { pipeline: 'spikeloom-pipeline', run: 'spikeloom-run' } as const;
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** As JSON in one line: no line breaks that a program could lay out anew, no character that XML does not allow. */
const escaped = (text: string): string =>
  JSON.stringify(text)
    .replace(/[\u007f-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/[&<>"]/g, (one) => escapes[one] ?? one);

function unescaped(text: string): string {
  const plain = text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (_, decimal, hexadecimal, name) => {
    if (name) return characters[name] ?? '';
    const code = decimal ? Number(decimal) : Number.parseInt(hexadecimal, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
  try {
    const value: unknown = JSON.parse(plain);
    if (typeof value === 'string') return value;
  } catch {}
  throw damaged('its text was changed on the way');
}

export function embedInSvg(svg: string, embedded: Embedded): string {
  const made = parts.flatMap((part) => {
    const text = embedded[part];
    return text === null ? [] : [`<metadata id="${elementIds[part]}">${escaped(text)}</metadata>`];
  });
  // Before the end of the root element, so that whatever comes first in the picture stays first.
  const end = svg.lastIndexOf('</svg>');
  if (end < 0) throw new DataError({ code: 'svg.unreadable', message: 'This text is no SVG picture.' });
  return svg.slice(0, end) + made.join('') + svg.slice(end);
}

function readSvg(text: string): Embedded | null {
  const read = (part: Part): string | null => {
    const start = new RegExp(`<metadata[^>]*\\bid="${elementIds[part]}"[^>]*>`).exec(text);
    if (!start) return null;
    const from = start.index + start[0].length;
    const end = text.indexOf('</metadata>', from);
    if (end < 0) throw damaged('it is cut short');
    return unescaped(text.slice(from, end).trim());
  };
  const pipeline = read('pipeline');
  return pipeline === null ? null : { pipeline, run: read('run') };
}

/** Null for a picture without one, and for what is no picture. Throws DataError where ours is there but damaged. */
export function readEmbedded(bytes: Uint8Array): Embedded | null {
  if (isPng(bytes)) return readPng(bytes);
  if (bytes.length > 4 * textLimit) return null;
  const start = strFromU8(bytes.subarray(0, 1000)).trimStart();
  return /^(<\?xml|<svg|<!--|<!doctype svg)/i.test(start) ? readSvg(strFromU8(bytes)) : null;
}
