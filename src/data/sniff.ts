/** Tells a file's format from its first bytes; a name's ending is never believed. */
import { looksLikeCifarBinary } from './cifar-binary';
import { looksLikeGzip } from './gzip';
import { looksLikeIdx } from './idx';
import { looksLikeNpy } from './npy';
import { looksLikeZip } from './npz';

export type FileFormat = 'png' | 'jpeg' | 'idx' | 'npy' | 'zip' | 'gzip' | 'cifar';

const starts = (bytes: Uint8Array, ...expected: number[]): boolean => expected.every((byte, i) => bytes[i] === byte);
const textAt = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

/** The format, or null when it is none that can be read. */
export function sniffFormat(bytes: Uint8Array): FileFormat | null {
  if (starts(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  if (starts(bytes, 0xff, 0xd8, 0xff)) return 'jpeg';
  if (looksLikeNpy(bytes)) return 'npy';
  if (looksLikeZip(bytes)) return 'zip';
  if (looksLikeGzip(bytes)) return 'gzip';
  if (looksLikeIdx(bytes)) return 'idx';
  // Last, because it has no signature of its own.
  if (looksLikeCifarBinary(bytes)) return 'cifar';
  return null;
}

/** What an unreadable file seems to be, in words, for the message that refuses it. */
export function describeContent(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'an empty file';
  if (looksLikeHtml(bytes)) return 'a web page (HTML)';
  if (textAt(bytes, 0, 4) === 'GIF8') return 'a GIF image';
  if (textAt(bytes, 0, 4) === 'RIFF' && textAt(bytes, 8, 12) === 'WEBP') return 'a WebP image';
  if (textAt(bytes, 0, 4) === '%PDF') return 'a PDF document';
  if (textAt(bytes, 0, 2) === 'BM') return 'a BMP image';
  if (starts(bytes, 0x49, 0x49, 0x2a, 0) || starts(bytes, 0x4d, 0x4d, 0, 0x2a)) return 'a TIFF image';
  if (textAt(bytes, 4, 8) === 'ftyp') return 'a HEIC, AVIF or MP4 file';
  const head = bytes.subarray(0, 512);
  const printable = head.every((byte) => byte >= 0x20 || byte === 9 || byte === 10 || byte === 13);
  if (printable) return `text that begins with "${new TextDecoder().decode(head).slice(0, 24).trim()}"`;
  return `${bytes.length} bytes that begin with ${[...bytes.subarray(0, 4)].map((b) => b.toString(16).padStart(2, '0')).join(' ')}`;
}

/** Development servers answer a page of HTML for a file that is not there. */
export function looksLikeHtml(bytes: Uint8Array): boolean {
  const head = new TextDecoder().decode(bytes.subarray(0, 200)).trimStart().toLowerCase();
  return head.startsWith('<!doctype html') || head.startsWith('<html');
}
