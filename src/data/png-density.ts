/**
 * Writes into a PNG how large it is to be printed: a pHYs chunk (PNG specification, 11.3.4.3), which browsers leave out.
 */
import { DataError } from '../core/errors';

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** CRC-32 of ISO 3309, as the PNG specification gives it in its annex D. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

export function withDensity(png: Uint8Array, dotsPerInch: number): Uint8Array<ArrayBuffer> {
  // The header chunk comes first and always has 25 bytes; pHYs must stand before the image data.
  const after = signature.length + 25;
  if (png.length < after || signature.some((byte, i) => png[i] !== byte))
    throw new DataError({ code: 'png.unreadable', message: 'These bytes are no PNG picture.' });
  const chunk = new Uint8Array(4 + 4 + 9 + 4);
  const view = new DataView(chunk.buffer);
  const perMetre = Math.round(dotsPerInch / 0.0254);
  view.setUint32(0, 9);
  chunk.set(new TextEncoder().encode('pHYs'), 4);
  view.setUint32(8, perMetre);
  view.setUint32(12, perMetre);
  chunk[16] = 1; // the unit is the metre
  view.setUint32(17, crc32(chunk.subarray(4, 17)));
  const out = new Uint8Array(png.length + chunk.length);
  out.set(png.subarray(0, after));
  out.set(chunk, after);
  out.set(png.subarray(after), after + chunk.length);
  return out;
}
