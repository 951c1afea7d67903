/** The chunks of a PNG file (PNG specification, chapter 5): found, made, put in. Their meaning is left to others. */
import { DataError } from '../../core/errors';

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** The header chunk comes first and always has 25 bytes. */
const afterHeader = signature.length + 25;

/** CRC-32 of ISO 3309, as the PNG specification gives it in its annex D. */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (table[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

export const isPng = (bytes: Uint8Array): boolean =>
  bytes.length >= afterHeader && signature.every((byte, i) => bytes[i] === byte);

/** With the chunk after the header, where every chunk may stand that the picture can be shown without. */
export function withChunk(png: Uint8Array, type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  if (!isPng(png)) throw new DataError({ code: 'png.unreadable', message: 'These bytes are no PNG picture.' });
  const chunk = new Uint8Array(12 + data.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  chunk.set(new TextEncoder().encode(type), 4);
  chunk.set(data, 8);
  view.setUint32(8 + data.length, crc32(chunk.subarray(4, 8 + data.length)));
  const out = new Uint8Array(png.length + chunk.length);
  out.set(png.subarray(0, afterHeader));
  out.set(chunk, afterHeader);
  out.set(png.subarray(afterHeader), afterHeader + chunk.length);
  return out;
}

export interface PngChunk {
  readonly type: string;
  readonly data: Uint8Array;
  /** Its checksum is that of its bytes. */
  readonly intact: boolean;
}

/** The chunks before the end or before the first that does not fit into the file. */
export function* chunksOf(png: Uint8Array): Generator<PngChunk> {
  if (!isPng(png)) return;
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  let at = signature.length;
  while (at + 12 <= png.length) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
    const end = at + 12 + length;
    if (end > png.length) {
      yield { type, data: png.subarray(at + 8), intact: false };
      return;
    }
    const intact = view.getUint32(end - 4) === crc32(png.subarray(at + 4, end - 4));
    yield { type, data: png.subarray(at + 8, end - 4), intact };
    if (type === 'IEND') return;
    at = end;
  }
}
