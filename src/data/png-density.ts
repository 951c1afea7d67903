/**
 * Writes into a PNG how large it is to be printed: a pHYs chunk (PNG specification, 11.3.4.3), which browsers leave out.
 */
import { withChunk } from './embed/png-chunks';

export function withDensity(png: Uint8Array, dotsPerInch: number): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(9);
  const view = new DataView(data.buffer);
  const perMetre = Math.round(dotsPerInch / 0.0254);
  view.setUint32(0, perMetre);
  view.setUint32(4, perMetre);
  data[8] = 1; // the unit is the metre
  return withChunk(png, 'pHYs', data);
}
