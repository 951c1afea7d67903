/** Builds PNG files by hand, so that the decoder is not tested against its own library's encoder. */
import { crc32, deflateSync } from 'node:zlib';

function chunk(type: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(content.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

export interface PngParts {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA */
  readonly colorType: number;
  /** Unfiltered rows, packed as the depth asks. */
  readonly rows: readonly (readonly number[])[];
  readonly palette?: readonly number[];
  readonly paletteAlpha?: readonly number[];
}

export function pngBytes(parts: PngParts): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(parts.width, 0);
  header.writeUInt32BE(parts.height, 4);
  header.set([parts.depth, parts.colorType, 0, 0, 0], 8);
  const raw = Uint8Array.from(parts.rows.flatMap((row) => [0, ...row]));
  return new Uint8Array(
    Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk('IHDR', header),
      ...(parts.palette ? [chunk('PLTE', Uint8Array.from(parts.palette))] : []),
      ...(parts.paletteAlpha ? [chunk('tRNS', Uint8Array.from(parts.paletteAlpha))] : []),
      chunk('IDAT', deflateSync(raw)),
      chunk('IEND', new Uint8Array(0)),
    ]),
  );
}
